import type { MuskelItem } from '../../../shared/contract/muskel.ts';

/** The next family without a verdict after this one, from the last back to the first; else the next line. */
export function nextFamily(items: readonly MuskelItem[], caseId: string | null): string | null {
  const at = items.findIndex((item) => item.caseId === caseId);
  const turned = [...items.slice(at + 1), ...items.slice(0, Math.max(at, 0))];
  return (turned.find(({ verdict }) => verdict === null) ?? turned[0])?.caseId ?? caseId;
}

/** A family that no list knows is a new proposal on the paper; the others were found. */
export function statusOf(item: Pick<MuskelItem, 'result'>): '1' | '4' {
  return item.result === 'baru' ? '4' : '1';
}
