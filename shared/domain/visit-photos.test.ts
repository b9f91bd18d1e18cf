import { expect, it } from 'vitest';
import type { Instrument, Question } from './instrument.ts';
import { missingPhotos, photosOf } from './visit-photos.ts';

const photos: Question = {
  id: 'foto_wajib',
  no: '7.2',
  label: 'Foto wajib',
  help: null,
  kind: 'ticks',
  options: ['F-KTP', 'F-KK', 'F-RUMAH'].map((code) => ({ code, label: code.slice(2) })),
  codesOf: null,
  digits: 9,
  min: null,
  max: null,
  when: [],
  minAge: null,
  maxAge: null,
  sex: null,
  required: false,
  presence: null,
  column: null,
  kept: { from: 'photos' },
};
const instrument: Pick<Instrument, 'process'> = {
  process: [{ no: 'VII', title: 'Foto', questions: [photos] }],
};

it('tells which photos are not there yet, in the order of the paper', () => {
  expect(photosOf(instrument)).toHaveLength(3);
  const files = [{ slot: 'F-RUMAH' }, { slot: 'bukti' }];
  expect(missingPhotos(instrument, files).map(({ code }) => code)).toEqual(['F-KTP', 'F-KK']);
});

it('wants none where the instrument asks none', () => {
  expect(missingPhotos({ process: [] }, [])).toEqual([]);
});
