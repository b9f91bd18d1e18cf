import { hashText } from './bulk/hash.ts';
import type { Comparison } from './compare.ts';
import type { Model } from './model.ts';
import { weigh, type WeighOptions } from './weigh.ts';

/** What a list was learnt to be like. */
export interface LearntModel {
  /** The shipped one where `refused` is not null. */
  model: Model;
  /** Persons whose NIK stands in the list too. */
  persons: number;
  /** Why the shipped model stands, as a sentence goes on after "karena"; else null. */
  refused: string | null;
}

export const learning = {
  /** Pairs that the shipped values count as, so that a few odd families change nothing. */
  priorPairs: 100,
  /** Persons of one NIK in both, below which nothing is learnt. */
  personsAtLeast: 100,
  /** Persons known by name, birth date and household, below which they do not tell how often a NIK is written wrong. */
  certainAtLeast: 50,
  /** How far the expected matches may lie from what equal NIK imply, as a share of it. */
  offAtMost: 0.2,
} as const;

/**
 * Levels of which one is observed where both sides state the value, the best first. What follows from how many
 * stand in the list, or from the kelurahan it is of, is not learnt (`same_kelurahan`, `other_kelurahan`), nor what
 * names weigh: that is told by how rare they are.
 */
const ladders = {
  nik: [
    'equal',
    'transposed',
    'one_digit',
    'one_digit_in_date',
    'one_missing',
    'two_digits',
    'same_tail',
    'different',
  ],
  birth: ['equal', 'swapped', 'one_digit', 'year_round', 'two_parts', 'year_only', 'different', 'generation'],
  sex: ['equal', 'different'],
  kk: ['equal', 'one_slip', 'different'],
  address: ['same_door', 'same_rt', 'same_street', 'elsewhere'],
  mother: ['equal', 'similar', 'different'],
} as const;
type Learnable = keyof typeof ladders;

/** Where the engine relies on it, a better agreement never speaks less (`PairBound`); of numbers none more than the equal one. */
const ordered = {
  nik: ladders.nik,
  kk: ladders.kk,
  address: ladders.address,
  mother: ladders.mother,
  sex: ladders.sex,
} as const;

/**
 * Learns m from a list without labels: whose NIK is the same on both sides is one person, and tells how often the other
 * fields of one person agree; how often the NIK itself does tell those of one name, birth date and household. The
 * shipped values count as `priorPairs` beforehand, and stand altogether where the outcome is not believable.
 *
 * @param found of each person who was looked for, the comparisons with the best candidates, company aside.
 */
export function learnModel(found: readonly (readonly Comparison[])[], shipped: WeighOptions): LearntModel {
  const pairs = found.flat();
  const byNumber = pairs.filter(({ nik }) => nik === 'equal');
  const certain = pairs.filter((pair) => pair.nik !== 'missing' && isCertain(pair));
  const refuse = (refused: string): LearntModel => ({
    model: shipped.model,
    persons: byNumber.length,
    refused,
  });
  if (byNumber.length < learning.personsAtLeast)
    return refuse(
      `baru ${byNumber.length} orang dari berkas yang NIK-nya sama di daftar ini (perlu ${learning.personsAtLeast})`,
    );
  if (certain.length < learning.certainAtLeast)
    return refuse(
      `baru ${certain.length} orang dari berkas yang nama, tanggal lahir, dan keluarganya sama di daftar ini (perlu ${learning.certainAtLeast})`,
    );
  const learnt = counted(
    counted(shipped.model, byNumber, ['birth', 'sex', 'kk', 'address', 'mother']),
    certain,
    ['nik'],
  );
  if (!isOrdered(learnt)) return refuse('hasil belajar tidak masuk akal: yang kurang cocok berbobot lebih');
  const off = offFromNumbers(found, certain, { ...shipped, model: learnt });
  if (off > learning.offAtMost)
    return refuse(
      `hasil belajar menyimpang ${Math.round(100 * off)}% dari jumlah yang ditunjukkan NIK yang sama`,
    );
  const hash = hashText(JSON.stringify(learnt.levels)).toString(16).padStart(8, '0');
  const model = { ...learnt, version: `${shipped.model.version}-${hash}` };
  return { model, persons: byNumber.length, refused: null };
}

/** One person whatever the number says: the whole name, the birth date and the household agree. */
function isCertain({ name, birth, kk, mother }: Comparison): boolean {
  return name?.identical === true && birth === 'equal' && (kk === 'equal' || mother === 'equal');
}

/** The model with m as it is observed in pairs of one person. */
function counted(model: Model, pairs: readonly Comparison[], fields: readonly Learnable[]): Model {
  const levels = structuredClone(model.levels);
  for (const field of fields) {
    const odds: Record<string, { m: number; u: number }> = levels[field];
    const ladder: readonly string[] = ladders[field];
    const seen = pairs.map((pair) => observed(pair, field)).filter((level) => ladder.includes(level));
    const total = seen.length + learning.priorPairs;
    for (const level of ladder) {
      const known = odds[level];
      if (known === undefined) continue;
      const times = seen.filter((one) => one === level).length;
      known.m = Math.min(1, (times + learning.priorPairs * known.m) / total);
    }
  }
  // A date that many are given where the day is not known agrees in one person as any other.
  if (fields.includes('birth')) levels.birth.equal_round.m = levels.birth.equal.m;
  return { ...model, levels };
}

function observed(pair: Comparison, field: Learnable): string {
  return pair[field] === 'equal_round' ? 'equal' : pair[field];
}

function isOrdered(model: Model): boolean {
  return Object.entries(ordered).every(([field, ladder]) => {
    const odds: Record<string, { m: number; u: number }> = model.levels[field as keyof typeof ordered];
    const bits = ladder.map((level) => Math.log2((odds[level]?.m ?? 0) / (odds[level]?.u ?? 1)));
    const strongest = bits[0] ?? 0;
    return bits.every((value, at) => value <= (field === 'nik' ? strongest : (bits[at - 1] ?? strongest)));
  });
}

/**
 * How far the matches that the model expects among those who state a NIK lie from what equal NIK imply, as a share of it:
 * how often the NIK of one person is written alike twice, those tell who are certain without it.
 */
function offFromNumbers(
  found: readonly (readonly Comparison[])[],
  certain: readonly Comparison[],
  weighing: WeighOptions,
): number {
  let expected = 0;
  let equal = 0;
  for (const pairs of found) {
    const stated = pairs.filter(({ nik }) => nik !== 'missing');
    if (stated.length === 0) continue;
    expected += Math.max(...stated.map((pair) => weigh(pair, weighing).probability));
    if (stated.some(({ nik }) => nik === 'equal')) equal += 1;
  }
  const alike = certain.filter(({ nik }) => nik === 'equal').length;
  return alike === 0 ? Number.POSITIVE_INFINITY : Math.abs(expected / ((equal * certain.length) / alike) - 1);
}
