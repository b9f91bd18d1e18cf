import { describe, expect, it } from 'vitest';
import { gramsOf, isNear, readQuery } from './search-words.ts';

describe('what is typed into the search', () => {
  it('reads RT and RW however they are written, and nothing else for them', () => {
    for (const text of ['RT 003/RW 07', 'rt3 rw7', 'rt.03 rw.007', '003/007'])
      expect(
        readQuery(text).map((word) => word.text),
        text,
      ).toEqual(['rt3', 'rw7']);
    expect(readQuery('3171011001/2026/000012').map((word) => word.text)).toEqual([
      '3171011001',
      '2026',
      '000012',
    ]);
  });

  it('reads a grouped NIK as one number, and its end alone as an end', () => {
    expect(readQuery('3171 0157 0880 0001').map((word) => word.text)).toEqual(['3171015708800001']);
    expect(readQuery('0001')[0]?.also).toEqual(['t0001', 'n1']);
  });

  it('knows a name by its class and by its new spelling', () => {
    expect(readQuery('Moch.')[0]?.also).toContain('muhammad');
    expect(readQuery('Soeharto')[0]?.also).toContain('suharto');
  });

  it('keeps what would be an operator of the index a word', () => {
    expect(readQuery('"OR" near(* ^ DROP').map((word) => word.text)).toEqual(['or', 'near', 'drop']);
    expect(readQuery(' - /"')).toEqual([]);
  });
});

describe('a slip of the hand', () => {
  it.each([
    ['sitti', 'siti'],
    ['stii', 'siti'],
    ['suti', 'siti'],
    ['muhamad', 'muhammad'],
    ['muhamd', 'muhammad'],
    ['kartini', 'kartinah'.slice(0, 6)],
    ['rahmawti', 'rahmawati'],
  ])('%s is near %s', (typed, word) => expect(isNear(typed, word)).toBe(true));

  it.each([
    ['siti', 'sari'],
    ['budi', 'bambang'],
    ['kartini', 'sulastri'],
  ])('%s is not near %s', (typed, word) => expect(isNear(typed, word)).toBe(false));

  it('shares pieces with the word that was meant', () => {
    const meant = new Set(gramsOf('siti'));
    expect(gramsOf('suti').some((gram) => meant.has(gram))).toBe(true);
  });
});
