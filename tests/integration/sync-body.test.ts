import { afterAll, beforeAll, expect, it } from 'vitest';
import { CaseLegalisedBody } from '../../shared/provincial/record.ts';
import { dtksCsv, dtksRow } from '../fixtures/read-list.ts';
import { startTestProvince, type TestProvince } from '../provincial-server/testing.ts';
import { passiveDraft, png, registerPassive } from './households.ts';
import { openPushingOffice, provinceTime, type PushingOffice } from './pushing.ts';
import { ended, uploadList } from './reference-office.ts';
import { fullEntry, printForms, workAt } from './visits.ts';

let province: TestProvince;
let o: PushingOffice;

beforeAll(async () => {
  province = await startTestProvince({ now: () => provinceTime });
  o = await openPushingOffice();
});
afterAll(async () => {
  await o.t.close();
  await province.stop();
});

it('carries the whole case to the province: report, list, visit, evidence, and who decided what', async () => {
  const { t } = o;
  const [officer, lurah] = [await t.as('petugas_verifikasi'), await t.as('lurah')];
  const head = passiveDraft(1).members[0];
  const list = dtksCsv(
    dtksRow({
      nomor_nik: head?.nik ?? '',
      nama: head?.name ?? '',
      tanggal_lahir: head?.birthDate ?? '',
      nomor_kk: passiveDraft(1).families[0]?.kk ?? '',
    }),
  );
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'dtks.csv', list);
  const imported = await ended(
    officer,
    await officer.reference.import.mutate({
      uploadId,
      source: 'DTKS',
      areaCodes: null,
      name: 'DTKS Gambir',
      listDate: '2025-12-31',
    }),
  );
  expect(imported.state).toBe('selesai');

  const { caseId } = await registerPassive(t);
  const version = 1;
  const step = (
    client: typeof lurah,
    action:
      | 'setujui_pendaftaran'
      | 'masukkan_daftar_sasaran'
      | 'lewati_muskel'
      | 'setujui_pemeriksaan'
      | 'sahkan',
    reason: string | null = null,
  ) => client.cases.takeStep.mutate({ caseId, action, reason, version });
  await step(lurah, 'setujui_pendaftaran');
  const proposal = await officer.identification.proposal.query({ caseId });
  const pairs = proposal.sources.flatMap((source) =>
    source.members.flatMap(({ memberId, askedId, proposes }) =>
      askedId === null
        ? []
        : [{ memberId, personId: askedId, verdict: proposes ? ('sama' as const) : ('bukan' as const) }],
    ),
  );
  const { result } = await officer.identification.preview.query({ caseId, pairs });
  await officer.identification.decide.mutate({ caseId, version, pairs, result, overrideReason: null });
  await step(officer, 'masukkan_daftar_sasaran');
  await step(officer, 'lewati_muskel', 'Muskel sudah diadakan');
  await printForms(t, [caseId]);
  const [out] = await workAt(officer, 'lapangan');
  const sheet = await officer.verification.openSheet.query({ code: out?.sheet?.code ?? '' });
  const saved = await officer.verification.save.mutate({
    sheetId: sheet.sheetId,
    version: sheet.version,
    entry: fullEntry(sheet),
  });
  await officer.verification.finish.mutate({ sheetId: sheet.sheetId, version: saved.version });
  await step(lurah, 'setujui_pemeriksaan');
  await step(lurah, 'sahkan');

  await o.enrol(province.server);
  await o.until((status) => status.confirmed === 1);
  const { rows } = await province.server.pool.query('SELECT body FROM record WHERE case_id = $1', [caseId]);
  const body = CaseLegalisedBody.parse(rows[0].body);
  expect(body.case).toMatchObject({
    mode: 'pasif',
    passive: { reason: 'Lansia tunggal', proposer: 'Amat' },
    version,
  });
  expect(body.members.map((member) => member.nik)).toEqual([head?.nik, null]);
  expect(body.identification).toMatchObject({
    result,
    matches: [
      {
        memberId: body.members[0]?.id,
        source: 'DTKS',
        list: 'DTKS Gambir',
        listDate: '2025-12-31',
        listVersion: 1,
      },
    ],
  });
  expect(body.visit).toMatchObject({
    result: '1',
    visitedOn: '2026-11-09',
    instrument: { id: sheet.instrument.id, version: sheet.instrument.version },
  });
  expect(Object.keys(body.visit?.members ?? {}).sort()).toEqual(
    body.members.map((member) => member.id).sort(),
  );
  expect(body.sheet).toMatchObject({ code: sheet.code, printNo: 1, caseVersion: version });
  expect(body.attachments).toMatchObject([{ mediaType: 'image/png', size: png(1).length, slot: 'bukti' }]);
  expect(body.decisions.map(({ action, role, reason }) => [action, role, reason])).toEqual([
    ['ajukan_ke_lurah', 'petugas_loket', 'Lansia tunggal'],
    ['setujui_pendaftaran', 'lurah', null],
    ['tetapkan_identifikasi', 'petugas_verifikasi', null],
    ['masukkan_daftar_sasaran', 'petugas_verifikasi', null],
    ['lewati_muskel', 'petugas_verifikasi', 'Muskel sudah diadakan'],
    ['tugaskan', 'petugas_verifikasi', null],
    ['catat_hasil_kunjungan', 'petugas_verifikasi', null],
    ['setujui_pemeriksaan', 'lurah', null],
    ['sahkan', 'lurah', null],
  ]);
  // Roles and ids decide; the names of the office's people stay in the office.
  expect(JSON.stringify(body)).not.toContain('Lutfi Lurah');
});
