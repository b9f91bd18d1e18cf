import { overlap, readField, sameValue, writePart } from '../../shared/provincial/merge.ts';
import type { WireClash, WireEdit } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import {
  type ClashRecord,
  findKnownVersion,
  listOpenClashes,
  putClash,
  raiseKnownVersion,
} from '../store/clashes.ts';
import { findNewestTold } from '../store/sync.ts';
import { getCase } from './case-steps.ts';
import { closeClashes, isTakenBack, openClashes } from './clashes.ts';
import { newId, type Register } from './register.ts';
import { bodyOf } from './sync-body.ts';
import { answeredByChoice, decidedAgainst } from './sync-choices.ts';
import { apply, bodyThere, followable, saidOf } from './sync-follow.ts';
import { chosenSince, followedOf } from './sync-followed.ts';

/** What the province says it has changed in a case, up to a version of it. */
export interface TakeOver {
  /** What the edits are changes of. */
  baseVersion: number;
  version: number;
  edits: readonly WireEdit[];
  /** Id of the record of this office that is answered by it; none is where it comes down. */
  record?: string;
  /** What kept that record from being applied. */
  clashes?: readonly WireClash[];
  reason: string;
}

/**
 * Takes the province's changes of a case into the register, in the caller's transaction. A field that
 * this office left alone follows; one that it changed itself becomes a clash and keeps both values.
 * What this version keeps nowhere is handed on as it came. An older word that comes late says nothing new of what
 * followed the province since, or waits for a choice.
 */
export function takeOver(register: Register, caseId: string, take: TakeOver): void {
  const { baseVersion, version, edits } = take;
  if (edits.length > 0) takeEdits(register, caseId, take);
  const clashes = withTheirParts(register, caseId, version, undecided(register, caseId, take));
  if (version < findKnownVersion(register.db, caseId))
    takeLateClashes(register, caseId, baseVersion, clashes);
  else openClashes(register, caseId, 'naik', asOfNow(register, caseId, clashes));
  raiseKnownVersion(register.db, caseId, version, instant(register.clock));
}

function undecided(register: Register, caseId: string, take: TakeOver): readonly WireClash[] {
  const { version, record, clashes = [] } = take;
  if (record === undefined || clashes.length === 0) return clashes;
  const isAnswered = answeredByChoice(register, caseId, { record, version });
  return clashes.filter((clash) => !isAnswered(clash));
}

/**
 * A thing that is chosen as a whole is not chosen field by field beside that. Where the answer comes late, what waits
 * of its fields is newer, and goes into it.
 */
function withTheirParts(
  register: Register,
  caseId: string,
  version: number,
  clashes: readonly WireClash[],
): WireClash[] {
  const isLate = version < findKnownVersion(register.db, caseId);
  const open = listOpenClashes(register.db, caseId);
  return clashes.map((clash) => {
    const parts = open.filter((one) => holds(clash, one));
    closeClashes(register, caseId, parts);
    if (!isLate || parts.length === 0 || clash.theirs === null) return clash;
    const theirs = parts.reduce<unknown>(
      (there, one) => writePart(there, clash.path, one.path, one.theirs),
      clash.theirs,
    );
    return { ...clash, theirs };
  });
}

/** What a record said when it was queued may be another thing than what the office says by now, which is what is kept. */
function asOfNow(register: Register, caseId: string, clashes: readonly WireClash[]): WireClash[] {
  const current = getCase(register, caseId);
  if (isTakenBack(current)) return [...clashes];
  const body = bodyOf(register, current);
  return clashes.map((clash) => ({ ...clash, ours: readField(body, clash.path) ?? null }));
}

function takeEdits(register: Register, caseId: string, take: TakeOver): void {
  const { baseVersion, version, reason } = take;
  const current = getCase(register, caseId);
  const known = findKnownVersion(register.db, caseId);
  const followed = followedOf(register, caseId, baseVersion);
  const open = listOpenClashes(register.db, caseId).map(({ path }) => path);
  const told = [...followed.keys(), ...open, ...chosenSince(register, caseId, version)];
  const edits =
    version > known
      ? take.edits
      : take.edits.filter((edit) => !told.some((path) => overlap(path, edit.path)));
  const said = saidOf(register, current);
  const { body } = said;
  const isDecided = decidedAgainst(register, caseId, body);
  const waiting = listOpenClashes(register.db, caseId).map(({ path, theirs }) => ({ path, after: theirs }));
  const there = bodyThere(register, caseId, baseVersion, [...waiting, ...take.edits]);
  const { inOpen, swallowed } = refreshClashes(register, caseId, body, edits);
  const news = edits
    .filter((edit) => !inOpen.has(edit) && !isDecided(edit))
    .filter((edit) => !sameValue(readField(body, edit.path) ?? null, edit.after));
  const follow = followable(
    register,
    said,
    there,
    news.filter((edit) => untouched(body, edit, followed)),
  );
  const clash = news.filter((edit) => !follow.includes(edit));
  if (follow.length > 0) apply(register, current, follow, { version, reason });
  keepOwed(register, caseId, swallowed, clash);
  for (const origin of ['naik', 'turun'] as const)
    openClashes(
      register,
      caseId,
      origin,
      clash
        .filter((edit) => origin === (swallowed.some(isOwedWithin(edit)) ? 'naik' : 'turun'))
        .map((edit) => ({
          path: edit.path,
          base: edit.before,
          ours: readField(body, edit.path) ?? null,
          theirs: edit.after,
          by: edit.by,
        })),
    );
}

/** Fields of a thing that changed as a whole are chosen with it; where it is no choice, what is owed stays one. */
function keepOwed(
  register: Register,
  caseId: string,
  swallowed: readonly ClashRecord[],
  clash: readonly WireEdit[],
): void {
  if (swallowed.length === 0) return;
  const owed = isOwed(register, caseId);
  const kept = swallowed.filter((one) => owed(one) && !clash.some((edit) => holds(edit, one)));
  closeClashes(
    register,
    caseId,
    swallowed.filter((one) => !kept.includes(one)),
  );
  const body = bodyOf(register, getCase(register, caseId));
  for (const one of kept) {
    const value = readField(body, one.path) ?? null;
    putClash(register.db, { ...one, id: newId(), ours: value, theirs: value });
  }
}

function holds(whole: Pick<WireEdit, 'path'>, { path }: ClashRecord): boolean {
  return path.startsWith(`${whole.path}.`);
}

function isOwedWithin(edit: WireEdit): (clash: ClashRecord) => boolean {
  return (clash) => clash.origin === 'naik' && holds(edit, clash);
}

/** Whether the rest of a record of this office that was not applied is to be told with the choice. */
function isOwed({ db }: Register, caseId: string): (clash: ClashRecord) => boolean {
  const untold = findNewestTold(db, caseId)?.state === 'ditolak';
  return ({ origin }) => origin === 'naik' || untold;
}

/**
 * What the province said of itself there has changed since, and this office has been told: the field is chosen as
 * it stands by now, and the rest of the record is told with the choice.
 */
function takeLateClashes(
  register: Register,
  caseId: string,
  baseVersion: number,
  clashes: readonly WireClash[],
): void {
  const { db } = register;
  const open = listOpenClashes(db, caseId);
  for (const clash of open)
    if (clashes.some(({ path }) => overlap(path, clash.path)))
      putClash(db, { ...clash, id: newId(), origin: 'naik' });
  const followed = followedOf(register, caseId, baseVersion);
  const news = clashes.filter(({ path }) => !open.some((clash) => overlap(path, clash.path)));
  openClashes(
    register,
    caseId,
    'naik',
    asOfNow(register, caseId, news).map((clash) =>
      followed.has(clash.path) ? { ...clash, theirs: followed.get(clash.path) } : clash,
    ),
  );
}

/**
 * What waits for a choice is shown as the province has it by now, and is over where both say the same and
 * nothing of this office's waits to be told with the choice.
 *
 * @returns the edits that are of such a field, and the fields of a thing that changed as a whole, and speaks for them
 */
function refreshClashes(
  register: Register,
  caseId: string,
  body: unknown,
  edits: readonly WireEdit[],
): { inOpen: Set<WireEdit>; swallowed: ClashRecord[] } {
  const { db } = register;
  const inOpen = new Set<WireEdit>();
  const [over, swallowed]: [ClashRecord[], ClashRecord[]] = [[], []];
  const owed = isOwed(register, caseId);
  for (const clash of listOpenClashes(db, caseId)) {
    const { path } = clash;
    if (edits.some((edit) => holds(edit, clash))) swallowed.push(clash);
    const inside = edits.filter((edit) => edit.path === path || edit.path.startsWith(`${path}.`));
    const last = inside.at(-1);
    if (last === undefined) continue;
    for (const edit of inside) inOpen.add(edit);
    const there = inside.reduce<unknown>(
      (whole, edit) => writePart(whole, path, edit.path, edit.after),
      clash.theirs,
    );
    const [ours, theirs] = [readField(body, path) ?? null, there ?? null];
    if (sameValue(ours, theirs) && !owed(clash)) over.push({ ...clash, ours, theirs });
    else putClash(db, { ...clash, id: newId(), ours, theirs, by: last.by });
  }
  closeClashes(register, caseId, over);
  return { inOpen, swallowed };
}

function untouched(body: unknown, edit: WireEdit, followed: ReadonlyMap<string, unknown>): boolean {
  const known = followed.has(edit.path) ? followed.get(edit.path) : edit.before;
  return sameValue(readField(body, edit.path) ?? null, known ?? null);
}
