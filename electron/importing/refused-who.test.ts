import { expect, it } from 'vitest';
import { dtksRow } from '../../tests/fixtures/read-list.ts';
import { csv, someAreas, table, type CellValue } from '../../tests/fixtures/reference-files.ts';
import { readReference } from './read-reference.ts';
import type { RefusedWho } from './refused-who.ts';
import { memorySource } from './source.ts';

/** Whom the refused rows of a DTKS tell of. */
async function whoIsRefused(bytes: string): Promise<RefusedWho[]> {
  const refused: RefusedWho[] = [];
  await readReference(
    memorySource(Buffer.from(bytes)),
    { source: 'DTKS', areaCodes: null, areas: someAreas, today: '2026-11-22' },
    { household: () => {}, person: () => {}, refused: (_, { who }) => refused.push(who) },
  );
  return refused;
}

const [kk, nik] = ['3171010101200001', '3171010202850002'];
const damaged = '3,17101E+15';
const row = (own: Record<string, CellValue>) =>
  dtksRow({ id_dtks: '', nomor_kk: kk, nomor_nik: nik, nama: 'BUDI', tanggal_lahir: '02/02/1985', ...own });

it('a refused row tells of its person by what can still be read, and by no number that lost digits', async () => {
  const known = { niks: [nik], households: [kk], name: 'BUDI', birthDate: '1985-02-02' };
  const rows = [
    row({ nomor_nik: damaged }),
    row({ nomor_kk: damaged, tanggal_lahir: 'entah' }),
    row({ nama: '[HAPUS]' }),
    row({ nomor_kk: '', id_dtks: '' }),
  ];
  expect(await whoIsRefused(csv(table(rows)))).toEqual([
    { ...known, niks: [] },
    { ...known, households: [], birthDate: null },
    { ...known, name: null },
    { ...known, households: [] },
  ]);
});

it.each<[string, Record<string, CellValue>, ids: string[]]>([
  ['any number of sixteen digits may be the NIK or the No KK', {}, []],
  [
    'also one with an apostrophe or blanks in it',
    { nomor_kk: `'${kk}`, nomor_nik: nik.replace(/(.{4})/g, '$1 ') },
    [],
  ],
  [
    'any other with digits enough may be the ID of the household',
    { id_dtks: '317101000123' },
    ['317101000123'],
  ],
  ['one that lost digits is of nobody', { id_dtks: damaged }, []],
])('of a row that slid %s', async (_, own, ids) => {
  const [header = '', whole = ''] = csv(table([row(own)])).split('\r\n');
  const [who] = await whoIsRefused([header, whole, `${whole},LEBIH`].join('\r\n'));
  expect(who).toMatchObject({ niks: [kk, nik], name: null, birthDate: null });
  expect(who?.households).toEqual(expect.arrayContaining([kk, nik, ...ids]));
  expect(who?.households).not.toContain(damaged);
});

it('of a row that slid no filler is a number of somebody', async () => {
  const filler = '1'.repeat(16);
  const [header = '', whole = ''] = csv(table([row({ nomor_kk: filler })])).split('\r\n');
  const [who] = await whoIsRefused([header, whole, `${whole},LEBIH`].join('\r\n'));
  expect(who?.niks).toEqual([nik]);
  expect(who?.households).not.toContain(filler);
});

it('a birth date counts only where its column can be trusted: one with the month first is none', async () => {
  const refused = (tanggal_lahir: string) => row({ nomor_nik: damaged, tanggal_lahir });
  const rows = [row({ tanggal_lahir: '8/17/1980' }), refused('5/3/1990'), refused('1990-03-05')];
  const dates = (await whoIsRefused(csv(table(rows)))).map((who) => who.birthDate);
  expect(dates).toEqual([null, '1990-03-05']);
});
