import { findEdge } from '../../shared/domain/case-flow.ts';
import { overlap, readField, sameValue, writeField } from '../../shared/provincial/merge.ts';
import type { WireAuthor, WireEdit } from '../../shared/provincial/wire.ts';
import { type DecidedClash, listDecided, listOpenClashes } from '../store/clashes.ts';
import { isNewestOfCase, type OutboxItem, readOutboxBody } from '../store/sync.ts';
import { getCase } from './case-steps.ts';
import { closeClashes, isTakenBack } from './clashes.ts';
import type { Register } from './register.ts';
import { bodyOf } from './sync-body.ts';
import { tellAgain } from './sync-queue.ts';

/** What people chose between this office's value and the province's while a record was on its way, and what its answer makes of that. */

/** What the province holds of a case by the receipt for a record of it. */
export interface Confirmed {
  version: number;
  /** What it took over from its own copy; empty where nothing was merged. */
  theirs: readonly WireEdit[];
}

/**
 * The province took the newest record of a case: what it says of every field is known by that. A field that waits for a
 * choice and of which it says what this office does waits no more. Where a person chose while the record was on its way
 * and it brought the other value, the case is told anew: they decided on it. In the caller's transaction, before the
 * case goes on for the receipt.
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
  const isUntold = listDecided(db, caseId).some(
    (one) =>
      !open.some(({ path }) => overlap(path, one.path)) &&
      sameValue(saysHere(one.path), chosen(one)) &&
      !sameValue(saysThere(one.path), chosen(one)),
  );
  if (isUntold) tellAgain(register, item, 'Pilihan atas isian yang berbeda belum sampai di provinsi');
}

/**
 * Tells the words of the province that say nothing but what a person has decided against, as long as the case says what
 * they chose: the very change that they did not follow, and whatever a record of this office brought of either value. That
 * was on its way when they chose, and a merge that counts from before it tells of it as of something new.
 */
export function decidedAgainst({ db }: Register, caseId: string, body: unknown): (edit: WireEdit) => boolean {
  const decided = listDecided(db, caseId).filter((one) =>
    sameValue(readField(body, one.path) ?? null, chosen(one)),
  );
  return ({ path, after, by }) =>
    decided.some(
      (one) =>
        one.path === path &&
        sameValue(after, one.choice === 'provinsi' ? one.ours : one.theirs) &&
        (by.side === 'kantor' || isSameWord(by, one.by)),
    );
}

function chosen({ choice, ours, theirs }: DecidedClash): unknown {
  return choice === 'provinsi' ? theirs : ours;
}

function isSameWord(one: WireAuthor, other: WireAuthor): boolean {
  return one.side === other.side && one.name === other.name && one.at === other.at;
}
