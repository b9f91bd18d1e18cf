import { z } from 'zod';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { normalisationVersion, normalisePerson } from '../matching/normalise.ts';
import { type ReadableDb, transaction, transactionUntold, type WritableDb } from './connection.ts';
import { GatheredKeys } from './gathered-keys.ts';
import { listLatestLists } from './identification.ts';
import { listOpenDraftBodies } from './intake.ts';
import { writeDraftKeys, writeMember } from './matching.ts';
import { eachListed, someToKey } from './matching-sources.ts';
import { rekeySaid } from './pair-verdict.ts';
import { dropPageSteps, writeListKeys } from './reference-keys.ts';

/** What has keys beside the lists: decisions "bukan orang yang sama", drafts, cases; and what was ranked by them. */
const keyedParts = ['keputusan', 'draf', 'berkas', 'urutan'] as const;
export type KeyedPart = (typeof keyedParts)[number];

/** A part of the register whose keys other rules made than today's: who asks there would find half its persons. */
export type StalePart =
  | { part: KeyedPart; persons: number }
  | { part: 'daftar'; id: string; name: string; persons: number };

const Parts = z.array(z.enum(keyedParts));
const Members = z.number();
const StaleLists = z.array(
  z.object({ id: z.string(), number: z.number(), name: z.string(), persons: z.number() }),
);
type StaleList = z.infer<typeof StaleLists>[number];
const today = `IS ${normalisationVersion}`;

/** What is still to be keyed anew, in the order in which it is done: what asks for the lists that count waits the least. */
export function staleParts(db: ReadableDb): StalePart[] {
  const done = Parts.parse(db.prepare(`SELECT part FROM key_rules WHERE version ${today}`).pluck().all());
  const lists = staleLists(db);
  if (done.length === keyedParts.length && lists.length === 0) return [];
  const members = Members.parse(db.prepare('SELECT count(*) FROM member').pluck().get());
  const parts = keyedParts
    .filter((part) => !done.includes(part))
    .map((part) => ({ part, persons: part === 'berkas' ? members : 0 }));
  const ranks = parts.filter(({ part }) => part === 'urutan');
  return [
    ...parts.filter(({ part }) => part !== 'urutan'),
    ...lists.map(({ id, name, persons }) => ({ part: 'daftar' as const, id, name, persons })),
    ...ranks,
  ];
}

function staleLists(db: ReadableDb): StaleList[] {
  const lists = StaleLists.parse(
    db
      .prepare(
        `SELECT list.id, keyed.number, list.name, list.persons FROM reference_index AS keyed
         JOIN reference_list AS list ON list.id = keyed.list_id
         WHERE list.version > 0 AND keyed.rules IS NOT ${normalisationVersion} ORDER BY list.list_date DESC, list.id`,
      )
      .all(),
  );
  if (lists.length < 2) return lists;
  const counts = new Set(listLatestLists(db).map(({ id }) => id));
  return [...lists.filter(({ id }) => counts.has(id)), ...lists.filter(({ id }) => !counts.has(id))];
}

/** How far the renewal is with a part: persons of it, and how many there are. */
export interface Renewing {
  part: StalePart;
  done: number;
}

/** Members whose keys are written in one transaction. */
const membersAtOnce = 100;
const draftsAtOnce = 50;

/**
 * Writes keys anew where other rules of normalisation made them, as after an update that changes the rules: by short
 * transactions, between which others may work. Each part is whole by itself and says which rules made it; one that was
 * broken off at any point is begun anew, and nobody is found by it until it is whole. A list's old pages go first, so
 * that the new ones take their room on the disk. What was ranked and found by the old rules is looked for anew at the end.
 */
export function* renewKeys(db: WritableDb): Generator<Renewing> {
  for (const part of staleParts(db)) {
    yield { part, done: 0 };
    if (part.part === 'daftar') yield* renewList(db, part);
    else yield* renewPart(db, part);
  }
}

function* renewPart(db: WritableDb, part: StalePart & { part: KeyedPart }): Generator<Renewing> {
  switch (part.part) {
    case 'keputusan':
      return transaction(db, () => {
        rekeySaid(db);
        markRenewed(db, part.part);
      });
    case 'draf':
      for (const done of renewDrafts(db)) yield { part, done };
      return transaction(db, () => markRenewed(db, part.part));
    case 'berkas':
      for (const done of renewMembers(db)) yield { part, done };
      return transaction(db, () => markRenewed(db, part.part));
    case 'urutan':
      return transaction(db, () => {
        db.exec("UPDATE review_rank SET stamp = ''; DELETE FROM looked_with");
        markRenewed(db, part.part);
      });
    default:
      return assertNever(part.part);
  }
}

function markRenewed(db: WritableDb, part: KeyedPart): void {
  db.prepare(
    'INSERT INTO key_rules (part, version) VALUES (?, ?) ON CONFLICT (part) DO UPDATE SET version = excluded.version',
  ).run(part, BigInt(normalisationVersion));
}

function* renewDrafts(db: WritableDb): Generator<number> {
  for (let after = ''; ;) {
    const last = transaction(db, () => {
      const drafts = listOpenDraftBodies(db, after, draftsAtOnce);
      for (const { id, body } of drafts) writeDraftKeys(db, id, body);
      return drafts.at(-1);
    });
    if (last === undefined) return;
    after = last.id;
    yield 0;
  }
}

function* renewMembers(db: WritableDb): Generator<number> {
  let done = 0;
  for (let after = ''; ;) {
    // Read and written as one: what a clerk saves meanwhile would be keyed as it was.
    const some = transaction(db, () => {
      const members = someToKey(db, after, membersAtOnce);
      for (const { id, input } of members) writeMember(db, id, input);
      return members;
    });
    const last = some.at(-1);
    if (last === undefined) return;
    after = last.id;
    yield (done += some.length);
  }
}

/** @throws Error where the list is taken out meanwhile. */
function* renewList(db: WritableDb, part: StalePart & { part: 'daftar' }): Generator<Renewing> {
  const found = staleLists(db).find(({ id }) => id === part.id);
  if (found === undefined) return;
  const { number, id, persons } = found;
  const mark = (rules: bigint | null) => {
    const { changes } = db
      .prepare('UPDATE reference_index SET rules = ? WHERE number = ?')
      .run(rules, BigInt(number));
    if (changes === 0) throw new Error('A list was taken out while its keys were renewed.');
  };
  transaction(db, () => mark(null));
  for (const _ of dropPageSteps(db, number)) yield { part, done: 0 };
  const gathered = new GatheredKeys();
  const ids: number[] = [];
  for (const done of gather(db, id, gathered, ids)) yield { part, done: half(done) };
  const steps = writeListKeys(db, number, gathered.sorted(), (ordinal) => ids[ordinal] ?? 0);
  for (;;) {
    const step = transactionUntold(db, () => {
      mark(null);
      return steps.next();
    });
    if (step.done === true) break;
    yield { part, done: half(persons) + half(step.value * persons) };
  }
  transaction(db, () => mark(BigInt(normalisationVersion)));
}

/** Reading a list takes about as long as writing its keys. */
const half = (persons: number) => Math.floor(persons / 2);

function* gather(db: ReadableDb, listId: string, gathered: GatheredKeys, ids: number[]): Generator<number> {
  const calledIn = db.prepare('SELECT source_id FROM reference_household WHERE id = ?').pluck();
  const households = new Set<string>();
  for (const some of eachListed(db, listId)) {
    for (const { id, householdId, input } of some) {
      const isFirst = !households.has(householdId);
      households.add(householdId);
      gathered.add(normalisePerson(input), isFirst ? z.string().parse(calledIn.get(householdId)) : null);
      ids.push(Number(id));
    }
    yield ids.length;
  }
}
