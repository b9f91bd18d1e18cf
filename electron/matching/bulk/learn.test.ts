import { describe, expect, it } from 'vitest';
import { type Facts, strangers, tableOf } from '../../../tests/fixtures/person-tables.ts';
import { BlockIndex } from './block-index.ts';
import { BlockKeys } from './block-keys.ts';
import { Candidates } from './candidates.ts';
import { learn, type Learnt } from './learn.ts';
import { PairComparer } from './pair-comparer.ts';
import { shippedParameters } from './parameters.ts';
import { SharedWords } from './person-table.ts';
import { findTextParents } from './text-parents.ts';

function learnFrom(cases: readonly Facts[], references: readonly Facts[]): Learnt {
  const words = new SharedWords(0);
  const [right, left] = [tableOf(references, words).columns(), tableOf(cases, words).columns()];
  return learn({
    comparer: new PairComparer(left, right, words),
    candidates: new Candidates(new BlockIndex(right, words), new BlockKeys(left, words, true), right.size),
    words,
    parents: findTextParents([left, right]),
    lefts: left.size,
    rights: right.size,
    within: false,
  });
}

const listed = strangers.slice(0, 260);
const known = listed.slice(0, 130);
/** A number that passed on: the list has it with somebody else altogether. */
const withNumbersOfOthers = (count: number): Facts[] =>
  strangers
    .slice(400, 400 + count)
    .map((person, index) => ({ ...person, nik: listed[130 + index]?.nik ?? null }));

describe('learning from a file', () => {
  it('is believed where it finds about as many matches as equal numbers imply', () => {
    const { learnt, note } = learnFrom([...known, ...withNumbersOfOthers(10)], listed);
    expect({ learnt, note }).toEqual({ learnt: true, note: 'dipelajari dari berkas' });
  });

  it('falls back to the shipped values, and says why, where it is off by more than a fifth', () => {
    const { learnt, note, parameters, parents } = learnFrom([...known, ...withNumbersOfOthers(70)], listed);
    expect({ learnt, note }).toEqual({
      learnt: false,
      note: 'memakai nilai bawaan: pasangan hasil belajar menyimpang 35% dari yang ditunjukkan nomor yang sama',
    });
    expect(parameters).toEqual(shippedParameters(parents));
  });
});
