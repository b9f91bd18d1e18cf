import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { compactVerify, importJWK } from 'jose';
import { z } from 'zod';
import { CourierKey, CourierKeyResponse } from '../../../shared/provincial/courier.ts';
import { AttachmentState, chunkBytes, NumberPool, NumbersResponse } from '../../../shared/provincial/down.ts';
import type { PushRecord } from '../../../shared/provincial/record.ts';
import {
  ConflictProof,
  EnrolResponse,
  Health,
  type RecordAnswer,
  Receipt,
  signatureHeader,
  signatureType,
  wireVersion,
} from '../../../shared/provincial/wire.ts';
import { corrected, detached, hashOf, legalised, retracted, TestOffice } from '../testing.ts';
import { downChecks } from './down-checks.ts';
import { proofChecks } from './proof-checks.ts';
import { readChecks } from './read-checks.ts';
import { recapChecks } from './recap-checks.ts';
import { visitChecks } from './visit-checks.ts';
import { type Check, fail, refused, status, type Subject, type Trial } from './trial.ts';

const OpenApi = z.looseObject({
  openapi: z.string().startsWith('3.1'),
  paths: z.record(z.string(), z.unknown()),
});

/** The checks in their order: the first enrols the office that the others act as. */
export function conformanceChecks(subject: Subject): Check[] {
  let office: TestOffice | null = null;
  let serverKey: z.infer<typeof EnrolResponse>['serverKey'] | null = null;
  const server = { address: subject.address };
  const enrolled = (): TestOffice => office ?? fail('kantor uji belum terdaftar');

  const inArea = (record: Partial<PushRecord> = {}, files: Record<string, unknown>[] = []): PushRecord =>
    legalised({
      record,
      body: (body) => {
        Object.assign(body.household.address, { kelurahan: subject.area });
        Object.assign(body, { attachments: files });
      },
    });
  const answer = async (record: unknown): Promise<RecordAnswer> =>
    (await enrolled().answers(server, [record]))[0] ?? fail('satu jawaban untuk tiap catatan');

  async function begun(): Promise<PushRecord> {
    const record = inArea();
    status(await answer(record), 'accepted');
    return record;
  }

  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    return await fetch(`${subject.address}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${enrolled().credential}`, ...Object(init.headers) },
    });
  }

  async function putPiece(
    hash: string,
    content: Buffer,
    offset: number,
    nonce: string = randomUUID(),
  ): Promise<Response> {
    const body = new Uint8Array(content.subarray(offset, offset + chunkBytes));
    const signature = await detached(enrolled().privateKey, body, signatureType.chunk);
    return await call(`/v1/attachments/${hash}?offset=${offset}&nonce=${nonce}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream', [signatureHeader]: signature },
      body,
    });
  }

  async function open<Schema extends z.ZodType>(
    jws: string,
    typ: string,
    schema: Schema,
  ): Promise<z.infer<Schema>> {
    const key = await importJWK(serverKey ?? fail('kunci server'), 'EdDSA');
    const { payload, protectedHeader } = await compactVerify(jws, key);
    if (protectedHeader.typ !== typ) fail(`typ ${typ}, bukan ${protectedHeader.typ ?? 'kosong'}`);
    return schema.parse(JSON.parse(new TextDecoder().decode(payload)));
  }

  const trial: Trial = {
    subject,
    call,
    answer,
    begun,
    inArea,
    open,
    enrolled,
    serverKey: () => serverKey ?? fail('kunci server'),
  };
  return [
    {
      name: 'health menyebut layanannya',
      run: async () => void Health.parse(await (await fetch(`${subject.address}/v1/health`)).json()),
    },
    {
      name: 'kode yang salah ditolak',
      run: async () =>
        await refused(
          (await TestOffice.create()).enrol(server, 'AAAA-BBBB-CCCC-DDDD', subject.area),
          403,
          'enrolment_refused',
        ),
    },
    {
      name: 'permintaan pendaftaran yang ditandatangani untuk kurir ditolak',
      run: async () => {
        const { courierEnrolment } = signatureType;
        const lifted = await TestOffice.create();
        const asked = lifted.enrol(server, subject.code, subject.area, undefined, courierEnrolment);
        await refused(asked, 401, 'signature_invalid');
      },
    },
    {
      name: 'kantor terdaftar dengan kode, dan jawaban yang hilang dapat diminta lagi',
      run: async () => {
        const made = await TestOffice.create();
        const first = await made.enrol(server, subject.code, subject.area);
        const given = EnrolResponse.parse(await first.json());
        const again = await made.enrol(server, subject.code, subject.area);
        // The office works on with the first: a repeat may have been the line's own, and its answer lost.
        if (EnrolResponse.parse(await again.json()).officeId !== given.officeId) fail('kantor yang sama');
        Object.assign(made, { id: given.officeId, credential: given.credential });
        serverKey = given.serverKey;
        office = made;
      },
    },
    {
      name: 'catatan diterima dengan tanda terima yang menyebut sidiknya',
      run: async () => {
        const record = inArea();
        const given = await answer(record);
        if (given.status !== 'accepted') return void fail(`accepted, bukan ${given.status}`);
        const receipt = await open(given.receipt, signatureType.receipt, Receipt);
        if (receipt.hash !== record.hash || receipt.key !== record.key)
          fail('tanda terima untuk catatan ini');
      },
    },
    {
      name: 'kiriman ulang mendapat tanda terima yang sama',
      run: async () => {
        const record = inArea();
        const first = await answer(record);
        const again = await answer(record);
        status(again, 'duplicate');
        if (!('receipt' in first) || !('receipt' in again) || first.receipt !== again.receipt)
          fail('tanda terima yang sama');
      },
    },
    {
      name: 'kunci yang sama dengan isi lain ditolak',
      run: async () => status(await answer(inArea({ key: (await begun()).key })), 'rejected', 'key_reused'),
    },
    {
      name: 'anak menunggu induknya, lalu dilepas',
      run: async () => {
        const parent = inArea();
        const child = corrected(parent, [['household.phone', '021']]);
        status(await answer(child), 'held', 'parent_missing');
        status(await answer(parent), 'accepted');
        status(await answer(child), 'duplicate');
      },
    },
    {
      name: 'jenis catatan yang belum dikenal ditahan',
      run: async () => status(await answer(inArea({ kind: 'uji.baru' })), 'held', 'kind_unknown'),
    },
    {
      name: 'catatan cacat ditolak dengan isiannya dan tidak menahan yang lain',
      run: async () => {
        const broken = legalised({
          body: (body) => {
            Object.assign(body.household.address, { kelurahan: subject.area });
            Object.assign(body.members[0] ?? {}, { nik: '123' });
          },
        });
        const [bad, good] = await enrolled().answers(server, [broken, inArea()]);
        status(bad, 'rejected', 'invalid_record');
        if (bad?.status !== 'rejected' || bad.field !== 'body.members.0.nik')
          fail('field body.members.0.nik');
        status(good, 'accepted');
      },
    },
    {
      name: 'isian yang tidak dikenal tidak ditolak',
      run: async () => {
        const record = legalised({
          record: { masaDepan: true },
          body: (body) => {
            Object.assign(body.household.address, { kelurahan: subject.area });
            Object.assign(body, { masaDepan: { nilai: 1 } });
          },
        });
        status(await answer(record), 'accepted');
      },
    },
    {
      name: 'isian yang berlainan digabung',
      run: async () => {
        const first = await begun();
        status(await answer(corrected(first, [['household.phone', '021']])), 'accepted');
        const given = await answer(corrected(first, [['household.address.rt', 9]]));
        if (given.status !== 'accepted' || given.merged === undefined)
          return void fail('accepted dengan merged');
        const { mergedHash } = await open(given.receipt, signatureType.receipt, Receipt);
        if (mergedHash !== hashOf(given.merged)) fail('receipt dengan mergedHash atas merged');
      },
    },
    {
      name: 'isian yang sama dijawab conflict dengan kedua nilai, dan tidak diterapkan',
      run: async () => {
        const first = await begun();
        status(await answer(corrected(first, [['household.address.rt', 8]])), 'accepted');
        const given = await answer(corrected(first, [['household.address.rt', 9]]));
        if (given.status !== 'conflict') return void fail(`conflict, bukan ${given.status}`);
        const [clash] = given.clashes;
        if (clash?.path !== 'household.address.rt' || clash.ours !== 9 || clash.theirs !== 8)
          fail('household.address.rt: ours 9, theirs 8');
        const { proof, ...said } = given;
        if (proof === undefined) return void fail('proof');
        const signed = await open(proof, signatureType.conflict, ConflictProof);
        if (signed.key !== given.key || signed.caseId !== first.caseId) fail('proof atas catatan ini');
        if (signed.answerHash !== hashOf(said)) fail('answerHash atas jawaban tanpa proof');
        // What the province has of that field by now, it tells whoever builds on the version before.
        const after = await answer(corrected(first, [['household.phone', '021']]));
        if (after.status !== 'accepted') return void fail(`accepted, bukan ${after.status}`);
        const held = after.merged?.theirs.find(({ path }) => path === 'household.address.rt');
        if (held?.after !== 8) fail('household.address.rt masih 8 sesudah pertentangan');
      },
    },
    {
      name: 'isian berlainan yang bersama-sama menyalahi aturan dijawab conflict, dan tidak diterapkan',
      run: async () => {
        const first = await begun();
        const [head] = z.array(z.looseObject({})).parse(first.body['members']);
        const child = () => ({
          ...head,
          id: randomUUID(),
          nik: '3171011001100009',
          relation: '3',
          familyRelation: '3',
        });
        const [one, other] = [child(), child()];
        const second = corrected(first, [[`members.${one.id}`, one]]);
        status(await answer(second), 'accepted');
        const given = await answer(corrected(first, [[`members.${other.id}`, other]]));
        if (given.status !== 'conflict') return void fail(`conflict, bukan ${given.status}`);
        const paths = given.clashes.map(({ path }) => path);
        for (const { id } of [one, other])
          if (!paths.includes(`members.${id}`)) fail(`members.${id} di antara clashes`);
        status(await answer(corrected(second, [['household.phone', '021']])), 'accepted');
      },
    },
    {
      name: 'penarikan diterima, dan berkas yang ditarik tidak dapat diperbaiki',
      run: async () => {
        const first = await begun();
        const back = retracted(first);
        status(await answer(back), 'accepted');
        status(await answer(corrected(back, [], { body: first.body })), 'rejected', 'case_retracted');
      },
    },
    {
      name: 'penutupan berkas yang selalu ditolak dijawab nothing_to_retract, dan berkasnya masih dapat disahkan',
      run: async () => {
        const never = inArea();
        const closing = { ...retracted(never), parent: null, baseVersion: 0 };
        status(await answer(closing), 'rejected', 'nothing_to_retract');
        status(await answer(never), 'accepted');
      },
    },
    {
      name: 'gzip dibaca; tanda tangan, kredensial, dan kantor yang salah ditolak',
      run: async () => {
        const mine = enrolled();
        const zipped = await mine.push(server, [inArea()], { gzip: true });
        if (zipped.status !== 200) fail(`200 untuk gzip, bukan ${zipped.status}`);
        const stranger = await TestOffice.create();
        await refused(
          mine.push(server, [inArea()], { signWith: stranger.privateKey }),
          401,
          'signature_invalid',
        );
        await refused(
          mine.push(server, [inArea()], { headers: { authorization: 'Bearer x' } }),
          401,
          'credential_unknown',
        );
        await refused(
          mine.push(server, [inArea()], { envelope: { officeId: randomUUID() } }),
          403,
          'office_mismatch',
        );
        await refused(
          mine.push(server, [inArea()], { headers: { 'content-encoding': 'br' } }),
          415,
          'encoding_unsupported',
        );
        await refused(
          mine.push(server, [inArea()], { envelope: { wire: wireVersion + 1 } }),
          422,
          'wire_unsupported',
        );
      },
    },
    {
      name: 'lampiran diterima sepotong demi sepotong sesudah catatannya',
      run: async () => {
        const content = randomBytes(chunkBytes + 1_000);
        const hash = createHash('sha256').update(content).digest('hex');
        await refused(call(`/v1/attachments/${hash}`), 404, 'attachment_unknown');
        const file = { hash, mediaType: 'image/jpeg', size: content.length, slot: 'bukti' };
        status(await answer(inArea({}, [file])), 'accepted');
        const put = async (offset: number, nonce?: string) => await putPiece(hash, content, offset, nonce);
        await refused(put(500), 409, 'chunk_out_of_place');
        const first = AttachmentState.parse(await (await put(0)).json());
        if (first.received !== chunkBytes || first.complete) fail(`received ${chunkBytes}`);
        await put(0);
        const nonce = randomUUID();
        const last = AttachmentState.parse(await (await put(chunkBytes, nonce)).json());
        if (!last.complete) fail('complete sesudah potongan terakhir');
        if (last.nonce !== nonce) fail('nonce permintaan termuat dalam jawaban atas potongan');
        const asked = await call(`/v1/attachments/${hash}?nonce=${nonce}`);
        if (AttachmentState.parse(await asked.json()).nonce !== nonce)
          fail('nonce permintaan termuat dalam keadaan lampiran');
      },
    },
    {
      name: 'lampiran yang isinya bukan sidiknya ditolak, lalu diterima bila dikirim ulang dari awal',
      run: async () => {
        const content = randomBytes(chunkBytes + 1_000);
        const hash = createHash('sha256').update(content).digest('hex');
        const file = { hash, mediaType: 'image/jpeg', size: content.length, slot: 'bukti' };
        status(await answer(inArea({}, [file])), 'accepted');
        const damaged = Buffer.from(content);
        damaged.writeUInt8(255 - damaged.readUInt8(0), 0);
        await putPiece(hash, damaged, 0);
        await refused(putPiece(hash, damaged, chunkBytes), 422, 'attachment_damaged');
        const stands = AttachmentState.parse(await (await call(`/v1/attachments/${hash}`)).json());
        if (stands.received !== 0 || stands.complete) fail('received 0 sesudah isi yang rusak ditolak');
        for (const offset of [0, chunkBytes]) {
          const { received } = AttachmentState.parse(await (await putPiece(hash, content, offset)).json());
          if (received !== Math.min(content.length, offset + chunkBytes))
            fail('potongan isi yang benar diterima sesudah yang rusak ditolak');
        }
        const whole = AttachmentState.parse(await (await call(`/v1/attachments/${hash}`)).json());
        if (!whole.complete) fail('complete sesudah isi yang benar dikirim ulang');
      },
    },
    {
      name: 'nomor dicadangkan; permintaan yang sama mendapat nomor yang sama',
      run: async () => {
        const mine = enrolled();
        const ask = async (requestId: string): Promise<NumberPool> => {
          const asked = { wire: wireVersion, officeId: mine.id, requestId, count: 5 };
          const body = JSON.stringify(asked);
          const headers = { [signatureHeader]: await detached(mine.privateKey, body, signatureType.numbers) };
          const { pool } = NumbersResponse.parse(
            await (await call('/v1/numbers', { method: 'POST', headers, body })).json(),
          );
          return await open(pool, signatureType.numbers, NumberPool);
        };
        const requestId = randomUUID();
        const [first, again, other] = [await ask(requestId), await ask(requestId), await ask(randomUUID())];
        if (first.from !== again.from || first.to - first.from !== 4) fail('lima nomor yang sama dua kali');
        if (other.from <= first.to && first.from <= other.to)
          fail('nomor lain untuk permintaan lain; nomor yang sama diberikan dua kali');
      },
    },
    ...proofChecks(trial),
    ...recapChecks(trial),
    ...visitChecks(trial),
    ...readChecks(trial),
    {
      name: 'kunci kurir ditandatangani server, tetap sama, dan hanya untuk kantor yang terdaftar',
      run: async () => {
        const keys = [];
        for (let asked = 0; asked < 2; asked += 1) {
          const { key } = CourierKeyResponse.parse(await (await call('/v1/courier-key')).json());
          keys.push((await open(key, signatureType.courierKey, CourierKey)).key.x);
        }
        // A bundle that is on its way stays readable.
        if (keys[0] !== keys[1]) fail('kunci yang sama');
        const stranger = { headers: { authorization: 'Bearer x' } };
        await refused(call('/v1/courier-key', stranger), 401, 'credential_unknown');
      },
    },
    {
      name: 'dokumen OpenAPI dapat dibaca siapa saja',
      run: async () => {
        const document = await (await fetch(`${subject.address}/v1/openapi.json`)).json();
        if (!OpenApi.safeParse(document).success) fail('dokumen OpenAPI 3.1');
      },
    },
    ...downChecks(trial),
  ];
}
