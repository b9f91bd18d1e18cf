import type { DraftHousehold } from '../../../shared/domain/draft.ts';

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

/** Whether taking a found family over would replace something that was typed. */
export function wouldReplace(draft: DraftHousehold): boolean {
  return (
    draft.address.street.trim() !== '' ||
    draft.members.filter((member) => member.name.trim() !== '' || member.nik.trim() !== '').length > 1
  );
}
