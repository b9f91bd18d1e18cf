import { z } from 'zod';
import type { Household } from './household.ts';
import type { Member } from './person.ts';
import { type PassiveGrounds, RegistrationMode } from './registration.ts';

// A registration while it is being typed. Every field is text as the clerk left it, so that a half
// number or half date survives too; `draft-check.ts` reads it as a household. Unknown fields are
// kept: a draft outlives an update of the program in both directions.

/** Far beyond what any field takes: whatever is typed is saved, and then told what is wrong with it. */
const typed = z.string().max(4_000).default('');

export const DraftMember = z.looseObject({
  id: z.uuid(),
  name: typed,
  /** Digits without blanks once it is a number; what was typed otherwise. */
  nik: typed,
  nikNote: typed,
  sex: typed,
  birthPlace: typed,
  /** ISO once it is a whole date; what was typed otherwise. */
  birthDate: typed,
  relation: typed,
  familyNo: typed,
  familyRelation: typed,
  motherName: typed,
  /** Code of `NoNikReason`: the clerk asks for a provisional identity, because there is no NIK. */
  noNik: typed,
  /** Names of the fields that the program filled in and nobody has looked at yet. */
  unseen: z.array(z.string().max(40)).max(20).default([]),
});
export type DraftMember = z.infer<typeof DraftMember>;

export const DraftFamily = z.looseObject({ no: z.int().min(1).max(9), kk: typed });
export type DraftFamily = z.infer<typeof DraftFamily>;

export const DraftAddress = z.looseObject({
  street: typed,
  rt: typed,
  rw: typed,
  kelurahan: typed,
});
export type DraftAddress = z.infer<typeof DraftAddress>;

export const DraftPassive = z.looseObject({
  reason: typed,
  proposer: typed,
  proposerRole: typed,
  note: typed,
});
export type DraftPassive = z.infer<typeof DraftPassive>;

export const DraftHousehold = z.looseObject({
  mode: RegistrationMode.default('aktif'),
  address: DraftAddress.prefault({}),
  phone: typed,
  families: z.array(DraftFamily).max(9).default([]),
  members: z.array(DraftMember).max(200).default([]),
  passive: DraftPassive.prefault({}),
  /** Code of `Consent`; empty while nobody asked the family. */
  consent: typed,
  /** Paths outside the members that the program filled in and nobody has looked at yet. */
  unseen: z.array(z.string().max(40)).max(60).default([]),
  /**
   * Set while a registered case is being corrected: the case, the version it was opened at, and the code of `Consent`
   * that stood in it then (empty where none did; null in a draft of a program that did not keep it).
   */
  corrects: z
    .object({
      caseId: z.uuid(),
      version: z.int().positive(),
      consent: z.string().max(4_000).nullable().default(null),
    })
    .nullable()
    .default(null),
  /** What was corrected, in the clerk's words; the lurah reads it when the case comes back. */
  correctionNote: typed,
  /** What a colleague's taking over left of somebody's unsent work: to be reviewed, then discarded or used. */
  forkOf: z.object({ draftId: z.uuid(), at: z.string() }).nullable().default(null),
  /** The stack of paper that its form lies in. The office keeps it; what a screen sends is ignored. */
  paperBatchId: z.uuid().nullable().default(null),
  /** Accounts that typed in it, the last one last. The office keeps it; what a screen sends is ignored. */
  editors: z.array(z.string().max(40)).default([]),
});
export type DraftHousehold = z.infer<typeof DraftHousehold>;

export function emptyMember(id: string, familyNo: string): DraftMember {
  return DraftMember.parse({ id, familyNo });
}

/** A new registration: one family, and its head waiting for a name. */
export function emptyDraft(memberId: string, kelurahan: string): DraftHousehold {
  return DraftHousehold.parse({
    address: { kelurahan },
    families: [{ no: 1 }],
    members: [{ id: memberId, relation: '1', familyNo: '1', familyRelation: '1' }],
  });
}

/** A registered household as a draft, for its correction; nothing in it is tinted. */
export function draftOfHousehold(household: Household, passive: PassiveGrounds | null): DraftHousehold {
  return DraftHousehold.parse({
    mode: passive === null ? 'aktif' : 'pasif',
    address: {
      street: household.address.street,
      rt: String(household.address.rt),
      rw: String(household.address.rw),
      kelurahan: household.address.kelurahan,
    },
    phone: household.phone ?? '',
    families: household.families.map((family) => ({ no: family.no, kk: family.kk ?? '' })),
    members: household.members.map(draftOfMember),
    passive: passive === null ? {} : { ...passive, note: passive.note ?? '' },
  });
}

export function draftOfMember(member: Member): DraftMember {
  return DraftMember.parse({
    ...member,
    nik: member.nik ?? '',
    nikNote: member.nikNote ?? '',
    birthPlace: member.birthPlace ?? '',
    birthDate: member.birthDate ?? '',
    familyNo: String(member.familyNo),
    motherName: member.motherName ?? '',
  });
}

/** Of another family, all but its numbers and its consent: where it lives, who, why the office registers it. */
export function copyOfDraft(draft: DraftHousehold, newId: () => string): DraftHousehold {
  return {
    ...draft,
    paperBatchId: null,
    consent: '',
    families: draft.families.map((family) => ({ ...family, kk: '' })),
    members: draft.members.map((member) => ({
      ...member,
      id: newId(),
      nik: '',
      nikNote: '',
      noNik: '',
      unseen: copiedOfMember.filter((field) => member[field] !== ''),
    })),
    unseen: ['address.street', 'address.rt', 'address.rw', ...(draft.phone === '' ? [] : ['phone'])],
  };
}

const copiedOfMember = [
  'name',
  'sex',
  'birthPlace',
  'birthDate',
  'relation',
  'familyNo',
  'familyRelation',
  'motherName',
] as const;

/** What a list of drafts calls it: the head's name, or the first name there is. */
export function draftTitle(draft: DraftHousehold): string | null {
  const head = draft.members.find((member) => member.relation === '1' && member.name.trim() !== '');
  const named = head ?? draft.members.find((member) => member.name.trim() !== '');
  return named?.name.trim() ?? null;
}

/** Whether anything worth keeping was typed. */
export function isBlankDraft(draft: DraftHousehold): boolean {
  const texts = [
    draft.address.street,
    draft.phone,
    draft.passive.proposer,
    draft.passive.note,
    ...draft.families.map((family) => family.kk),
    ...draft.members.flatMap((member) => [
      member.name,
      member.nik,
      member.birthPlace,
      member.birthDate,
      member.motherName,
    ]),
  ];
  return texts.every((text) => text.trim() === '');
}
