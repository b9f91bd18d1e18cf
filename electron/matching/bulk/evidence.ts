import { mayBeKin } from '../siblings.ts';
import { birth, field, household, nik, sex, token } from './levels.ts';
import type { PairComparer } from './pair-comparer.ts';

/** What stands behind a weight: kinds of evidence that err independently, and whether anything contradicts. */
export interface Evidence {
  /** How many of number, birth, name, household and other columns agree. */
  groups: number;
  /** Nothing contradicts hard: what a person has to look at is never linked by itself. */
  sound: boolean;
  /** It may be the twin of a near name. Whichever of the two it is, the rest of the family lives there. */
  twinLike: boolean;
  /** KK, address or relatives say that they live together. */
  home: boolean;
  /** The number is equal, or mistyped beside an agreeing birth date or home. */
  numberAgrees: boolean;
}

/**
 * Of the pair that was compared last.
 * @param together relatives of the one were found in the other's household: that is a home, whatever the columns say.
 */
export function evidenceOf(pair: PairComparer, together = false): Evidence {
  const at = (index: number) => pair.levels[index] ?? 0;
  const count = (level: number) => pair.name.counts[level] ?? 0;
  const number = at(field.nik);
  const born = at(field.birth);
  const agreeing =
    count(token.exact) + count(token.class) + count(token.key) + count(token.joined) + count(token.similar);
  const wholeName = agreeing > 0 && count(token.conflict) === 0 && count(token.alike) === 0;
  const bornAlike = born === birth.equal || born === birth.swapped;
  const numberNear = number >= nik.transposed && number <= nik.one_missing;
  const home = together || at(field.household) === household.equal || pair.isOneHome();
  // What may be one home is no evidence for a link, and all that brothers, sisters and twins need.
  const mayShareHome = home || pair.mayBeOneHome();
  const numberAgrees = number === nik.equal || (numberNear && (bornAlike || home));
  const numberHelps = number === nik.equal || numberNear;
  const kin = mayBeKin({
    numberAgrees: numberHelps,
    home: mayShareHome,
    slip: pair.nameSlip(),
    born: bornAlike ? 'alike' : born === birth.one_digit ? 'one_digit' : 'other',
  });
  // Twins share birth date, home and all of the NIK but its serial: another name is another one of them.
  const otherTwin = !numberHelps && born === birth.equal && mayShareHome && !wholeName;
  const groups = [
    numberAgrees,
    // The birth date stands inside a NIK: beside one that agrees it is no evidence of its own.
    bornAlike && !(numberAgrees && pair.left.numbers[pair.leftAt]?.length === 16),
    agreeing > 0 && pair.name.ownAgreed && (wholeName || numberAgrees),
    home,
    pair.hasRareTextInCommon(),
  ].filter(Boolean).length;
  const contradicted =
    at(field.sex) === sex.different ||
    (count(token.conflict) > 0 && !pair.name.ownAgreed) ||
    born === birth.generation ||
    (born === birth.different && !(number === nik.equal && wholeName)) ||
    (number === nik.different && !(wholeName && bornAlike && home)) ||
    otherTwin ||
    kin === 'sibling' ||
    (kin === 'twin' && haveTwoNiks(pair)) ||
    pair.left.deceased[pair.leftAt] !== pair.right.deceased[pair.rightAt];
  return {
    groups,
    sound: !contradicted,
    twinLike: kin === 'twin',
    home,
    numberAgrees,
  };
}

/**
 * Whether the pair that was compared last is two people whatever else agrees: two NIKs that are not one
 * mistyped, beside another name or birth.
 */
export function areTwoPeople(pair: PairComparer): boolean {
  if (!haveTwoNiks(pair)) return false;
  const { counts } = pair.name;
  const near = (counts[token.alike] ?? 0) + (counts[token.similar] ?? 0) + (counts[token.conflict] ?? 0);
  const same =
    (counts[token.exact] ?? 0) +
    (counts[token.class] ?? 0) +
    (counts[token.key] ?? 0) +
    (counts[token.joined] ?? 0);
  const born = pair.levels[field.birth];
  return !(same > 0 && near === 0 && (born === birth.equal || born === birth.swapped));
}

function haveTwoNiks({ left, leftAt, right, rightAt, levels }: PairComparer): boolean {
  const [one, other] = [left.numbers[leftAt] ?? '', right.numbers[rightAt] ?? ''];
  if (one.length !== 16 || other.length !== 16) return false;
  return levels[field.nik] === nik.different || (one !== other && one.slice(0, 12) === other.slice(0, 12));
}
