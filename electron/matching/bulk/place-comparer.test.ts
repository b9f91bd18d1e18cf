import { expect, it } from 'vitest';
import { PlaceComparer } from './place-comparer.ts';

it.each([
  ['KEBON KACANG', 'KEBON KACANG', true],
  ['KEBON KACANG', 'KEBON KACNG', true],
  ['KEBON KACANG', 'KEBONKACANG', true],
  ['RAWA BADAK UTARA', 'RAWABADAK U', true],
  ['RAWA BADAK UTARA', 'RAWA BADAK SELATAN', false],
  ['UTAN KAYU U', 'UTAN KAYU S', false],
  ['CEMPAKA PUTIH BARAT', 'CEMPAKA PUTIH TIMUR', false],
  ['CIPINANG BESAR UTARA', 'CIPINANG BESAR SEL', false],
  ['CIPINANG BESAR UTARA', 'CIPINANG BESAR', null],
  ['PULO GADUNG', 'PULO GEBANG', false],
  ['DUREN SAWIT', 'DUREN TIGA', false],
  ['KEBON KACANG', 'KEBON MELATI', false],
  ['KAMAL', 'KAMAL MUARA', false],
  ['13 ILIR', '14 ILIR', false],
  ['13 SEBERANG', '13 SEBRANG', true],
  ['SUKARAJA II', 'SUKARAJA III', false],
  ['K100', 'K101', false],
  ['1005', 'KEBON KACANG', null],
  ['3171071006', 'KEBON KACANG', null],
  ['1005', '1006', false],
  ['1005', '3171061005', null],
  ['1005', '3171061006', false],
  ['3171061005', '3171061006', false],
])('%s and %s: one place is %s', (one, other, expected) => {
  const places = new PlaceComparer([one, other]);
  const [first, second] = one === other ? [0, 0] : [0, 1];
  expect([places.isOne(first, second), places.isOne(second, first)]).toEqual([expected, expected]);
});

it('says nothing where a side names none', () => {
  const places = new PlaceComparer(['GAMBIR']);
  expect([places.isOne(-1, 0), places.isOne(0, -1), places.isOne(-1, -1)]).toEqual([null, null, null]);
});
