import { describe, expect, it } from 'vitest';
import { Random } from '../../training/random.ts';
import { slipName } from '../../training/noise.ts';
import { isOneSlip } from '../compare-names.ts';
import { jaroWinkler } from '../jaro-winkler.ts';
import { similarityNeeds, TextShapes, WordShapes } from './text-shapes.ts';
import { hashText } from './hash.ts';

const seeds = [
  'SITI NURHALIZA',
  'MUHAMMAD',
  'M',
  'BUDI',
  'BAMBANG SUDARSONO',
  'KEBON SIRIH RAYA',
  'KEBON KACANG',
  'AA',
  'AB',
  'ÇELİK Ж',
  'SW2 5XF',
  'SW2 4DB',
  'A NAME THAT IS LONGER THAN ANY SHAPE MAY HOLD',
];
const random = new Random(7);
const texts = [
  ...new Set(
    seeds.flatMap((text) => [text, ...text.split(' '), slipName(random, text, 1).value, `${text}X`]),
  ),
];
const pairs = texts.flatMap((_, one) => texts.map((__, other) => [one, other] as const));

describe('shapes of texts', () => {
  it.each([0.8, 0.82, 0.92])('never miss a pair of a similarity of %d', (least) => {
    const shapes = new TextShapes(texts);
    const needs = similarityNeeds(least);
    const missed = pairs.filter(
      ([one, other]) => !shapes.mayBeSimilar(one, other, needs) && jaroWinkler(at(one), at(other)) >= least,
    );
    expect(missed).toEqual([]);
  });

  it('never miss a slip', () => {
    const shapes = new TextShapes(texts);
    const missed = pairs.filter(
      ([one, other]) => !shapes.mayBeOneSlip(one, other) && isOneSlip(at(one), at(other)),
    );
    expect(missed).toEqual([]);
  });

  it('never miss words in common, or a first one', () => {
    const shapes = new WordShapes(texts, hashText);
    const wordsOf = (text: string) => [...new Set(text.split(' '))];
    const missed = pairs.filter(([one, other]) => {
      const [left, right] = [wordsOf(at(one)), wordsOf(at(other))];
      const common = left.filter((word) => right.includes(word)).length;
      const longer = Math.max(left.length, right.length);
      return (
        (longer > 1 && common / longer > 0.6 && !shapes.mayShare(one, other, 0.6)) ||
        (left[0] === right[0] && !shapes.mayStartAlike(one, other))
      );
    });
    expect(missed).toEqual([]);
  });

  it('tell nearly all strangers apart', () => {
    const words = ['SITI', 'BAMBANG', 'PRASETYO', 'DEWI', 'LESTARI', 'HIDAYAT'];
    const shapes = new TextShapes(words);
    const needs = similarityNeeds(0.8);
    const kept = words.flatMap((_, one) =>
      words.filter((__, other) => one < other && shapes.mayBeSimilar(one, other, needs)),
    );
    expect(kept).toEqual([]);
  });
});

function at(id: number): string {
  return texts[id] ?? '';
}
