import { inspectAddress, inspectFamilies } from './draft-check-household.ts';
import { inspectMember } from './draft-check-member.ts';
import { structureOf, toHousehold, toMember } from './draft-check.ts';
import type { DraftContext, DraftFinding } from './draft-finding.ts';
import { type DraftHousehold, type DraftMember, draftOfHousehold, emptyMember } from './draft.ts';
import { Household, inspectHousehold } from './household.ts';
import type { Instrument } from './instrument.ts';
import { settledFamilies } from './life-event.ts';
import { Member } from './person.ts';
import { correctableOfAddress, correctableOfMember, type VisitCorrections } from './visit-corrections.ts';
import { fullVisit, passKey, type VisitEntry, type VisitFinding } from './visit-entry.ts';
import { goneAtVisit } from './visit-families.ts';

type Typed = Pick<VisitEntry, 'result' | 'members' | 'corrections' | 'passes'>;

/** The rule under which a warning about identity is let pass. */
export const identityRule = 'identitas';

export interface HouseholdAfterVisit {
  /** The household as the visit found it; null while something holds it. */
  household: Household | null;
  findings: VisitFinding[];
}

/**
 * The household as the visit found it: what was written beside the printed identity, without those who
 * were not found, with those who were found besides. What was odd before the visit is not asked again.
 */
export function householdAfterVisit(
  before: Household,
  entry: Typed,
  instrument: Instrument,
  context: Pick<DraftContext, 'today' | 'areaName'>,
): HouseholdAfterVisit {
  const after = draftAfter(before, entry, instrument, 'without those gone');
  if (!changesHousehold(before, entry, instrument)) return { household: before, findings: [] };
  if (after.members.length === 0)
    return {
      household: null,
      findings: [
        blocking('result', 'Tidak ada anggota yang ditemukan. Pakai hasil kunjungan 2 atau 3, bukan 1.'),
      ],
    };
  const full: DraftContext = { ...context, passiveReasons: [], resubmits: false };
  const known = new Set(
    inspectParts(draftOfHousehold(before, null), full).map(
      ({ field, message }) => `${nameField(field, draftOfHousehold(before, null))} ${message}`,
    ),
  );
  const findings = inspectParts(after, full)
    .map((finding) => ({ ...finding, field: nameField(finding.field, after) }))
    .filter(({ field, message }) => !field.endsWith('.nikNote') && !known.has(`${field} ${message}`));
  const errors = findings.filter(({ level }) => level !== 'warning');
  const told = [
    ...errors.map(({ field, message }) => blocking(`identity.${field}`, message)),
    ...warningsByField(findings.filter(({ level }) => level === 'warning')),
  ];
  const parsed = errors.length === 0 ? Household.safeParse(toHousehold(after)) : null;
  if (parsed === null || !parsed.success) return { household: null, findings: told };
  const household = settledFamilies(parsed.data);
  const broken = inspectHousehold(household).filter(({ level }) => level === 'error');
  return broken.length > 0
    ? {
        household: null,
        findings: [
          ...broken.map(({ field, message }) => blocking(`identity.${nameField(field, after)}`, message)),
          ...told,
        ],
      }
    : { household, findings: told };
}

/** Whom the questions of members are put to: everybody of the paper and whoever was added, as found. */
export function membersAtVisit(before: Household, entry: Typed, instrument: Instrument): Member[] {
  return draftAfter(before, entry, instrument, 'everybody').members.flatMap((typed) => {
    const member = Member.safeParse(toMember(typed));
    return member.success ? [member.data] : before.members.filter(({ id }) => id === typed.id);
  });
}

/**
 * The household as it was before a visit was applied to it, with all that was changed since by others:
 * a visit that was sent back is finished a second time on the same ground as the first.
 */
export function householdBeforeVisit(
  current: Household,
  applied: { before: Household; after: Household } | null,
): Household {
  if (applied === null) return current;
  const { before, after } = applied;
  const membersNow = listBefore(current.members, before.members, after.members, ({ id }) => id);
  return {
    address: recordBefore(current.address, before.address, after.address),
    phone: current.phone === after.phone ? before.phone : current.phone,
    families: listBefore(current.families, before.families, after.families, ({ no }) => no),
    members: membersNow,
  };
}

/**
 * What of the corrections the household does not hold yet: those of a visit that goes on under a sheet
 * that was printed after they were carried out.
 */
export function correctionsLeft(corrections: VisitCorrections, household: Household): VisitCorrections {
  const { address, phone, families, members } = draftOfHousehold(household, null);
  const added = corrections.added.filter((id) => !members.some((member) => member.id === id));
  const held = new Map<string, string>([
    ...correctableOfAddress.map((key) => [`address.${key}`, address[key]] as const),
    ['phone', phone] as const,
    ...families.map(({ no, kk }) => [`families.${no}.kk`, kk] as const),
    ...members.flatMap((member) =>
      correctableOfMember.map((key) => [`members.${member.id}.${key}`, member[key]] as const),
    ),
  ]);
  const isLeft = ([field, text]: [string, string]) =>
    added.some((id) => field.startsWith(`members.${id}.`)) ||
    (held.has(field) && held.get(field) !== text.trim());
  return { added, fields: Object.fromEntries(Object.entries(corrections.fields).filter(isLeft)) };
}

function recordBefore<T extends object>(current: T, before: T, after: T | undefined): T {
  if (after === undefined) return current;
  const entries = Object.entries(current).map(([key, value]) => [
    key,
    value === Reflect.get(after, key) ? Reflect.get(before, key) : value,
  ]);
  return Object.assign({ ...current }, Object.fromEntries(entries));
}

/** In the order of before; whoever others added since comes last. */
function listBefore<T extends object>(
  current: readonly T[],
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => unknown,
): T[] {
  const find = (items: readonly T[], item: T) => items.find((other) => keyOf(other) === keyOf(item));
  const kept = before.flatMap((item) => {
    const now = find(current, item);
    const then = find(after, item);
    if (now === undefined) return then === undefined ? [item] : [];
    return [recordBefore(now, item, then)];
  });
  const later = current.filter((item) => !find(before, item) && !find(after, item));
  return [...kept, ...later];
}

function changesHousehold(before: Household, entry: Typed, instrument: Instrument): boolean {
  if (entry.result !== fullVisit) return false;
  const gone = goneAtVisit(entry, instrument);
  return (
    Object.values(entry.corrections.fields).some((text) => text.trim() !== '') ||
    entry.corrections.added.length > 0 ||
    before.members.some(({ id }) => gone.has(id))
  );
}

function draftAfter(
  before: Household,
  entry: Typed,
  instrument: Instrument,
  who: 'everybody' | 'without those gone',
): DraftHousehold {
  const draft = draftOfHousehold(before, null);
  if (entry.result !== fullVisit) return draft;
  const gone = who === 'everybody' ? new Set<string>() : goneAtVisit(entry, instrument);
  const said = (field: string, printed: string) => {
    const typed = entry.corrections.fields[field]?.trim() ?? '';
    return typed === '' ? printed : typed;
  };
  const everybody = [
    ...draft.members.map((member) => ({ member, was: member })),
    ...entry.corrections.added
      .filter((id) => !draft.members.some((member) => member.id === id))
      .map((id) => ({ member: emptyMember(id, '1'), was: null })),
  ].filter(({ member }) => !gone.has(member.id));
  const typed = everybody.map(({ member, was }) => ({ was, member: withTyped(member, entry, said) }));
  const head = typed.find(({ member }) => member.relation === '1')?.member.familyNo ?? '1';
  const members = typed.map(({ was, member }) => ({
    ...member,
    familyRelation: familyRelationOf(was, member, head),
  }));
  const numbers = new Set([...draft.families.map(({ no }) => no), ...members.flatMap(familyNumberOf)]);
  return {
    ...draft,
    address: {
      ...draft.address,
      ...Object.fromEntries(
        correctableOfAddress.map((key) => [key, said(`address.${key}`, draft.address[key])]),
      ),
    },
    phone: said('phone', draft.phone),
    families: [...numbers]
      .toSorted((left, right) => left - right)
      .map((no) => {
        const kk = draft.families.find((family) => family.no === no)?.kk ?? '';
        return { no, kk: said(`families.${no}.kk`, kk) };
      }),
    members,
  };
}

function withTyped(
  member: DraftMember,
  entry: Typed,
  said: (field: string, printed: string) => string,
): DraftMember {
  const path = `members.${member.id}`;
  const next = {
    ...member,
    ...Object.fromEntries(correctableOfMember.map((key) => [key, said(`${path}.${key}`, member[key])])),
  };
  const reason = entry.passes[passKey({ field: `identity.${path}.nik`, rule: identityRule })]?.trim() ?? '';
  // Why the NIK of before was let pass says nothing of another one.
  const note = next.nik === member.nik && reason === '' ? member.nikNote : reason;
  return { ...next, nikNote: note };
}

/** The paper asks the relation to the head of the household alone; in the head's own family it is the same. */
function familyRelationOf(was: DraftMember | null, now: DraftMember, headFamily: string): string {
  if (was !== null && was.familyNo === now.familyNo && was.relation === now.relation)
    return was.familyRelation;
  if (now.familyNo === headFamily) return now.relation;
  return was !== null && was.familyNo === now.familyNo ? was.familyRelation : '8';
}

function familyNumberOf({ familyNo }: DraftMember): number[] {
  return /^[1-9]$/.test(familyNo.trim()) ? [Number(familyNo)] : [];
}

function inspectParts(draft: DraftHousehold, context: DraftContext): DraftFinding[] {
  const found = [
    ...inspectAddress(draft),
    ...inspectFamilies(draft),
    ...draft.members.flatMap((member, index) => inspectMember(member, `members.${index}`, context)),
  ];
  return [...found, ...structureOf(draft, found)];
}

/** `members.0.nik` by the member's id, `families.0.kk` by the family's number: places move, these stay. */
function nameField(field: string, draft: DraftHousehold): string {
  const [list = '', index = '', ...rest] = field.split('.');
  if (list === 'members') return [list, draft.members[Number(index)]?.id ?? index, ...rest].join('.');
  if (list === 'families') return [list, draft.families[Number(index)]?.no ?? index, ...rest].join('.');
  return field;
}

/** One reason lets pass all that is odd about one field. */
function warningsByField(warnings: readonly DraftFinding[]): VisitFinding[] {
  return [...Map.groupBy(warnings, ({ field }) => field)].map(([field, found]) => ({
    field: `identity.${field}`,
    level: 'peringatan',
    rule: identityRule,
    message: found.map(({ message }) => message).join(' '),
  }));
}

function blocking(field: string, message: string): VisitFinding {
  return { field, level: 'blokir', rule: null, message };
}
