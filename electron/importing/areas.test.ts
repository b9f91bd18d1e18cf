import { describe, expect, test } from 'vitest';
import { someAreas } from '../../tests/fixtures/reference-files.ts';
import { areaFinder, type StatedArea } from './areas.ts';

const find = areaFinder(someAreas);
const nothing: StatedArea = {
  kabkota: null,
  kecamatan: null,
  kelurahan: null,
  code: null,
  kabkotaCode: null,
};

test.each([
  ['GAMBIR', '31.71.01.1001'],
  ['Kel. Gambir', '31.71.01.1001'],
  ['KELURAHAN  GAMBIR', '31.71.01.1001'],
  ['Pal Merah', '31.73.07.1001'],
  ['KP. BALI', '31.71.07.1007'],
  ['Kampungbali', '31.71.07.1007'],
  ['Sukamaju', null],
])('%s', (kelurahan, expected) => {
  expect(find({ ...nothing, kelurahan }, null)).toMatchObject({ kelurahan: expected, doubts: [] });
});

test('a kelurahan in another kecamatan is doubted, not moved', () => {
  expect(find({ ...nothing, kelurahan: 'Gambir', kecamatan: 'Palmerah' }, null)).toEqual({
    kelurahan: '31.71.01.1001',
    name: 'Gambir',
    doubts: ['kecamatan_differs'],
  });
});

test.each([
  ['KOTA BOGOR', null],
  ['Kab. Bandung Barat', null],
  ['KOTA ADM. JAKARTA PUSAT', '31.71.01.1001'],
  ['KODYA JAKARTA PST', '31.71.01.1001'],
  ['JAKPUS', '31.71.01.1001'],
  ['Kota Pusat', '31.71.01.1001'],
  ['J. PUSAT', '31.71.01.1001'],
  ['JKRT PUSAT', '31.71.01.1001'],
  ['JKRT BARAT', '31.71.01.1001'],
  ['Timur', '31.71.01.1001'],
  // Of Jawa as well as of Jakarta.
  ['J. BARAT', null],
  ['J. TIMUR', null],
  ['JAWA BARAT', null],
  ['KAB. ADM. KEP. SERIBU', '31.71.01.1001'],
  ['71', '31.71.01.1001'],
  ['-', '31.71.01.1001'],
])('a kelurahan of a name of DKI’s in %s', (kabkota, expected) => {
  expect(find({ ...nothing, kabkota, kelurahan: 'GAMBIR' }, null)).toEqual({
    kelurahan: expected,
    name: expected === null ? null : 'Gambir',
    doubts: expected === null ? ['city_elsewhere'] : [],
  });
});

describe('3173 is Jakarta Pusat for BPS and Jakarta Barat for Kemendagri', () => {
  const pusat = { ...nothing, kabkota: 'KOTA ADM. JAKARTA PUSAT', kabkotaCode: '3173' };
  const barat = { ...nothing, kabkota: 'Jakarta Barat', kabkotaCode: '3173' };
  test.each([
    [pusat, 'bps', []],
    [pusat, 'kemendagri', ['other_code_system']],
    [barat, 'kemendagri', []],
    [barat, 'bps', ['other_code_system']],
    [{ ...barat, kabkotaCode: '3171' }, 'bps', ['code_contradicts_name']],
    [{ ...barat, kabkota: 'JAKBAR' }, 'bps', []],
  ] as const)('%j as %s', (stated, system, doubts) => {
    expect(find(stated, system).doubts).toEqual(doubts);
  });
});
