import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type FileRow, openPersonFile } from './person-file.ts';
import { readPersons, wordsFor } from './read-persons.ts';

it('takes a bare number of an address for that of the house, the numeral of a street for none', async () => {
  const map = { id: 'no', name: ['nama'], address: ['alamat'] };
  const streets = ['12 Main Street', 'Kebon Sirih 12', 'Kebon Kacang IX'];
  const words = wordsFor(map);
  const row = (street: string, line: number): FileRow => ({
    line,
    id: String(line),
    of: (field) => (field === 'address' ? [street] : ['Siti']),
  });
  await readPersons(
    {
      path: 'alamat.csv',
      missing: [],
      rows: (async function* () {
        yield* streets.map(row);
      })(),
    },
    map,
    words,
  );
  expect(words.doors.values).toEqual(['12']);
  expect(words.streets.values).toEqual(['MAIN STREET', 'KEBON SIRIH', 'KEBON KACANG 9']);
});

it('takes Na and None for names, and for nothing anywhere else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mutakhir-names-'));
  const path = join(folder, 'nama.csv');
  await writeFile(path, 'no,nama,kota\n1,Na,na\n2,None,NONE\n3,NULL,Gambir\n');
  const map = { id: 'no', name: ['nama'], other: ['kota'] };
  const words = wordsFor(map);
  await readPersons(await openPersonFile(path, map), map, words);
  expect(words.tokens.values.map(({ text }) => text)).toEqual(['NA', 'NONE']);
  expect(words.texts[0]?.values).toEqual(['GAMBIR']);
  await rm(folder, { recursive: true });
});
