import type { RecordKind } from '../../shared/provincial/record.ts';
import type { RecordAnswer } from '../../shared/provincial/wire.ts';
import { holds } from '../../shared/provincial/problems.ts';
import type { acceptBatch } from '../provincial-server/accept-batch.ts';

/** What a server of before knows nothing of. */
export const kindsOfLater: readonly RecordKind[] = ['case.corrected', 'family.consent'];

/**
 * Takes a batch as a server does that does not know these kinds yet, before it is updated or while it is put back:
 * it holds them, and with them what builds on them. What it had answered before, it answers again.
 */
export function withoutKinds(accept: typeof acceptBatch, kinds: readonly RecordKind[]): typeof acceptBatch {
  return async (pool, office, batch, serverKey, now) => {
    const { rows } = await pool.query<{ key: string }>(
      `SELECT key FROM record WHERE office_id = $1 AND key = ANY ($2::uuid[])
       UNION SELECT key FROM rejection WHERE office_id = $1 AND key = ANY ($2::uuid[])`,
      [office.id, batch.records.map(({ key }) => key)],
    );
    const answered = new Set(rows.map(({ key }) => key));
    const records = batch.records.filter(
      (record) => !kinds.some((kind) => kind === record['kind']) || answered.has(record.key),
    );
    const response = await accept(pool, office, { ...batch, records }, serverKey, now);
    const given = new Map(response.answers.map((answer) => [answer.key, answer]));
    const answers = batch.records.map(({ key }): RecordAnswer => given.get(key) ?? held(key));
    return { ...response, answers };
  };
}

function held(key: string): RecordAnswer {
  return { key, status: 'held', code: 'kind_unknown', parent: null, sentence: holds.kind_unknown };
}
