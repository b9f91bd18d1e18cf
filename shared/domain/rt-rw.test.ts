import { expect, test } from 'vitest';
import { findRtRw, formatRtRw, readRtRw, rtSlashRw } from './rt-rw.ts';

test.each([
  ['RT 003 RW 002', 3, 2],
  ['JL. A NO. 5 RT.03/RW.11', 3, 11],
  ['Gg. B RT 003/005', 3, 5],
  ['Jl. C 003/011', 3, 11],
  ['Jl. C, 003/011, Gambir', 3, 11],
  ['RT.3 RW.5', 3, 5],
  ['rt03rw05', 3, 5],
  ['R.T. 03 / R.W. 05', 3, 5],
  ['RT: 003, RW: 05', 3, 5],
  ['Jl. C RT/RW 003/005', 3, 5],
  ['Jl. C RT/RW: 3/5', 3, 5],
  ['Jl. C RT RW 3 5', 3, 5],
  ['Jl. C RW 05 RT 03', 3, 5],
  ['Jl. C RW.05/RT.03', 3, 5],
  ['Gg. Mawar RT 12 RW 3', 12, 3],
])('RT/RW in %j', (text, rt, rw) => {
  expect(findRtRw(text)).toMatchObject({ rt, rw });
});

test.each([
  'Jl. D RT 12',
  'Jl. D RW 5',
  'Jl. E No. 3/5',
  'RT 000 RW 000',
  'Jl. Rw. Badak 3',
  'ART 3/5',
  '',
  null,
])('no RT/RW in %j', (text) => {
  expect(findRtRw(text)).toBeNull();
});

test('RT stands before RW wherever both are written', () => {
  expect(rtSlashRw(3, 12)).toBe('003/012');
  expect(formatRtRw(3, 12)).toBe('RT 003/RW 012');
});

test.each([
  ['3', '005', 3, 5],
  ['RT 003', 'RW.05', 3, 5],
  ['RT003', '5.0', 3, 5],
  ['003/005', null, 3, 5],
  [null, '3 / 5', 3, 5],
  ['RT 003/RW 005', '7', 3, 7],
  ['003/005', '003/005', 3, 5],
  ['0003', '-', 3, null],
  ['000', '1234', null, null],
  ['RW 5', 'RT 3', null, null],
  ['3 dan 4', 'V', null, null],
])('columns that say %j and %j', (rt, rw, rtRead, rwRead) => {
  expect(readRtRw(rt, rw)).toEqual({ rt: rtRead, rw: rwRead });
});
