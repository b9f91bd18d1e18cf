import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { attachToCase } from '../../electron/services/attachments.ts';
import { takeStep } from '../../electron/services/case-steps.ts';
import { numberReserve } from '../../electron/services/province-numbers.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import { readAttachmentTotals } from '../../electron/store/attachment-push.ts';
import { countNumbersLeft } from '../../electron/store/province-numbers.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import { chunkBytes } from '../../shared/provincial/down.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { noisyPicture, upload } from './households.ts';
import { cut } from './line.ts';
import { legaliseCase } from './legalise.ts';
import { lendOffice, type PushingOffice, patient } from './pushing.ts';

describe('numbers in reserve, and files in pieces', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  it('registers with numbers of the province, across the turn of the year, and without any when they are used up', async () => {
    await vi.waitFor(() => expect(countNumbersLeft(o.register().db)).toBe(numberReserve.pool), patient);
    o.line.fault = cut;
    const clerk = await o.t.as('petugas_loket');
    const first = await registerActive(clerk, syntheticFamily(1));
    o.t.clock.advance(60 * 86_400_000);
    await o.t.restart();
    const next = await registerActive(await o.t.as('petugas_loket'), syntheticFamily(2));
    expect([first.number, next.number]).toEqual([
      expect.stringMatching(/^JKT-\d{8}$/),
      expect.stringMatching(/^JKT-\d{8}$/),
    ]);
    expect(Number(next.number.slice(4))).toBe(Number(first.number.slice(4)) + 1);

    o.register().db.prepare('UPDATE number_pool SET next = last + 1').run();
    const without = await registerActive(await o.t.as('petugas_loket'), syntheticFamily(3));
    expect(without.number).toMatch(/^3171011001\/2027\/\d{6}$/);
    expect(o.status().numbersLeft).toBe(0);

    // The line is back: the pool is filled up, and the case without one gets its number beside its own.
    o.line.fault = null;
    await vi.waitFor(() => expect(o.status().numbersLeft).toBe(numberReserve.pool - 1), patient);
    const { case: current } = await (
      await o.t.as('petugas_loket')
    ).cases.get.query({ caseId: without.caseId });
    expect(current.number).toBe(without.number);
    expect(current.provinceNumber).toMatch(/^JKT-\d{8}$/);
  });

  it('sends files after their record, in pieces, and goes on where the line broke', async () => {
    const clerk = await o.t.as('petugas_loket');
    const content = noisyPicture();
    expect(content.length).toBeGreaterThan(3 * chunkBytes);
    const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
    const { version } = await clerk.intake.save.mutate({
      draftId: draft.id,
      version: draft.version,
      body: draftOfHousehold(syntheticFamily(1), null),
    });
    expect(
      (await upload(o.t, await o.t.tokenOf('petugas_loket'), draft.id, content, 'rumah.png')).status,
    ).toBe(200);
    const { caseId } = await clerk.intake.register.mutate({ draftId: draft.id, version });
    let pieces = 0;
    o.line.fault = async (request, pass) => {
      if (!request.url.includes('/v1/attachments/')) return await pass();
      pieces += 1;
      const response = await pass();
      // The second piece arrives, its answer does not.
      if (pieces === 2) throw new TypeError('fetch failed');
      return response;
    };
    legaliseCase(o.register(), caseId);
    await vi.waitFor(async () => {
      const { rows } = await province.server.pool.query(
        'SELECT size FROM attachment WHERE complete_at IS NOT NULL AND office_id = $1',
        [o.officeId()],
      );
      expect(rows).toEqual([{ size: content.length }]);
    }, patient);
    await vi.waitFor(() => expect(readAttachmentTotals(o.register().db).waiting).toBe(0), patient);
    const { rows } = await province.server.pool.query(
      'SELECT bytes FROM attachment_chunk WHERE office_id = $1 ORDER BY first_byte',
      [o.officeId()],
    );
    const whole = Buffer.concat(rows.map((row) => row.bytes));
    expect(createHash('sha256').update(whole).digest('hex')).toBe(
      createHash('sha256').update(content).digest('hex'),
    );
    expect(pieces).toBeLessThanOrEqual(7);
  });

  it('sends no file before a record names it: one that was hung on a case after it was taken back waits', async () => {
    const caseId = await o.accepted(1);
    const lurah: ServiceActor = { id: null, name: 'lurah', role: 'lurah' };
    o.line.fault = cut;
    takeStep(o.register(), lurah, { caseId, action: 'tarik_kembali', reason: 'Salah keluarga' });
    const content = Buffer.from('%PDF-1.7 surat keterangan');
    const id = String(o.register().db.prepare('SELECT id FROM account LIMIT 1').pluck().get());
    const clerk: ServiceActor = { id, name: 'Loket', role: 'petugas_loket' };
    attachToCase(o.register(), clerk, { caseId, slot: 'bukti', name: 'surat.pdf', content });
    o.line.fault = null;
    await o.until(({ waiting }) => waiting === 0);
    expect(readAttachmentTotals(o.register().db)).toEqual({ waiting: 0, bytes: 0 });

    takeStep(o.register(), lurah, { caseId, action: 'batalkan_penarikan', reason: 'Ternyata benar' });
    await vi.waitFor(async () => {
      const { rows } = await province.server.pool.query(
        'SELECT size FROM attachment WHERE complete_at IS NOT NULL AND office_id = $1',
        [o.officeId()],
      );
      expect(rows).toEqual([{ size: content.length }]);
    }, patient);
  });
});
