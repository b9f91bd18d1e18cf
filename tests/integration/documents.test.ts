import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageSizes, pageTexts } from '../fixtures/pdf.ts';
import { problemCode } from './households.ts';
import { capable, facts, gone, onTargetList, poor, twin } from './meetings.ts';
import { type Client, openTestOffice, type TestOffice } from './office.ts';
import { requestDocument } from './visits.ts';

let t: TestOffice;
let verifier: Client;
let lurah: Client;
let muskelId: string;
let families: string[];
let openMuskelId: string;
const periodId = '2026-11';

beforeAll(async () => {
  t = await openTestOffice();
  verifier = await t.as('petugas_verifikasi');
  lurah = await t.as('lurah');
  families = [];
  for (const n of [1, 2, 3, 4]) families.push(await onTargetList(t, n, 1));
  await onTargetList(t, 5, 2);
  ({ id: muskelId } = await verifier.muskel.create.mutate(facts));
  const verdicts = [poor, capable, gone, twin];
  for (const [index, caseId] of families.entries())
    await verifier.muskel.decide.mutate({ muskelId, caseId, verdict: verdicts[index] ?? poor });
  const attendees = [
    { name: 'Haji Uji', sex: 'L' as const, group: 'rw' as const, represents: 'RW 001', present: true },
    { name: 'Bu Uji', sex: 'P' as const, group: 'rt' as const, represents: 'RT 001', present: true },
  ];
  const { version } = await verifier.muskel.saveAttendees.mutate({ muskelId, version: 1, attendees });
  await verifier.muskel.finish.mutate({ muskelId, version });
  ({ id: openMuskelId } = await verifier.muskel.create.mutate({ ...facts, areas: [] }));
});
afterAll(() => t.close());

async function pdf(kind: string, input: unknown, token?: string): Promise<Uint8Array> {
  const response = await requestDocument(t, token ?? (await t.tokenOf('petugas_verifikasi')), kind, input);
  if (response.status !== 200) throw new Error(await response.text());
  return new Uint8Array(await response.arrayBuffer());
}

async function text(kind: string, input: unknown): Promise<string> {
  return pageTexts(await pdf(kind, input))
    .join('\n')
    .replaceAll(/[ ]*\n\s*/g, ' ');
}

async function refusal(kind: string, input: unknown, role: 'petugas_loket' | 'petugas_verifikasi') {
  return problemCode(await requestDocument(t, await t.tokenOf(role), kind, input));
}

describe('the papers before a meeting', () => {
  it('are the target list per RT, with codes, masked numbers and blank lines', async () => {
    const list = await pdf('prelist', { muskelId, rw: null, rt: null });
    const pages = pageTexts(list);
    expect(pages).toHaveLength(4);
    expect((await pageSizes(list))[0]).toEqual({ width: 330, height: 215 });
    expect(pages[0]).toContain('31.71.01.1001');
    expect(pages[0]).toMatch(/RW \/ RT\s+:?\s*001 \/ 001/);
    expect(pages[0]).not.toMatch(/\d{16}/);
    expect(pages.join('\n')).toMatch(/Halaman 4 dari 4/);
    const legend = pages[0]?.replaceAll(/\s+/g, ' ') ?? '';
    expect(legend).toContain('bila tidak ada yang bekerja: 1 berusaha sendiri; 2 berusaha dibantu');
    expect(legend).toContain('5 PNS, TNI, Polri, BUMN, BUMD, legislatif; 6 pekerja bebas pertanian');
    expect(legend).toContain('8 pekerja keluarga, tidak dibayar.');
    const one = pageTexts(await pdf('prelist', { muskelId, rw: 1, rt: 2 }));
    expect(one).toHaveLength(1);
    expect(await refusal('prelist', { muskelId, rw: 9, rt: null }, 'petugas_verifikasi')).toBe(
      'nothing_to_print',
    );
  });

  it('and an attendance list with room for more', async () => {
    const list = await text('daftar_hadir', { muskelId: openMuskelId });
    expect(list).toContain('DAFTAR HADIR MUSYAWARAH KELURAHAN');
    expect(list).toMatch(/12\.\s/);
  });
});

describe('the papers after it', () => {
  it('wait until it is over', async () => {
    for (const kind of ['berita_acara', 'sptjm'])
      expect(await refusal(kind, { muskelId: openMuskelId }, 'petugas_verifikasi'), kind).toBe(
        'muskel_not_over',
      );
    expect(await refusal('berita_acara', { muskelId }, 'petugas_loket')).toBe('not_allowed');
  });

  it('are minutes with counts, verdicts and the monitoring form, numbered once', async () => {
    const minutes = await text('berita_acara', { muskelId });
    expect(minutes).toContain('Nomor 001/BA-MUSKEL/XI/2026');
    expect(minutes).toContain('Selasa, 10 November 2026');
    expect(minutes).toMatch(/Ditemukan, tidak mampu\s+1/);
    expect(minutes).toMatch(/Tidak ditemukan\s+1/);
    expect(minutes).toMatch(/Jumlah dalam agenda\s+4/);
    expect(minutes).toContain('Tidak ditemukan, pindah');
    expect(minutes).toMatch(/MK04L\s+Perwakilan RW hadir, laki-laki\s+1/);
    expect(minutes).toContain('Haji Uji');
    expect(await text('berita_acara', { muskelId })).toContain('Nomor 001/BA-MUSKEL/XI/2026');
  });

  it('are the lurah’s statement, which names the minutes', async () => {
    const statement = await text('sptjm', { muskelId });
    expect(statement).toContain('Nomor 002/SPTJM/XI/2026');
    expect(statement).toContain('Berita Acara Nomor 001/BA-MUSKEL/XI/2026');
    expect(statement).toContain('4 rumah tangga Kelurahan Gambir, 1');
  });

  it('are a recap and a letter that names what goes with it', async () => {
    const recap = await text('rekap_muskel', { periodId });
    expect(recap).toMatch(/Jumlah\s+5\s+1\s+1\s+1\s+1\s+0/);
    const cover = await text('surat_pengantar', { periodId, letterNumber: '003/BA-MUSKEL/XI/2026' });
    for (const enclosed of ['001/BA-MUSKEL/XI/2026', '002/SPTJM/XI/2026', 'Rekap muskel 2026-11'])
      expect(cover).toContain(enclosed);
    expect(cover).toContain('Nomor 003/BA-MUSKEL/XI/2026');
    expect(await refusal('rekap_muskel', { periodId: '2025-05' }, 'petugas_verifikasi')).toBe(
      'nothing_to_print',
    );
  });
});

describe('a number that the office gives a letter itself', () => {
  const kind = 'surat_pengantar';
  const number = '003/BA-MUSKEL/XI/2026';

  it('is kept, and no other takes its place', async () => {
    const known = await verifier.documents.letterNumber.query({ kind, subject: periodId });
    expect(known.number).toBe(number);
    expect(await refusal(kind, { periodId, letterNumber: '9/SP' }, 'petugas_verifikasi')).toBe(
      'letter_numbered',
    );
    expect(await text(kind, { periodId, letterNumber: number })).toContain(`Nomor ${number}`);
  });

  it('is refused where a letter bears it already, and passed over by the register', async () => {
    const third = await onTargetList(t, 9, 3);
    const { id } = await verifier.muskel.create.mutate({ ...facts, areas: [{ rw: 3, rt: null }] });
    await verifier.muskel.decide.mutate({ muskelId: id, caseId: third, verdict: gone });
    const { version } = await verifier.muskel.saveAttendees.mutate({
      muskelId: id,
      version: 1,
      attendees: [{ name: 'Pak RW', sex: 'L', group: 'rw', represents: 'RW 003', present: true }],
    });
    await verifier.muskel.finish.mutate({ muskelId: id, version });
    expect(await refusal('berita_acara', { muskelId: id, letterNumber: number }, 'petugas_verifikasi')).toBe(
      'letter_number_taken',
    );
    const { next } = await verifier.documents.letterNumber.query({ kind: 'berita_acara', subject: id });
    expect(next).toBe('004/BA-MUSKEL/XI/2026');
    expect(await text('berita_acara', { muskelId: id })).toContain(`Nomor ${next}`);
    await lurah.muskel.legalise.mutate({ muskelId: id, version: version + 1 });
    const { letters } = await verifier.documents.letters.query({ year: 2026 });
    expect(letters.map(({ serial }) => serial)).toEqual([4, null, 2, 1]);
  });
});

describe('the papers of a family', () => {
  it('are the form it signs, in full, and a profile with its history, masked', async () => {
    const [caseId = ''] = families;
    const form = await text('formulir_pendaftaran', { caseId });
    expect(form).toContain('3171 0117 0880 0001');
    expect(form).toContain('FORMULIR PENDAFTARAN');
    const profile = await text('profil_keluarga', { caseId });
    expect(profile).not.toMatch(/0117 0880/);
    expect(profile).toContain('Masukkan ke daftar sasaran');
    expect(profile).toContain('Muskel: layak');
  });
});

describe('a closed period', () => {
  it('prints what it printed, whatever the settings say now; the archive tells what there is', async () => {
    const { version } = (await verifier.muskel.get.query({ muskelId })).muskel;
    await lurah.muskel.legalise.mutate({ muskelId, version });
    const open = await verifier.muskel.get.query({ muskelId: openMuskelId });
    const [left] = open.items;
    await verifier.muskel.decide.mutate({
      muskelId: openMuskelId,
      caseId: left?.caseId ?? '',
      verdict: gone,
    });
    const saved = await verifier.muskel.saveAttendees.mutate({
      muskelId: openMuskelId,
      version: open.muskel.version,
      attendees: [{ name: 'Bu Uji', sex: 'P', group: 'lain', represents: 'PKK', present: true }],
    });
    await verifier.muskel.finish.mutate({ muskelId: openMuskelId, version: saved.version });
    await lurah.muskel.legalise.mutate({ muskelId: openMuskelId, version: saved.version + 1 });
    await lurah.period.close.mutate({ periodId });

    const administrator = await t.as('administrator');
    await administrator.settings.update.mutate({
      minutesClosing: 'Penutup yang baru.',
      letterNumberFormat: '{serial}/{code}',
      officeAddress: 'Jl. Pindah No. 9',
    });
    const minutes = await text('berita_acara', { muskelId });
    expect(minutes).toContain('Nomor 001/BA-MUSKEL/XI/2026');
    expect(minutes).toContain('Jl. Uji No. 1');
    expect(minutes).not.toContain('Penutup yang baru.');
    expect(minutes).toContain('Cetakan ke-3');
    // One family went on into the next period; the list of this one still shows it.
    expect(pageTexts(await pdf('prelist', { muskelId, rw: null, rt: null }))).toHaveLength(4);
    const archive = await lurah.documents.archive.query({ periodId });
    expect(new Set(archive.map(({ kind }) => kind))).toEqual(
      new Set(['prelist', 'daftar_hadir', 'berita_acara', 'sptjm', 'rekap_muskel', 'surat_pengantar']),
    );
    // A recap that was never printed says what was counted when the period was closed.
    expect(await text('rekapitulasi', { periodId })).toMatch(/Jumlah\s+5\s/);
    // A letter of the new period takes a number by the new format, and none twice.
    const { letters } = await lurah.documents.letters.query({ year: 2026 });
    expect(letters.map(({ serial }) => serial)).toEqual([4, null, 2, 1]);
  });
});
