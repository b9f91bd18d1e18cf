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
  return new Map(
    listCaseEvents(db, caseId)
      .map(followedIn)
      .flatMap((followed) =>
        followed !== undefined && (followed.versi ?? known) > baseVersion ? followed.isian : [],
      )
      .map(({ path, after }) => [path, after]),
  );
}

/**
 * The events of a case after one of them, oldest first, each with the fields that followed the province in it. What was
 * queued with that one does not say them yet, whatever the versions: a record that builds on one without an answer
 * counts on from a guess.
 */
export function followedSince(
  { db }: Register,
  caseId: string,
  eventId: string,
): (Followed & { id: string })[] {
  const events = listCaseEvents(db, caseId);
  return events
    .slice(events.findIndex(({ id }) => id === eventId) + 1)
    .map((event) => ({ isian: [], ...followedIn(event), id: event.id }));
}

function followedIn({ type, payload }: JournalEntry): Followed | undefined {
  return type === 'data_dari_provinsi' ? Followed.safeParse(payload).data : undefined;
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
type Followed = z.infer<typeof Followed>;
