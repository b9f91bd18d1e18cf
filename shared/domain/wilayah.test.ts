import { describe, expect, it } from 'vitest';
import { areaKey, areaPaths, fullAreaName, liesIn, type Wilayah } from './wilayah.ts';

const areas: Wilayah[] = [
  { code: '31', name: 'DKI Jakarta', level: 'provinsi', parent: null, kodepos: null },
  { code: '31.71', name: 'Kota Administrasi Jakarta Pusat', level: 'kabkota', parent: '31', kodepos: null },
  { code: '31.71.01', name: 'Gambir', level: 'kecamatan', parent: '31.71', kodepos: null },
  { code: '31.71.01.1001', name: 'Gambir', level: 'kelurahan', parent: '31.71.01', kodepos: '10110' },
];

describe('areas', () => {
  it('know the names of everything they lie in', () => {
    const [, , kecamatan, kelurahan] = areaPaths(areas);
    expect(kelurahan).toMatchObject({
      kelurahan: 'Gambir',
      kecamatan: 'Gambir',
      kabkota: 'Kota Administrasi Jakarta Pusat',
      provinsi: 'DKI Jakarta',
    });
    expect(kecamatan).toMatchObject({ kelurahan: null, kecamatan: 'Gambir' });
  });

  it('stay usable where a list lacks their parents', () => {
    expect(areaPaths(areas.slice(3))[0]).toMatchObject({
      kelurahan: 'Gambir',
      kecamatan: null,
      kabkota: null,
      provinsi: '',
    });
  });

  it('nest by code, not by the look of it', () => {
    expect(liesIn('31.71.01.1001', '31.71.01')).toBe(true);
    expect(liesIn('31.71.01', '31.71.01')).toBe(true);
    expect(liesIn('31.71.011', '31.71.01')).toBe(false);
  });

  it('are written whole on paper, and compared without blanks', () => {
    expect(fullAreaName({ level: 'kelurahan', name: 'Gambir' })).toBe('Kelurahan Gambir');
    expect(fullAreaName({ level: 'kecamatan', name: 'Gambir' })).toBe('Kecamatan Gambir');
    expect(areaKey('Pal Merah')).toBe(areaKey('Palmerah'));
  });
});
