import type { Decided } from './decided.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { assignRows, type Found, type FoundRow, rank } from './found.ts';
import type { Households } from './households.ts';
import type { PairComparer } from './pair-comparer.ts';
import type { PairOdds, Prior } from './pair-odds.ts';
import { bulkSettings } from './parameters.ts';

/** What the second pass looks at. */
export interface Company {
  /** What the rows of both files hold. */
  contents: { cases: Int32Array; references: Int32Array };
  rows: readonly FoundRow[];
  cases: Households;
  references: Households;
  comparer: PairComparer;
  odds: PairOdds;
  /** Of the files, as the first pass weighed by. */
  prior: Prior;
  decided: Decided;
}

const likely = 0.5;

/**
 * The associative pass: who is linked speaks for the rest of the family. Whose relatives stand in one
 * household of the reference is compared with everyone there whom none of them took, as one of that
 * household; whose candidate lives elsewhere, with none of the relatives, becomes less likely by as
 * much as that is rare among the sure links.
 */
export function withCompanions(company: Company): FoundRow[] {
  const { rows, cases, references } = company;
  const links = likelyLinks(rows, company.contents.cases);
  const absent = Math.log2(absentShare(company, links));
  const present = presentShare(company, links);
  return rows.map((row, index) => {
    const mates = matesOf(cases, index);
    if (mates.length === 0 || company.decided.sameAs(index) !== undefined) return row;
    const homes = homesOf(references, mates, links);
    const found = new Map(row.best.map((candidate) => [candidate.reference, { ...candidate }]));
    for (const candidate of found.values()) {
      const home = references.groupOf(candidate.reference);
      const came = (homes.get(home) ?? []).some(({ reference }) => reference !== candidate.reference);
      candidate.missed = !came && isMissed(references, candidate);
      if (candidate.missed) candidate.bits += absent;
    }
    for (const [home, taken] of homes) addFromHome(company, index, { home, taken, present }, found);
    return rank([...found.values()], row.rest, company.contents.references);
  });
}

interface Link {
  reference: number;
  probability: number;
  evidence: Evidence;
}

/** What the first pass found more likely than not, one case a reference. */
function likelyLinks(rows: readonly FoundRow[], contents: Int32Array): Map<number, Link> {
  const links = new Map<number, Link>();
  for (const [row, reference] of assignRows(rows, likely, contents)) {
    const link = rows[row]?.best.find((candidate) => candidate.reference === reference);
    if (link?.evidence.sound) links.set(row, link);
  }
  return links;
}

function matesOf(households: Households, person: number): number[] {
  return households.membersOf(households.groupOf(person)).filter((mate) => mate !== person);
}

/** The households of the reference in which relatives were found, and who took whom there. */
function homesOf(
  references: Households,
  mates: readonly number[],
  links: ReadonlyMap<number, Link>,
): Map<number, Link[]> {
  const homes = new Map<number, Link[]>();
  for (const mate of mates) {
    const link = links.get(mate);
    if (link === undefined) continue;
    const home = references.groupOf(link.reference);
    homes.set(home, [...(homes.get(home) ?? []), link]);
  }
  return homes;
}

/** Lives elsewhere, in a household of which somebody should have come along. */
function isMissed(references: Households, { evidence, reference }: Link): boolean {
  return !evidence.home && matesOf(references, reference).length > 0;
}

/** How rare it is among the sure links that nobody came along; the shipped share counts as some links beforehand. */
function absentShare({ cases, references }: Company, links: ReadonlyMap<number, Link>): number {
  const { absent, priorLinks, sureProbability } = bulkSettings.companions;
  let [alone, all] = [absent * priorLinks, priorLinks];
  for (const [row, link] of links) {
    const mates = matesOf(cases, row);
    if (link.probability < sureProbability || mates.length === 0 || !isMissed(references, link)) continue;
    const home = references.groupOf(link.reference);
    all += 1;
    if (mates.every((mate) => references.groupOf(links.get(mate)?.reference ?? -1) !== home)) alone += 1;
  }
  return alone / all;
}

/** How likely whose relatives are found stands with them; the shipped share counts as some links beforehand. */
function presentShare({ rows, cases, references }: Company, links: ReadonlyMap<number, Link>): number {
  const { present, priorLinks, sureProbability } = bulkSettings.companions;
  let [there, all] = [present * priorLinks, priorLinks];
  const sure = new Map([...links].filter(([, { probability }]) => probability >= sureProbability));
  for (const [row, { best }] of rows.entries()) {
    const homes = homesOf(references, matesOf(cases, row), sure);
    if (homes.size === 0) continue;
    all += 1;
    for (const { reference, probability } of best)
      if (homes.has(references.groupOf(reference))) there += probability;
  }
  return there / all;
}

/** Weighs a case against everyone of a household that its relatives were found in, and did not take. */
function addFromHome(
  { references, comparer, odds, prior, decided }: Company,
  row: number,
  { home, taken, present }: { home: number; taken: readonly Link[]; present: number },
  found: Map<number, Found>,
): void {
  const members = references.membersOf(home);
  const free = members.filter((member) => taken.every(({ reference }) => reference !== member));
  const { mostBits, noticeBits } = bulkSettings.companions;
  const wrongHome = taken.reduce((product, { probability }) => product * (1 - probability), 1);
  const support = Math.min(mostBits, Math.log2((1 - wrongHome) / Math.max(wrongHome, 2 ** -mostBits)));
  for (const reference of free) {
    if (decided.areApart(row, reference)) continue;
    const known = found.get(reference);
    comparer.compare(row, reference);
    // Who points to the same door without the relatives vouches for it as well.
    const most = Math.max(support, known !== undefined && known.probability >= likely ? mostBits : 0);
    // The others of the household stand beside this one in the row, and "nobody" weighs there what the files leave to it.
    const expected = present / free.length / (1 - present);
    const bits = Math.min(most, odds.bitsAtHome(comparer, expected)) + Math.log2(1 - prior.expected);
    const evidence = evidenceOf(comparer, true);
    if (known !== undefined || bits > noticeBits)
      found.set(reference, {
        reference,
        probability: 0,
        evidence,
        missed: false,
        bits: Math.max(bits, known?.bits ?? bits),
      });
  }
}
