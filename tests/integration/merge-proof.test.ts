import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { retryNow } from '../../electron/services/sync.ts';
import { findKnownVersion, listOpenClashes } from '../../electron/store/clashes.ts';
import { readProven } from '../../electron/sync/signatures.ts';
import { Receipt, signatureType } from '../../shared/provincial/wire.ts';
import { loadServerKey } from '../provincial-server/server-keys.ts';
import { signCompact } from '../provincial-server/signing.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { altering, cut, onBatches } from './line.ts';
import { changeThere, lendOffice, type PushingOffice, patient, takenDown } from './pushing.ts';

const Answer = z.looseObject({
  receipt: z.string().optional(),
  merged: z.looseObject({ theirs: z.array(z.looseObject({})) }).optional(),
});
type Answer = z.infer<typeof Answer>;
const Answers = z.looseObject({ answers: z.array(Answer) });

const said = (after: unknown) => (edit: object) => ({ ...edit, after });

describe('what a line may not do to the word of a merge or a conflict', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  it('believes of a merge or a conflict only what the province signed', async () => {
    const [dropped, changed, conflicted] = [await o.accepted(1), await o.accepted(2), await o.accepted(3)];
    const caseIds = [dropped, changed, conflicted];
    o.line.fault = cut;
    for (const caseId of caseIds) await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    for (const [caseId, path, value] of [
      [dropped, 'household.phone', '021-555'],
      [changed, 'household.phone', '021-555'],
      [conflicted, 'household.address.rt', 7],
    ] as const)
      await changeThere(province, caseId, path, value);
    const forge = (answer: Answer): Answer => {
      const { merged, ...rest } = answer;
      switch (answer.receipt && readProven(answer.receipt, Receipt)?.caseId) {
        case dropped:
          return rest;
        case changed:
          return { ...rest, merged: { ...merged, theirs: merged?.theirs.map(said('999')) ?? [] } };
        default:
          return { ...rest, version: 1_000_000 };
      }
    };
    o.line.fault = onBatches(
      altering((given) => {
        const response = Answers.parse(given);
        return { ...response, answers: response.answers.map(forge) };
      }),
      // Nothing comes down, so that only the answers can tell what the province changed.
      (request, pass) => (request.url.includes('/v1/down') ? cut(request, pass) : pass()),
    );
    const { db } = o.register();
    const standing = async () =>
      await Promise.all(
        caseIds.map(async (caseId) => {
          const { household } = (await (await o.t.as('petugas_loket')).cases.get.query({ caseId })).case;
          return { household, known: findKnownVersion(db, caseId), clashes: listOpenClashes(db, caseId) };
        }),
      );
    const before = await standing();
    retryNow(o.register());
    await vi.waitFor(
      () =>
        expect(caseIds.map((caseId) => o.item(caseId))).toMatchObject([
          { state: 'menunggu', sentence: expect.stringContaining('Gabungan') },
          { state: 'menunggu', sentence: expect.stringContaining('Gabungan') },
          { state: 'menunggu', sentence: expect.stringContaining('Pertentangan') },
        ]),
      patient,
    );
    expect(await standing()).toEqual(before);

    o.line.fault = null;
    retryNow(o.register());
    await vi.waitFor(
      () => expect([dropped, changed].map((caseId) => o.stateOf(caseId))).toEqual(['DITERIMA', 'DITERIMA']),
      patient,
    );
    await vi.waitFor(() => expect(listOpenClashes(db, conflicted)).toHaveLength(1), patient);
    expect((await standing()).map(({ household }) => household.phone)).toEqual([
      '021-555',
      '021-555',
      before[2]?.household.phone,
    ]);
    expect(findKnownVersion(db, conflicted)).toBeLessThan(1_000);
  });

  it('takes what an older province merged, though the note of it was taken away on the line', async () => {
    const caseId = await o.accepted(1);
    o.line.fault = cut;
    // The office counts higher than the province, so that no version tells of the merge.
    o.register().db.prepare('UPDATE case_file SET version = version + 5 WHERE id = ?').run(caseId);
    await o.correct(caseId, (body) => Object.assign(body.address, { rt: '9' }));
    await changeThere(province, caseId, 'household.phone', '021-555');
    const key = await loadServerKey(province.server.pool);
    const asOfOld = (answer: Answer): Answer => {
      const { merged, ...rest } = answer;
      const proven = readProven(rest.receipt ?? '', Receipt);
      if (proven === null) throw new Error('Nothing was accepted.');
      const { mergedHash, ...receipt } = proven;
      expect([merged, mergedHash]).not.toContain(undefined);
      // Older ones let a merge bear the version that the record itself has.
      const version = receipt.version - 1;
      return { ...rest, receipt: signCompact(key, signatureType.receipt, { ...receipt, version }) };
    };
    o.line.fault = altering((given) => {
      const response = Answers.parse(given);
      return { ...response, answers: response.answers.map(asOfOld) };
    });
    retryNow(o.register());
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    await takenDown(o, province);
    const { household } = (await (await o.t.as('petugas_loket')).cases.get.query({ caseId })).case;
    expect([household.address.rt, household.phone]).toEqual([9, '021-555']);
  });
});
