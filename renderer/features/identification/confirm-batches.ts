import { type BatchOutcome, sureAtOnce, type SureCase } from '../../../shared/contract/identification.ts';

/**
 * Confirms all of them, as many a call as the office takes, one call after the other under one stroke.
 *
 * @param confirm one call to the office.
 * @param onProgress how many were answered so far.
 */
export async function confirmAll(
  cases: readonly SureCase[],
  confirm: (batch: {
    cases: { caseId: string; version: number }[];
    stroke: string;
  }) => Promise<readonly BatchOutcome[]>,
  onProgress: (answered: number) => void,
): Promise<BatchOutcome[]> {
  const stroke = crypto.randomUUID();
  const outcomes: BatchOutcome[] = [];
  for (let from = 0; from < cases.length; from += sureAtOnce) {
    const batch = cases.slice(from, from + sureAtOnce).map(({ caseId, version }) => ({ caseId, version }));
    outcomes.push(...(await confirm({ cases: batch, stroke })));
    onProgress(outcomes.length);
  }
  return outcomes;
}
