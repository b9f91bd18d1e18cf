import { firstKeys, furtherKeys, kkKey, type MatchKey } from './blocking.ts';
import type { Glimpse } from './brief.ts';
import type { CandidatePerson, CandidateSource } from './candidate-source.ts';
import { compare, type Comparison } from './compare.ts';
import type { Model } from './model.ts';
import { type MatchInput, type MatchPerson, normalisePerson } from './normalise.ts';
import { PairBound } from './pair-bound.ts';
import { countPeople, householdAtMost } from './shared-card.ts';
import { weigh, type WeighOptions, type Weight } from './weigh.ts';

export interface ReportedPerson {
  id: string;
  input: MatchInput;
  /**
   * Which unit of the list the person is looked for in: a list of families (one a No KK) has a
   * household for each reported family, a list of rumah tangga one for all.
   */
  unit: string;
  /**
   * Persons of the lists who surely are this one: compared, and their households opened for the others, while nobody else is
   * looked for by key.
   */
  known?: readonly string[];
}

/** A member beside a candidate, compared and weighed. */
export interface Scored {
  memberId: string;
  member: MatchPerson;
  candidate: CandidatePerson;
  person: MatchPerson;
  comparison: Comparison;
  weight: Weight;
}

interface Member {
  id: string;
  unit: string;
  person: MatchPerson;
  /** As it is compared: without a No KK that so many share that it names no household. */
  compared: MatchPerson;
  bound: PairBound;
}

/** No number, as far as evidence goes. */
const unknownNumber: MatchPerson['kk'] = { digits: null, valid: false, rules: [] };

/** Who is less likely is no more than a stranger: nobody need see them, and they rival nobody. */
export const strangerBelow = 0.0001;
/** So many candidates of a member are shown, the best. */
export const mostShown = 5;
/** So many who are more than strangers may be among them, however little more; the rest is told from the bound alone. */
const leastCompared = 20;

/** In bits: a bound and the weight that it bounds are summed in another order. */
const rounding = 1e-9;

function bitsAt(probability: number): number {
  return Math.log2(probability / (1 - probability));
}

/** Every pair of a reported household and a list that was worth comparing. */
export class ScoreBoard {
  readonly people: readonly Member[];
  readonly #source: CandidateSource;
  readonly #model: Model;
  readonly #normalised = new Map<string, MatchPerson>();
  readonly #scored = new Map<string, Scored>();
  readonly #opened = new Map<string, readonly CandidatePerson[]>();
  readonly #searchedInPart = new Set<string>();
  readonly #ofSharedCard = new Set<string>();
  readonly #crowds = new Set<string>();
  readonly #weighing: WeighOptions;

  /** @param isFound whether a pair leaves nobody else to look for. */
  constructor(
    members: readonly ReportedPerson[],
    source: CandidateSource,
    model: Model,
    isFound: (pair: Scored) => boolean,
  ) {
    this.#weighing = { model, frequency: source.frequency, population: source.population };
    this.people = members.map(({ id, unit, input }) => {
      const person = normalisePerson(input);
      return { id, unit, person, compared: person, bound: new PairBound(person, this.#weighing) };
    });
    this.#source = source;
    this.#model = model;
    const known = members.map((member) => member.known ?? null);
    const sought = this.people.filter((_, index) => known[index] === null);
    this.#scoreThese(this.people, (index) => known[index] ?? []);
    this.#scoreFound(sought, firstKeys);
    this.#scoreHouseholds();
    const found = new Set(this.all.filter(isFound).map(({ memberId }) => memberId));
    const others = sought.filter(({ id }) => !found.has(id));
    this.#scoreFound(others, (person) => furtherKeys(person, source.undated));
    this.#scoreHouseholds();
  }

  get all(): Scored[] {
    return [...this.#scored.values()];
  }

  /** Members one of whose keys too many persons bear, so that it was left out; of a No KK see `isOfSharedCard`. */
  get searchedInPart(): ReadonlySet<string> {
    return this.#searchedInPart;
  }

  /** Whether so many share the member's No KK that it was left out as evidence. */
  isOfSharedCard(memberId: string): boolean {
    return this.#ofSharedCard.has(memberId);
  }

  /** Whether more stand in a household of the list than live together: nobody is found there by another. */
  isCrowd(householdId: string): boolean {
    return this.#crowds.has(householdId);
  }

  unitOf(memberId: string): string {
    return this.people.find((member) => member.id === memberId)?.unit ?? '';
  }

  /** The people of a household that somebody may stand in; nobody where it is a crowd. */
  neighbours(householdId: string): MatchPerson[] {
    return (this.#opened.get(householdId) ?? []).map((candidate) => this.#normalise(candidate));
  }

  /**
   * Counts, for each pair, that another member was linked surely into the candidate's household:
   * relatives found together are as good as an equal KK, in a list that holds none.
   */
  withCompanions(anchors: readonly Scored[]): void {
    for (const [key, link] of this.#scored) {
      const accompanied = anchors.some(
        (anchor) =>
          anchor.memberId !== link.memberId &&
          anchor.candidate.householdId === link.candidate.householdId &&
          !this.isCrowd(anchor.candidate.householdId),
      );
      if (!accompanied) continue;
      const comparison: Comparison = { ...link.comparison, companions: 'present' };
      this.#scored.set(key, { ...link, comparison, weight: this.#weigh(comparison) });
    }
  }

  #scoreFound(members: readonly Member[], keysOf: (person: MatchPerson) => MatchKey[]): void {
    if (members.length === 0) return;
    const keys = members.map(({ person }) => keysOf(person));
    const { glimpses, capped } = this.#source.find(keys);
    const leftOut = new Set(capped);
    for (const [index, member] of members.entries()) {
      const card = kkKey(member.person.kk);
      if (keys[index]?.some((key) => key !== card && leftOut.has(key))) this.#searchedInPart.add(member.id);
      if (card === null || keys[index]?.includes(card) !== true) continue;
      if (leftOut.has(card) || this.#isShared(card, member, glimpses[index] ?? [])) this.#leaveCard(member);
    }
    const worth = members.map((member, index) => this.#worthComparing(member, glimpses[index] ?? []));
    this.#scoreThese(members, (index) => worth[index]?.now ?? []);
    this.#scoreThese(members, (index) => {
      const later = worth[index]?.later ?? [];
      const last = later.length === 0 ? 0 : this.#bitsOfLastShown(members[index]?.id);
      return later.filter(({ bits }) => bits >= last - rounding).map(({ id }) => id);
    });
  }

  /** Reads some persons for each of the members, and compares them. */
  #scoreThese(members: readonly Member[], idsOf: (index: number) => readonly string[]): void {
    const wanted = members.map((_, index) => idsOf(index));
    const ids = [...new Set(wanted.flat())];
    if (ids.length === 0) return;
    const persons = new Map(this.#source.fetch(ids).map((person) => [person.id, person]));
    for (const [index, member] of members.entries())
      for (const id of wanted[index] ?? []) {
        const candidate = persons.get(id);
        if (candidate !== undefined) this.#score(member, candidate);
      }
  }

  /** Nobody with fewer bits is among those of the member who are shown. */
  #bitsOfLastShown(memberId: string | undefined): number {
    const bits = this.all.filter((link) => link.memberId === memberId).map(({ weight }) => weight.bits);
    return bits.sort((left, right) => right - left)[mostShown - 1] ?? Number.NEGATIVE_INFINITY;
  }

  /** A number of sixteen digits is compared in the briefs; of others they tell no more than that it is one. */
  #isShared(card: MatchKey, { bound }: Member, glimpses: readonly Glimpse[]): boolean {
    const sharing = glimpses.filter((glimpse) => bound.mayShareCard(glimpse));
    if (sharing.length <= householdAtMost || countPeople(sharing) <= householdAtMost) return false;
    const { glimpses: bearers, capped } = this.#source.find([[card]]);
    return capped.length > 0 || countPeople(bearers[0] ?? []) > householdAtMost;
  }

  #leaveCard(member: Member): void {
    this.#ofSharedCard.add(member.id);
    member.compared = { ...member.person, kk: unknownNumber };
    member.bound = new PairBound(member.compared, this.#weighing);
  }

  /**
   * Those who can matter: likely enough to be asked about, of the same card, or among the first all the same. `later`
   * are those of the latter who matter only where they come to more than others do who are compared before.
   */
  #worthComparing(
    { bound }: Member,
    glimpses: readonly Glimpse[],
  ): { now: string[]; later: { id: string; bits: number }[] } {
    const { reviewProbability, associativeProbability } = this.#model.decision;
    const [likely, assignable] = [bitsAt(reviewProbability), bitsAt(associativeProbability)];
    const least = bitsAt(strangerBelow);
    const strangers: string[] = [];
    const bounded: { glimpse: Glimpse; bits: number }[] = [];
    for (const glimpse of glimpses) {
      const bits = bound.of(glimpse, least);
      if (bits >= least) bounded.push({ glimpse, bits });
      else if (bound.mayShareCard(glimpse)) strangers.push(glimpse.id);
    }
    bounded.sort((left, right) => right.bits - left.bits);
    const now: string[] = [];
    const later: { id: string; bits: number }[] = [];
    for (const [rank, { glimpse, bits }] of bounded.entries()) {
      const isAmongFirst = rank < leastCompared;
      if (bits >= likely || bound.mayShareCard(glimpse)) now.push(glimpse.id);
      else if (isAmongFirst && (rank < mostShown || bits >= assignable)) now.push(glimpse.id);
      else if (isAmongFirst) later.push({ id: glimpse.id, bits });
    }
    return { now: [...now, ...strangers], later };
  }

  /** Whoever shares a household with a likely candidate is compared too, whatever their keys; of a crowd nobody is. */
  #scoreHouseholds(): void {
    const opened: (readonly CandidatePerson[])[] = [];
    for (const { candidate, weight } of this.#scored.values()) {
      const { householdId } = candidate;
      if (weight.probability < this.#model.decision.reviewProbability || this.#opened.has(householdId))
        continue;
      const persons = this.#source.household(householdId, householdAtMost + 1);
      if (persons.length > householdAtMost) {
        this.#crowds.add(householdId);
        this.#opened.set(householdId, []);
        continue;
      }
      this.#opened.set(householdId, persons);
      opened.push(persons);
    }
    for (const candidates of opened)
      for (const member of this.people) for (const candidate of candidates) this.#score(member, candidate);
  }

  #score(member: Member, candidate: CandidatePerson): void {
    const key = `${member.id}\u0000${candidate.id}`;
    if (this.#scored.has(key)) return;
    const person = this.#normalise(candidate);
    const comparison = compare(member.compared, person);
    const weight = this.#weigh(comparison);
    this.#scored.set(key, {
      memberId: member.id,
      member: member.person,
      candidate,
      person,
      comparison,
      weight,
    });
  }

  #normalise(candidate: CandidatePerson): MatchPerson {
    const known = this.#normalised.get(candidate.id);
    if (known !== undefined) return known;
    const person = normalisePerson(candidate.input);
    this.#normalised.set(candidate.id, person);
    return person;
  }

  #weigh(comparison: Comparison): Weight {
    return weigh(comparison, this.#weighing);
  }
}
