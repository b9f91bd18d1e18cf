import { randomUUID } from 'node:crypto';
import { compactVerify, importJWK } from 'jose';
import type { z } from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  branchesOf,
  hashRoot,
  ProofLeaves,
  ProofResponse,
  ProofSummary,
  RecordResponse,
  treeOf,
} from '../../shared/provincial/proof.ts';
import { signatureType } from '../../shared/provincial/wire.ts';
import { loadServerKey } from './server-keys.ts';
import { sha256 } from './signing.ts';
import {
  consent,
  corrected,
  gambir,
  legalised,
  retracted,
  startTestProvince,
  TestOffice,
  type TestProvince,
} from './testing.ts';

describe('the proof', () => {
  let province: TestProvince;
  let office: TestOffice;
  beforeAll(async () => {
    province = await startTestProvince();
  });
  afterAll(() => province.stop());
  beforeEach(async () => {
    office = await TestOffice.enrolled(province.server);
  });

  const call = (path: string, asking = office) =>
    fetch(`${province.server.address}${path}`, { headers: { authorization: `Bearer ${asking.credential}` } });

  async function opened<Schema extends z.ZodType>(
    path: string,
    typ: string,
    schema: Schema,
  ): Promise<z.infer<Schema>> {
    const { proof } = ProofResponse.parse(await (await call(path)).json());
    const key = await importJWK((await loadServerKey(province.server.pool)).publicJwk, 'EdDSA');
    const { payload, protectedHeader } = await compactVerify(proof, key);
    expect(protectedHeader.typ).toBe(typ);
    return schema.parse(JSON.parse(new TextDecoder().decode(payload)));
  }
  const summary = (nonce: string = randomUUID()) =>
    opened(`/v1/proof?nonce=${nonce}`, signatureType.proof, ProofSummary);
  const leavesOf = (rw: number) =>
    opened(`/v1/proof/${gambir}/${rw}?nonce=${randomUUID()}`, signatureType.proofLeaves, ProofLeaves);

  const inRw = (rw: number) => legalised({ body: (body) => Object.assign(body.household.address, { rw }) });

  it('is empty for an office that has sent nothing, and names office and nonce', async () => {
    const nonce = randomUUID();
    expect(await summary(nonce)).toMatchObject({ officeId: office.id, nonce, cases: 0, branches: [] });
  });

  it('counts the newest record of each case by RW, and its leaves add up to its hashes', async () => {
    const [first, second, third] = [inRw(1), inRw(2), inRw(2)];
    const mended = corrected(second, [['household.phone', '021']]);
    const back = retracted(third);
    await office.answers(province.server, [first, second, third, mended, back]);
    const proof = await summary();
    expect(proof.branches.map(({ rw, cases }) => [rw, cases])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    const { leaves } = await leavesOf(2);
    expect(new Map(leaves.map(({ caseId, key, hash }) => [caseId, [key, hash]]))).toEqual(
      new Map([mended, back].map(({ caseId, key, hash }) => [caseId, [key, hash]])),
    );
    const hex = (text: string) => sha256(text).toString('hex');
    const all = [
      ...(await leavesOf(1)).leaves.map((leaf) => ({ ...leaf, kelurahan: gambir, rw: 1 })),
      ...leaves.map((leaf) => ({ ...leaf, kelurahan: gambir, rw: 2 })),
    ];
    expect(branchesOf(all, hex)).toEqual(proof.branches);
    expect(hashRoot(proof.branches, hex)).toBe(proof.root);
    expect((await leavesOf(9)).leaves).toEqual([]);
  });

  describe('of what families say of being shown', () => {
    const proven = async (rw: number) => [(await summary()).words, (await leavesOf(rw)).words] as const;

    it('counts the newest word of each in the RW of its case, beside the records; none of a case that is not there', async () => {
      const record = inRw(4);
      const [agreed, refused] = [
        consent(record.caseId, 'given'),
        consent(record.caseId, 'refused', { version: 2 }),
      ];
      const early = consent(randomUUID(), 'refused');
      await office.answers(province.server, [record, inRw(4), agreed, refused, early]);
      const [said, leaves] = await proven(4);
      expect(leaves).toMatchObject([{ caseId: record.caseId, key: refused.key, hash: refused.hash }]);
      expect(said).toEqual(
        treeOf(
          (leaves ?? []).map((leaf) => ({ ...leaf, kelurahan: gambir, rw: 4 })),
          (text) => sha256(text).toString('hex'),
        ),
      );
      expect(await summary()).toMatchObject({ cases: 2, branches: [{ rw: 4, cases: 2 }] });
    });

    it('says that none is held where the words are lost, and where readers are shown otherwise', async () => {
      const record = inRw(5);
      await office.answers(province.server, [record, consent(record.caseId, 'refused')]);
      expect((await proven(5))[0]).toMatchObject({ cases: 1 });
      const { pool } = province.server;
      await pool.query(`UPDATE family_consent SET sharing = 'given' WHERE case_id = $1`, [record.caseId]);
      const none = { cases: 0, branches: [] };
      expect(await proven(5)).toMatchObject([none, []]);
      await pool.query('DELETE FROM family_consent WHERE case_id = $1', [record.caseId]);
      expect(await proven(5)).toMatchObject([none, []]);
    });

    it('shows a word that was changed behind its noted hash', async () => {
      const record = inRw(6);
      const word = consent(record.caseId, 'refused');
      await office.answers(province.server, [record, word]);
      await province.server.pool.query(
        `UPDATE record SET body = jsonb_set(body, '{consent,code}', '"1"') WHERE key = $1`,
        [word.key],
      );
      const [, leaves] = await proven(6);
      expect(leaves?.map(({ hash }) => hash === word.hash)).toEqual([false]);
    });
  });

  it('names the files that it misses from another one on, each time it is asked', async () => {
    const attachments = ['1', '9', 'e'].map((digit) => ({
      hash: digit.repeat(64),
      mediaType: 'image/png',
      size: 1,
      slot: 'bukti',
    }));
    await office.answers(province.server, [
      legalised({ body: (body) => Object.assign(body, { attachments }) }),
    ]);
    const begins = (digits: RegExp): string => {
      for (;;) {
        const nonce = randomUUID();
        if (digits.test(sha256(nonce).toString('hex'))) return nonce;
      }
    };
    const digitsFrom = async (digits: RegExp) =>
      (await summary(begins(digits))).missingFiles?.map((hash) => hash.slice(0, 1)).join('');
    expect(await digitsFrom(/^0/)).toBe('19e');
    expect(await digitsFrom(/^[2-8]/)).toBe('9e1');
    expect(await digitsFrom(/^[a-d]/)).toBe('e19');
  });

  it('moves a case to the RW that its correction names', async () => {
    const record = inRw(1);
    await office.answers(province.server, [record, corrected(record, [['household.address.rw', 7]])]);
    expect((await summary()).branches).toMatchObject([{ rw: 7, cases: 1 }]);
  });

  it('shows a body that was changed behind its noted hash', async () => {
    const record = inRw(1);
    await office.answers(province.server, [record]);
    const before = await summary();
    await province.server.pool.query(
      `UPDATE record SET body = jsonb_set(body, '{household,phone}', '"0812"') WHERE key = $1`,
      [record.key],
    );
    expect((await summary()).root).not.toBe(before.root);
    expect((await leavesOf(1)).leaves[0]?.hash).not.toBe(record.hash);
  });

  it('reads an office of more cases than a page, once each', async () => {
    const records = Array.from({ length: 620 }, () => inRw(3));
    for (let at = 0; at < records.length; at += 200)
      await office.answers(province.server, records.slice(at, at + 200));
    expect(await summary()).toMatchObject({ cases: 620, branches: [{ rw: 3, cases: 620 }] });
    expect(new Set((await leavesOf(3)).leaves.map(({ caseId }) => caseId)).size).toBe(620);
  });

  it('hands a record back as it was sent, to its own office only', async () => {
    const record = legalised({ record: { masaDepan: { n: 1 } } });
    const [answer] = await office.answers(province.server, [record]);
    const given = RecordResponse.parse(await (await call(`/v1/records/${record.key}`)).json());
    expect(given.record).toEqual(record);
    expect(answer).toMatchObject({ receipt: given.receipt });
    const stranger = await TestOffice.enrolled(province.server, '31.71.01.1002');
    for (const response of [await call(`/v1/records/${record.key}`, stranger), await call('/v1/records/x')]) {
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'record_unknown' } });
    }
  });

  it('refuses a stranger, and a question without a nonce', async () => {
    const response = await fetch(`${province.server.address}/v1/proof?nonce=${randomUUID()}`);
    expect(response.status).toBe(401);
    expect((await call('/v1/proof')).status).toBe(422);
    expect((await call(`/v1/proof/${gambir}/0?nonce=${randomUUID()}`)).status).toBe(422);
  });
});
