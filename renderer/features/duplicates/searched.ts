import type { DraftHousehold, DraftMember } from '../../../shared/domain/draft.ts';

/**
 * The part of a draft that families are searched by: what changes nothing here (a phone number, a
 * tint taken off) asks the office nothing.
 */
export function searchedPart(draft: DraftHousehold): DraftHousehold {
  return {
    ...draft,
    phone: '',
    correctionNote: '',
    passive: { reason: '', proposer: '', proposerRole: '', note: '' },
    editors: [],
    unseen: [],
    members: draft.members.map((member) => ({
      ...member,
      nikNote: '',
      birthPlace: '',
      relation: '',
      familyRelation: '',
      unseen: [],
    })),
  };
}

/** Whether anything stands there that a family could be found by. */
export function isSearchable(draft: DraftHousehold): boolean {
  return (
    draft.members.some((member) => member.name.trim().length >= 3 || member.nik.trim().length >= 15) ||
    draft.families.some((family) => family.kk.trim().length >= 15)
  );
}

/** Whether taking a found family over would lose something that was typed: the family lacks it, or says it otherwise. */
export function wouldReplace(draft: DraftHousehold, found: DraftHousehold): boolean {
  const { street, rt, rw } = draft.address;
  return (
    !says(found.address.street, street) ||
    !isSameNumber(found.address.rt, rt) ||
    !isSameNumber(found.address.rw, rw) ||
    (found.phone !== '' && !says(found.phone, draft.phone)) ||
    draft.families.some(({ kk }) => !found.families.some((family) => says(family.kk, kk))) ||
    draft.members.some((member) => !found.members.some((other) => saysOf(other, member)))
  );
}

/** What of a member is typed letter by letter; codes stand there by themselves, or are soon given again. */
const typedFields = ['name', 'nik', 'nikNote', 'birthPlace', 'birthDate', 'motherName'] as const;

function saysOf(found: DraftMember, typed: DraftMember): boolean {
  return typedFields.every((field) => typed.unseen.includes(field) || says(found[field], typed[field]));
}

/** A name that is typed halfway is part of the whole one. */
function says(found: string, typed: string): boolean {
  return plain(found).includes(plain(typed));
}

function isSameNumber(found: string, typed: string): boolean {
  return typed.trim() === '' || Number(found) === Number(typed);
}

function plain(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}

/** How far the search is: what it says of families it may only say once the office has answered. */
export type SearchState = 'notYet' | 'searching' | 'failed' | 'answered';

/** @param hint the office's answer, or of what was typed a moment before. */
export function searchState(searchable: boolean, hint: { data?: unknown; error: unknown }): SearchState {
  if (!searchable) return 'notYet';
  if (hint.error !== null) return 'failed';
  return hint.data === undefined ? 'searching' : 'answered';
}
