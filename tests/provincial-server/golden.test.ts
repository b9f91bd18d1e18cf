import { createHash, createPrivateKey } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { lookAt, openBundle } from '../../electron/sync/courier-file.ts';
import { hashCode, openEnrolment, openWith } from '../../electron/sync/enrolment-file.ts';
import { judgeAnswers, type Outgoing } from '../../electron/sync/outgoing.ts';
import { type OfficeLink, ProvinceClient } from '../../electron/sync/province-client.ts';
import { openSigned, publicHalf } from '../../electron/sync/signatures.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import { CourierDown, CourierKey, CourierUp, DecryptionKey } from '../../shared/provincial/courier.ts';
import { EnrolmentAsked, EnrolmentTold } from '../../shared/provincial/courier-enrolment.ts';
import { DownItem } from '../../shared/provincial/down.ts';
import { mergeThreeWay, readField, writeField } from '../../shared/provincial/merge.ts';
import {
  hashBranch,
  hashRoot,
  ProofBranch,
  ProofLeaf,
  ProofLeaves,
  ProofSummary,
} from '../../shared/provincial/proof.ts';
import { PushRecord } from '../../shared/provincial/record.ts';
import {
  AcceptedAnswer,
  BatchEnvelope,
  BatchResponseEnvelope,
  ConflictAnswer,
  EnrolResponse,
  HeldAnswer,
  MergeNote,
  PrivateKey,
  Receipt,
  RejectedAnswer,
  signatureHeader,
  signatureType,
  wireVersion,
} from '../../shared/provincial/wire.ts';
import { sign } from './advance-case.ts';
import { identityOf, inspectRecord } from './inspect-record.ts';
import { enrolmentWays, readEnrolRequest } from './offices.ts';
import { proveHeld, proveRw } from './proof.ts';
import { Refusal } from './refusal.ts';
import { digestOf, isSignedBy, type ServerKey, signCompact, signConflict } from './signing.ts';

const Loose = z.record(z.string(), z.unknown());
const Golden = z.object({
  about: z.string(),
  keys: z.object({ office: PrivateKey, server: PrivateKey, courier: DecryptionKey, reply: DecryptionKey }),
  record: z.object({
    head: PushRecord.omit({ body: true }),
    body: Loose,
    canonical: z.string(),
    hash: z.string(),
  }),
  batch: z.object({ text: z.string(), signature: z.string() }),
  answers: z.object({
    accepted: AcceptedAnswer,
    merged: AcceptedAnswer.extend({ merged: MergeNote }),
    rejected: RejectedAnswer,
    held: HeldAnswer,
    conflict: ConflictAnswer,
  }),
  refusal: Loose,
  proof: z.object({
    leaves: z.array(ProofLeaf),
    branch: ProofBranch,
    root: z.string(),
    summary: z.string(),
    detail: z.string(),
  }),
  down: z.string(),
  bundles: z.object({ up: z.string(), down: z.string() }),
  enrolment: z.object({ code: z.string(), up: z.string(), down: z.string() }),
});

const golden = Golden.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'fixtures', 'wire-1.json'), 'utf8')),
);
const { keys, record, answers, proof } = golden;
const area = '31.71.01.1001';
const now = new Date('2026-11-22T02:10:00.000Z');
const officeId = '0198a000-0000-7000-8000-000000000007';
const serverKey: ServerKey = {
  kid: 'kunci-uji',
  privateKey: createPrivateKey({ key: keys.server, format: 'jwk' }),
  publicJwk: publicHalf(keys.server),
};
const link: OfficeLink = {
  address: 'https://provinsi.test',
  officeId,
  credential: 'x',
  privateKey: keys.office,
  serverKeys: [publicHalf(keys.server)],
  earlierKeys: [],
};
const office = {
  id: officeId,
  name: 'Kelurahan Gambir',
  area,
  city: '31.71',
  publicKey: publicHalf(keys.office),
};
const outgoing: Outgoing = { itemId: 'satu', record: record.head, version: 1 };
const pushed = PushRecord.parse({ ...record.head, body: record.body });
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const payloadOf = (jws: string): string => Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8');

describe('wire 1, byte for byte', () => {
  it('is the version that is spoken', () => expect(wireVersion).toBe(1));

  it('hashes a body as it always did', () => {
    expect(canonicalJson(record.body)).toBe(record.canonical);
    expect([sha256(record.canonical), record.head.hash]).toEqual([record.hash, record.hash]);
  });

  it('writes and signs a batch as it always did', async () => {
    const sent: { body: string; signature: string }[] = [];
    const client = new ProvinceClient({
      fetch: async (_, init) => {
        const { body, headers } = z
          .object({ body: z.instanceof(Uint8Array), headers: z.record(z.string(), z.string()) })
          .parse(init);
        sent.push({ body: gunzipSync(body).toString('utf8'), signature: headers[signatureHeader] ?? '' });
        throw new TypeError('fetch failed');
      },
    });
    const { batchId, sentAt } = BatchEnvelope.parse(JSON.parse(golden.batch.text));
    await client.push(link, { batchId, sentAt, records: [{ head: record.head, body: record.canonical }] });
    expect(sent).toEqual([{ body: golden.batch.text, signature: golden.batch.signature }]);
  });

  it('writes a receipt with its members in their order, and signs it as it always did', () => {
    for (const { receipt, merged } of [{ merged: undefined, ...answers.accepted }, answers.merged]) {
      const { receiptId, version } = Receipt.parse(JSON.parse(payloadOf(receipt)));
      const made = sign({ office, serverKey, now }, pushed, version, merged);
      const text = payloadOf(made.signed).replace(made.receipt.receiptId, receiptId);
      expect(text).toBe(payloadOf(receipt));
      expect(signCompact(serverKey, signatureType.receipt, JSON.parse(text))).toBe(receipt);
    }
  });

  it('signs a conflict as it always did', () => {
    const { proof: signed, ...said } = answers.conflict;
    const about = { officeId, key: pushed.key, caseId: pushed.caseId, hash: pushed.hash };
    expect(signConflict(serverKey, about, said)).toEqual({ ...said, proof: signed });
  });

  it('writes a refusal of a whole request as it always did', () => {
    expect(JSON.stringify(new Refusal('signature_invalid').toProblem())).toBe(JSON.stringify(golden.refusal));
  });

  it('proves what is held as it always did', async () => {
    const { leaves, branch, root, summary, detail } = proof;
    expect([hashBranch(branch, leaves, sha256), hashRoot([branch], sha256)]).toEqual([branch.hash, root]);
    const { nonce } = ProofSummary.parse(JSON.parse(payloadOf(summary)));
    const place = { kelurahan: area, rw: 2 };
    const pool = holding({
      case_id: pushed.caseId,
      key: pushed.key,
      kind: pushed.kind,
      body: record.body,
      address: place,
      word_key: null,
      word_body: null,
    });
    const { proof: ofAll } = await proveHeld(pool, office, nonce, serverKey, now);
    const { proof: ofRw } = await proveRw(pool, office, place, nonce, serverKey, now);
    expect(withoutWords(signatureType.proof, ofAll)).toBe(summary);
    expect(withoutWords(signatureType.proofLeaves, ofRw)).toBe(detail);
  });
});

describe('what was signed under wire 1', () => {
  it('is read by the province of today', async () => {
    const bytes = new TextEncoder().encode(golden.batch.text);
    expect(await isSignedBy(office.publicKey, golden.batch.signature, bytes, signatureType.batch)).toBe(true);
    const [sent] = BatchEnvelope.parse(JSON.parse(golden.batch.text)).records;
    expect(inspectRecord(sent, area).verdict).toBe('readable');
    const header = headerOf(golden.bundles.up);
    const up = await openBundle(golden.bundles.up, keys.courier, [office.publicKey], header, CourierUp);
    expect(up?.records).toEqual([{ ...record.head, body: record.body }]);
    const asked = await openedEnrolment(golden.enrolment.up, EnrolmentAsked);
    const request = Buffer.from(asked?.request ?? '', 'base64url');
    const json: unknown = JSON.parse(request.toString());
    expect(await readEnrolRequest(enrolmentWays.courier, request, json, asked?.signature)).toMatchObject({
      code: golden.enrolment.code,
      office: { name: office.name, area },
      publicKey: office.publicKey,
      replyKey: { x: keys.reply.x },
      training: false,
    });
  });

  it('is read by the office of today', async () => {
    expect(await judge(Object.values(answers))).toMatchObject([
      { outcome: 'confirmed', version: 1, merge: null },
      { outcome: 'confirmed', version: 3, merge: answers.merged.merged },
      { outcome: 'rejected', field: 'body.members.0.nik' },
      { outcome: 'held', code: 'parent_missing' },
      { outcome: 'conflict', clashes: answers.conflict.clashes, theirs: answers.conflict.theirs },
    ]);
    expect(await openSigned(proof.summary, link.serverKeys, signatureType.proof, ProofSummary)).toMatchObject(
      {
        root: proof.root,
        branches: [proof.branch],
      },
    );
    expect(
      await openSigned(proof.detail, link.serverKeys, signatureType.proofLeaves, ProofLeaves),
    ).toMatchObject({ leaves: proof.leaves });
    expect(await openSigned(golden.down, link.serverKeys, signatureType.down, DownItem)).toMatchObject({
      kind: 'case.changed',
      cursor: 5,
    });
    const header = headerOf(golden.bundles.down);
    const down = await openBundle(golden.bundles.down, keys.reply, link.serverKeys, header, CourierDown);
    expect(down).toMatchObject({ answers: [answers.accepted], items: [golden.down] });
    const told = await openedEnrolment(golden.enrolment.down, EnrolmentTold);
    expect(told).toMatchObject({ key: keys.office.x });
    expect(await openWith(keys.reply, told?.enrolled ?? '', EnrolResponse)).toMatchObject({
      officeId,
      serverKey: link.serverKeys[0],
    });
    expect(
      await openSigned(told?.courierKey ?? '', link.serverKeys, signatureType.courierKey, CourierKey),
    ).toMatchObject({ key: { x: keys.courier.x } });
  });

  it('changed in one byte is nothing', async () => {
    const bytes = new TextEncoder().encode(`${golden.batch.text} `);
    expect(await isSignedBy(office.publicKey, golden.batch.signature, bytes, signatureType.batch)).toBe(
      false,
    );
    const forged = [
      writeField(answers.merged, 'merged.version', 4),
      writeField(answers.conflict, 'version', 3),
      writeField(answers.accepted, 'receipt', answers.merged.receipt),
    ];
    expect(await judge(forged)).toMatchObject(forged.map(() => ({ outcome: 'unclear' })));
  });
});

describe('one end newer than the other', () => {
  const later = { masaDepan: { nilai: [1, null, 'x'] } };

  it('an office of today takes what a newer province says more, and hands it on', async () => {
    const read = Receipt.parse(JSON.parse(payloadOf(answers.merged.receipt)));
    const note = { ...answers.merged.merged, ...later };
    const { proof: _, ...said } = answers.conflict;
    const [clash] = said.clashes;
    const about = { officeId, key: pushed.key, caseId: pushed.caseId, hash: pushed.hash };
    const newer = [
      {
        ...answers.merged,
        ...later,
        merged: note,
        receipt: signCompact(serverKey, signatureType.receipt, {
          ...read,
          ...later,
          mergedHash: digestOf(note),
        }),
      },
      signConflict(
        serverKey,
        about,
        ConflictAnswer.parse({ ...said, ...later, clashes: [{ ...clash, ...later }] }),
      ),
      { key: pushed.key, status: 'lebih_baru', ...later },
    ];
    const response = {
      wire: 1,
      batchId: pushed.key,
      serverTime: now.toISOString(),
      answers: newer,
      ...later,
    };
    const [merged, conflict, unknown] = await judge(BatchResponseEnvelope.parse(response).answers);
    expect(merged).toMatchObject({ outcome: 'confirmed', merge: note });
    expect(conflict).toMatchObject({ outcome: 'conflict', clashes: [{ ...clash, ...later }] });
    expect(unknown).toMatchObject({ outcome: 'unclear', code: 'answer_unknown' });
  });

  it('an office of today takes what an older province says less', async () => {
    const { proof: _, ...unsigned } = answers.conflict;
    const { merged, ...bare } = answers.merged;
    const { mergedHash, ...older } = Receipt.parse(JSON.parse(payloadOf(bare.receipt)));
    expect([merged, mergedHash]).not.toContain(undefined);
    const told = { ...bare, merged, receipt: signCompact(serverKey, signatureType.receipt, older) };
    // What an older province does not sign waits until it does; what it does is good.
    expect(await judge([answers.accepted, unsigned, told])).toMatchObject([
      { outcome: 'confirmed' },
      { outcome: 'unclear', code: 'conflict_unproven' },
      { outcome: 'unclear', code: 'merge_unproven' },
    ]);
  });

  it('a province of today takes what a newer office says more, keeps it, and merges it', () => {
    const body = writeField({ ...record.body, ...later }, 'household.masaDepan', [1]);
    const newer = { ...pushed, ...later, body, hash: sha256(canonicalJson(body)) };
    const read = inspectRecord(newer, area);
    if (read.verdict !== 'readable') throw new Error(`It was ${read.verdict}.`);
    expect(read.readable.record).toEqual(newer);
    expect(read.readable.body).toEqual(body);
    // The envelope may say more without being another record.
    expect(identityOf(newer)).toEqual(identityOf({ ...newer, masaDepan: 2 }));
    const there = writeField(body, 'household.phone', '021');
    const here = writeField(body, 'household.masaDepan', [1, 2]);
    const { value, clashes } = mergeThreeWay(body, here, there);
    expect([clashes, readField(value, 'household.masaDepan'), readField(value, 'masaDepan')]).toEqual([
      [],
      [1, 2],
      later.masaDepan,
    ]);
    expect(inspectRecord({ ...newer, kind: 'case.lebih_baru' }, area).verdict).toBe('kind_unknown');
  });

  it('a province of today takes what an older office says less', async () => {
    const body = ['case.provinceNumber', 'visit.families'].reduce<unknown>(
      (value, path) => writeField(value, path, undefined),
      record.body,
    );
    expect(inspectRecord({ ...pushed, body, hash: sha256(canonicalJson(body)) }, area).verdict).toBe(
      'readable',
    );
    const header = headerOf(golden.bundles.up);
    const up = await openBundle(golden.bundles.up, keys.courier, [office.publicKey], header, CourierUp);
    expect(CourierUp.safeParse({ ...up, pieces: undefined }).success).toBe(true);
  });
});

async function judge(given: readonly unknown[]): Promise<unknown[]> {
  const settled = [];
  for (const answer of z.array(z.looseObject({ key: z.string() })).parse(given))
    settled.push(...(await judgeAnswers(link, [outgoing], [answer])));
  return settled;
}

async function openedEnrolment<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  const outside = lookAt(file);
  return outside.kind === 'enrolment'
    ? await openEnrolment(file, hashCode(golden.enrolment.code), outside.header, schema)
    : null;
}

function headerOf(file: string) {
  const outside = lookAt(file);
  if (outside.kind !== 'bundle') throw new Error(`It is ${outside.kind}.`);
  return outside.header;
}

/** A database that holds this one leaf. */
/** What families said is told beside all else since, and changes nothing of it. */
function withoutWords(typ: string, jws: string): string {
  const { words: _, ...before } = Loose.parse(JSON.parse(payloadOf(jws)));
  return signCompact(serverKey, typ, before);
}

function holding(row: Record<string, unknown>): Pool {
  const query = async (sql: string) => ({ rows: sql.startsWith('SELECT * FROM') ? [row] : [] });
  return Object.assign(Object.create(null), { query, connect: async () => ({ query, release: () => {} }) });
}
