import { type BatchOutcome, strokeAtOnce, type SureCase } from '../../../shared/contract/identification.ts';

/** Who looks on while a stroke goes to the office batch by batch. */
export interface Watch<Answer> {
  /** Once aborted, the batch that is under way is the last. */
  signal: AbortSignal;
  /** Told of every batch as it is answered: it stands, whatever becomes of those after it. */
  onAnswered: (answers: readonly Answer[]) => void;
}

/**
 * Confirms all of them, as many a call as the office takes, one call after the other under one stroke.
 *
 * @param confirm one call to the office; what it throws ends the rest.
 */
export async function confirmAll(
  cases: readonly SureCase[],
  confirm: (batch: {
    cases: { caseId: string; version: number }[];
    stroke: string;
  }) => Promise<readonly BatchOutcome[]>,
  { signal, onAnswered }: Watch<BatchOutcome>,
): Promise<void> {
  const stroke = crypto.randomUUID();
  for (let from = 0; from < cases.length && !signal.aborted; from += strokeAtOnce) {
    const batch = cases.slice(from, from + strokeAtOnce).map(({ caseId, version }) => ({ caseId, version }));
    onAnswered(await confirm({ cases: batch, stroke }));
  }
}

/**
 * Takes a stroke back, one call after the other until nothing of it is left.
 *
 * @param undo one call to the office; what it throws ends the rest.
 */
export async function undoAll(
  undo: () => Promise<{ caseIds: readonly string[]; left: number }>,
  { signal, onAnswered }: Watch<string>,
): Promise<void> {
  let rest = 1;
  while (rest > 0 && !signal.aborted) {
    const { caseIds, left } = await undo();
    onAnswered(caseIds);
    rest = left;
  }
}
