import type { Household } from '../../../shared/domain/household.ts';
import { LifeEvent, LifeEventKind, likeliestHead } from '../../../shared/domain/life-event.ts';

/** What is typed; every field is text, so that half an answer is no mistake yet. */
export interface TypedEvent {
  kind: string;
  on: string | null;
  memberIds: readonly string[];
  newHeadId: string;
  name: string;
  nik: string;
  nikNote: string;
  birthDate: string | null;
  cause: string;
  from: string;
  sex: string;
  birthPlace: string;
  relation: string;
  familyNo: string;
  familyRelation: string;
  motherName: string;
  provisional: boolean;
  inside: string;
  place: string;
  street: string;
  rt: string;
  rw: string;
  kelurahan: string;
  kk: string;
  headId: string;
  sameRoof: string;
  grounds: string;
}

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
  const kind = LifeEventKind.safeParse(typed.kind);
  if (!kind.success || typed.on === null) return null;
  const everybody = household.members.map(({ id }) => id);
  const inside = typed.kind === 'pindah' && typed.inside === yes;
  const read = LifeEvent.safeParse({
    kind: kind.data,
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
  return read.success ? read.data : null;
}
