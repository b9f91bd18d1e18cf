import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { verifyJournal } from '../../electron/store/journal.ts';
import type { Consent } from '../../shared/domain/consent.ts';
import type { ProofSide, ProofView } from '../../shared/contract/proof.ts';
import { writeField } from '../../shared/provincial/merge.ts';
import { ProofResponse } from '../../shared/provincial/proof.ts';
import { loadServerKey } from '../provincial-server/server-keys.ts';
import { signCompact } from '../provincial-server/signing.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { cut, type Fault, onBatches } from './line.ts';
import { codeOf } from './office.ts';
import { lendOffice, type PushingOffice } from './pushing.ts';
import { shownBy } from './shown.ts';

describe('the proof that both sides hold what families said last of being shown', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));
  // The look that every office takes by itself is over: what a test asks for is the only one.
  beforeEach(() => o.until(({ proof }) => proof !== null));

  const compare = async (): Promise<ProofView> => (await o.t.as('petugas_verifikasi')).proof.compare.mutate();
  const repair = async (caseId: string, from: ProofSide): Promise<ProofView> =>
    (await o.t.as('petugas_verifikasi')).proof.repair.mutate({ caseId, subject: 'persetujuan', from });
  const sent = () => o.until(({ waiting }) => waiting === 0);
  const agreed = () => o.until(({ proof }) => proof?.state === 'cocok');
  const there = (sql: string, ...values: readonly unknown[]) => province.server.pool.query(sql, [...values]);
  const isShown = async (caseId: string) => (await shownBy(province)).includes(caseId);
  const saidHere = async (caseId: string) =>
    (await (await o.t.as('petugas_loket')).cases.get.query({ caseId })).consent;

  async function say(caseId: string, kind: Consent): Promise<void> {
    await (await o.t.as('petugas_loket')).cases.recordConsent.mutate({ caseId, kind });
  }
  /** A case that both sides hold, whose family said this, one after the other. */
  async function said(...kinds: Consent[]): Promise<string> {
    const caseId = await o.accepted(1);
    for (const kind of kinds) {
      await say(caseId, kind);
      await sent();
    }
    expect(await compare()).toMatchObject({ differences: [], mark: { state: 'cocok' } });
    return caseId;
  }
  /** The province is put back to what it held after so many of the words. */
  async function putBackThere(caseId: string, words: number): Promise<void> {
    const { rows } = await there(
      `SELECT key, version, body #>> '{consent,sharing}' AS sharing FROM record
       WHERE case_id = $1 AND kind = 'family.consent' ORDER BY version`,
      caseId,
    );
    const stands = rows[words - 1];
    if (stands === undefined) await there('DELETE FROM family_consent WHERE case_id = $1', caseId);
    else
      await there(
        'UPDATE family_consent SET record_key = $2, version = $3, sharing = $4 WHERE case_id = $1',
        caseId,
        stands.key,
        stands.version,
        stands.sharing,
      );
    const gone = rows.slice(words).map(({ key }) => key);
    await there('DELETE FROM record WHERE key = ANY ($1)', gone);
  }
  /** The office is put back to what it knew after so many of the words. */
  function putBackHere(caseId: string, words: number, kind: Consent | null): void {
    const { db } = o.register();
    const newer = `SELECT id FROM outbox WHERE case_id = @caseId AND kind = 'family.consent' AND version > @words`;
    db.prepare(`DELETE FROM receipt WHERE outbox_id IN (${newer})`).run({ caseId, words });
    db.prepare(`DELETE FROM outbox WHERE id IN (${newer})`).run({ caseId, words });
    if (kind === null) db.prepare('DELETE FROM case_consent WHERE case_id = ?').run(caseId);
    else db.prepare('UPDATE case_consent SET kind = ? WHERE case_id = ?').run(kind, caseId);
  }

  it.each([
    ['all that it said', ['4'], 0],
    ['the newest alone', ['1', '4', '1', '4'], 3],
  ] as const)('finds that the province lost %s, and tells it anew', async (_, kinds, left) => {
    const caseId = await said(...kinds);
    await putBackThere(caseId, left);
    expect(await isShown(caseId)).toBe(true);
    const view = await compare();
    expect(view.differences).toMatchObject([
      { caseId, subject: 'persetujuan', kind: 'hilang_di_provinsi', mendedFrom: null },
    ]);
    expect(view.areas.map(({ here, same }) => [here, same])).toEqual([[1, false]]);
    expect(await codeOf(repair(caseId, 'provinsi'))).toBe('difference_gone');
    await repair(caseId, 'kantor');
    await sent();
    expect(await isShown(caseId)).toBe(false);
    await agreed();
    expect(verifyJournal(o.register().db)).toMatchObject({ intact: true });
  });

  it('mends it also where the province holds the record still, and shows the family all the same', async () => {
    const caseId = await said('4');
    await there(`UPDATE family_consent SET sharing = 'given' WHERE case_id = $1`, caseId);
    expect((await compare()).differences).toMatchObject([{ caseId, kind: 'hilang_di_provinsi' }]);
    await repair(caseId, 'kantor');
    await sent();
    expect(await isShown(caseId)).toBe(false);
    await agreed();
  });

  it.each([
    ['that it refuses', ['1', '4'], 1, false],
    ['that it refuses, and nothing else', ['4'], 0, false],
    ['that it agrees again', ['4', '2'], 1, true],
  ] as const)('takes what an old register no longer knows of: %s', async (_, kinds, known, shown) => {
    const caseId = await said(...kinds);
    putBackHere(caseId, known, known === 0 ? null : kinds[0]);
    expect((await compare()).differences).toMatchObject([
      { caseId, subject: 'persetujuan', kind: 'hilang_di_kantor' },
    ]);
    expect(await codeOf(repair(caseId, 'kantor'))).toBe('difference_gone');
    await repair(caseId, 'provinsi');
    expect(await saidHere(caseId)).toBe(kinds.at(-1));
    expect(await compare()).toMatchObject({ differences: [], mark: { state: 'cocok' } });
    // Taken with its receipt, and not sent again.
    expect(o.words(caseId)).toHaveLength(kinds.length);
    expect(await isShown(caseId)).toBe(shown);
    const { history } = await (await o.t.as('petugas_loket')).cases.get.query({ caseId });
    expect(history.map(({ type }) => type)).toContain('persetujuan_dicatat');
  });

  it('takes it that nothing is recorded any more, where the province proves that', async () => {
    const caseId = await said('4');
    await say(caseId, '1');
    await sent();
    await there(
      `UPDATE record SET body = jsonb_set(body, '{consent,code}', 'null')
       WHERE key = (SELECT record_key FROM family_consent WHERE case_id = $1)`,
      caseId,
    );
    expect((await compare()).differences).toMatchObject([{ caseId, kind: 'isi_berbeda' }]);
    await repair(caseId, 'provinsi');
    await sent();
    expect(await saidHere(caseId)).toBe(null);
    await agreed();
  });

  describe('where a word was altered there', () => {
    async function altered(): Promise<string> {
      const caseId = await said('1', '4');
      await there(
        `WITH word AS (
           UPDATE record SET body = jsonb_set(jsonb_set(body, '{consent,sharing}', '"given"'), '{consent,code}', '"2"')
           WHERE key = (SELECT record_key FROM family_consent WHERE case_id = $1))
         UPDATE family_consent SET sharing = 'given' WHERE case_id = $1`,
        caseId,
      );
      expect((await compare()).differences).toMatchObject([
        { caseId, subject: 'persetujuan', kind: 'isi_berbeda' },
      ]);
      return caseId;
    }

    it('tells it anew from here', async () => {
      const caseId = await altered();
      await repair(caseId, 'kantor');
      await sent();
      expect([await saidHere(caseId), await isShown(caseId)]).toEqual(['4', false]);
      await agreed();
    });

    it('takes it from there, and tells that under a new key', async () => {
      const caseId = await altered();
      await repair(caseId, 'provinsi');
      await sent();
      expect([await saidHere(caseId), await isShown(caseId)]).toEqual(['2', true]);
      await agreed();
    });
  });

  it('gets a receipt again that was lost here, and leaves what the family says', async () => {
    const caseId = await said('1', '4');
    const before = o.words(caseId)[0]?.receipt;
    o.register()
      .db.prepare(
        `DELETE FROM receipt WHERE outbox_id IN (SELECT id FROM outbox WHERE kind = 'family.consent')`,
      )
      .run();
    expect((await compare()).differences).toMatchObject([
      { caseId, subject: 'persetujuan', kind: 'hilang_di_kantor' },
    ]);
    await repair(caseId, 'provinsi');
    expect([before?.id, o.words(caseId)[0]?.receipt]).toEqual([expect.any(String), before]);
    expect(await saidHere(caseId)).toBe('4');
    expect((await compare()).mark?.state).toBe('cocok');
  });

  it('names it also where the province lost the word whose receipt is lost here', async () => {
    const caseId = await said('4');
    o.register()
      .db.prepare(
        `DELETE FROM receipt WHERE outbox_id IN (SELECT id FROM outbox WHERE kind = 'family.consent')`,
      )
      .run();
    await putBackThere(caseId, 0);
    expect((await compare()).differences).toMatchObject([
      { caseId, subject: 'persetujuan', kind: 'hilang_di_provinsi' },
    ]);
    await repair(caseId, 'kantor');
    await sent();
    expect(await isShown(caseId)).toBe(false);
    await agreed();
  });

  it('names a record and a word of one case beside each other, and mends each by itself', async () => {
    const caseId = await said('4');
    await putBackThere(caseId, 0);
    await there(
      `UPDATE record SET body = jsonb_set(body, '{household,phone}', '"081299"') WHERE case_id = $1`,
      caseId,
    );
    expect((await compare()).differences.map(({ subject, kind }) => [subject, kind])).toEqual([
      ['berkas', 'isi_berbeda'],
      ['persetujuan', 'hilang_di_provinsi'],
    ]);
    const { differences } = await repair(caseId, 'kantor');
    expect(differences.map(({ mendedFrom }) => mendedFrom)).toEqual([null, 'kantor']);
    await sent();
    expect((await compare()).differences).toMatchObject([{ subject: 'berkas', mendedFrom: null }]);
  });

  it('is no difference while a newer word is on its way, and offers no repair past it', async () => {
    const caseId = await said('1', '4');
    putBackHere(caseId, 1, '1');
    expect((await compare()).differences).toMatchObject([{ kind: 'hilang_di_kantor' }]);
    o.line.fault = onBatches(cut);
    await say(caseId, '2');
    expect(await codeOf(repair(caseId, 'provinsi'))).toBe('difference_gone');
    expect((await compare()).differences).toEqual([]);
    o.line.fault = null;
    o.register().push?.retryNow();
    await sent();
    expect([await saidHere(caseId), await isShown(caseId)]).toEqual(['2', true]);
    await agreed();
  });

  it('believes the word of nobody whose record does not prove to be it', async () => {
    const caseId = await said('1', '4');
    putBackHere(caseId, 1, '1');
    await compare();
    await there(
      `UPDATE record SET body = jsonb_set(body, '{consent,code}', '"2"') WHERE case_id = $1 AND kind = 'family.consent'`,
      caseId,
    );
    expect(await codeOf(repair(caseId, 'provinsi'))).toBe('proof_refused');
    // Proven now, and not what its receipt was given for.
    await compare();
    expect(await codeOf(repair(caseId, 'provinsi'))).toBe('proof_refused');
    expect(await saidHere(caseId)).toBe('1');
  });

  /** A province whose signed answers to a proof say otherwise. */
  async function proving(change: (said: Record<string, unknown>) => unknown): Promise<Fault> {
    const key = await loadServerKey(province.server.pool);
    return async (request, pass) => {
      const response = await pass();
      if (!request.url.includes('/v1/proof')) return response;
      const { proof, ...rest } = ProofResponse.parse(await response.json());
      const [head = '', payload = ''] = proof.split('.');
      const { typ } = z
        .object({ typ: z.string() })
        .parse(JSON.parse(Buffer.from(head, 'base64url').toString()));
      const said: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
      const signed = signCompact(key, typ, change(z.record(z.string(), z.unknown()).parse(said)));
      return Response.json({ ...rest, proof: signed });
    };
  }

  it('gets along with a province of before it told this', async () => {
    const caseId = await said('4');
    await putBackThere(caseId, 0);
    o.line.fault = await proving((said) => ({ ...said, words: undefined }));
    expect(await compare()).toMatchObject({ differences: [], mark: { state: 'cocok' } });
    o.line.fault = null;
    expect((await compare()).differences).toMatchObject([{ caseId, kind: 'hilang_di_provinsi' }]);
  });

  it.each([
    ['does not add up', (said: Record<string, unknown>) => writeField(said, 'words.cases', 7)],
    [
      'names no leaves',
      ({ words, ...said }: Record<string, unknown>) =>
        Array.isArray(words) ? { ...said, words: [] } : { ...said, words },
    ],
    [
      'names leaves twice',
      ({ words, ...said }: Record<string, unknown>) =>
        Array.isArray(words) ? { ...said, words: [...words, ...words] } : { ...said, words },
    ],
  ])('believes no answer whose account of them %s', async (_, change) => {
    const caseId = await said('1', '4');
    await putBackThere(caseId, 1);
    o.line.fault = await proving(change);
    expect((await compare()).mark?.state).toBe('tidak_terbukti');
  });
});
