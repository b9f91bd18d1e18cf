import type { Answers } from './answers.ts';
import { type Instrument, type Question, questionsOf } from './instrument.ts';
import type { Member } from './person.ts';
import type { VisitEntry } from './visit-entry.ts';

/**
 * The families of a visit. Answers are addressed by unit and subject: a roof has one set, a family its
 * own by number (`families.2.301a`), a member theirs by id.
 */

/** A family as its questions are put to it. */
export interface AskedFamily {
  /** Its number under the roof, which stays with it whoever comes or goes. */
  no: number;
  head: Member | null;
  /** Whoever the visit found in it. */
  members: readonly Member[];
}

/** The question that says whether a member was found, where the instrument has one. */
export function presenceQuestion(instrument: Pick<Instrument, 'member'>): Question | null {
  return questionsOf(instrument.member).find(({ presence }) => presence !== null) ?? null;
}

/** Members whom the visit did not find, by their answer to the question of presence. */
export function goneAtVisit(
  entry: Pick<VisitEntry, 'members'>,
  instrument: Pick<Instrument, 'member'>,
): Set<string> {
  const question = presenceQuestion(instrument);
  return new Set(
    Object.entries(entry.members).flatMap(([id, answers]) =>
      question?.presence?.gone.includes(answers[question.id] ?? '') ? [id] : [],
    ),
  );
}

/**
 * The families that the instrument asks, by their number: those in which the visit found somebody. Where
 * it found nobody at all, nothing tells them apart and each is asked.
 *
 * @param members as the visit found them, those not found among them.
 */
export function askedFamilies(
  instrument: Pick<Instrument, 'family' | 'member'>,
  members: readonly Member[],
  entry: Pick<VisitEntry, 'members'>,
): AskedFamily[] {
  if (instrument.family.length === 0) return [];
  const gone = goneAtVisit(entry, instrument);
  const found = members.filter(({ id }) => !gone.has(id));
  const families = Map.groupBy(found.length === 0 ? members : found, ({ familyNo }) => familyNo);
  return [...families]
    .map(([no, own]) => ({
      no,
      head: own.find(({ familyRelation }) => familyRelation === '1') ?? null,
      members: own,
    }))
    .toSorted((left, right) => left.no - right.no);
}

/** Numbers of families that have answers and nobody in them: their answers are kept until somebody says they may go. */
export function abandonedFamilies(
  instrument: Pick<Instrument, 'family' | 'member'>,
  members: readonly Member[],
  entry: Pick<VisitEntry, 'members' | 'families'>,
): number[] {
  const asked = new Set(askedFamilies(instrument, members, entry).map(({ no }) => no));
  return Object.entries(entry.families)
    .filter(([no, answers]) => !asked.has(Number(no)) && Object.keys(answers).length > 0)
    .map(([no]) => Number(no))
    .toSorted((left, right) => left - right);
}

/** A visit without the answers of one family. */
export function withoutFamily(entry: VisitEntry, no: number): VisitEntry {
  const { [String(no)]: _, ...families } = entry.families;
  return { ...entry, families };
}

/**
 * A visit as it goes on under an instrument that asks each family what the one before asked the roof:
 * what the roof answered was said by the family of its head.
 */
export function withFamiliesAsked(
  entry: VisitEntry,
  instrument: Pick<Instrument, 'family'>,
  headFamily: number,
): VisitEntry {
  const ofFamily = new Set(questionsOf(instrument.family).map(({ id }) => id));
  const moved = Object.entries(entry.household).filter(([id]) => ofFamily.has(id));
  if (moved.length === 0) return entry;
  const own: Answers = { ...Object.fromEntries(moved), ...entry.families[String(headFamily)] };
  return {
    ...entry,
    household: Object.fromEntries(Object.entries(entry.household).filter(([id]) => !ofFamily.has(id))),
    families: { ...entry.families, [String(headFamily)]: own },
  };
}
