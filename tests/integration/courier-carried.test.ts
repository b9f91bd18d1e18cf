import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { attachToCase } from '../../electron/services/attachments.ts';
import { attentionItems } from '../../electron/services/attention.ts';
import { makeCourier } from '../../electron/services/courier.ts';
import { holdsFor } from '../../electron/services/courier-proof.ts';
import { repairDifference } from '../../electron/services/proof-repair.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import type { CourierDown, CourierHolds } from '../../shared/provincial/courier.ts';
import { findOffice } from '../provincial-server/offices.ts';
import { proveToCourier } from '../provincial-server/proof.ts';
import { loadServerKey } from '../provincial-server/server-keys.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { carrierOf, codeOf, hasKey } from './carrying.ts';
import { cut, type Fault } from './line.ts';
import { lendOffice, type PushingOffice, provinceTime } from './pushing.ts';

describe('what comes along with the proof on a stick', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));
  const { make, take, atProvince, round, changed, person } = carrierOf(
    () => o,
    () => province,
  );
  beforeEach(async () => {
    await hasKey(o);
    await o.until(({ proof }) => proof !== null);
    o.line.fault = cut;
  });

  /** Cases that both sides hold, each with a correction, of which the office then loses the newest record. */
  async function forgotten(...ns: number[]): Promise<string[]> {
    const caseIds: string[] = [];
    for (const n of ns) caseIds.push(await o.legalise(n));
    await round();
    for (const caseId of caseIds) await o.correct(caseId, (body) => Object.assign(body.address, { rt: '7' }));
    await round();
    const { db } = o.register();
    for (const caseId of caseIds) {
      const newest = db
        .prepare('SELECT id FROM outbox WHERE case_id = ? ORDER BY rowid DESC LIMIT 1')
        .pluck();
      const id = newest.get(caseId);
      db.prepare('DELETE FROM receipt WHERE outbox_id = ?').run(id);
      db.prepare('DELETE FROM outbox WHERE id = ?').run(id);
    }
    return caseIds;
  }

  /** Ids of the cases of which the province brings records, to an office that says this of what it holds. */
  async function brought(holds: CourierHolds | undefined, bytes?: number): Promise<string[]> {
    const { pool } = province.server;
    const found = await findOffice(pool, o.officeId());
    if (found === null || holds === undefined) throw new Error('There is nothing to bring, or nobody.');
    const asked = { bundleId: randomUUID(), holds, sent: new Map<string, unknown>(), bytes };
    const { records } = await proveToCourier(
      pool,
      found.office,
      asked,
      await loadServerKey(pool),
      provinceTime,
    );
    return records.map(({ record }) => String(Object(record)['caseId']));
  }

  it('is first what somebody asked for in vain, and then what the office has no receipt for any more', async () => {
    const [first = '', wanted = ''] = (await forgotten(1, 2)).toSorted();
    expect(await brought(holdsFor(o.register()), 1)).toEqual([first]);
    const { file } = await atProvince(await make());
    await take(
      await changed(file, (down) => ({
        ...down,
        ...(down.proof && { proof: { ...down.proof, records: [] } }),
      })),
    );
    const actor: ServiceActor = await person();
    const asked = { caseId: wanted, subject: 'berkas', from: 'provinsi' } as const;
    expect(await codeOf(repairDifference(o.register(), actor, asked))).toBe('record_not_carried');
    const holds = holdsFor(o.register());
    expect(await brought(holds, 1)).toEqual([wanted]);
    o.register().db.exec('DELETE FROM receipt');
    const [unproven = ''] = holdsFor(o.register())?.unproven ?? [];
    expect(
      o.register().db.prepare('SELECT case_id FROM outbox WHERE idempotency_key = ?').pluck().get(unproven),
    ).toBe(wanted);

    // It is wanted still where the next answer has no room for it, and no more once it is taken.
    o.t.clock.advance(60_000);
    await round();
    expect(holdsFor(o.register())?.wanted).toEqual([wanted]);
    await repairDifference(o.register(), actor, asked);
    await round();
    expect(holdsFor(o.register())?.wanted).toEqual([]);
  });

  it('is nothing that the office holds beside a newer one', async () => {
    const caseId = await o.legalise(1);
    await round();
    const holds = holdsFor(o.register());
    const [leaf] = holds?.cases ?? [];
    if (holds === undefined || leaf === undefined) throw new Error('The office holds nothing.');
    // The province lost what the office holds as newest.
    const newer = { ...holds, cases: [{ ...leaf, key: randomUUID() }] };
    expect(await brought(newer)).toEqual([]);
    // An office of before names no other key.
    expect(await brought({ cases: newer.cases, words: [], unproven: [] })).toEqual([caseId]);
  });

  it('names no file as lost that arrived over the line since the bundle was made', async () => {
    const { caseId } = await o.registered(1);
    const content = Buffer.from('%PDF-1.7 surat keterangan');
    attachToCase(o.register(), await person(), { caseId, slot: 'bukti', name: 'surat.pdf', content });
    o.legaliseRegistered(caseId);
    const bundle = (await makeCourier(o.register(), await person(), { fileBytes: 0 })).content;
    const { file } = await atProvince(bundle);
    o.t.clock.advance(60_000);
    const noProof: Fault = (request, pass) =>
      request.url.includes('/v1/proof') ? Promise.reject(new TypeError('fetch failed')) : pass();
    o.line.fault = noProof;
    o.register().push?.retryNow();
    await o.until(({ waiting, files }) => waiting === 0 && files.waiting === 0);
    const states = () => o.register().db.prepare('SELECT state FROM attachment_push').pluck().all();
    expect(states()).toEqual(['selesai']);
    o.line.fault = cut;
    await take(file);
    expect(states()).toEqual(['selesai']);
    // One that the province has lost by the next bundle goes again.
    await province.server.pool.query('DELETE FROM attachment_chunk; DELETE FROM attachment');
    o.t.clock.advance(60_000);
    await round();
    expect(states()).toEqual(['menunggu']);
  });

  it('is told of where it is a file of which the province keeps nothing, twice in a row', async () => {
    const { caseId } = await o.registered(1);
    const content = Buffer.from('%PDF-1.7 surat keterangan');
    attachToCase(o.register(), await person(), { caseId, slot: 'bukti', name: 'surat.pdf', content });
    o.legaliseRegistered(caseId);
    const inVain = async () => {
      const { file } = await atProvince(await make());
      await province.server.pool.query('DELETE FROM attachment_chunk; DELETE FROM attachment');
      o.t.clock.advance(60_000);
      const none = (down: CourierDown) => ({
        ...down,
        files: down.files?.map((told) => ({ ...told, received: 0, complete: false })),
      });
      await take(await changed(file, none));
    };
    await inVain();
    expect(attentionItems(o.register())).toEqual([]);
    await inVain();
    const sentence = expect.stringContaining('provinsi tidak menyimpannya');
    expect(attentionItems(o.register())).toMatchObject([
      { kind: 'lampiran', caseId, files: [{ name: 'surat.pdf', sentence, remedy: 'tunggu' }] },
    ]);
    await round();
    expect(attentionItems(o.register())).toEqual([]);
    expect(o.status().files.waiting).toBe(0);
  });

  it('names a file as lost also where the clock has fallen years behind since it arrived', async () => {
    const { caseId } = await o.registered(1);
    const content = Buffer.from('%PDF-1.7 surat keterangan');
    attachToCase(o.register(), await person(), { caseId, slot: 'bukti', name: 'surat.pdf', content });
    o.legaliseRegistered(caseId);
    await round();
    const states = () => o.register().db.prepare('SELECT state FROM attachment_push').pluck().all();
    expect(states()).toEqual(['selesai']);
    await province.server.pool.query('DELETE FROM attachment_chunk; DELETE FROM attachment');
    o.t.clock.advance(-6 * 365 * 86_400_000);
    await round();
    expect(states()).toEqual(['menunggu']);
    await round();
    expect(states()).toEqual(['selesai']);
    const whole = 'SELECT 1 FROM attachment WHERE complete_at IS NOT NULL AND office_id = $1';
    expect((await province.server.pool.query(whole, [o.officeId()])).rowCount).toBe(1);
  });
});
