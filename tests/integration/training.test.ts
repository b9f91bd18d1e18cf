import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documents } from '../../electron/rpc/documents.ts';
import { createLog } from '../../electron/log.ts';
import { createOffice, type Office } from '../../electron/office.ts';
import { CaseState } from '../../shared/domain/case-flow.ts';
import type { Role } from '../../shared/domain/role.ts';
import { pageTexts } from '../fixtures/pdf.ts';
import { cheap, type Client, createClient, TestClock } from './office.ts';
import { requestDocument, sheetsIn } from './visits.ts';

/** The first morning of a period: all that the office went through lies within these hours. */
const clock = new TestClock('2026-12-01T02:00:00.000Z');
let dataDir: string;
let office: Office;
let lurah: Client;

const fetchOffice = (request: Request) => office.fetch(request);

/** Logs in with what the login screen lists. */
async function tokenOf(role: Role): Promise<string> {
  const anonymous = createClient(fetchOffice, null);
  const { trainingAccounts } = await anonymous.session.status.query();
  const account = trainingAccounts?.find((candidate) => candidate.role === role);
  const { token } = await anonymous.session.login.mutate({
    username: account?.username ?? '',
    password: account?.password ?? '',
  });
  return token;
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mutakhir-latihan-'));
  office = await createOffice({
    dataDir,
    resourcesDir: 'resources',
    clock,
    log: createLog('silent'),
    programVersion: '0.0.0',
    argon2: cheap,
    training: true,
  });
  lurah = createClient(fetchOffice, await tokenOf('lurah'));
});
afterAll(async () => {
  await office.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('holds families in every state of the way, each with its history', async () => {
  const { byState, drafts } = await lurah.cases.counts.query();
  expect(CaseState.options.filter((state) => state !== 'DRAF' && byState[state] === undefined)).toEqual([]);
  expect(drafts).toBe(2);
  const { rows } = await lurah.cases.list.query({ filter: { states: ['DITERIMA'] }, offset: 0, limit: 1 });
  const { history } = await lurah.cases.get.query({ caseId: rows[0]?.id ?? '' });
  expect(history.map(({ toState }) => toState).filter(Boolean)).toEqual(
    expect.arrayContaining([
      'TERDAFTAR',
      'TERIDENTIFIKASI',
      'DAFTAR_SASARAN',
      'MUSKEL_LAYAK',
      'DITUGASKAN',
      'DICACAH',
      'DIPERIKSA',
      'DISAHKAN',
      'TERKIRIM',
      'DITERIMA',
    ]),
  );
  expect(history.every(({ at }) => at <= clock.now().toISOString())).toBe(true);
});

it('has all its families in the period that runs', async () => {
  const { total } = await lurah.cases.list.query({ filter: {}, offset: 0, limit: 1 });
  const periods = await lurah.period.list.query();
  expect(periods.map(({ period, cases }) => [period.id, cases])).toEqual([['2027-05', total]]);
});

it('finds known families in its lists, unchanged and changed, and new ones', async () => {
  for (const result of ['tetap', 'berubah', 'baru'] as const) {
    expect(
      (await lurah.cases.list.query({ filter: { result }, offset: 0, limit: 1 })).total,
      result,
    ).toBeGreaterThan(0);
  }
});

it('has a family that came without its cards, whom the program knows but leaves to a person', async () => {
  const officer = createClient(fetchOffice, await tokenOf('petugas_verifikasi'));
  const { rows } = await lurah.cases.list.query({
    filter: { states: ['TERDAFTAR'] },
    offset: 0,
    limit: 20,
  });
  const cases = await Promise.all(rows.map(({ id }) => officer.cases.get.query({ caseId: id })));
  const withoutCards = cases.filter(({ case: { household } }) =>
    household.members.every(({ nik }) => nik === null),
  );
  const proposals = await Promise.all(
    withoutCards.map(({ case: { id } }) => officer.identification.proposal.query({ caseId: id })),
  );
  expect(proposals.map(({ sure, proposed }) => [sure, proposed.result])).toEqual([[false, 'berubah']]);
});

it('has held a meeting, holds another, and has a team with families out', async () => {
  const { sessions } = await lurah.muskel.list.query();
  expect(sessions.map(({ no, state, openObjections }) => [no, state, openObjections])).toEqual([
    [2, 'berlangsung', 0],
    [1, 'disahkan', 1],
  ]);
  const { members, unassigned } = await lurah.team.read.query();
  expect(members).toHaveLength(4);
  expect(unassigned).toBeGreaterThan(0);
  expect(members.find(({ position }) => position === 'ketua')?.progress.out).toBeGreaterThan(0);
});

/** Not papers of their own: they hand out, bind or print again what others here draw. */
const notApart = ['formulir_selesai', 'set_rekap', 'cetak_ulang'];

it('marks every page of every kind of paper with LATIHAN', { timeout: 180_000 }, async () => {
  const officer = await tokenOf('petugas_verifikasi');
  const firstCase = async (state: CaseState) =>
    (await lurah.cases.list.query({ filter: { states: [state] }, offset: 0, limit: 1 })).rows[0]?.id ?? '';
  const { sessions } = await lurah.muskel.list.query();
  const held = sessions.find(({ state }) => state === 'disahkan');
  const { id: muskelId, periodId } = held ?? { id: '', periodId: '' };
  const { members } = await lurah.team.read.query();
  const entries = await sheetsIn(createClient(fetchOffice, officer), null);
  await lurah.spotCheck.draw.mutate({ count: 1, enumerator: null });
  const { checks } = await lurah.spotCheck.list.query();
  const administrator = await tokenOf('administrator');
  const manager = createClient(fetchOffice, administrator);
  const printer = { name: 'Laser depan', paper: 'F4' as const, offsetX: 0, offsetY: 0, edge: 0 };
  await manager.settings.update.mutate({ printers: [printer] });
  const { recoveryCode } = await manager.setup.renewRecoveryCode.mutate();
  const ofCase = { caseId: await firstCase('TERDAFTAR') };
  const sheets = {
    caseIds: [await firstCase('MUSKEL_LAYAK')],
    enumerator: 'Rina Kusumawati',
    paper: 'F4',
    instrument: 'bdt-2015',
  };
  const days = { startsOn: '2026-12-01', endsOn: '2026-12-07' };
  const papers: Record<string, unknown> = {
    tanda_terima: ofCase,
    formulir_pendaftaran: ofCase,
    profil_keluarga: ofCase,
    formulir_verifikasi: sheets,
    daftar_sampul: { sheetIds: entries.slice(0, 2).map(({ sheetId }) => sheetId) },
    prelist: { muskelId, rw: null, rt: null },
    daftar_hadir: { muskelId },
    berita_acara: { muskelId },
    sptjm: { muskelId },
    rekap_muskel: { periodId },
    rekapitulasi: { periodId },
    surat_pengantar: { periodId },
    rekap_temuan: {},
    kunjungan_ulang: { checkIds: checks.map(({ id }) => id) },
    surat_tugas: { memberId: members[0]?.id, periodId, ...days },
    halaman_uji: { printer: printer.name },
    lembar_pemulihan: { code: recoveryCode },
  };
  expect(Object.keys(documents).toSorted()).toEqual([...Object.keys(papers), ...notApart].toSorted());
  for (const [kind, input] of Object.entries(papers)) {
    const token = ['halaman_uji', 'lembar_pemulihan'].includes(kind) ? administrator : officer;
    const response = await requestDocument({ office }, token, kind, input);
    expect(response.headers.get('content-type'), kind).toBe('application/pdf');
    const pages = pageTexts(new Uint8Array(await response.arrayBuffer()), 'raw');
    expect(pages.length, kind).toBeGreaterThan(0);
    for (const page of pages) expect(page.replaceAll(/\s/g, ''), kind).toContain('LATIHAN');
  }
});
