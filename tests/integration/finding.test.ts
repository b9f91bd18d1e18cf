import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { applyInOrder } from '../../electron/services/sync-down-apply.ts';
import type { Register } from '../../electron/services/register.ts';
import { insertItem } from '../../electron/store/down.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import type { PairVerdict } from '../../shared/contract/identification.ts';
import type { FindingRow } from '../../shared/contract/finding.ts';
import { findingRules } from '../../shared/domain/finding.ts';
import type { Household } from '../../shared/domain/household.ts';
import type { ListMapping } from '../../shared/domain/list-mapping.ts';
import type { ReferenceSource } from '../../shared/domain/reference.ts';
import { pageTexts } from '../fixtures/pdf.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { exportedRows, exportReason } from './exporting.ts';
import { registerActive } from './families.ts';
import { dtksRows, family } from './listed-families.ts';
import { type Client, codeOf, openKnownOffice, type TestOffice } from './office.ts';
import { bringList, uploadList } from './reference-office.ts';

let t: TestOffice;
let register: () => Register;
let clerk: Client;
let officer: Client;
const caseOf: Record<string, string> = {};

const differing = family(0);
const cards = family(1);
const shrunk = family(2);
const orderly = family(3);
/** Of whom padan, a list of recipients and the province tell more than the register does. */
const told = family(4);
const twice = family(5);
const helped = family(6);
const double = family(7);
/** The child stands with a grandmother as well. */
const rowsOfTwice = [
  ...dtksRows(twice),
  { ...dtksRows(twice)[2], nomor_kk: '3171019999120002', id_dtks: 'D-10', rt: '9', rw: '9' },
];

/** The child stands twice on one card. */
const rowsOfDouble = [...dtksRows(double), { ...dtksRows(double)[2], id_dtks: 'D-11' }];

beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
  clerk = await t.as('petugas_loket');
  officer = await t.as('petugas_verifikasi');
  const [father, mother, child] = dtksRows(differing);
  const grandmother = {
    ...dtksRows(family(8))[1],
    nomor_kk: shrunk.families[0]?.kk ?? null,
    nama: 'MBAH MINAH',
  };
  await importList(
    'DTKS',
    'DTKS Gambir',
    dtksCsv(
      { ...father, nama: 'BAMBANG SUTRISNO' },
      { ...mother, tanggal_lahir: '1973-12-28' },
      { ...child },
      ...dtksRows(cards),
      ...dtksRows(shrunk),
      { ...grandmother, id_dtks: 'D-9' },
      ...dtksRows(orderly),
      ...dtksRows(told),
      ...rowsOfTwice,
      ...rowsOfDouble,
    ),
  );
  const nik = (household: Household, index: number) => household.members[index]?.nik ?? '';
  await importList(
    'DUKCAPIL',
    'Padan November',
    Buffer.from(
      [
        'NIK,NAMA,NAMA_LGKP,NO_KK,TGL_LHR,JENIS_KLMIN,flag_pemadanan,status_nik',
        `${nik(cards, 0)},Dedi Kurniawan,,,,,2,NIK tidak ditemukan`,
        `${nik(cards, 1)},Sri Lestari,SRI LESTARI,3171019999120001,,,1,aktif`,
        `${nik(cards, 2)},Putri Ayu,PUTRI AYU,,,,1,meninggal`,
        `${nik(orderly, 0)},Yusuf Maulana,YUSUF MAULANA,,,,1,aktif`,
        `${nik(told, 0)},Agus Wibowo,AGUS WIBOWO,,,,1,NIK dinonaktifkan`,
        `${nik(told, 1)},Endang Purwanti,ENDANG PURWANTI,,,,1,pindah`,
        `${nik(told, 2)},Ilham,ILHAM,,,PEREMPUAN,1,aktif`,
      ].join('\n'),
    ),
  );
  await importList(
    'LAIN',
    'Penerima bantuan Gambir',
    Buffer.from(
      `NIK,NAMA,Penerima KLJ,Jenis Bantuan\n${nik(helped, 0)},Hendra Gunawan,Ya,\n${nik(helped, 2)},Bayu,,KAJ\n`,
    ),
    {
      sheet: null,
      headerRow: 1,
      columns: [
        { header: 'NIK', role: 'nik' },
        { header: 'NAMA', role: 'name' },
        { header: 'Penerima KLJ', role: 'answer' },
        { header: 'Jenis Bantuan', role: 'answer' },
      ],
    },
  );
  const families = { differing, cards, shrunk, orderly, told, twice, helped, double };
  for (const [name, household] of Object.entries(families))
    caseOf[name] = (await registerActive(clerk, household)).caseId;
});
afterAll(() => t.close());

async function importList(
  source: ReferenceSource,
  name: string,
  bytes: Uint8Array,
  mapping: ListMapping | null = null,
  listDate = '2026-10-31',
) {
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'daftar.csv', bytes);
  const given = { uploadId, source, areaCodes: null, mapping, name, listDate };
  const listId = await bringList(officer, given);
  expect(await officer.reference.report.query({ listId })).toMatchObject({ refusedCount: 0 });
}

async function list(filter: Parameters<typeof officer.finding.list.query>[0]['filter'] = {}) {
  for (;;) {
    const page = await officer.finding.list.query({ filter, offset: 0, limit: 200 });
    if (page.pending === 0) return page;
  }
}

function of(rows: readonly FindingRow[], name: string): [string, string, string][] {
  return rows
    .filter(({ caseId }) => caseId === caseOf[name])
    .map(({ kind, subject, source }): [string, string, string] => [kind, subject, source])
    .toSorted((left, right) => left.join().localeCompare(right.join()));
}

let cursor = 0;

/** What the province says of a program and the family that is helped. */
function decide(program: string, status: string, until: string | null = null) {
  const issuedAt = '2026-11-20T00:00:00Z';
  const item = { id: uuid(), cursor: (cursor += 1), kind: 'decision.recipients', issuedAt };
  insertItem(register().db, { ...item, jws: '', receivedAt: issuedAt });
  const body = {
    periodId: '2026-11',
    program: { id: program, name: program },
    recipients: [{ caseId: caseOf['helped'] ?? '', memberId: null, status, from: null, until }],
  };
  applyInOrder(register(), [{ ...item, wire: 1, officeId: null, area: null, body }]);
}

/** Says of each pair that it is one person, but of these members, who are others for a reason. */
async function judge(name: string, others: Readonly<Record<string, string>> = {}) {
  const caseId = caseOf[name] ?? '';
  const { sources, version } = await officer.identification.proposal.query({ caseId });
  const pairs = sources.flatMap(({ members }) =>
    members.flatMap(({ memberId, name: member, askedId }): PairVerdict[] => {
      if (askedId === null) return [];
      const reason = others[member] ?? null;
      return [{ memberId, personId: askedId, verdict: reason === null ? 'sama' : 'bukan', reason }];
    }),
  );
  const { result } = await officer.identification.preview.query({ caseId, pairs });
  await officer.identification.decide.mutate({ caseId, version, pairs, result, overrideReason: null });
}

async function afterDays(days: number) {
  t.clock.advance(days * 86_400_000);
  await t.restart();
  clerk = await t.as('petugas_loket');
  officer = await t.as('petugas_verifikasi');
}

describe('findings', () => {
  it('tell what differs between register, lists and padan, each with its kind', async () => {
    const { rows, total } = await list();
    expect(of(rows, 'differing')).toEqual([['tanggal_lahir_berbeda', 'Ratna Dewi', 'DTKS']]);
    expect(of(rows, 'cards')).toEqual([
      ['kk_berbeda', 'Sri Lestari', 'Padan Dukcapil'],
      ['meninggal', 'Putri Ayu', 'Padan Dukcapil'],
      ['nik_tidak_dikenal', 'Dedi Kurniawan', 'Padan Dukcapil'],
    ]);
    expect(of(rows, 'shrunk')).toEqual([['tidak_ditemukan', 'MBAH MINAH', 'DTKS']]);
    expect(of(rows, 'orderly')).toEqual([]);
    expect(rows).toHaveLength(total);
    expect(rows.find(({ kind }) => kind === 'tanggal_lahir_berbeda')).toMatchObject({
      reported: '27-12-1973',
      listed: '28-12-1973',
    });
  });

  it('say nothing of whom somebody said to be another, until that is taken back', async () => {
    const caseId = caseOf['differing'] ?? '';
    const wrongDate = async () => of((await list({ kind: 'tanggal_lahir_berbeda' })).rows, 'differing');
    await judge('differing', { 'Ratna Dewi': 'Kakaknya' });
    expect(await wrongDate()).toEqual([]);
    const { sources } = await officer.identification.proposal.query({ caseId });
    const notSameId = sources[0]?.members[1]?.candidates[0]?.notSame?.id ?? '';
    await officer.identification.withdrawNotSame.mutate({ caseId, notSameId, reason: 'Salah orang' });
    expect(await wrongDate()).toHaveLength(1);
  });

  it('tell of who stands twice on one card, also once a person has said who it is, and miss nobody there', async () => {
    const child = double.members[2]?.name ?? '';
    expect(of((await list()).rows, 'double')).toEqual([['tercatat_ganda', child, 'DTKS']]);
    await judge('double');
    expect(of((await list()).rows, 'double')).toEqual([['tercatat_ganda', child, 'DTKS']]);
  });

  it('tell what padan, a list read twice over and a list of recipients say beyond the register', async () => {
    const { rows } = await list();
    expect(of(rows, 'told')).toEqual([
      ['jenis_kelamin_berbeda', 'Ilham', 'Padan Dukcapil'],
      ['nik_tidak_aktif', 'Agus Wibowo', 'Padan Dukcapil'],
      ['pindah', 'Endang Purwanti', 'Padan Dukcapil'],
    ]);
    expect(of(rows, 'twice')).toEqual([['tercatat_ganda', 'Citra', 'DTKS']]);
    expect(of(rows, 'helped')).toEqual([
      ['program_tanpa_daftar', 'Bayu', 'KAJ'],
      ['program_tanpa_daftar', 'Hendra Gunawan', 'KLJ'],
    ]);
    const shown = rows.filter(({ caseId }) =>
      [caseOf['told'], caseOf['twice'], caseOf['helped']].includes(caseId),
    );
    expect(shown.find(({ kind }) => kind === 'jenis_kelamin_berbeda')).toMatchObject({
      reported: 'Laki-laki',
      listed: 'Perempuan',
    });
    expect(shown.find(({ kind }) => kind === 'tercatat_ganda')?.listed).toMatch(/CITRA, No KK 3171/);
    expect(shown.find(({ source }) => source === 'KLJ')).toMatchObject({
      reported: 'Menerima KLJ',
      listed: 'Tidak ada di DTKS',
      note: 'Menurut Penerima bantuan Gambir',
    });
  });

  it('hear each list of recipients by its name, whichever is the latest', async () => {
    const programs = async () =>
      of((await list()).rows, 'helped')
        .map(([, , source]) => source)
        .toSorted();
    const before = await programs();
    const recipients = (niks: readonly string[], date: string) =>
      importList(
        'LAIN',
        'Penerima KPDJ Gambir',
        Buffer.from(`NIK,NAMA\n${niks.map((nik) => `${nik},Bayu\n`).join('')}`),
        {
          sheet: null,
          headerRow: 1,
          columns: [
            { header: 'NIK', role: 'nik' },
            { header: 'NAMA', role: 'name' },
          ],
        },
        date,
      );
    const another = family(8).members[0]?.nik ?? '';
    await recipients([helped.members[2]?.nik ?? '', another], '2026-11-05');
    expect(await programs()).toEqual([...before, 'KPDJ'].toSorted());
    await recipients([another], '2026-11-08');
    expect(await programs()).toEqual(before);
  });

  it('ask about a program that the province granted and about those of the office’s own settings', async () => {
    const programs = async () =>
      of((await list()).rows, 'helped')
        .map(([, , source]) => source)
        .toSorted();
    decide('KJP Plus', 'menerima');
    decide('KJMU', 'tidak_menerima');
    decide('KPDJ', 'menerima', '2026-01-31');
    expect(await programs()).toEqual(['KAJ', 'KJP Plus', 'KLJ']);
    decide('Kartu Jakarta Pintar', 'dihentikan');
    decide('KJP Plus', 'dihentikan');
    expect(await programs()).toEqual(['KAJ', 'KLJ']);
    const head = await t.as('administrator');
    await head.settings.update.mutate({ regionalPrograms: ['Kartu Lansia = KLJ'] });
    expect(await programs()).toEqual(['Kartu Lansia']);
  });

  it('are filtered by kind and RW, counted, and grow old', async () => {
    await afterDays(3);
    const { counts, rws } = await list();
    expect(counts.find(({ kind }) => kind === 'meninggal')).toEqual({
      kind: 'meninggal',
      open: 1,
      settled: 0,
      oldestDays: 3,
    });
    expect(rws).toEqual([1, 2, 3, 4]);
    const filtered = await list({ kind: 'meninggal', rw: 2 });
    expect(filtered.rows.map(({ kind, days }) => [kind, days])).toEqual([['meninggal', 3]]);
    expect((await list({ kind: 'meninggal', rw: 1 })).total).toBe(0);
  });

  it('go by themselves once the day has passed until which the province granted a program', async () => {
    const granted = async () => (await list()).rows.filter(({ source }) => source === 'Beras Jakarta');
    decide('Beras Jakarta', 'menerima', '2026-11-14');
    expect(await granted()).toHaveLength(1);
    await afterDays(1);
    expect(await granted()).toHaveLength(1);
    await afterDays(1);
    expect(await granted()).toEqual([]);
  });

  it('are settled with a note, once, and stay settled until the facts are others', async () => {
    const { rows } = await list({ kind: 'nik_tidak_dikenal' });
    const id = rows[0]?.id ?? '';
    const settle = { id, outcome: 'ke_dukcapil' as const, note: 'Ke loket Dukcapil hari Senin' };
    expect(await codeOf(clerk.finding.resolve.mutate(settle))).toBe('not_allowed');
    expect(await codeOf(officer.finding.resolve.mutate({ ...settle, outcome: 'digabung' }))).toBe(
      'invalid_input',
    );
    expect(await codeOf(officer.finding.resolve.mutate({ ...settle, note: ' ' }))).toBe('invalid_input');
    await officer.finding.resolve.mutate(settle);
    expect(await codeOf(officer.finding.resolve.mutate(settle))).toBe('finding_settled');
    const { history } = await officer.cases.get.query({ caseId: caseOf['cards'] ?? '' });
    expect(history.at(-1)).toMatchObject({
      label: 'Temuan diselesaikan',
      reason: 'Ke loket Dukcapil hari Senin',
      detail: 'NIK tidak dikenal Dukcapil, Dedi Kurniawan (Padan Dukcapil): keluarga diarahkan ke dukcapil.',
    });
    // The same list comes in again, and says the same.
    await importList(
      'DTKS',
      'DTKS Gambir',
      dtksCsv(...dtksRows(cards), ...dtksRows(orderly), ...dtksRows(told), ...rowsOfTwice),
    );
    const settled = await list({ state: 'selesai' });
    expect(settled.rows).toMatchObject([{ id, resolvedByName: 'petugas_verifikasi 1' }]);
    expect((await list({ kind: 'nik_tidak_dikenal' })).total).toBe(0);
    await officer.finding.reopen.mutate({ id });
    expect((await list({ kind: 'nik_tidak_dikenal' })).total).toBe(1);
  });

  it('go by themselves once the list and the register agree', async () => {
    // Of the last import, the household of `shrunk` is no longer in the list, nor the wrong date.
    const { rows } = await list();
    expect(of(rows, 'shrunk')).toEqual([]);
    expect(of(rows, 'differing')).toEqual([]);
  });

  it('see one family in two cases, and forget it once somebody says that they are two', async () => {
    const twice = await registerActive(clerk, { ...orderly, phone: '0812' });
    const { rows } = await list({ kind: 'berkas_ganda' });
    expect(rows).toMatchObject([{ caseId: twice.caseId, otherCaseId: caseOf['orderly'] }]);
    await officer.finding.resolve.mutate({
      id: rows[0]?.id ?? '',
      outcome: 'keluarga_lain',
      note: 'Adiknya, satu alamat',
    });
    expect((await list({ kind: 'berkas_ganda' })).total).toBe(0);
    const { declined } = await officer.merge.ofCase.query({ caseId: twice.caseId });
    expect(declined).toMatchObject([{ reason: 'Adiknya, satu alamat' }]);
  });

  it('see and forget it as the earlier of the two cases changes', async () => {
    const other = { ...family(9), phone: '0813' };
    const stranger = family(10);
    const earlier = await registerActive(clerk, stranger);
    const later = await registerActive(clerk, other);
    const found = async () => (await list({ kind: 'berkas_ganda' })).rows;
    const correct = async (household: Household) => {
      const draft = await clerk.intake.correct.mutate({ caseId: earlier.caseId });
      const { members, families, ...rest } = draftOfHousehold(household, null);
      const ids = draft.body.members.map(({ id }) => id);
      const body = {
        ...draft.body,
        address: rest.address,
        families,
        members: members.map((member, index) => ({ ...member, id: ids[index] ?? member.id })),
      };
      const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
      await clerk.intake.register.mutate({ draftId: draft.id, version });
    };
    expect(await found()).toEqual([]);
    await correct(family(9));
    expect(await found()).toMatchObject([{ caseId: later.caseId, otherCaseId: earlier.caseId }]);
    await correct(stranger);
    expect(await found()).toEqual([]);
  });

  it('come with the remedy of each as a paper and as a locked workbook whose NIK are text, with purpose and recipient on record', async () => {
    const pdf = await document('rekap_temuan', {});
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    const paper = pageTexts(new Uint8Array(await pdf.arrayBuffer()))
      .join(' ')
      .replace(/\s+/g, ' ');
    const rows = await exportedRows(t, officer, await t.tokenOf('petugas_verifikasi'), {
      kind: 'temuan',
      filter: {},
    });
    const { rows: open } = await list();
    const settled = await list({ state: 'selesai' });
    expect(rows).toHaveLength(1 + open.length + settled.rows.length);
    expect(rows[0]?.[5]).toBe('NIK');
    for (const row of rows.slice(1)) expect(row[5] ?? '0000000000000000').toMatch(/^\d{16}$/);
    expect(rows.map((row) => row[5])).toContain(cards.members[0]?.nik);
    const kinds = new Set(open.map(({ kind }) => kind));
    for (const kind of ['nik_tidak_aktif', 'pindah', 'jenis_kelamin_berbeda', 'tercatat_ganda'] as const)
      expect(kinds).toContain(kind);
    expect(kinds).toContain('program_tanpa_daftar');
    for (const { kind, subject, source } of open) {
      const { label, remedy } = findingRules[kind];
      for (const text of [label, `Tindak lanjut: ${remedy}`, subject]) expect(paper).toContain(text);
      const row = rows.find((cells) => [label, subject, source].every((value) => cells.includes(value)));
      expect(row, label).toContain(remedy);
    }
    const [entry] = await officer.exports.log.query();
    expect(entry).toMatchObject({
      kind: 'temuan',
      title: 'Temuan pemadanan',
      purpose: exportReason.purpose,
      recipient: exportReason.recipient,
    });
  });

  async function document(kind: string, input: unknown): Promise<Response> {
    return t.office.fetch(
      new Request('http://mutakhir.test/files/document', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await t.tokenOf('petugas_verifikasi')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ kind, input }),
      }),
    );
  }
});
