import { expect, it } from 'vitest';
import { dtksRow } from '../../tests/fixtures/read-list.ts';
import { csv, someAreas, table, type CellValue } from '../../tests/fixtures/reference-files.ts';
import { readReference } from './read-reference.ts';
import type { RefusedWho } from './refused-who.ts';
import { memorySource } from './source.ts';

/** Whom the refused rows of a DTKS tell of. */
async function whoIsRefused(bytes: string): Promise<(RefusedWho | null)[]> {
  const refused: (RefusedWho | null)[] = [];
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

it('of a row that slid any number of sixteen digits may be the NIK or the No KK', async () => {
  const [header = '', whole = ''] = csv(table([row({})])).split('\r\n');
  const numbers = [kk, nik];
  const [who] = await whoIsRefused([header, whole, `${whole},LEBIH`].join('\r\n'));
  expect(who).toEqual({ niks: numbers, households: numbers, name: null, birthDate: null });
});
