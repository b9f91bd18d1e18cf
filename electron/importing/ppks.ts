import { answer } from './columns.ts';
import { dtks } from './dtks.ts';
import { readPpks } from './ppks-kinds.ts';
import type { Profile } from './profile.ts';

/**
 * PPKS: the columns of a DTKS export and the kind of PPKS, one of `resources/codes/ppks.json`. Many of those in it have no
 * card, no family and no NIK, so every row stands for a person.
 */
export const ppks: Profile = {
  source: 'PPKS',
  title: 'daftar PPKS (kolom nama dan jenis_ppks)',
  required: ['name', 'ppks'],
  optional: dtks.columns.map((column) => column.field).filter((field) => field !== 'nama'),
  ofPersons: true,
  columns: [
    ...dtks.columns.filter((column) => column.field !== 'jenis_ppks'),
    {
      ...answer(
        'jenis_ppks',
        'jenis_ppks',
        null,
        'ppks',
        'jenis pmks',
        'pmks',
        'kategori ppks',
        'kategori pmks',
      ),
      role: 'ppks',
      convert: readPpks,
    },
  ],
};
