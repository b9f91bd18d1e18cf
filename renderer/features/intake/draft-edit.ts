import { z } from 'zod';
import { emptyMember, type DraftHousehold, type DraftMember } from '../../../shared/domain/draft.ts';
import { inspectMemberNik } from '../../../shared/domain/draft-check-member.ts';
import type { LastAddress } from '../../../shared/contract/intake.ts';

/**
 * What a keystroke does to a draft: pure, so that it can be tested without a screen. Fields go by the
 * paths that findings use: `address.rt`, `families.0.kk`, `members.2.nik`, `passive.reason`, `phone`.
 */
const AddressField = z.enum(['street', 'rt', 'rw', 'kelurahan']);
const PassiveField = z.enum(['reason', 'proposer', 'proposerRole', 'note']);
export const MemberField = z.enum([
  'name',
  'nik',
  'nikNote',
  'sex',
  'birthPlace',
  'birthDate',
  'relation',
  'familyNo',
  'familyRelation',
  'motherName',
  'noNik',
]);
export type MemberField = z.infer<typeof MemberField>;

/** What the program needs to know to fill in by itself. */
export interface Facts {
  today: string;
}

/** One family under the roof: its number and the relation within it go without saying, and are not asked. */
export function isOneFamily({ families, members }: DraftHousehold): boolean {
  const [only, second] = families;
  if (only === undefined || second !== undefined) return false;
  return members.every(
    (member) => member.familyNo === String(only.no) && member.familyRelation === member.relation,
  );
}

/** The text of a field; empty where the path leads nowhere. */
export function readField(draft: DraftHousehold, path: string): string {
  const [group = '', second = '', third = ''] = path.split('.');
  switch (group) {
    case 'phone':
      return draft.phone;
    case 'consent':
      return draft.consent;
    case 'correctionNote':
      return draft.correctionNote;
    case 'address':
      return draft.address[AddressField.parse(second)];
    case 'passive':
      return draft.passive[PassiveField.parse(second)];
    case 'families':
      return draft.families[Number(second)]?.kk ?? '';
    case 'members':
      return draft.members[Number(second)]?.[MemberField.parse(third)] ?? '';
    default:
      return '';
  }
}

/** Types into a field, and fills what follows from it: tinted, and never over what a person typed. */
export function typeField(draft: DraftHousehold, path: string, text: string, facts: Facts): DraftHousehold {
  const [group = '', second = '', third = ''] = path.split('.');
  const seen = seeField(draft, path);
  switch (group) {
    case 'phone':
      return { ...seen, phone: text };
    case 'consent':
      return { ...seen, consent: text };
    case 'correctionNote':
      return { ...seen, correctionNote: text };
    case 'address':
      return { ...seen, address: { ...seen.address, [AddressField.parse(second)]: text } };
    case 'passive':
      return { ...seen, passive: { ...seen.passive, [PassiveField.parse(second)]: text } };
    case 'families':
      return {
        ...seen,
        families: seen.families.map((family, index) =>
          index === Number(second) ? { ...family, kk: text } : family,
        ),
      };
    case 'members':
      return updateMember(seen, Number(second), (member) =>
        typeMember(member, MemberField.parse(third), text, facts, isOneFamily(draft)),
      );
    default:
      return draft;
  }
}

/** The clerk has looked at a field that the program filled in: its tint goes. */
export function seeField(draft: DraftHousehold, path: string): DraftHousehold {
  const [group = '', second = '', third = ''] = path.split('.');
  if (group === 'members') {
    const member = draft.members[Number(second)];
    if (member === undefined || !member.unseen.includes(third)) return draft;
    return updateMember(draft, Number(second), (current) => ({
      ...current,
      unseen: current.unseen.filter((field) => field !== third),
    }));
  }
  return draft.unseen.includes(path)
    ? { ...draft, unseen: draft.unseen.filter((field) => field !== path) }
    : draft;
}

export function isUnseen(draft: DraftHousehold, path: string): boolean {
  const [group = '', second = '', third = ''] = path.split('.');
  return group === 'members'
    ? (draft.members[Number(second)]?.unseen.includes(third) ?? false)
    : draft.unseen.includes(path);
}

/** How many filled-in fields nobody has looked at. */
export function countUnseen(draft: DraftHousehold): number {
  return draft.members.reduce((sum, member) => sum + member.unseen.length, draft.unseen.length);
}

/** "I have compared it all with the card." */
export function seeAll(draft: DraftHousehold): DraftHousehold {
  return { ...draft, unseen: [], members: draft.members.map((member) => ({ ...member, unseen: [] })) };
}

/** A further member, in the family of the one before. */
export function addMember(draft: DraftHousehold, id: string): DraftHousehold {
  const familyNo = draft.members.at(-1)?.familyNo ?? '1';
  const first = draft.members.length === 0;
  const member = emptyMember(id, familyNo === '' ? '1' : familyNo);
  return {
    ...draft,
    members: [...draft.members, first ? { ...member, relation: '1', familyRelation: '1' } : member],
  };
}

export function removeMember(draft: DraftHousehold, index: number): DraftHousehold {
  return { ...draft, members: draft.members.filter((_, place) => place !== index) };
}

/** Undoes a removal: the member comes back to its place. */
export function restoreMember(draft: DraftHousehold, index: number, member: DraftMember): DraftHousehold {
  return { ...draft, members: draft.members.toSpliced(Math.min(index, draft.members.length), 0, member) };
}

/** A further family under the same roof, with the lowest number that is free; at most nine. */
export function addFamily(draft: DraftHousehold): DraftHousehold {
  const no = [1, 2, 3, 4, 5, 6, 7, 8, 9].find(
    (candidate) => !draft.families.some((family) => family.no === candidate),
  );
  return no === undefined
    ? draft
    : { ...draft, families: [...draft.families, { no, kk: '' }].sort((left, right) => left.no - right.no) };
}

/** Takes a family off; its members stay, and the form says that their family number leads nowhere. */
export function removeFamily(draft: DraftHousehold, index: number): DraftHousehold {
  return { ...draft, families: draft.families.filter((_, place) => place !== index) };
}

/** The address typed last, to be looked at before it counts as this family's. */
export function copyAddress(draft: DraftHousehold, address: LastAddress): DraftHousehold {
  const paths = AddressField.options.map((field) => `address.${field}`);
  return {
    ...draft,
    address: { ...draft.address, ...address },
    unseen: [...new Set([...draft.unseen, ...paths])],
  };
}

/**
 * Takes a found family over into the form. How the family came in, the grounds and what belongs to
 * the draft itself stay; what was found stands tinted until it was looked at.
 */
export function takeOver(draft: DraftHousehold, found: DraftHousehold): DraftHousehold {
  const kelurahan = draft.address.kelurahan === '' ? found.address.kelurahan : draft.address.kelurahan;
  return {
    ...draft,
    address: { ...found.address, kelurahan },
    phone: found.phone === '' ? draft.phone : found.phone,
    families: found.families.length === 0 ? draft.families : found.families,
    members: found.members,
    unseen: found.unseen.filter((path) => path !== 'address.kelurahan' || draft.address.kelurahan === ''),
  };
}

function updateMember(
  draft: DraftHousehold,
  index: number,
  update: (member: DraftMember) => DraftMember,
): DraftHousehold {
  return {
    ...draft,
    members: draft.members.map((member, place) => (place === index ? update(member) : member)),
  };
}

function typeMember(
  member: DraftMember,
  field: MemberField,
  text: string,
  facts: Facts,
  oneFamily: boolean,
): DraftMember {
  const typed = { ...member, [field]: text };
  switch (field) {
    case 'nik':
      // Whoever has a NIK needs no stand-in for it.
      return fillFromNik(text === '' ? typed : { ...typed, noNik: '' }, facts);
    case 'relation':
      return oneFamily ? { ...typed, familyRelation: text } : fillFamilyRelation(typed);
    case 'name':
    case 'nikNote':
    case 'sex':
    case 'birthPlace':
    case 'birthDate':
    case 'familyNo':
    case 'familyRelation':
    case 'motherName':
    case 'noNik':
      return typed;
  }
}

/** In the family of the head of the household both relations are the same, unless somebody says otherwise. */
function fillFamilyRelation(member: DraftMember): DraftMember {
  return member.familyNo === '1' && isFree(member, 'familyRelation')
    ? fill(member, 'familyRelation', member.relation)
    : member;
}

/** Birth date and sex stand in the NIK; they are filled in while nobody typed them. */
function fillFromNik(member: DraftMember, facts: Facts): DraftMember {
  const { parts, errors } = inspectMemberNik(
    { ...member, birthDate: isFree(member, 'birthDate') ? '' : member.birthDate },
    facts,
  );
  if (parts === null || errors.length > 0 || parts.birthDate === null || parts.birthDate > facts.today)
    return member;
  const dated = isFree(member, 'birthDate') ? fill(member, 'birthDate', parts.birthDate) : member;
  return isFree(dated, 'sex') ? fill(dated, 'sex', parts.sex) : dated;
}

/** Empty, or filled in by the program and not looked at yet. */
function isFree(member: DraftMember, field: MemberField): boolean {
  return member[field] === '' || member.unseen.includes(field);
}

function fill(member: DraftMember, field: MemberField, text: string): DraftMember {
  const unseen = member.unseen.filter((other) => other !== field);
  return { ...member, [field]: text, unseen: text === '' ? unseen : [...unseen, field] };
}
