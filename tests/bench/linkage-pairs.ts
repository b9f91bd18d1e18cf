import type { CandidateSource } from '../../electron/matching/candidate-source.ts';

/** Whoever is found by a key is looked at beside the member whose key it is; of a household that is opened, everyone beside every member. */
export function countingPairs(
  source: CandidateSource,
  members: number,
): { source: CandidateSource; looked: () => number } {
  let looked = 0;
  return {
    looked: () => looked,
    source: {
      ...source,
      find: (keysOf) => {
        const found = source.find(keysOf);
        looked += found.glimpses.reduce((sum, glimpses) => sum + glimpses.length, 0);
        return found;
      },
      household: (id, most) => {
        const people = source.household(id, most);
        looked += members * people.length;
        return people;
      },
    },
  };
}
