import { describe, expect, it } from 'vitest';
import { readPersons, wordsFor } from '../../link-files/read-persons.ts';
import { fileOf, type Row } from '../../../tests/fixtures/linked-rows.ts';
import { BlockIndex } from './block-index.ts';
import { BlockKeys } from './block-keys.ts';
import { Candidates } from './candidates.ts';
import { PairList } from './pair-list.ts';

const map = {
  id: 'id',
  name: ['name'],
  rt: ['rt'],
  rw: ['rw'],
  address: ['address'],
  kelurahan: ['kelurahan'],
};

/** Ids of whom a person with neither number nor birth date meets. */
async function metBy(sought: Omit<Row, 'id'>, listed: readonly Row[]): Promise<string[]> {
  const words = wordsFor(map);
  const right = await readPersons(fileOf(listed), map, words);
  const left = await readPersons(fileOf([{ id: 'c', ...sought }]), map, words);
  const [ones, others] = [left.columns(), right.columns()];
  const found = new Candidates(new BlockIndex(others, words), new BlockKeys(ones, words, true), others.size);
  const pairs = new PairList();
  found.addPairs(0, pairs);
  return [...pairs.rights.subarray(0, pairs.size)].map((row) => right.ids[row] ?? '').toSorted();
}

const home = { name: 'SUPARDI HIDAYAT', rt: '3', rw: '5', address: 'JL MAWAR' };
const [code, other] = ['3171011001', '3171021002'];
const listed: Row[] = [
  { id: 'ward', name: 'SUPARDI RAHMAN', rt: '3', rw: '5', address: '', kelurahan: 'GAMBIR' },
  { id: 'street', name: 'RUSLAN HIDAYAT', rt: '', rw: '', address: 'JL MAWAR', kelurahan: 'GAMBIR' },
  { id: 'ward by code', name: 'SUPARDI RAHMAN', rt: '3', rw: '5', address: '', kelurahan: other },
  { id: 'elsewhere', name: 'SUPARDI RAHMAN', rt: '4', rw: '5', address: 'JL MELATI', kelurahan: 'GAMBIR' },
];

describe('whom a person meets by RT and street', () => {
  it('are those of a kelurahan by name where theirs stands as a code, and the other way round', async () => {
    expect(await metBy({ ...home, kelurahan: code }, listed)).toEqual(['street', 'ward']);
    expect(await metBy({ ...home, kelurahan: other }, listed)).toEqual(['street', 'ward', 'ward by code']);
    expect(await metBy({ ...home, kelurahan: 'CIDENG' }, listed)).toEqual(['ward by code']);
  });

  it('are none of another kelurahan where both are written alike', async () => {
    const named = listed.filter(({ kelurahan }) => kelurahan === 'GAMBIR');
    expect(await metBy({ ...home, kelurahan: 'CIDENG' }, named)).toEqual([]);
    expect(await metBy({ ...home, kelurahan: 'GAMBIR' }, named)).toEqual(['street', 'ward']);
  });
});
