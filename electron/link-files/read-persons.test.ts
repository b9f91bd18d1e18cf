import { expect, it } from 'vitest';
import type { FileRow } from './person-file.ts';
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
