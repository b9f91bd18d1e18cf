import { afterAll, beforeAll, expect, it } from 'vitest';
import { pageTexts } from '../fixtures/pdf.ts';
import { problemCode } from './households.ts';
import { capable, facts, onTargetList, poor } from './meetings.ts';
import { openTestOffice, type TestOffice } from './office.ts';
import { requestDocument } from './visits.ts';

let t: TestOffice;
const periodId = '2026-11';

beforeAll(async () => {
  t = await openTestOffice();
});
afterAll(() => t.close());

async function recapSet(): Promise<Response> {
  return requestDocument(t, await t.tokenOf('petugas_verifikasi'), 'set_rekap', { periodId });
}

it('waits until a meeting is over; then is all papers of the period, the letter in front', async () => {
  const verifier = await t.as('petugas_verifikasi');
  const families = [await onTargetList(t, 1, 1), await onTargetList(t, 2, 1)];
  const { id: muskelId } = await verifier.muskel.create.mutate(facts);
  expect(await problemCode(await recapSet())).toBe('nothing_to_print');
  for (const [index, caseId] of families.entries())
    await verifier.muskel.decide.mutate({ muskelId, caseId, verdict: index === 0 ? poor : capable });
  const { version } = await verifier.muskel.saveAttendees.mutate({
    muskelId,
    version: 1,
    attendees: [{ name: 'Pak RW', sex: 'L', group: 'rw', represents: 'RW 001', present: true }],
  });
  await verifier.muskel.finish.mutate({ muskelId, version });

  const response = await recapSet();
  expect(response.status).toBe(200);
  const pages = pageTexts(new Uint8Array(await response.arrayBuffer()));
  const heads = pages.map(
    (page) => /SURAT PENGANTAR|BERITA ACARA MUS|DAFTAR HADIR|TANGGUNG JAWAB|REKAPITULASI/.exec(page)?.[0],
  );
  expect(heads.filter((head) => head !== undefined)).toEqual([
    'SURAT PENGANTAR',
    'BERITA ACARA MUS',
    'DAFTAR HADIR',
    'TANGGUNG JAWAB',
    'REKAPITULASI',
    'REKAPITULASI',
  ]);
  for (const number of ['001/BA-MUSKEL/XI/2026', '002/SPTJM/XI/2026', '003/SP/XI/2026'])
    expect(pages.join('\n')).toContain(number);
  for (const page of pages) expect(page).toMatch(/Halaman \d+ dari \d+/);
  // Each is in the archive, and the set was one press of the print key.
  const archive = await verifier.documents.archive.query({ periodId });
  expect(archive.map(({ kind }) => kind).toSorted()).toEqual([
    'berita_acara',
    'daftar_hadir',
    'rekap_muskel',
    'rekapitulasi',
    'sptjm',
    'surat_pengantar',
  ]);
  expect(await verifier.printing.unsettled.query()).toMatchObject([{ papers: 6, state: 'dibuat' }]);
});
