import { hasMore } from './brief.ts';
import { compareMotherNames, type MotherLevel } from './compare.ts';
import { compareTokens, mostParts } from './compare-names.ts';
import { bitCount } from './letters.ts';
import type { NameToken, NormalisedName } from './names.ts';

/** Whether two neighbours of one name, written as one, are a part of the other (`NUR HAYATI`, `NURHAYATI`). */
export class JoinedParts {
  readonly #own: readonly NameToken[];
  /** Own neighbours written as one, by text and by key. */
  readonly #joined: ReadonlySet<string>;
  /** Of each listed part, whether an own one begins with it. */
  readonly #begins = new Map<NameToken, boolean>();

  constructor(own: readonly NameToken[]) {
    this.#own = own.slice(0, mostParts);
    this.#joined = new Set(joinedNeighbours(own));
  }

  mayJoin(listed: readonly NameToken[]): boolean {
    for (let nth = 0; nth < listed.length; nth += 1) {
      const [first, second] = [listed[nth], listed[nth + 1]];
      if (first === undefined) break;
      if (this.#joined.size > 0 && (this.#joined.has(first.key) || this.#joined.has(first.text))) return true;
      if (second === undefined || !this.#isBeginning(first)) continue;
      const [key, text] = [`${first.key}${second.key}`, `${first.text}${second.text}`];
      if (this.#own.some((token) => joinIs(token, key, text))) return true;
    }
    return false;
  }

  #isBeginning(first: NameToken): boolean {
    const known = this.#begins.get(first);
    if (known !== undefined) return known;
    const begins = this.#own.some(
      ({ key, text }) =>
        key.startsWith(first.key) ||
        key.startsWith(first.text) ||
        text.startsWith(first.text) ||
        text.startsWith(first.key),
    );
    this.#begins.set(first, begins);
    return begins;
  }
}

function joinIs(token: NameToken, key: string, text: string): boolean {
  return token.key === key || token.key === text || token.text === key || token.text === text;
}

/** The own mother beside those of strangers, most of whom are told from her part by part. */
export class MotherBeside {
  readonly #mother: NormalisedName;
  readonly #joins: JoinedParts;
  /** For each part of a listed name the own parts that it is like, a bit each. */
  readonly #alike = new Map<NameToken, number>();

  constructor(mother: NormalisedName) {
    this.#mother = mother;
    this.#joins = new JoinedParts(mother.tokens);
  }

  /** @param listed her name, whole. */
  levelOf(listed: readonly NameToken[]): MotherLevel {
    if (this.#areTwo(listed)) return 'different';
    // A part that she has twice is two tokens, as `normaliseName` makes them.
    const tokens = listed.map((token, nth) => (listed.indexOf(token) < nth ? { ...token } : token));
    return compareMotherNames(this.#mother, { ...nobody, tokens });
  }

  /** Whether either has a part that is like none of the other: then they are two, however alike the others. */
  #areTwo(listed: readonly NameToken[]): boolean {
    const { tokens } = this.#mother;
    if (hasMore(this.#mother) || tokens.length > mostParts || listed.length > mostParts) return false;
    let [like, listedLike] = [0, 0];
    for (const token of listed) {
      const alike = this.#alikeOf(token);
      like |= alike;
      if (alike !== 0) listedLike += 1;
    }
    const paired = Math.min(bitCount(like), listedLike);
    return paired < Math.min(tokens.length, listed.length) && !this.#joins.mayJoin(listed);
  }

  #alikeOf(listed: NameToken): number {
    const known = this.#alike.get(listed);
    if (known !== undefined) return known;
    const alike = this.#mother.tokens.reduce(
      (bits, token, nth) => (compareTokens(token, listed) === null ? bits : bits | (1 << nth)),
      0,
    );
    this.#alike.set(listed, alike);
    return alike;
  }
}

const nobody: NormalisedName = { tokens: [], alias: [], patronymic: [], deceased: false, rules: [] };

/** Neighbours of a name written as one (`NURHAYATI`). */
function joinedNeighbours(tokens: readonly NameToken[]): string[] {
  const joined: string[] = [];
  for (let at = 1; at < tokens.length; at += 1) {
    const [first, second] = [tokens[at - 1], tokens[at]];
    if (first !== undefined && second !== undefined)
      joined.push(`${first.key}${second.key}`, `${first.text}${second.text}`);
  }
  return joined;
}
