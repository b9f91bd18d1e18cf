import type { FindingRow } from '../../../shared/contract/finding.ts';

/** The numbers of a finding, whole, as it stood when they were shown. */
export type Revealed = Pick<FindingRow, 'reported' | 'listed' | 'mark'>;

/** Of the finding as it stands: where a look put something else in its place, its numbers are not those that were shown. */
export function numbersOf(
  revealed: Revealed | null,
  { mark }: Pick<FindingRow, 'mark'>,
): Pick<FindingRow, 'reported' | 'listed'> | null {
  if (revealed?.mark !== mark) return null;
  return { reported: revealed.reported, listed: revealed.listed };
}
