import { Household, inspectHousehold } from '../../shared/domain/household.ts';
import { type FieldChange, diffReported } from '../../shared/domain/household-diff.ts';
import type { Member } from '../../shared/domain/person.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { readField, sameValue, writeField } from '../../shared/provincial/merge.ts';
import { brokenRule, CaseLegalisedBody, householdOf, isSoundCase } from '../../shared/provincial/record.ts';
import type { WireEdit } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { listMembersElsewhere, replaceHousehold } from '../store/cases.ts';
import { deleteProvinceField, putProvinceField } from '../store/clashes.ts';
import { appendEvent } from '../store/journal.ts';
import { getCase } from './case-steps.ts';
import { type Register, systemActor } from './register.ts';
import { bodyOf, ownBodyOf, type SentBody } from './sync-body.ts';

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
