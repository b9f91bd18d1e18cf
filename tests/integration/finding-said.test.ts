import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FindingRow } from '../../shared/contract/finding.ts';
import type { FindingOutcome } from '../../shared/domain/finding.ts';
import type { Household } from '../../shared/domain/household.ts';
import { csv, type CellValue } from '../fixtures/reference-files.ts';
import { registerActive } from './families.ts';
import { family } from './listed-families.ts';
import { type Client, openTestOffice, type TestOffice } from './office.ts';
import { bringList, uploadList } from './reference-office.ts';

/*
 * Whom a person of the office said a member to be in a list that registers nobody stays that member's row, whoever else the
 * program would be sure of in a later list: of the latter it asks.
 */

let t: TestOffice;
let officer: Client;
const caseOf: Record<string, string> = {};

/** Whose row has a filler for a NIK; later another has the member's own number. */
const numbered = family(0);
/** Without a NIK, so that the engine is sure by name, birth date and card. */
const unnumbered = withoutNik(family(5));
/** Whose row has quite another NIK; later a list has nobody but who bears the member's own. */
const contradicted = family(4);
/** Whose row is said to be the child's, and would be the mother's by its number. */
const exchanged = family(6);

const filler = '0000000000000000';
const header = ['NIK', 'NAMA', 'NAMA_LGKP', 'TGL_LHR', 'NO_KK', 'flag_pemadanan', 'status_nik'];

function withoutNik(household: Household): Household {
  return {
    ...household,
    members: household.members.map((member, at) => (at === 2 ? { ...member, nik: null } : member)),
  };
}

function row(
  household: Household,
  own: Partial<Record<'nik' | 'name' | 'born' | 'kk' | 'status', string>> = {},
): CellValue[] {
  const child = household.members[2];
  const name = own.name ?? child?.name ?? '';
  return [
    own.nik ?? child?.nik ?? '',
    name,
    name,
    own.born ?? child?.birthDate ?? '',
    own.kk ?? household.families[0]?.kk ?? '',
    '1',
    own.status ?? 'meninggal',
  ];
}

/** Of whom the program asks: nothing but name and card. */
const unsure = (household: Household, own: Parameters<typeof row>[1] = {}) =>
  row(household, { nik: filler, born: '', ...own });
const otherNik = '3273014411880007';
/** Of one card and one name is one person. */
const otherCard = '3171019999120002';

beforeAll(async () => {
  t = await openTestOffice();
  officer = await t.as('petugas_verifikasi');
  await importPadan('Padan Oktober', '2026-10-31', [
    unsure(numbered),
    unsure(unnumbered),
    row(contradicted, { nik: otherNik }),
    unsure(exchanged),
  ]);
  const clerk = await t.as('petugas_loket');
  const families = { numbered, unnumbered, contradicted, exchanged };
  for (const [name, household] of Object.entries(families)) {
    caseOf[name] = (await registerActive(clerk, household)).caseId;
    await settle((await findings(name))[0]?.id, 'orang_sama');
  }
});
afterAll(() => t.close());

async function importPadan(name: string, listDate: string, rows: CellValue[][]) {
  const bytes = Buffer.from(csv([header, ...rows]));
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'padan.csv', bytes);
  const listId = await bringList(officer, { uploadId, source: 'DUKCAPIL', areaCodes: null, name, listDate });
  expect(await officer.reference.report.query({ listId })).toMatchObject({ refusedCount: 0 });
}

async function findings(name: string): Promise<FindingRow[]> {
  for (;;) {
    const page = await officer.finding.list.query({ filter: {}, offset: 0, limit: 200 });
    if (page.pending === 0) return page.rows.filter(({ caseId }) => caseId === caseOf[name]);
  }
}

async function told(name: string): Promise<string[]> {
  return (await findings(name)).map(({ kind }) => kind).toSorted();
}

const settle = (id: string | undefined, outcome: FindingOutcome) =>
  officer.finding.resolve.mutate({ id: id ?? '', outcome, note: 'Keluarga ditanya' });

const said = 'Menurut putusan kantor ini sebelumnya, anggota ini orang lain di daftar.';

it('who bears the member’s own number is asked about where the list still has whom somebody said it to be', async () => {
  await importPadan('Padan November', '2026-11-30', [
    unsure(numbered),
    row(numbered, { kk: otherCard, status: 'pindah' }),
  ]);
  expect(await told('numbered')).toEqual(['meninggal', 'mungkin_orang_ini']);
  const asked = (await findings('numbered')).find(({ kind }) => kind === 'mungkin_orang_ini');
  expect(asked).toMatchObject({ note: expect.stringContaining(said) });
  await settle(asked?.id, 'bukan_orang_sama');
  expect((await told('numbered')).filter((kind) => kind !== 'nik_berbeda')).toEqual(['meninggal']);
  await officer.finding.reopen.mutate({ id: asked?.id ?? '' });
  await settle(asked?.id, 'orang_sama');
  expect(await told('numbered')).toEqual(['kk_berbeda', 'meninggal', 'pindah']);
});

it('who is sure by name, birth date and card is asked about as well', async () => {
  const sure = row(unnumbered, { nik: '3171014411880009', status: 'pindah' });
  await importPadan('Padan Desember', '2026-12-01', [unsure(unnumbered), sure]);
  const kinds = await told('unnumbered');
  expect(kinds).toContain('meninggal');
  expect(kinds).toContain('mungkin_orang_ini');
  expect(kinds).not.toContain('pindah');
});

it('of whom a later list alone knows, and who cannot be the one that was said, is asked whatever the list says', async () => {
  await importPadan('Padan 2 Desember', '2026-12-02', [
    row(contradicted, { kk: otherCard, status: 'aktif' }),
  ]);
  const kinds = await told('contradicted');
  expect(kinds).toContain('meninggal');
  expect(kinds).toContain('mungkin_orang_ini');
  const asked = (await findings('contradicted')).find(({ kind }) => kind === 'mungkin_orang_ini');
  await settle(asked?.id, 'orang_sama');
  // Of padan the latest answer counts: the number is alive.
  expect(await told('contradicted')).toEqual(['kk_berbeda']);
});

it('whom somebody said to be one of them is nobody else of the family', async () => {
  const mother = exchanged.members[1];
  const [, name, ...rest] = unsure(exchanged);
  await importPadan('Padan 3 Desember', '2026-12-03', [[mother?.nik ?? '', name ?? '', ...rest]]);
  const found = await findings('exchanged');
  expect(found.filter(({ subject }) => subject === mother?.name)).toEqual([]);
  expect(found.map(({ kind }) => kind)).toContain('meninggal');
});
