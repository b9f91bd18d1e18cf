import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { findLinkRecord } from '../../electron/store/office-link.ts';
import { PublicKey, signatureType } from '../../shared/provincial/wire.ts';
import { isSignedBy } from '../provincial-server/signing.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { carrierOf, hasKey } from './carrying.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { answerLost, cut, type Fault, firstTimes } from './line.ts';
import { lendOffice, type PushingOffice, patient } from './pushing.ts';

const november = { periodId: '2026-11' };

describe('the recap of a closed period', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));
  beforeEach(async () => {
    await o.legalise(2);
    await o.until(({ confirmed }) => confirmed === 1);
    await registerActive(await o.t.as('petugas_loket'), syntheticFamily(1));
  });

  const reportedAt = async (): Promise<string | null> => {
    const periods = await (await o.t.as('lurah')).period.list.query();
    return periods.find(({ period }) => period.id === november.periodId)?.closed?.reportedAt ?? null;
  };

  async function closeAndSend(): Promise<void> {
    const closed = await (await o.t.as('lurah')).period.close.mutate(november);
    expect(closed.closed?.reportedAt).toBeNull();
    o.register().push?.retryNow();
  }

  async function heldRecaps() {
    const { rows } = await province.server.pool.query(
      `SELECT recap, signature, request, public_key AS key FROM period_recap JOIN office ON office.id = office_id WHERE office_id = $1`,
      [findLinkRecord(o.register().db)?.officeId],
    );
    return rows;
  }

  it('reaches the province under the office’s signature, once, and its receipt is shown', async () => {
    await closeAndSend();
    await vi.waitFor(async () => expect(await reportedAt()).not.toBeNull(), patient);
    const [held, ...more] = await heldRecaps();
    expect(more).toEqual([]);
    expect(held.recap).toMatchObject({
      periodId: '2026-11',
      carried: 1,
      carriedTo: '2027-05',
      cells: [{ kelurahan: '31.71.01.1001', mode: 'aktif', state: 'DITERIMA', count: 1 }],
    });
    expect(
      await isSignedBy(PublicKey.parse(held.key), held.signature, held.request, signatureType.recap),
    ).toBe(true);
  });

  it('waits for the line, and is told once though its first answer was lost', async () => {
    o.line.fault = cut;
    await closeAndSend();
    o.line.fault = onRecaps(firstTimes(1, answerLost));
    await vi.waitFor(async () => expect(await heldRecaps()).toHaveLength(1), patient);
    await vi.waitFor(async () => {
      o.register().push?.retryNow();
      expect(await reportedAt()).not.toBeNull();
    }, patient);
    expect(await heldRecaps()).toHaveLength(1);
  });

  it('holds up no later one where the province refuses it, and is told again when a person asks', async () => {
    o.line.fault = cut;
    await closeAndSend();
    const older = '2026-05';
    const refusal = { code: 'recap_differs', sentence: 'Provinsi memegang rekap lain.', field: null };
    const { db } = o.register();
    const others = z
      .array(z.string())
      .parse(db.prepare(`SELECT name FROM pragma_table_info('period') WHERE name <> 'id'`).pluck().all())
      .join(', ');
    db.prepare(`INSERT INTO period (id, ${others}) SELECT ?, ${others} FROM period WHERE id = ?`).run(
      older,
      november.periodId,
    );
    const told: string[] = [];
    o.line.fault = onRecaps(async (_, pass) => {
      const response =
        told.length > 0 ? await pass() : Response.json({ wire: 1, error: refusal }, { status: 409 });
      told.push(response.ok ? 'taken' : 'refused');
      return response;
    });
    o.register().push?.retryNow();
    await vi.waitFor(async () => expect(await reportedAt()).not.toBeNull(), patient);
    const lurah = await o.t.as('lurah');
    const closedOf = async (periodId: string) =>
      (await lurah.period.list.query()).find(({ period }) => period.id === periodId)?.closed;
    expect(await closedOf(older)).toMatchObject({
      reportedAt: null,
      recapRefusal: refusal.sentence,
    });
    expect(await closedOf(november.periodId)).toMatchObject({ recapRefusal: null });
    o.register().push?.retryNow();
    await o.until(({ connection }) => connection === 'tersambung');
    expect(told).toEqual(['refused', 'taken']);

    await lurah.sync.retryNow.mutate();
    await vi.waitFor(async () => expect((await closedOf(older))?.reportedAt).not.toBeNull(), patient);
    expect(await closedOf(older)).toMatchObject({ recapRefusal: null });
  });

  it('is not taken as told on a receipt that the province did not sign', async () => {
    let forged = 0;
    o.line.fault = onRecaps(async (_, pass) => {
      const response = await pass();
      forged += 1;
      const { receipt } = await response.json();
      return Response.json({ wire: 1, receipt: `${receipt.slice(0, -8)}AAAAAAAA` });
    });
    await closeAndSend();
    await vi.waitFor(() => expect(forged).toBeGreaterThan(0), patient);
    expect(await reportedAt()).toBeNull();
    o.line.fault = null;
    await vi.waitFor(async () => {
      o.register().push?.retryNow();
      expect(await reportedAt()).not.toBeNull();
    }, patient);
  });

  describe('by the courier', () => {
    const { make, atProvince, take, round } = carrierOf(
      () => o,
      () => province,
    );
    beforeEach(async () => {
      await hasKey(o);
      o.line.fault = cut;
      await closeAndSend();
    });

    /** As nobody does to a table that is only ever added to. */
    const unguarded = (change: string) =>
      province.server.pool.query(`BEGIN; SET LOCAL session_replication_role = replica; ${change}; COMMIT`);

    it('reaches the province under the office’s signature, once, and its receipt comes back', async () => {
      const lost = await atProvince(await make());
      expect(lost.recaps).toBe(1);
      expect(await reportedAt()).toBeNull();
      expect(await heldRecaps()).toHaveLength(1);
      // The stick got lost on its way back: the next bundle says it again.
      o.t.clock.advance(60_000);
      await round();
      expect(await reportedAt()).not.toBeNull();
      const [held, ...more] = await heldRecaps();
      expect(more).toEqual([]);
      expect(
        await isSignedBy(PublicKey.parse(held.key), held.signature, held.request, signatureType.recap),
      ).toBe(true);
      o.t.clock.advance(60_000);
      expect(await atProvince(await make())).toMatchObject({ recaps: 0 });
    });

    it('is one with the line: what that has told meanwhile is told no second time', async () => {
      const bundle = await make();
      o.line.fault = null;
      o.register().push?.retryNow();
      await vi.waitFor(async () => expect(await reportedAt()).not.toBeNull(), patient);
      const before = await reportedAt();
      o.t.clock.advance(60_000);
      await take((await atProvince(bundle)).file);
      expect(await reportedAt()).toBe(before);
      expect(await heldRecaps()).toHaveLength(1);
    });

    it('shows what the province refuses of it, and says it again when a person asks', async () => {
      const told = await make();
      await atProvince(told);
      await unguarded(`UPDATE period_recap SET hash = repeat('0', 64)`);
      await take((await atProvince(told)).file);
      const lurah = await o.t.as('lurah');
      const closed = async () =>
        (await lurah.period.list.query()).find(({ period }) => period.id === november.periodId)?.closed;
      expect(await closed()).toMatchObject({
        reportedAt: null,
        recapRefusal: 'Provinsi sudah memegang rekap lain untuk periode yang sudah ditutup ini.',
      });
      await unguarded('DELETE FROM period_recap');
      o.t.clock.advance(60_000);
      await round();
      expect(await reportedAt()).toBeNull();
      await lurah.sync.retryNow.mutate();
      o.t.clock.advance(60_000);
      await round();
      expect(await closed()).toMatchObject({ reportedAt: expect.any(String), recapRefusal: null });
    });
  });
});

function onRecaps(fault: Fault): Fault {
  return (request, pass) => (request.url.endsWith('/v1/recaps') ? fault(request, pass) : pass());
}
