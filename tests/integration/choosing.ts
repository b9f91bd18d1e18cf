import { type ClashRecord, listOpenClashes } from '../../electron/store/clashes.ts';
import type { ChoiceTold } from '../../shared/contract/attention.ts';
import { type PushingOffice, provinceTime } from './pushing.ts';

/** Who changes something at the province. */
export const theDinas = {
  side: 'provinsi',
  name: 'Dinas Dukcapil',
  at: provinceTime.toISOString(),
} as const;

/** The fields of a case that wait for a choice. */
export function waitingIn(o: PushingOffice, caseId: string): ClashRecord[] {
  return listOpenClashes(o.register().db, caseId);
}

/** The lurah chooses one side for all these fields of a case. */
export async function choose(
  o: PushingOffice,
  clashes: readonly ClashRecord[],
  choice: 'kantor' | 'provinsi',
): Promise<{ told: ChoiceTold }> {
  const lurah = await o.t.as('lurah');
  return await lurah.attention.resolve.mutate({
    caseId: clashes[0]?.caseId ?? '',
    choices: clashes.map(({ id }) => ({ clashId: id, choice })),
  });
}
