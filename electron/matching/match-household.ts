import { assignOneToOne } from './assign.ts';
import type { CandidatePerson, CandidateSource } from './candidate-source.ts';
import { decide, type Decision, type Doubt, hasTwin, isTwinRisk } from './decide.ts';
import type { Model } from './model.ts';
import { mostShown, type ReportedPerson, ScoreBoard, type Scored, strangerBelow } from './score-board.ts';

export interface ProposedLink extends Scored {
  decision: Decision;
  /** Doubts of the surroundings among those of the decision: they stay, whatever else the pair had in common. */
  circumstances: readonly Doubt[];
  /** Likely enough to be proposed as the same; below that it is only asked about. */
  proposes: boolean;
  /** Whether it stands in the household that the links of its unit speak for. */
  atHome: boolean;
  /** The next best candidate of the same member, for "pesaing terdekat". */
  runnerUp: Scored | null;
}

export interface HouseholdMatch {
  /** One candidate at most for each member, each candidate once. */
  links: ProposedLink[];
  /** The best five candidates of each member who are worth showing, the linked one included. */
  candidates: Map<string, Scored[]>;
  /** The household that the proposed links of a unit speak for; a unit without any is absent. */
  households: Map<string, string>;
  /** Sure: somebody is linked without doubt, and nobody with doubt, into a household of another unit or into a crowd. */
  sure: boolean;
  /** Members one of whose keys too many persons bear; said to the clerk, never passed over in silence. */
  searchedInPart: ReadonlySet<string>;
  /** Names of those of them for whom nobody was found: they may stand in the list all the same. */
  overlooked: readonly string[];
  /**
   * Names of those whose No KK more than `householdAtMost` share in the list, or who are linked into a household of
   * more: it was no evidence of who belongs together, and nobody was found by it.
   */
  crowded: readonly string[];
}

export interface MatchOptions {
  model: Model;
  /** What the caller knows about a pair and the engine cannot: decisions that were made before. */
  circumstancesOf?: (memberId: string, candidate: CandidatePerson) => readonly Doubt[];
  /** Pairs that a person said are two people: never linked again, and no rival to anybody. */
  cannotLink?: (memberId: string, candidate: CandidatePerson) => boolean;
  /** Look for everybody likely, also where one is found surely: who is registered twice stands there twice. */
  everyLikely?: boolean;
}

/**
 * Matches the members of a reported household with the persons of one list: candidates by key,
 * weights, one-to-one links, the households they speak for, and a second pass in which the rest of
 * a family is judged by the company of those who are sure (the associative stage).
 */
export function matchHousehold(
  members: readonly ReportedPerson[],
  source: CandidateSource,
  options: MatchOptions,
): HouseholdMatch {
  const board = new ScoreBoard(members, source, options.model, (link) => isFound(link, options));
  const first = linkUp(board, options, null);
  return withCompanions(board, [first]) ? linkUp(board, options, null) : first;
}

/**
 * The same with each of several lists by itself, as padan's results are, which are searched as one: nobody of one list is a
 * rival to somebody of another. A list in which nobody was found is absent.
 *
 * @param latest the list whose surely found members are looked for no further; of one that an earlier list has, the latest may know
 * more by a weaker key.
 */
export function matchInEachList(
  members: readonly ReportedPerson[],
  source: CandidateSource,
  { latest, ...options }: MatchOptions & { latest: string },
): Map<string, HouseholdMatch> {
  const board = new ScoreBoard(
    members,
    source,
    options.model,
    (link) => link.candidate.list === latest && isFound(link, options),
  );
  const lists = [...new Set(board.all.map(({ candidate }) => candidate.list))];
  const link = () => lists.map((list) => [list, linkUp(board, options, list)] as const);
  const first = link();
  return new Map(
    withCompanions(
      board,
      first.map(([, match]) => match),
    )
      ? link()
      : first,
  );
}

/** Whether somebody is sure, in whose company the rest of a family is judged anew (the associative stage). */
function withCompanions(board: ScoreBoard, matches: readonly HouseholdMatch[]): boolean {
  const anchors = matches
    .flatMap(({ links }) => links)
    .filter((link) => link.decision.outcome === 'auto' && link.atHome);
  if (anchors.length === 0) return false;
  board.withCompanions(anchors);
  return true;
}

/** Surely the one, so that nobody need be looked for by what many strangers share. */
function isFound({ memberId, candidate, weight }: Scored, options: MatchOptions): boolean {
  if (options.everyLikely === true || weight.probability < options.model.decision.autoProbability)
    return false;
  return options.cannotLink?.(memberId, candidate) !== true;
}

/** @param list the only one whose persons are linked; null for all that were searched, as one. */
function linkUp(board: ScoreBoard, options: MatchOptions, list: string | null): HouseholdMatch {
  const { reviewProbability, proposeProbability, associativeProbability } = options.model.decision;
  const apart = (link: Scored) => options.cannotLink?.(link.memberId, link.candidate) === true;
  const ranked = rankByMember(board, list);
  const assigned = assignOneToOne(
    [...ranked.values()]
      .flat()
      .filter((link) => link.weight.probability >= associativeProbability && !apart(link))
      .map(toLink),
  ).map((link) => link.scored);
  const households = strongestHouseholds(
    board,
    assigned.filter((link) => link.weight.probability >= proposeProbability),
  );
  const isAtHome = (link: Scored) =>
    link.candidate.householdId === households.get(board.unitOf(link.memberId));
  const kept = assigned.filter(
    (link) =>
      link.weight.probability >= reviewProbability ||
      (isAtHome(link) && !board.isCrowd(link.candidate.householdId)),
  );
  const candidates = new Map(
    [...ranked].map(([id, all]): [string, Scored[]] => [id, all.filter(isWorthShowing).slice(0, mostShown)]),
  );
  const links = kept.map((link): ProposedLink => {
    const runnerUp =
      (candidates.get(link.memberId) ?? []).find(
        (other) => other.candidate.id !== link.candidate.id && !apart(other),
      ) ?? null;
    const circumstances = [
      ...(options.circumstancesOf?.(link.memberId, link.candidate) ?? []),
      ...circumstancesOf(board, link, kept, runnerUp),
    ];
    const standing = {
      comparison: link.comparison,
      weight: link.weight,
      runnerUp: runnerUp?.weight.bits ?? null,
      circumstances,
    };
    const decision = decide(standing, options.model);
    return {
      ...link,
      runnerUp,
      circumstances,
      atHome: isAtHome(link),
      proposes: link.weight.probability >= proposeProbability,
      // Kept for its household alone: asked about, never passed over.
      decision: decision.outcome === 'none' ? { outcome: 'review', doubts: ['probability'] } : decision,
    };
  });
  for (const link of links) keepOpenable(candidates, link);
  const { searchedInPart } = board;
  const found = new Set(links.map(({ memberId }) => memberId));
  const overlooked = board.people
    .filter(({ id }) => searchedInPart.has(id) && !found.has(id))
    .map(({ person }) => person.input.name);
  const inCrowd = new Set(
    links.filter((link) => board.isCrowd(link.candidate.householdId)).map(({ memberId }) => memberId),
  );
  const crowded = board.people
    .filter(({ id }) => board.isOfSharedCard(id) || inCrowd.has(id))
    .map(({ person }) => person.input.name);
  const sure =
    links.length > 0 &&
    crowded.length === 0 &&
    links.every((link) => link.decision.outcome === 'auto' && link.atHome);
  return { links, candidates, households, sure, searchedInPart, overlooked, crowded };
}

function toLink(scored: Scored): { row: string; column: string; bits: number; scored: Scored } {
  return { row: scored.memberId, column: scored.candidate.id, bits: scored.weight.bits, scored };
}

/** For each unit the household that most of its links speak for. */
function strongestHouseholds(board: ScoreBoard, assigned: readonly Scored[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const [unit, links] of Map.groupBy(assigned, (link) => board.unitOf(link.memberId))) {
    const votes = [...Map.groupBy(links, (link) => link.candidate.householdId)].map(
      ([householdId, same]): [string, number] => [
        householdId,
        same.reduce((sum, link) => sum + link.weight.probability + Math.max(0, link.weight.bits) / 1000, 0),
      ],
    );
    const [best] = votes.sort((left, right) => right[1] - left[1]);
    if (best !== undefined) found.set(unit, best[0]);
  }
  return found;
}

/** Everyone compared with each member, the likeliest first. */
function rankByMember(board: ScoreBoard, list: string | null): Map<string, Scored[]> {
  const all = list === null ? board.all : board.all.filter(({ candidate }) => candidate.list === list);
  const byMember = Map.groupBy(all, (link) => link.memberId);
  return new Map(
    board.people.map(({ id }): [string, Scored[]] => [id, (byMember.get(id) ?? []).sort(bestFirst)]),
  );
}

/** More than a stranger, or of the same card. */
function isWorthShowing({ weight, comparison }: Scored): boolean {
  return weight.probability >= strangerBelow || comparison.kk === 'equal';
}

/** Those of equal weight in the order of their ids, whichever was found first. */
function bestFirst(left: Scored, right: Scored): number {
  const [one, other] = [left.candidate.id, right.candidate.id];
  return right.weight.bits - left.weight.bits || one.length - other.length || (one < other ? -1 : 1);
}

/** A link that five others outrank (their persons went to other members) still stands among the candidates. */
function keepOpenable(candidates: Map<string, Scored[]>, link: ProposedLink): void {
  const ranked = candidates.get(link.memberId) ?? [];
  if (ranked.some((other) => other.candidate.id === link.candidate.id)) return;
  candidates.set(link.memberId, [link, ...ranked]);
}

function circumstancesOf(
  board: ScoreBoard,
  link: Scored,
  kept: readonly Scored[],
  runnerUp: Scored | null,
): Doubt[] {
  const found: Doubt[] = [];
  if (runnerUp !== null && runnerUp.weight.bits > link.weight.bits) found.push('assigned_elsewhere');
  if (link.member.name.deceased || link.person.name.deceased) found.push('deceased');
  const certain = link.comparison.nik === 'equal' && link.comparison.name?.identical === true;
  const reported = board.people.map((member) => member.person);
  const twins =
    hasTwin(link.member, reported) || hasTwin(link.person, board.neighbours(link.candidate.householdId));
  if ((twins && !certain) || isTwinRisk(link.member, link.person, link.comparison)) found.push('twin');
  if (hasSwappedNik(link, kept)) found.push('nik_swapped');
  return found;
}

/** The NIK reported for this member stands in the list with another person who is linked as well. */
function hasSwappedNik(link: Scored, kept: readonly Scored[]): boolean {
  if (link.comparison.nik === 'equal') return false;
  const { nik } = link.member;
  return (
    nik.digits !== null && kept.some((other) => other !== link && other.person.nik.digits === nik.digits)
  );
}
