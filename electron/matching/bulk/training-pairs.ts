import { birth, field, fixedFields, nik, text, token } from './levels.ts';
import { PatternTable } from './pattern-table.ts';
import type { PairComparer } from './pair-comparer.ts';
import type { PairList } from './pair-list.ts';
import type { PairOdds, Prior } from './pair-odds.ts';
import { type BulkParameters, bulkSettings } from './parameters.ts';

/** What the number of a pattern says, in bits. */
const numberKind = { stated: 1, equal: 2, certain: 4 } as const;
const tokenCount = Object.keys(token).length;

/**
 * Compared pairs kept for learning. Half a million pairs agree in a few thousand ways: each way, a
 * pattern of levels, is kept and weighed once.
 */
export class TrainingPairs {
  readonly size: number;
  readonly weights: Float64Array;
  /** Expected pairs of two people of one household, as judged last. */
  relatives = 0;
  readonly #pairs: PairList;
  readonly #comparer: PairComparer;
  readonly #texts: number;
  /** A pattern: levels of the fields and texts, states of the texts, counts of the parts of the name, another letter in one. */
  readonly #patterns: PatternTable;
  readonly #patternOf: Int32Array;
  /** In bits: how likely two strangers agree as this pair does. */
  readonly #logU: Float64Array;
  /** The same of two people of a household, for each pattern. */
  #logH = new Float64Array();

  constructor(pairs: PairList, comparer: PairComparer, odds: PairOdds, texts: number) {
    this.size = pairs.size;
    this.#pairs = pairs;
    this.#comparer = comparer;
    this.#texts = texts;
    this.#patterns = new PatternTable(fixedFields + 2 * texts + tokenCount + 1);
    this.#patternOf = new Int32Array(this.size);
    this.#logU = new Float64Array(this.size);
    this.weights = new Float64Array(this.size);
    const { lefts, rights } = pairs;
    const pattern = new Uint8Array(this.#patterns.width);
    const logH: number[] = [];
    for (let at = 0; at < this.size; at += 1) {
      comparer.compare(lefts[at] ?? 0, rights[at] ?? 0);
      pattern.set(comparer.levels);
      for (let column = 0; column < texts; column += 1)
        pattern[fixedFields + texts + column] = odds.stateOf(comparer.levels, column);
      pattern.set(comparer.name.counts, fixedFields + 2 * texts);
      pattern[fixedFields + 2 * texts + tokenCount] = hasOtherLetter(comparer);
      const id = this.#patterns.take(pattern);
      this.#patternOf[at] = id;
      this.#logU[at] = odds.logU(comparer);
      if (id === logH.length) logH.push(odds.logH(comparer));
    }
    this.#logH = Float64Array.from(logH);
  }

  /** Weighs the pairs by other odds. Where they agree in no value, one of a pattern stands for all. */
  weigh(odds: PairOdds): void {
    const { lefts, rights } = this.#pairs;
    const valued = Uint8Array.from({ length: this.#patterns.size }, (_, id) => Number(this.#isValued(id)));
    const logU = new Float64Array(this.#patterns.size).fill(Number.NaN);
    for (let at = 0; at < this.size; at += 1) {
      const id = this.#patternOf[at] ?? 0;
      const known = logU[id] ?? Number.NaN;
      if (valued[id] === 0 && !Number.isNaN(known)) {
        this.#logU[at] = known;
        continue;
      }
      this.#comparer.compare(lefts[at] ?? 0, rights[at] ?? 0);
      const bits = odds.logU(this.#comparer);
      if (Number.isNaN(known)) this.#logH[id] = odds.logH(this.#comparer);
      this.#logU[at] = bits;
      logU[id] = bits;
    }
  }

  /** Whether it matters in which name, date or text the pairs of a pattern agree. */
  #isValued(id: number): boolean {
    const pattern = this.#patterns.at(id);
    const texts = this.#texts;
    const parts = this.#partsOf(pattern);
    return (
      pattern[field.birth] === birth.equal ||
      pattern.subarray(fixedFields, fixedFields + texts).includes(text.equal) ||
      parts.some((times, level) => times > 0 && level !== token.absent && level !== token.conflict)
    );
  }

  /** Sets the weight of each pair to the probability that it is one person. */
  judge(parameters: BulkParameters, prior: Prior): void {
    this.relatives = 0;
    const bits = this.#bitsOfPatterns(parameters);
    const relatives = this.#logH.map((logH, id) => prior.relatives * 2 ** (logH - (bits[id] ?? 0)));
    for (let pair = 0; pair < this.size; pair += 1) {
      const id = this.#patternOf[pair] ?? 0;
      const stranger = prior.persons * 2 ** ((this.#logU[pair] ?? 0) - (bits[id] ?? 0));
      const relative = relatives[id] ?? 0;
      const all = prior.expected + stranger + relative + Number.MIN_VALUE;
      this.weights[pair] = prior.expected / all;
      this.relatives += relative / all;
    }
  }

  /** Calls `take` with each field's level and its weight; `weightOf` turns the judged probability into one. */
  tally(
    weightOf: (probability: number) => number,
    take: {
      field(index: number, level: number, weight: number): void;
      text(column: number, state: number, level: number, weight: number): void;
      token(level: number, weight: number): void;
    },
  ): void {
    const sums = new Float64Array(this.#patterns.size);
    for (let pair = 0; pair < this.size; pair += 1) {
      const weight = weightOf(this.weights[pair] ?? 0);
      const pattern = this.#patternOf[pair] ?? 0;
      if (weight >= 1e-6) sums[pattern] = (sums[pattern] ?? 0) + weight;
    }
    const texts = this.#texts;
    for (const [id, weight] of sums.entries()) {
      if (weight === 0) continue;
      const pattern = this.#patterns.at(id);
      for (let index = 0; index < fixedFields; index += 1) take.field(index, pattern[index] ?? 0, weight);
      for (let column = 0; column < texts; column += 1) {
        const at = fixedFields + column;
        take.text(column, pattern[at + texts] ?? 0, pattern[at] ?? 0, weight);
      }
      for (let level = 0; level < tokenCount; level += 1) {
        const times = pattern[fixedFields + 2 * texts + level] ?? 0;
        if (times > 0) take.token(level, weight * times);
      }
    }
  }

  /**
   * Matches among the pairs that both state a number: expected as judged last, and implied by how many numbers
   * are equal. How often the number of one person is written alike twice, those tell whose name and birth date
   * are quite the same; null where they are too few to tell.
   */
  matchesByNumber(): { expected: number; implied: number | null } {
    let expected = 0;
    let equal = 0;
    let certain = 0;
    let certainEqual = 0;
    const kinds = Uint8Array.from({ length: this.#patterns.size }, (_, id) => this.#numberKind(id));
    for (let pair = 0; pair < this.size; pair += 1) {
      const kind = kinds[this.#patternOf[pair] ?? 0] ?? 0;
      if ((kind & numberKind.stated) === 0) continue;
      expected += this.weights[pair] ?? 0;
      const isEqual = (kind & numberKind.equal) !== 0;
      if (isEqual) equal += 1;
      if ((kind & numberKind.certain) === 0) continue;
      certain += 1;
      if (isEqual) certainEqual += 1;
    }
    const tells = certain >= bulkSettings.learning.certainAtLeast && certainEqual > 0;
    return { expected, implied: tells ? (equal * certain) / certainEqual : null };
  }

  #numberKind(id: number): number {
    const pattern = this.#patterns.at(id);
    const number = pattern[field.nik];
    if (number === nik.missing) return 0;
    const parts = this.#partsOf(pattern);
    const isSameName = parts.every((times, level) => times === 0 || level === token.exact);
    const certain = isSameName && (parts[token.exact] ?? 0) > 1 && pattern[field.birth] === birth.equal;
    return (
      numberKind.stated | (number === nik.equal ? numberKind.equal : 0) | (certain ? numberKind.certain : 0)
    );
  }

  #partsOf(pattern: Uint8Array): Uint8Array {
    const from = fixedFields + 2 * this.#texts;
    return pattern.subarray(from, from + tokenCount);
  }

  #bitsOfPatterns(parameters: BulkParameters): Float64Array {
    const fields = parameters.fields.map(({ m }) => m.map(Math.log2));
    const columns = parameters.texts.map((states) => states.map(({ m }) => m.map(Math.log2)));
    const tokens = parameters.tokens.m.map(Math.log2);
    const texts = this.#texts;
    return Float64Array.from({ length: this.#patterns.size }, (_, id) => {
      const pattern = this.#patterns.at(id);
      let m = 0;
      for (let index = 0; index < fixedFields; index += 1) m += fields[index]?.[pattern[index] ?? 0] ?? 0;
      for (let column = 0; column < texts; column += 1) {
        const at = fixedFields + column;
        m += columns[column]?.[pattern[at + texts] ?? 0]?.[pattern[at] ?? 0] ?? 0;
      }
      for (let level = 0; level < tokenCount; level += 1)
        m += (pattern[fixedFields + 2 * texts + level] ?? 0) * (tokens[level] ?? 0);
      return m;
    });
  }
}

function hasOtherLetter(pair: PairComparer): number {
  return (pair.name.counts[token.similar] ?? 0) > 0 && pair.nameSlip() === 'letter' ? 1 : 0;
}
