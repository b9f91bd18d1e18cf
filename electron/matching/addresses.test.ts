import { describe, expect, it } from 'vitest';
import { testKelurahan } from '../../tests/fixtures/memory-source.ts';
import { normaliseAddress } from './addresses.ts';
import { sameStreet } from './compare.ts';

const read = (street: string) => normaliseAddress({ street, rt: null, rw: null, kelurahan: testKelurahan });

/** "KEBON SIRIH | B 3 12": street, and what leads to the door. */
function door(street: string): string {
  const address = read(street);
  return `${address.street.join(' ')} | ${address.number}`;
}

describe('reading an address', () => {
  it.each([
    'Jl. Kebon Sirih No. 12A RT 003/RW 05',
    'JALAN KEBON SIRIH NO 12 A, RT.3 RW.5',
    'Kebon Sirih nomor 12A 003/005',
    'JLN KEBUN SIRIH NO:012A RT/RW 003/005',
    'Kb. Sirih No.12A RW 05 RT 03',
    'JL.KB.SIRIH NO12A R.T. 03/R.W. 05',
    'Jl. Kebon Sirih No. 12A RT 3/5 Kel. Gambir Kec. Gambir, Jakarta Pusat 10110',
  ])('%s', (street) => {
    expect(read(street)).toMatchObject({ street: ['KEBON', 'SIRIH'], number: '12A', rt: 3, rw: 5 });
  });

  it('keeps RT and RW that stand in their own fields', () => {
    expect(normaliseAddress({ street: 'Gg. Mawar RT 9/9', rt: 1, rw: 2, kelurahan: null })).toMatchObject({
      rt: 1,
      rw: 2,
      street: ['MAWAR'],
    });
  });

  it('takes a lone RT or RW neither for both nor for a part of the street', () => {
    expect(read('Gg. Mawar RT 12')).toMatchObject({ rt: null, rw: null, street: ['MAWAR'], number: '' });
    expect(read('Gg. Mawar RW.05 No 3')).toMatchObject({
      rt: null,
      rw: null,
      street: ['MAWAR'],
      number: '3',
    });
  });

  it.each([
    ['KOMP. PERHUBUNGAN BLOK B NO 3', 'PERHUBUNGAN | B 3'],
    ['Komplek Perhubungan Blok B3', 'PERHUBUNGAN | B 3'],
    ['KOMPLEKS PERHUBUNGAN BLK B/3', 'PERHUBUNGAN | B 3'],
    ['Perum. Perhubungan Blok B-03', 'PERHUBUNGAN | B 3'],
    ['PERUMAHAN PERHUBUNGAN BLOK. B 3', 'PERHUBUNGAN | B 3'],
    ['Komp. Perhubungan No. B3', 'PERHUBUNGAN | B 3'],
    ['Komp. Perhubungan No. B-3', 'PERHUBUNGAN | B 3'],
    ['Komp. Perhubungan Blok B3 No. 12', 'PERHUBUNGAN | B 3 12'],
    ['Komp. Perhubungan Blok B3/12', 'PERHUBUNGAN | B 3 12'],
    ['Komp. Perhubungan Blok VIII No. 12', 'PERHUBUNGAN | 8 12'],
    ['Rusun Marunda Blok 3 Lt. 2 No. 10', 'MARUNDA | 3 2 10'],
    ['RUMAH SUSUN MARUNDA TOWER 3 LANTAI II UNIT 10', 'MARUNDA | 3 2 10'],
    ['Kav. 5 Jl. Gaharu', 'GAHARU | 5'],
    ['JL GAHARU KAVLING 5 NO. 2', 'GAHARU | 5 2'],
  ])('finds the door: %s', (street, expected) => {
    expect(door(street)).toBe(expected);
  });

  it.each([
    ['Jl. Blok Duku No. 3', 'DUKU | 3'],
    ['Kavling DKI Blok A No. 5', 'DKI | A 5'],
    ['Kav. Polri Blok C', 'POLRI | C'],
    ['Jl. Rw. Badak 3', 'RAWA BADAK 3 | '],
    ['Jl. Kelurahan Lama No. 3', 'LAMA | 3'],
    ['Jl. Raya Jakarta Bogor No. 7', 'RAYA JAKARTA BOGOR | 7'],
    ['Kel. Gambir, Jl. Tanah Abang I No. 7', 'TANAH ABANG 1 | 7'],
    ['Jl. Mawar No. 3/5', 'MAWAR | 3'],
    ['Gg. Mawar No. -', 'MAWAR | '],
    ['Jl. DI Panjaitan', 'DI PANJAITAN | '],
    ['', ' | '],
  ])('takes no name for a number, and no number for a name: %s', (street, expected) => {
    expect(door(street)).toBe(expected);
  });

  it.each([
    ['JL PD. KELAPA TMR', 'Jalan Pondok Kelapa Timur'],
    ['KP. TG. DUREN', 'Kampung Tanjung Duren'],
    ['JL. TJ. DUREN DLM', 'Tanjung Duren Dalam'],
    ['JL PSR MINGGU', 'Jl. Ps. Minggu'],
    ['JL GN SAHARI XI', 'Gunung Sahari 11'],
    ['JL KEBON KACANG IX', 'Kb. Kacang 09'],
    ['GG HAJI SALEH', 'Gang H. Saleh'],
    ['JL KLP GADING BRT', 'Kelapa Gading Barat'],
  ])('reads %s as %s', (left, right) => {
    expect(read(left).street).toEqual(read(right).street);
  });
});

describe('two streets', () => {
  it.each([
    ['Gg. Mawar 3', 'Gg. Mawar III', true],
    ['Gg. Mawar 3', 'Gg. Mawar 4', false],
    ['Tebet Barat Dalam VII', 'Tebet Barat Dalam VIII', false],
    ['Jl. Kebon Kacang Raya', 'Jl. Kebon Kacang Raya 30', true],
    ['Gg. 3', 'Gang III', true],
    ['Jl. Kebonsirih', 'Jl. Kebon Sirih', true],
    ['Jl. Mawar', 'Jl. Melati', false],
    ['', 'Jl. Melati', null],
  ])('%j and %j: %s', (left, right, same) => {
    expect(sameStreet(read(left), read(right))).toBe(same);
  });
});
