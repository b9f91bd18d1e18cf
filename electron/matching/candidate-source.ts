import type { MatchKey } from './blocking.ts';
import type { Glimpse } from './brief.ts';
import type { NameFrequency } from './model.ts';
import type { MatchInput } from './normalise.ts';

/** A person of a list, a case or a draft, as the store knows them. */
export interface CandidatePerson {
  id: string;
  /** The list in which the person stands; empty for members of cases and drafts. */
  list: string;
  householdId: string;
  input: MatchInput;
  /** Relation to the head of the household where the source states it: code 1–8. */
  relation: string | null;
  familyNo: number | null;
}

/** Where the engine asks for candidates. The store implements it, one for each list searched. */
export interface CandidateSource {
  /** Persons in the list: the prior of a match is one in so many. */
  readonly population: number;
  /** Whether some who stand in it may have no birth date. */
  readonly undated: boolean;
  /** How many of how many bear a name part; the shipped estimate fills in what a short list cannot know. */
  readonly frequency: NameFrequency;
  /** For each set of keys a glimpse of the persons bearing one of them. A key that too many bear is left out and named in `capped`. */
  find(keysOf: readonly (readonly MatchKey[])[]): { glimpses: Glimpse[][]; capped: MatchKey[] };
  /** Those of them who are worth comparing; who is gone meanwhile is left out. */
  fetch(ids: readonly string[]): CandidatePerson[];
  /** Everyone of a household, in the order of the list; no more than the first `most` where that is given. */
  household(householdId: string, most?: number): CandidatePerson[];
}
