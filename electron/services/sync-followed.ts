import { z } from 'zod';
import { findKnownVersion } from '../store/clashes.ts';
import { type JournalEntry, listCaseEvents } from '../store/journal.ts';
import type { Register } from './register.ts';

/** What the journal remembers of the province's values: those that were followed, and those between which a person chose. */

/**
 * What a field was when it last followed a version after this one, in the words of the journal: a record that was
 * queued before is told of it once more, and what this office changed since is its own.
 */
export function followedOf({ db }: Register, caseId: string, baseVersion: number): Map<string, unknown> {
  const known = findKnownVersion(db, caseId);
  if (known <= baseVersion) return new Map();
  return followedIn(listCaseEvents(db, caseId), ({ versi = known }) => versi > baseVersion);
}

/**
 * What a field was when it last followed the province after an event of the case. What was queued with that does not
 * say it yet, whatever the versions: a record that builds on one without an answer counts on from a guess.
 */
export function followedSince({ db }: Register, caseId: string, eventId: string): Map<string, unknown> {
  const events = listCaseEvents(db, caseId);
  return followedIn(events.slice(events.findIndex(({ id }) => id === eventId) + 1), () => true);
}

function followedIn(
  events: readonly JournalEntry[],
  counts: (followed: z.infer<typeof Followed>) => boolean,
): Map<string, unknown> {
  return new Map(
    events
      .filter(({ type }) => type === 'data_dari_provinsi')
      .map(({ payload }) => Followed.safeParse(payload).data)
      .flatMap((followed) => (followed !== undefined && counts(followed) ? followed.isian : []))
      .map(({ path, after }) => [path, after]),
  );
}

/**
 * Fields of which a person chose when the province's version was known already: a record from before that is told
 * of it once more says nothing that they had not seen.
 */
export function chosenSince({ db }: Register, caseId: string, version: number): string[] {
  return listCaseEvents(db, caseId)
    .filter(({ type }) => type === 'pertentangan_diputus')
    .map(({ payload }) => Chosen.safeParse(payload).data)
    .flatMap((chosen) => (chosen !== undefined && chosen.versi >= version ? chosen.isian : []))
    .map(({ path }) => path);
}

const Chosen = z.looseObject({
  isian: z.array(z.looseObject({ path: z.string() })),
  /** That the province was known to have; not noted at first. */
  versi: z.number(),
});

const Followed = z.looseObject({
  isian: z.array(z.looseObject({ path: z.string(), after: z.unknown() })),
  /** Not noted at first. */
  versi: z.number().optional(),
});
