import { z } from 'zod';
import { Household, inspectHousehold } from '../../shared/domain/household.ts';
import { type FieldChange, diffReported } from '../../shared/domain/household-diff.ts';
import type { Member } from '../../shared/domain/person.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { overlap, readField, sameValue, writeField } from '../../shared/provincial/merge.ts';
import { brokenRule, CaseLegalisedBody, householdOf, isSoundCase } from '../../shared/provincial/record.ts';
import type { WireClash, WireEdit } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { listMembersElsewhere, replaceHousehold } from '../store/cases.ts';
import {
  type ClashRecord,
  deleteProvinceField,
  findKnownVersion,
  listOpenClashes,
  putClash,
  putProvinceField,
  raiseKnownVersion,
} from '../store/clashes.ts';
import { appendEvent, listCaseEvents } from '../store/journal.ts';
import { findNewestTold } from '../store/sync.ts';
import { getCase } from './case-steps.ts';
import { closeClashes, isTakenBack, openClashes } from './clashes.ts';
import { newId, type Register, systemActor } from './register.ts';
import { bodyOf, ownBodyOf, type SentBody } from './sync-body.ts';

/** What the province says it has changed in a case, up to a version of it. */
export interface TakeOver {
  /** What the edits are changes of. */
  baseVersion: number;
  version: number;
  edits: readonly WireEdit[];
  /** What kept a record of this office from being applied. */
  clashes?: readonly WireClash[];
  reason: string;
}

/** A field of a case, and what the province says of it. */
type Change = Pick<WireEdit, 'path' | 'after'>;

/** A case as this office says it, and as it is sent: with what is handed on. */
interface Said {
  own: CaseLegalisedBody;
  body: SentBody;
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
  const clashes = withTheirParts(register, caseId, take);
  if (version < findKnownVersion(register.db, caseId))
    takeLateClashes(register, caseId, baseVersion, clashes);
  else openClashes(register, caseId, 'naik', asOfNow(register, caseId, clashes));
  raiseKnownVersion(register.db, caseId, version, instant(register.clock));
}

/**
 * A thing that is chosen as a whole is not chosen field by field beside that. Where the answer comes late, what waits
 * of its fields is newer, and goes into it.
 */
function withTheirParts(
  register: Register,
  caseId: string,
  { version, clashes = [] }: Pick<TakeOver, 'version' | 'clashes'>,
): WireClash[] {
  const isLate = version < findKnownVersion(register.db, caseId);
  const open = listOpenClashes(register.db, caseId);
  return clashes.map((clash) => {
    const parts = open.filter((one) => holds(clash, one));
    closeClashes(register, caseId, parts);
    if (!isLate || parts.length === 0 || clash.theirs === null) return clash;
    const body = bodyOf(register, getCase(register, caseId));
    const there = parts.reduce<unknown>(
      (whole, one) => writeField(whole, one.path, one.theirs),
      writeField(body, clash.path, clash.theirs),
    );
    return { ...clash, theirs: readField(there, clash.path) ?? clash.theirs };
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
  const { inOpen, swallowed } = refreshClashes(register, caseId, body, edits);
  const news = edits
    .filter((edit) => !inOpen.has(edit))
    .filter((edit) => !sameValue(readField(body, edit.path) ?? null, edit.after));
  const follow = followable(
    register,
    said,
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
      (whole, edit) => writeField(whole, edit.path, edit.after),
      writeField(body, path, clash.theirs),
    );
    const [ours, theirs] = [readField(body, path) ?? null, readField(there, path) ?? null];
    if (sameValue(ours, theirs) && !owed(clash)) over.push({ ...clash, ours, theirs });
    else putClash(db, { ...clash, id: newId(), ours, theirs, by: last.by });
  }
  closeClashes(register, caseId, over);
  return { inOpen, swallowed };
}

/** Sets fields of a case to what the province says in a version, and notes it in the journal. */
export function apply(
  register: Register,
  current: Case,
  edits: readonly Change[],
  { version, reason }: { version: number; reason: string },
): void {
  const household = edited(register, current, edits);
  const changes: FieldChange[] =
    household === null
      ? []
      : diffReported({ household: current.household, passive: null }, { household, passive: null });
  if (household !== null && changes.length > 0) {
    replaceHousehold(register.db, {
      ...current,
      household,
      version: current.version + 1,
      updatedAt: instant(register.clock),
    });
  }
  // What is not so by now stands in no table of this version, or not in its rules.
  const own = ownBodyOf(register, getCase(register, current.id));
  for (const { path, after } of edits) {
    const said = readField(own, path) ?? null;
    if (sameValue(said, after)) deleteProvinceField(register.db, current.id, path);
    else putProvinceField(register.db, current.id, { path, value: after, own: said });
  }
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: null, role: systemActor.role },
    type: 'data_dari_provinsi',
    caseId: current.id,
    payload: {
      perubahan: changes,
      isian: edits.map(({ path, after }) => ({ path, after })),
      versi: version,
      alasan: reason,
      keterangan: `${edits.length} isian mengikuti provinsi`,
    },
  });
}

/** The household with these fields changed, as far as they can be kept; null where it would not be one by this office's rules. */
function edited(register: Register, current: Case, edits: readonly Change[]): Household | null {
  const { members, ...rest } = current.household;
  const root = { household: rest, members };
  const kept = edits.filter((edit) => {
    const household = householdIn(written(root, [edit]));
    return household !== null && memberElsewhere(register, current.id, household) === null;
  });
  const household = householdIn(written(root, kept));
  return household === null || inspectHousehold(household).some(({ level }) => level === 'error')
    ? null
    : household;
}

function householdIn(root: unknown): Household | null {
  const whole = { ...Object(readField(root, 'household')), members: readField(root, 'members') };
  return Household.safeParse(whole).data ?? null;
}

/** Who of a household stands in another case of this office; null where nobody does. */
function memberElsewhere({ db }: Register, caseId: string, { members }: Household): Member | null {
  const elsewhere = listMembersElsewhere(
    db,
    caseId,
    members.map(({ id }) => id),
  );
  return members.find(({ id }) => elsewhere.includes(id)) ?? null;
}

function written(body: unknown, edits: readonly Change[]): unknown {
  return edits.reduce((whole, { path, after }) => writeField(whole, path, after), body);
}

/**
 * Those of the province's changes that this office can follow: which it can read and keep, and which together
 * break no rule between fields. The others are a person's choice.
 */
export function followable<Edit extends Change>(
  register: Register,
  said: Said,
  edits: readonly Edit[],
): Edit[] {
  const whole = judged(said);
  const legible = edits.filter((edit) => {
    const read = readWith(said, edit);
    return read !== null && memberElsewhere(register, said.own.case.id, householdOf(read)) === null;
  });
  if (isSoundCase(written(whole, legible)) || !isSoundCase(whole)) return legible;
  // One after the other, until no further one fits: a member may come before its family does.
  const follow: Edit[] = [];
  for (let before = -1; before < follow.length;) {
    before = follow.length;
    for (const edit of legible)
      if (!follow.includes(edit) && isSoundCase(written(whole, [...follow, edit]))) follow.push(edit);
  }
  return follow;
}

/**
 * What keeps the case from being with these values, as a sentence; null where nothing does, or nothing that does
 * not without them. What this version cannot read, it cannot judge.
 */
export function ruleBrokenBy(register: Register, current: Case, edits: readonly Change[]): string | null {
  const said = saidOf(register, current);
  if (edits.some((edit) => isOfNothing(said.own, edit)))
    return 'Orang atau keluarga yang dimaksud provinsi sudah tidak ada di berkas ini. Pilih nilai kantor; bila seharusnya masih ada, masukkan lagi lewat perbaikan.';
  const legible = edits.filter((edit) => readWith(said, edit) !== null);
  const whole = written(judged(said), legible);
  const household = householdIn(whole);
  const elsewhere = household === null ? null : memberElsewhere(register, current.id, household);
  if (elsewhere !== null) return `${elsewhere.name} masih tercatat di berkas lain.`;
  return isSoundCase(judged(said)) ? brokenRule(whole) : null;
}

/** Whether a field is one of a thing that is not there, so that it can be written nowhere. */
function isOfNothing(own: CaseLegalisedBody, edit: Change): boolean {
  return !sameValue(readField(written(own, [edit]), edit.path) ?? null, edit.after ?? null);
}

export function saidOf(register: Register, current: Case): Said {
  const own = ownBodyOf(register, current);
  return { own, body: bodyOf(register, current, own) };
}

/** What is handed on counts with the rest, as long as it can be judged. */
function judged({ own, body }: Said): unknown {
  return isSoundCase(body) ? body : own;
}

/** The case with one value of the province; null where this version cannot read it. */
function readWith({ own }: Said, edit: Change): CaseLegalisedBody | null {
  return CaseLegalisedBody.safeParse(written(own, [edit])).data ?? null;
}

/**
 * What a field was when it last followed a version after this one, in the words of the journal: a record that was
 * queued before is told of it once more, and what this office changed since is its own.
 */
function followedOf({ db }: Register, caseId: string, baseVersion: number): Map<string, unknown> {
  const known = findKnownVersion(db, caseId);
  if (known <= baseVersion) return new Map();
  return new Map(
    listCaseEvents(db, caseId)
      .filter(({ type }) => type === 'data_dari_provinsi')
      .map(({ payload }) => Followed.safeParse(payload).data)
      .flatMap((taken) => (taken !== undefined && (taken.versi ?? known) > baseVersion ? taken.isian : []))
      .map(({ path, after }) => [path, after]),
  );
}

/**
 * Fields of which a person chose when the province's version was known already: a record from before that is told
 * of it once more says nothing that they had not seen.
 */
function chosenSince({ db }: Register, caseId: string, version: number): string[] {
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

function untouched(body: unknown, edit: WireEdit, followed: ReadonlyMap<string, unknown>): boolean {
  const known = followed.has(edit.path) ? followed.get(edit.path) : edit.before;
  return sameValue(readField(body, edit.path) ?? null, known ?? null);
}
