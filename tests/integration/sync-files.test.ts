import { beforeEach, describe, expect, it, vi } from 'vitest';
import { attachToCase } from '../../electron/services/attachments.ts';
import { attentionItems } from '../../electron/services/attention.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import { readAttachmentTotals } from '../../electron/store/attachment-push.ts';
import { attachmentSlotLabel } from '../../shared/contract/attachments.ts';
import { chunkBytes } from '../../shared/provincial/down.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { problemCode } from './households.ts';
import { cut, type Fault, onBatches } from './line.ts';
import { noted } from './office.ts';
import { lendOffice, type PushingOffice, patient } from './pushing.ts';

describe('the files of a record', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));
  // The look that every office takes by itself is over: what a test asks for is the only one.
  beforeEach(() => o.until(({ proof }) => proof !== null));

  const verifier = () => o.t.as('petugas_verifikasi');
  const there = async (sql: string, ...values: unknown[]) =>
    (await province.server.pool.query(sql, values)).rows;

  const content = Buffer.from('%PDF-1.7 surat keterangan');
  const arrived = () =>
    vi.waitFor(async () => {
      const whole = 'SELECT size FROM attachment WHERE complete_at IS NOT NULL AND office_id = $1';
      expect(await there(whole, o.officeId())).toEqual([{ size: content.length }]);
    }, patient);

  /** A case with one file, both accepted. */
  async function withFile(): Promise<string> {
    const { caseId } = await o.registered(1);
    const id = String(o.register().db.prepare('SELECT id FROM account LIMIT 1').pluck().get());
    const clerk: ServiceActor = { id, name: 'Loket', role: 'petugas_loket' };
    attachToCase(o.register(), clerk, { caseId, slot: 'bukti', name: 'surat.pdf', content });
    o.legaliseRegistered(caseId);
    await arrived();
    return caseId;
  }

  it('go again once the record that the province lost is there again', async () => {
    const caseId = await withFile();
    await there(
      `WITH lost AS (DELETE FROM province_case WHERE case_id = $1), versions AS (DELETE FROM case_version WHERE case_id = $1)
       DELETE FROM record WHERE case_id = $1`,
      caseId,
    );
    await there('DELETE FROM attachment_chunk WHERE office_id = $1', o.officeId());
    await there('DELETE FROM attachment WHERE office_id = $1', o.officeId());
    await (await verifier()).proof.compare.mutate();

    o.line.fault = onBatches(cut);
    await (await verifier()).proof.repair.mutate({ caseId, subject: 'berkas', from: 'kantor' });
    // The province takes no file that no record names.
    expect(readAttachmentTotals(o.register().db).waiting).toBe(0);
    o.line.fault = null;
    await (await verifier()).sync.retryNow.mutate();
    await arrived();
  });

  const gateway: Fault = () => Promise.resolve(new Response('<h1>504</h1>', { status: 504 }));
  it.each([
    ['the line swallows every piece', cut],
    ['a gateway answers every piece in the place of the province', gateway],
  ])(
    'let others go before one of which %s, and are told of where that goes on for days',
    async (_, fault) => {
      const { caseId } = await o.registered(1);
      const id = String(o.register().db.prepare('SELECT id FROM account LIMIT 1').pluck().get());
      const clerk: ServiceActor = { id, name: 'Loket', role: 'petugas_loket' };
      const slots = ['F-KTP', 'F-KK', 'F-KRT', 'F-RUMAH'] as const;
      const files = slots.map((slot, nth) => ({
        slot,
        content: Buffer.concat([content, Buffer.alloc(nth, 7)]),
      }));
      for (const file of files) attachToCase(o.register(), clerk, { caseId, name: 'foto.pdf', ...file });
      const swallowed = files.slice(0, 2).map((file) => file.content.length);
      o.line.fault = async (request, pass) =>
        swallowed.includes(Number(Object(request.init.body).length))
          ? await fault(request, pass)
          : await pass();
      o.legaliseRegistered(caseId);
      await o.until(({ confirmed, files: { waiting } }) => confirmed === 1 && waiting === 2);
      const tries = o
        .register()
        .db.prepare(`SELECT min(tries) FROM attachment_push WHERE state = 'menunggu'`);
      await vi.waitFor(() => expect(tries.pluck().get()).toBeGreaterThan(1), patient);
      expect(troubled()).toEqual([]);
      o.t.clock.advance(6 * 24 * 60 * 60_000);
      expect(troubled()).toMatchObject(
        swallowed.map(() => ({ sentence: expect.stringContaining('sambungan putus'), remedy: 'tunggu' })),
      );
      o.line.fault = null;
      await o.until(({ files: { waiting } }) => waiting === 0);
      expect(troubled()).toEqual([]);
      const whole = 'SELECT 1 FROM attachment WHERE complete_at IS NOT NULL AND office_id = $1';
      expect(await there(whole, o.officeId())).toHaveLength(files.length);
    },
  );

  it('go in pieces that the line carries before it breaks', async () => {
    const { caseId } = await o.registered(1);
    const id = String(o.register().db.prepare('SELECT id FROM account LIMIT 1').pluck().get());
    const clerk: ServiceActor = { id, name: 'Loket', role: 'petugas_loket' };
    const large = Buffer.concat([content, Buffer.alloc(100_000, 7)]);
    attachToCase(o.register(), clerk, { caseId, slot: 'bukti', name: 'a.pdf', content: large });
    const carried: number[] = [];
    const failing: number[] = [];
    o.line.fault = async (request, pass) => {
      if (request.init.method !== 'PUT') return await pass();
      const bytes = Number(Object(request.init.body).length);
      if (bytes > 40_000) {
        // As where it broke again and again, days ago.
        if (failing.length === 0)
          o.register().db.exec(`UPDATE attachment_push SET tries = 5, failing_since = ''`);
        return await cut(request, pass);
      }
      failing.push(troubled().length);
      carried.push(bytes);
      return await pass();
    };
    o.legaliseRegistered(caseId);
    await o.until(({ files }) => carried.length > 0 && files.waiting === 0);
    expect(carried.reduce((sum, bytes) => sum + bytes)).toBe(large.length);
    // What goes on, however slowly, is told no longer.
    expect(failing.slice(0, 2)).toEqual([1, 0]);
    const whole = 'SELECT size FROM attachment WHERE complete_at IS NOT NULL AND office_id = $1';
    expect(await there(whole, o.officeId())).toEqual([{ size: large.length }]);
  });

  it('go on piece after piece once the server that failed over them takes them again', async () => {
    const { caseId } = await o.registered(1);
    const id = String(o.register().db.prepare('SELECT id FROM account LIMIT 1').pluck().get());
    const clerk: ServiceActor = { id, name: 'Loket', role: 'petugas_loket' };
    const large = Buffer.concat([content, Buffer.alloc(4 * chunkBytes, 7)]);
    attachToCase(o.register(), clerk, { caseId, slot: 'bukti', name: 'a.pdf', content: large });
    let faults = 0;
    o.line.fault = async (request, pass) => {
      if (!request.url.includes('/v1/attachments/')) return await pass();
      faults += 1;
      return Response.json({}, { status: 500 });
    };
    o.legaliseRegistered(caseId);
    for (let n = 1; n <= 3; n += 1) {
      await vi.waitFor(() => expect(faults).toBeGreaterThanOrEqual(n), patient);
      o.t.clock.advance(10 * 60_000);
      o.register().push?.retryNow();
    }
    o.line.fault = null;
    o.t.clock.advance(10 * 60_000);
    o.register().push?.retryNow();
    // The clock stands from here on: no piece waits for it.
    await vi.waitFor(
      async () =>
        expect(
          await there(
            'SELECT size FROM attachment WHERE complete_at IS NOT NULL AND office_id = $1',
            o.officeId(),
          ),
        ).toEqual([{ size: large.length }]),
      patient,
    );
  });

  /** Of files as they stand in "Perlu perhatian". */
  const troubled = () =>
    attentionItems(o.register()).flatMap((item) =>
      item.kind === 'lampiran'
        ? item.files.map(({ name, sentence, remedy }) => ({ caseId: item.caseId, name, sentence, remedy }))
        : [],
    );

  it('wait for a person where one is damaged here, and are not kept waiting by it, nor by one that the server fails over', async () => {
    const { caseId } = await o.registered(1);
    const id = String(o.register().db.prepare('SELECT id FROM account LIMIT 1').pluck().get());
    const clerk: ServiceActor = { id, name: 'Loket', role: 'petugas_loket' };
    const large = Buffer.concat([content, Buffer.alloc(2 * chunkBytes, 7)]);
    const larger = Buffer.concat([content, Buffer.alloc(3 * chunkBytes, 8)]);
    for (const [name, bytes] of [
      ['a.pdf', large],
      ['b.pdf', larger],
      ['c.pdf', content],
    ] as const)
      attachToCase(o.register(), clerk, { caseId, slot: 'bukti', name, content: bytes });
    const { db } = o.register();
    const hashOf = (size: number) =>
      String(db.prepare('SELECT hash FROM attachment WHERE size = ?').pluck().get(size));
    const damaged = hashOf(large.length);
    db.prepare('UPDATE attachment SET content = ? WHERE hash = ?').run(
      Buffer.alloc(large.length, 9),
      damaged,
    );
    let pieces = 0;
    o.line.fault = async (request, pass) => {
      if (request.init.method === 'PUT' && request.url.includes(damaged)) pieces += 1;
      return request.url.includes(hashOf(content.length)) ? Response.json({}, { status: 500 }) : await pass();
    };
    o.legaliseRegistered(caseId);
    const whole = 'SELECT size FROM attachment WHERE complete_at IS NOT NULL AND office_id = $1';
    await vi.waitFor(async () => {
      expect(await there(whole, o.officeId())).toEqual([{ size: larger.length }]);
    }, patient);
    await o.until(({ files, attention }) => files.waiting === 2 && attention === 1);
    // The line carried nothing of it, and a server's trouble of a moment is nobody's to look at.
    expect(pieces).toBe(0);
    const sentence = expect.stringContaining('Rusak di kantor ini');
    expect(troubled()).toEqual([{ caseId, name: 'a.pdf', sentence, remedy: 'unggah' }]);
    await (await verifier()).sync.retryNow.mutate();
    expect(troubled()).toHaveLength(1);

    // Only the same file mends it, though the case is legalised; it goes by itself then.
    const again = async (bytes: Buffer) => {
      const token = await o.t.tokenOf('petugas_loket');
      const form = new FormData();
      form.set('caseId', caseId);
      form.set('file', new File([new Uint8Array(bytes)], 'salinan.pdf'));
      const headers = { authorization: `Bearer ${token}` };
      const address = 'http://mutakhir.test/files/attachment/again';
      return await o.t.office.fetch(new Request(address, { method: 'POST', headers, body: form }));
    };
    for (const other of [larger, Buffer.from('%PDF-1.7 lain')])
      expect(await problemCode(await again(other))).toBe('other_file');
    expect(troubled()).toHaveLength(1);
    expect((await again(large)).status).toBe(200);
    expect(troubled()).toEqual([]);
    await o.until(({ files, attention }) => files.waiting === 1 && attention === 0);
    expect(await there(`${whole} ORDER BY size`, o.officeId())).toEqual([
      { size: large.length },
      { size: larger.length },
    ]);
    expect(pieces).toBe(3);
    expect(noted(o.register(), 'lampiran_dipulihkan')).toMatchObject([
      { keterangan: attachmentSlotLabel.bukti },
    ]);
    expect(await problemCode(await again(large))).toBe('other_file');
    // What the server fails over for days is told as well, until it takes it.
    o.t.clock.advance(6 * 86_400_000);
    o.register().push?.retryNow();
    await o.until(({ attention }) => attention === 1);
    expect(troubled()).toEqual([
      { caseId, name: 'c.pdf', sentence: expect.stringContaining('Server provinsi gagal'), remedy: 'tunggu' },
    ]);
    o.line.fault = null;
    o.t.clock.advance(10 * 60_000);
    o.register().push?.retryNow();
    await o.until(({ files, attention }) => files.waiting === 0 && attention === 0);
  });

  it('are told of where the province refuses one, with what it says, and tried at once where a person asks for it', async () => {
    const { caseId } = await o.registered(1);
    const id = String(o.register().db.prepare('SELECT id FROM account LIMIT 1').pluck().get());
    const clerk: ServiceActor = { id, name: 'Loket', role: 'petugas_loket' };
    attachToCase(o.register(), clerk, { caseId, slot: 'F-KK', name: 'kk.pdf', content });
    let refused = 0;
    o.line.fault = async (request, pass) => {
      if (!request.url.includes('/v1/attachments/')) return await pass();
      refused += 1;
      const error = { code: 'body_too_large', sentence: 'Lampiran terlalu besar', field: null };
      return Response.json({ wire: 1, error }, { status: 413 });
    };
    o.legaliseRegistered(caseId);
    await o.until(({ attention }) => attention === 1);
    const sentence = 'Provinsi belum menerimanya: Lampiran terlalu besar.';
    expect(troubled()).toEqual([{ caseId, name: 'kk.pdf', sentence, remedy: 'tunggu' }]);
    expect(attentionItems(o.register())).toMatchObject([{ since: o.t.clock.now().toISOString() }]);
    // The clock stands: nothing but a person has it tried now.
    await o.until(({ waiting }) => waiting === 0);
    const before = refused;
    o.register().push?.retryNow();
    await (await verifier()).proof.compare.mutate();
    expect(refused).toBe(before);
    await (await verifier()).sync.retryNow.mutate();
    await vi.waitFor(() => expect(refused).toBeGreaterThan(before), patient);
    o.line.fault = null;
    await (await verifier()).sync.retryNow.mutate();
    await o.until(({ files, attention }) => files.waiting === 0 && attention === 0);
    expect(troubled()).toEqual([]);
  });

  it('go again where the province lost them alone, also where nothing here says that they were ever sent', async () => {
    await withFile();
    for (const known of [true, false]) {
      if (!known) o.register().db.prepare('DELETE FROM attachment_push').run();
      await there('DELETE FROM attachment_chunk WHERE office_id = $1', o.officeId());
      await there(
        'UPDATE attachment SET received = 0, complete_at = NULL WHERE office_id = $1',
        o.officeId(),
      );
      const whole = 'SELECT 1 FROM attachment WHERE complete_at IS NOT NULL AND office_id = $1';
      expect(await there(whole, o.officeId())).toEqual([]);
      await (await verifier()).proof.compare.mutate();
      await arrived();
    }
  });
});
