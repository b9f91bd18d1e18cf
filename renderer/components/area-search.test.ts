import { describe, expect, it } from 'vitest';
import type { WilayahPath } from '../../shared/domain/wilayah.ts';
import { searchable, searchAreas } from './area-search.ts';

function kelurahan(code: string, name: string, kecamatan: string, kabkota: string): WilayahPath {
  return {
    code,
    level: 'kelurahan',
    name,
    kelurahan: name,
    kecamatan,
    kabkota,
    provinsi: 'DKI Jakarta',
    kodepos: null,
  };
}

const areas = searchable([
  kelurahan('31.71.01.1001', 'Gambir', 'Gambir', 'Kota Administrasi Jakarta Pusat'),
  kelurahan('31.71.01.1004', 'Kebon Kelapa', 'Gambir', 'Kota Administrasi Jakarta Pusat'),
  kelurahan('31.73.07.1002', 'Palmerah', 'Palmerah', 'Kota Administrasi Jakarta Barat'),
  kelurahan('31.75.05.1001', 'Kebon Pala', 'Makasar', 'Kota Administrasi Jakarta Timur'),
]);

function found(typed: string): string[] {
  return searchAreas(areas, typed, 10).map((area) => area.name);
}

describe('the search for an area', () => {
  it('finds by the beginning of the name first', () => {
    expect(found('gam')).toEqual(['Gambir', 'Kebon Kelapa']);
    expect(found('kebon')).toEqual(['Kebon Kelapa', 'Kebon Pala']);
  });

  it('does not mind blanks', () => {
    expect(found('pal merah')).toEqual(['Palmerah']);
    expect(found('kebonpala')).toEqual(['Kebon Pala']);
  });

  it('takes words of the kecamatan and the city', () => {
    expect(found('kelapa pusat')).toEqual(['Kebon Kelapa']);
    expect(found('jakarta barat')).toEqual(['Palmerah']);
  });

  it('takes codes, and shows the first ones while nothing is typed', () => {
    expect(found('31.75')).toEqual(['Kebon Pala']);
    expect(searchAreas(areas, '', 2)).toHaveLength(2);
    expect(found('zzz')).toEqual([]);
  });
});
