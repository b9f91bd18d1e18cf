import { z } from 'zod';
import type { Household } from '../../../shared/domain/household.ts';
import { LifeEvent, likeliestHead } from '../../../shared/domain/life-event.ts';

const text = z.string();

/** What is typed; every field is text, so that half an answer is no mistake yet. */
export const TypedEvent = z.object({
  kind: text,
  on: text.nullable(),
  memberIds: z.array(text).readonly(),
  newHeadId: text,
  name: text,
  nik: text,
  nikNote: text,
  birthDate: text.nullable(),
  cause: text,
  from: text,
  sex: text,
  birthPlace: text,
  relation: text,
  familyNo: text,
  familyRelation: text,
  motherName: text,
  provisional: z.boolean(),
  inside: text,
  place: text,
  street: text,
  rt: text,
  rw: text,
  kelurahan: text,
  kk: text,
  headId: text,
  sameRoof: text,
  grounds: text,
});
export type TypedEvent = z.infer<typeof TypedEvent>;

/** What is still missing or wrong, by the field it was typed into. */
export type EventProblems = Partial<Record<keyof TypedEvent, string>>;

/** Codes of the two questions with two answers. */
export const yes = '1';
export const no = '2';

/** A form that nothing was typed into; the commonest answers stand in it. */
export function emptyEvent(household: Household): TypedEvent {
  const { street, rt, rw, kelurahan } = household.address;
  return {
    kind: '',
    on: null,
    memberIds: [],
    newHeadId: '',
    name: '',
    nik: '',
    nikNote: '',
    birthDate: null,
    cause: '',
    from: '',
    sex: '',
    birthPlace: 'Jakarta',
    relation: '3',
    familyNo: String(household.families[0]?.no ?? 1),
    familyRelation: '3',
    motherName: household.members.find(({ relation, sex }) => relation === '2' && sex === 'P')?.name ?? '',
    provisional: true,
    inside: no,
    place: '',
    street,
    rt: String(rt),
    rw: String(rw),
    kelurahan,
    kk: '',
    headId: '',
    sameRoof: yes,
    grounds: '',
  };
}

/** What a choice of the kind changes: the child's mother and place of birth are no guess for whoever joins. */
export function ofKind(household: Household, kind: string): Partial<TypedEvent> {
  const { motherName, birthPlace } = emptyEvent(household);
  return kind === 'masuk' ? { kind, motherName: '', birthPlace: '' } : { kind, motherName, birthPlace };
}

/** Whether somebody must follow as head of the household. */
export function losesHead(household: Household, typed: TypedEvent): boolean {
  if (typed.kind === 'pindah' && typed.inside === yes) return false;
  if (typed.kind === 'pecah_kk' && typed.sameRoof === yes) return false;
  const staying = household.members.filter(({ id }) => !typed.memberIds.includes(id));
  return staying.length > 0 && !staying.some(({ relation }) => relation === '1');
}

/** Who of these is likeliest to follow, or to head the new family. */
export function proposedHead(household: Household, ids: readonly string[]): string {
  return likeliestHead(household.members.filter(({ id }) => ids.includes(id)))?.id ?? '';
}

/** The event that was typed, or null while something of it is missing. */
export function readEvent(household: Household, typed: TypedEvent, newMemberId: string): LifeEvent | null {
  return checkEvent(household, typed, newMemberId).event;
}

/** The event that was typed, or what keeps it from being one: a sentence for each field. */
export function checkEvent(
  household: Household,
  typed: TypedEvent,
  newMemberId: string,
): { event: LifeEvent | null; problems: EventProblems } {
  const problems: EventProblems = {};
  if (typed.kind === 'pindah' && typed.inside === no && typed.place.trim() === '')
    problems.place = 'Wajib diisi.';
  const read = parseEvent(household, typed, newMemberId);
  for (const { path, message } of read.error?.issues ?? []) {
    // The event's own fields, and those of the member and the address in it, have the typed field's name.
    const field = TypedEvent.keyof().safeParse(path.findLast((part) => typeof part === 'string')).data;
    if (field !== undefined) problems[field] ??= message;
  }
  const whole = read.success && Object.keys(problems).length === 0;
  return { event: whole ? read.data : null, problems };
}

function parseEvent(household: Household, typed: TypedEvent, newMemberId: string) {
  const everybody = household.members.map(({ id }) => id);
  const inside = typed.kind === 'pindah' && typed.inside === yes;
  return LifeEvent.safeParse({
    kind: typed.kind,
    on: typed.on,
    memberIds: inside ? everybody : typed.memberIds,
    newHeadId: losesHead(household, typed) && typed.newHeadId !== '' ? typed.newHeadId : null,
    member: {
      id: newMemberId,
      name: typed.name,
      nik: typed.nik === '' ? null : typed.nik,
      nikNote: typed.nik === '' || typed.nikNote.trim() === '' ? null : typed.nikNote,
      birthDate: typed.birthDate,
      sex: typed.sex,
      birthPlace: typed.birthPlace.trim() === '' ? null : typed.birthPlace,
      relation: typed.relation,
      familyNo: Number(typed.familyNo),
      familyRelation: household.families.length > 1 ? typed.familyRelation : typed.relation,
      motherName: typed.motherName.trim() === '' ? null : typed.motherName,
    },
    cause: typed.cause,
    from: typed.from,
    provisional: typed.provisional && typed.nik === '',
    to: inside
      ? {
          street: typed.street,
          rt: Number(typed.rt),
          rw: Number(typed.rw),
          kelurahan: typed.kelurahan,
        }
      : null,
    place: typed.place,
    kk: typed.kk === '' ? null : typed.kk,
    headId: typed.headId,
    sameRoof: typed.sameRoof === yes,
    grounds: typed.grounds,
  });
}
