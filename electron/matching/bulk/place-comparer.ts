import { Vocabulary } from './growing.ts';
import { PairMemo } from './pair-memo.ts';
import { isOneEdit } from './value-levels.ts';

/**
 * What tells sister kelurahan apart: parts of the compass, as they are written out and short. The one letter stands at
 * the end only (`UTAN KAYU U`).
 */
const compass: ReadonlyMap<string, string> = new Map(
  Object.entries({
    UTARA: ['U', 'UT', 'UTR'],
    SELATAN: ['S', 'SEL', 'SLT', 'SLTN'],
    BARAT: ['B', 'BAR', 'BRT'],
    TIMUR: ['T', 'TIM', 'TMR'],
    PUSAT: ['P', 'PST', 'PUS'],
  }).flatMap(([whole, short]) => [whole, ...short].map((word): [string, string] => [word, whole])),
);

const roman = /^(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})$/;

/** A kelurahan as one side writes it. */
interface Place {
  /** Its digits where it stands as a code, else null. */
  code: string | null;
  /** The name without what tells it from its sisters, and without blanks. */
  stem: string;
  /** What does: a part of the compass, a number. Empty where nothing of that stands there. */
  sister: string;
}

/**
 * Tells whether two kelurahan are one. A name has slips of the pen, but RAWA BADAK UTARA is none of RAWA BADAK SELATAN,
 * nor is a code of its neighbour's. (No two names of DKI are one letter apart.)
 */
export class PlaceComparer {
  readonly #places: readonly Place[];
  /** Of each place, the number of its stem and of what tells it from its sisters. */
  readonly #stems: Int32Array;
  readonly #memo = new PairMemo();

  constructor(values: readonly string[]) {
    this.#places = values.map(readPlace);
    const stems = new Vocabulary<string>();
    this.#stems = Int32Array.from(this.#places, ({ stem }) => stems.take(stem, () => stem));
  }

  /**
   * Of two ids. Null where nothing can be compared: a side names none, one stands as its code and the other by name,
   * one code is the end of the other (`1005`, numbered within the kecamatan), or one name leaves out which sister.
   */
  isOne(left: number, right: number): boolean | null {
    if (left < 0 || right < 0) return null;
    if (left === right) return true;
    const [one, other] = [this.#places[left], this.#places[right]];
    if (one === undefined || other === undefined || (one.code === null) !== (other.code === null))
      return null;
    if (one.code !== null && other.code !== null)
      return one.code.endsWith(other.code) || other.code.endsWith(one.code) ? null : false;
    if (!this.#haveOneStem(left, right)) return false;
    if (one.sister === other.sister) return true;
    return one.sister === '' || other.sister === '' ? null : false;
  }

  #haveOneStem(left: number, right: number): boolean {
    const [one, other] = [this.#stems[left] ?? -1, this.#stems[right] ?? -1];
    if (one === other) return true;
    const known = this.#memo.get(one, other);
    if (known >= 0) return known === 1;
    const [stem = '', otherStem = ''] = [this.#places[left]?.stem, this.#places[right]?.stem];
    return this.#memo.set(one, other, isOneEdit(stem, otherStem) ? 1 : 0) === 1;
  }
}

function readPlace(value: string): Place {
  if (/^\d+$/.test(value)) return { code: value, stem: '', sister: '' };
  const stem: string[] = [];
  const sister: string[] = [];
  const words = value.split(' ');
  for (const [at, word] of words.entries()) {
    const direction = compass.get(word);
    const isLast = at === words.length - 1;
    if (at > 0 && direction !== undefined && (word.length > 1 || isLast)) sister.push(direction);
    else if (/\d/.test(word) || (at > 0 && roman.test(word))) sister.push(word);
    else stem.push(word);
  }
  return { code: null, stem: stem.join(''), sister: sister.join(' ') };
}
