import { findEdge } from '../../shared/domain/case-flow.ts';
import { overlap, readField, sameValue, writeField } from '../../shared/provincial/merge.ts';
import type { WireAuthor, WireClash, WireEdit } from '../../shared/provincial/wire.ts';
import {
  type DecidedClash,
  findKnownVersion,
  listDecided,
  listOpenClashes,
  listQueuedBefore,
  putClash,
} from '../store/clashes.ts';
import { isNewestOfCase, type OutboxItem, readOutboxBody } from '../store/sync.ts';
import { getCase } from './case-steps.ts';
import { closeClashes, isTakenBack } from './clashes.ts';
import type { Register } from './register.ts';
import { bodyOf } from './sync-body.ts';
import { chosenSince } from './sync-followed.ts';
import { tellChoice } from './sync-queue.ts';

/**
 * What people chose between this office's value and the province's. A choice is an event with an order of its own: no
 * answer to a record that was queued before it asks again what it answered. Where the province does not hold what was
 * chosen, a record of its own tells it, once the newest one of the case has its answer and nothing else of it is asked.
 */

/** What the province holds of a case by the receipt for a record of it. */
export interface Confirmed {
  version: number;
  /** What it took over from its own copy; empty where nothing was merged. */
  theirs: readonly WireEdit[];
}

/**
 * The province took the newest record of a case: what it says of every field is known by that. A field that waits for a
 * choice and of which it says what this office does waits no more. Where a person chose while the record was on its way
 * and it brought the other value, what they chose is told, with the next choice where one is still to be made. In the
 * caller's transaction, before the case goes on for the receipt.
 *
 * @param known version that the province was known to hold before
 */
export function settleConfirmed(
  register: Register,
  item: OutboxItem,
  { version, theirs }: Confirmed,
  known: number,
): void {
  const { db } = register;
  const { caseId } = item;
  if (item.kind === 'case.retracted' || !isNewestOfCase(db, item)) return;
  // Of nearly every case nobody was ever asked: what it says need not be put together.
  if (listOpenClashes(db, caseId).length === 0 && listDecided(db, caseId).length === 0) return;
  const current = getCase(register, caseId);
  if (isTakenBack(current) || findEdge(current.state, 'selesaikan_pertentangan') === null) return;
  const here = bodyOf(register, current);
  const there = theirs.reduce<unknown>(
    (whole, { path, after }) => writeField(whole, path, after),
    JSON.parse(readOutboxBody(db, item.id)),
  );
  const saysHere = (path: string): unknown => readField(here, path) ?? null;
  const saysThere = (path: string): unknown => readField(there, path) ?? null;
  // A later version may say something else again.
  if (version >= known)
    closeClashes(
      register,
      caseId,
      listOpenClashes(db, caseId)
        .filter(({ path }) => sameValue(saysHere(path), saysThere(path)))
        .map((clash) => ({ ...clash, ours: saysHere(clash.path), theirs: saysThere(clash.path) })),
    );
  const open = listOpenClashes(db, caseId);
  const isUntold = choicesOf(register, caseId).some(
    (one) =>
      !open.some(({ path }) => overlap(path, one.path)) &&
      sameValue(saysHere(one.path), chosen(one)) &&
      !sameValue(saysThere(one.path), chosen(one)) &&
      // What was queued after the choice says it, unless the office or the province has changed the field since.
      (one.queuedBefore.some(({ id }) => id === item.id) || theirs.some((edit) => isAgainst(one, edit))),
  );
  if (!isUntold) return;
  if (open.length === 0)
    tellChoice(register, item, 'Pilihan atas isian yang berbeda belum sampai di provinsi');
  else for (const clash of open) putClash(db, { ...clash, origin: 'naik' });
}

/**
 * Tells the words of the province that say nothing but what a person has decided against, as long as the case says what
 * they chose: the very change that they did not follow, and the value that they gave up in the name of this office. A
 * record that was queued before they chose brought that, and a merge that counts from before it tells of it as of something new.
 */
export function decidedAgainst(
  register: Register,
  caseId: string,
  body: unknown,
): (edit: WireEdit) => boolean {
  const decided = choicesOf(register, caseId).filter((one) =>
    sameValue(readField(body, one.path) ?? null, chosen(one)),
  );
  return (edit) => decided.some((one) => isAgainst(one, edit));
}

/**
 * Tells the clashes of an answer that a person has decided already: the record was queued before they chose, and they knew
 * what the province says in it, by the version or as the very word against which they chose.
 *
 * @param record id of the record that is answered
 * @param version that the province held when it answered
 */
export function answeredByChoice(
  register: Register,
  caseId: string,
  { record, version }: { record: string; version: number },
): (clash: WireClash) => boolean {
  const { db } = register;
  if (isTakenBack(getCase(register, caseId))) return () => false;
  const since = choicesOf(register, caseId).filter(({ queuedBefore }) =>
    queuedBefore.some(({ id }) => id === record),
  );
  const seen = version <= findKnownVersion(db, caseId) ? chosenSince(register, caseId, version) : [];
  return ({ path, theirs, by }) =>
    since.some(
      (one) =>
        (seen.includes(one.path) && (path === one.path || path.startsWith(`${one.path}.`))) ||
        (one.choice === 'kantor' &&
          path === one.path &&
          sameValue(theirs, one.theirs) &&
          isSameWord(by, one.by)),
    );
}

interface Choice extends DecidedClash {
  queuedBefore: ReturnType<typeof listQueuedBefore>;
}

function choicesOf({ db }: Register, caseId: string): Choice[] {
  return listDecided(db, caseId).map((one) => ({ ...one, queuedBefore: listQueuedBefore(db, one) }));
}

function chosen({ choice, ours, theirs }: DecidedClash): unknown {
  return choice === 'provinsi' ? theirs : ours;
}

function isAgainst(one: Choice, { path, after, by }: WireEdit): boolean {
  return (
    one.path === path &&
    sameValue(after, one.choice === 'provinsi' ? one.ours : one.theirs) &&
    ((one.choice === 'kantor' && isSameWord(by, one.by)) || (by.side === 'kantor' && wasUnderWay(one, by)))
  );
}

/**
 * Whether a record that was queued before the choice brought this to the province: of one without an answer, none
 * tells. A record from after it that this register does not know (an old backup was put back) is no such.
 */
function wasUnderWay({ queuedBefore }: Choice, { at }: WireAuthor): boolean {
  return queuedBefore.some(
    ({ waits, serverTime }) => waits || (serverTime !== null && Date.parse(at) <= Date.parse(serverTime)),
  );
}

function isSameWord(one: WireAuthor, other: WireAuthor): boolean {
  return one.side === other.side && one.name === other.name && one.at === other.at;
}
