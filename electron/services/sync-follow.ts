import { Household, inspectHousehold } from '../../shared/domain/household.ts';
import { type FieldChange, diffReported } from '../../shared/domain/household-diff.ts';
import type { Member } from '../../shared/domain/person.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { mingledFamilies } from '../../shared/provincial/families.ts';
import { readField, sameValue, writeField } from '../../shared/provincial/merge.ts';
import { brokenRule, CaseLegalisedBody, householdOf, isSoundCase } from '../../shared/provincial/record.ts';
import type { WireEdit } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { listMembersElsewhere, replaceHousehold } from '../store/cases.ts';
import { deleteProvinceField, findKnownVersion, putProvinceField } from '../store/clashes.ts';
import { appendEvent } from '../store/journal.ts';
import { eachTold, findHeld } from '../store/sync.ts';
import { getCase } from './case-steps.ts';
import { type Register, systemActor } from './register.ts';
import { bodyOf, ownBodyOf, type SentBody } from './sync-body.ts';
import { followedSince } from './sync-followed.ts';

/** Which of the province's values this office can follow, and how they come into the register. */

/** A field of a case, and what the province says of it. */
export type Change = Pick<WireEdit, 'path' | 'after'>;

/** A case as this office says it, and as it is sent: with what is handed on. */
export interface Said {
  own: CaseLegalisedBody;
  body: SentBody;
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
 * Those of the province's changes that this office can follow: which it can read and keep, which bring nobody
 * into another family, nor another's card to one, and which together break no rule between fields. The others are a
 * person's choice.
 *
 * @param there the case as the province has it
 */
export function followable<Edit extends Change>(
  register: Register,
  said: Said,
  there: unknown,
  edits: readonly Edit[],
): Edit[] {
  const whole = judged(said);
  const ofNothing = ofNothingIn(said.body, edits);
  const legible = edits.filter((edit) => {
    if (ofNothing.includes(edit)) return false;
    const read = readWith(said, edit);
    if (read === null) return false;
    const household = householdOf(read);
    return (
      memberElsewhere(register, said.own.case.id, household) === null &&
      memberAstray(register, said, household) === null &&
      mingledFamilies(said.own, there, read).length === 0
    );
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
 * The case as the province has it in a version, with these changes of it: as this office told it last by then, with what
 * followed the province since. Null where it told none.
 */
export function bodyThere(
  register: Register,
  caseId: string,
  version: number,
  changes: readonly Change[],
): unknown {
  const held = findHeld(register.db, caseId, version);
  if (held === null) return null;
  const followed = followedSince(register, caseId, held.eventId)
    .filter(({ versi }) => (versi ?? version) <= version)
    .flatMap(({ isian }) => isian);
  return written(JSON.parse(held.body), [...followed, ...changes]);
}

/**
 * What keeps the case from being with these values, as a sentence; null where nothing does, or nothing that does
 * not without them. What this version cannot read, it cannot judge.
 *
 * @param open what the province says that waits for a choice, chosen or not
 */
export function ruleBrokenBy(
  register: Register,
  current: Case,
  edits: readonly Change[],
  open: readonly Change[],
): string | null {
  const said = saidOf(register, current);
  if (ofNothingIn(said.body, edits).length > 0)
    return 'Provinsi mengubah bagian dari sesuatu yang tidak ada di berkas ini dan tidak pernah dikirim dari sini. Pilih nilai kantor; bila seharusnya ada, isi lewat catatan perbaikan.';
  const legible = edits.filter((edit) => readWith(said, edit) !== null);
  const whole = written(judged(said), legible);
  const household = householdIn(whole);
  const elsewhere = household === null ? null : memberElsewhere(register, current.id, household);
  if (elsewhere !== null) return `${elsewhere.name} masih tercatat di berkas lain.`;
  const astray =
    household === null ? null : (memberAstray(register, said, household) ?? ofTwoFamilies(household, edits));
  if (astray !== null)
    return `Nomor keluarga ${astray.familyNo}, tempat ${astray.name} dahulu tercatat, kini dipakai keluarga lain di berkas ini. Pilih nilai kantor; bila orangnya memang kembali, tambahkan lewat catatan perbaikan.`;
  const known = findKnownVersion(register.db, current.id);
  const there = bodyThere(register, current.id, known, [...open, ...edits]);
  const [mingled] = mingledFamilies(said.own, there, whole).filter(({ stranger }) => stranger !== null);
  if (mingled !== undefined)
    return `Nomor keluarga ${mingled.familyNo}, tempat ${mingled.stranger?.name} tercatat di provinsi, dipakai keluarga lain di berkas ini. Pilih nilai kantor; bila orangnya memang anggota keluarga itu, tambahkan lewat catatan perbaikan.`;
  return isSoundCase(judged(said)) ? brokenRule(whole) : null;
}

/** Who comes back into the case under the number of another family than the one that they were told in; null where nobody does. */
function memberAstray(register: Register, { own }: Said, household: Household): Member | null {
  const back = household.members.filter(({ id }) => own.members.every((member) => member.id !== id));
  return (
    back.find(({ id, familyNo }) =>
      isOtherFamily(lastTold(register, own.case.id, `members.${id}`), familyNo, own),
    ) ?? null
  );
}

/** Who comes back with a family under a number that somebody else brings another family back under; null where nobody does. */
function ofTwoFamilies({ members }: Household, edits: readonly Change[]): Member | null {
  const twice = edits.find(({ path, after }) =>
    edits.some((other) => other.path === path && !sameValue(other.after, after)),
  );
  return members.findLast(({ familyNo }) => twice?.path === `household.families.${familyNo}`) ?? null;
}

/**
 * Whether those who are under a family's number here are others than when the case was told: numbers are given again. It
 * is the same family by its card, as far as it has one, or by somebody who is in it still.
 */
function isOtherFamily(told: unknown, no: number, { household, members }: CaseLegalisedBody): boolean {
  const was = readField(told, `household.families.${no}`);
  const there = members.filter(({ familyNo }) => familyNo === no);
  if (was === undefined || there.length === 0) return false;
  const kk = household.families.find((family) => family.no === no)?.kk ?? null;
  if (kk !== null && readField(was, 'kk') === kk) return false;
  return !there.some(({ id }) => readField(told, `members.${id}.familyNo`) === no);
}

/** Fields of a thing that is not there and does not come with them: they can be written nowhere, or would be all of it. */
function ofNothingIn(body: unknown, edits: readonly Change[]): Change[] {
  const there = written(
    body,
    edits.filter(({ path }) => missingWhole(body, path) === null),
  );
  return edits.filter((edit) => {
    const whole = missingWhole(there, edit.path);
    if (whole === null) return false;
    const isWritten = sameValue(readField(written(there, [edit]), edit.path) ?? null, edit.after ?? null);
    // What this version does not know is not there either, and is handed on.
    return !isWritten || readField(there, whole) === null;
  });
}

/** The largest thing that a field is a part of and that a body lacks; null where it has them all. */
function missingWhole(body: unknown, path: string): string | null {
  const steps = path.split('.');
  const wholes = steps.slice(1).map((_, at) => steps.slice(0, at + 1).join('.'));
  return wholes.find((whole) => !stands(body, whole)) ?? null;
}

/**
 * The province's values with what they are a part of, where this office has taken that away since: as it was told last,
 * with what followed the province meanwhile, so that choosing them brings it back. What was never told stays as it is.
 */
export function withWholes(register: Register, current: Case, edits: readonly Change[]): Change[] {
  const { body } = saidOf(register, current);
  const back = new Map<string, unknown>();
  const others: Change[] = [];
  for (const edit of edits) {
    // Nothing of a thing that is not there is what both say of it.
    const path = (edit.after ?? null) === null ? null : missingWhole(body, edit.path);
    const told = path === null ? null : (back.get(path) ?? lastTold(register, current.id, path));
    if (path === null || told === null) others.push(edit);
    else back.set(path, written(told, [edit]));
  }
  // A family of which the province says something comes back as it says.
  const wholes = [...back].flatMap(([path, told]) => [
    ...familyOf(body, told, path).filter((family) => !back.has(family.path)),
    { path, after: readField(told, path) },
  ]);
  return [...wholes, ...others];
}

/** The family of a member who comes back, where that went with them. */
function familyOf(body: unknown, told: unknown, path: string): Change[] {
  const no: unknown = path.startsWith('members.') ? readField(told, `${path}.familyNo`) : undefined;
  const family = `household.families.${String(no)}`;
  const after = readField(told, family);
  return after === undefined || readField(body, family) !== undefined ? [] : [{ path: family, after }];
}

/**
 * The newest body that this office told of a case and in which a thing stands, with what followed the province since,
 * as long as the thing was here: afterwards its place may be another's. Null where the office told none.
 */
export function lastTold(register: Register, caseId: string, path: string): unknown {
  const without: string[] = [];
  for (const { eventId, body } of eachTold(register.db, caseId)) {
    const told: unknown = JSON.parse(body);
    if (stands(told, path)) return withFollowed(register, caseId, { eventId, told, without }, path);
    without.push(eventId);
  }
  return null;
}

/** @param last what was told with an event, and the events of what was told later, without the thing */
function withFollowed(
  register: Register,
  caseId: string,
  last: { eventId: string; told: unknown; without: readonly string[] },
  path: string,
): unknown {
  let { told } = last;
  let isHere = true;
  for (const { id, isian } of followedSince(register, caseId, last.eventId)) {
    if (last.without.includes(id)) isHere = false;
    const whole = isian.find((edit) => `${path}.`.startsWith(`${edit.path}.`));
    // The province took it away, or it came back from there.
    if (whole !== undefined) isHere = stands(written(told, [whole]), path);
    if (isHere) told = written(told, isian);
  }
  return told;
}

function stands(body: unknown, path: string): boolean {
  return (readField(body, path) ?? null) !== null;
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
