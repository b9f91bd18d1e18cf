import { beforeEach, describe, expect, it, vi } from 'vitest';
import { attachToCase } from '../../electron/services/attachments.ts';
import type { ServiceActor } from '../../electron/services/register.ts';
import { findCourierKeys } from '../../electron/store/courier.ts';
import { findProofRun } from '../../electron/store/proof.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { cut } from './line.ts';
import { codeOf, noted } from './office.ts';
import { lendOffice, type PushingOffice, patient } from './pushing.ts';

const november = { periodId: '2026-11' };

/** The office enrols anew while a question is under way; what the old province answers comes afterwards. */
describe('the answer of a province that was left', () => {
  let province: TestProvince;
  let o: PushingOffice;
  let left: boolean;
  lendOffice((lent) => ({ province, o } = lent), { enrolled: false });
  beforeEach(() => {
    left = false;
  });

  /** @param answer what the old one says; else it answers as it does */
  const leaveAt = (path: string, answer?: () => Response) => {
    o.line.fault = async (request, pass) => {
      if (left || !new URL(request.url).pathname.startsWith(path)) return await pass();
      const said = answer?.() ?? (await pass());
      o.register().db.exec(`UPDATE office_link SET credential = 'kantor yang terdaftar lagi'`);
      left = true;
      return said;
    };
  };
  const hasLeft = async () => {
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(left).toBe(true), patient);
    await o.until(({ connection }) => connection === 'ditolak');
  };
  /** Enrolled, and what every office asks by itself is over. */
  const enrolled = async () => {
    await o.enrol(province.server);
    await o.until(({ proof }) => proof !== null);
  };

  it('seals no bundle: its key for them is not kept', async () => {
    leaveAt('/v1/courier-key');
    await o.enrol(province.server);
    await hasLeft();
    expect(findCourierKeys(o.register().db)).toBeNull();
  });

  it.each([
    ['confirms', 'rekap_diterima_provinsi', undefined],
    [
      'refuses',
      'rekap_ditolak_provinsi',
      () =>
        Response.json(
          { wire: 1, error: { code: 'recap_differs', sentence: 'Lain.', field: null } },
          { status: 409 },
        ),
    ],
  ])('%s no numbers of a period', async (_, type, answer) => {
    await enrolled();
    o.line.fault = cut;
    await (await o.t.as('lurah')).period.close.mutate(november);
    leaveAt('/v1/recaps', answer);
    await hasLeft();
    const periods = await (await o.t.as('lurah')).period.list.query();
    const closed = periods.find(({ period }) => period.id === november.periodId)?.closed;
    expect(closed).toMatchObject({ reportedAt: null, recapRefusal: null });
    expect(noted(o.register(), type)).toEqual([]);
  });

  it('says nothing of where a file stands', async () => {
    await enrolled();
    const { caseId } = await o.registered(1);
    const id = String(o.register().db.prepare('SELECT id FROM account LIMIT 1').pluck().get());
    const clerk: ServiceActor = { id, name: 'Loket', role: 'petugas_loket' };
    const content = Buffer.from('%PDF-1.7 surat keterangan');
    attachToCase(o.register(), clerk, { caseId, slot: 'bukti', name: 'surat.pdf', content });
    leaveAt('/v1/attachments');
    o.legaliseRegistered(caseId);
    await hasLeft();
    expect(o.register().db.prepare('SELECT state, sent FROM attachment_push').all()).toEqual([
      { state: 'menunggu', sent: 0 },
    ]);
  });

  it.each([
    ['proves nothing', undefined],
    [
      'says nothing of what can be proven',
      () =>
        Response.json(
          { wire: 1, error: { code: 'unknown_path', sentence: 'Tidak ada.', field: null } },
          { status: 404 },
        ),
    ],
  ])('%s', async (_, answer) => {
    await enrolled();
    const before = findProofRun(o.register().db);
    await o.accepted(1);
    leaveAt('/v1/proof', answer);
    await codeOf((await o.t.as('petugas_verifikasi')).proof.compare.mutate());
    expect(left).toBe(true);
    expect(findProofRun(o.register().db)).toEqual(before);
  });

  it.each(['lost', 'altered'])('repairs nothing that is %s', async (what) => {
    await enrolled();
    const caseId = await o.accepted(1);
    if (what === 'lost') o.register().db.exec('DELETE FROM receipt');
    else
      await province.server.pool.query(
        `UPDATE record SET body = jsonb_set(body, '{household,phone}', '"081299"') WHERE case_id = $1`,
        [caseId],
      );
    const verifier = await o.t.as('petugas_verifikasi');
    const { differences } = await verifier.proof.compare.mutate();
    expect(differences).toHaveLength(1);
    leaveAt('/v1/records');
    expect(await codeOf(verifier.proof.repair.mutate({ caseId, subject: 'berkas', from: 'provinsi' }))).toBe(
      'difference_gone',
    );
    expect(left).toBe(true);
    expect((await verifier.proof.view.query()).differences).toEqual(differences);
  });
});
