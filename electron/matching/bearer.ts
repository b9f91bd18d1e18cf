import { compare, generationYears } from './compare.ts';
import type { Doubt } from './decide.ts';
import { soundAlike } from './identity.ts';
import type { MatchPerson } from './normalise.ts';
import { slipBetween } from './siblings.ts';

/**
 * Why the person of a list who bears a member's NIK may be somebody else; nothing where they surely are the member. A number
 * may have been typed for another, so that the name has to say it as well, or the birth date where the name is in no conflict:
 * spouses whose numbers were exchanged, twins, father and son bear each other's numbers in no other way than by mistake.
 *
 * @param others the other members of the case.
 */
export function doubtsOfBearer(
  member: MatchPerson,
  person: MatchPerson,
  others: readonly MatchPerson[],
): Doubt[] {
  const alike = ({ input }: MatchPerson) => soundAlike(input.name, person.input.name);
  if (!alike(member) && others.some(alike)) return ['nik_swapped'];
  const { name, birth } = compare(member, person);
  if (birth === 'generation' || birth === 'age_generation') return ['generation'];
  if (person.birthYear === null && isNikOfOtherGeneration(member)) return ['generation'];
  const isConflict = name === null || name.pairs.some(({ level }) => level === 'conflict');
  if (birth === 'equal' || birth === 'equal_round') return isConflict ? ['name_conflict'] : [];
  if (isConflict) return ['name_conflict'];
  // Of another birth date as well, who bears nearly the same name is a brother or a sister.
  if (birth === 'different' && !name.identical) return ['birth_conflict'];
  const mayBeSister = name.own.some(
    ({ level, left, right }) => level === 'similar' && slipBetween(left, right) === 'letter',
  );
  return name.agrees && !mayBeSister ? [] : ['one_kind_of_evidence'];
}

/** Whether the date in a NIK lies a generation from the birth date: then it is a parent's, or a child's. */
function isNikOfOtherGeneration({ birthDate, nik }: MatchPerson): boolean {
  if (birthDate === null || nik.digits === null) return false;
  const apart = Math.abs(Number(birthDate.slice(2, 4)) - Number(nik.digits.slice(10, 12)));
  return Math.min(apart, 100 - apart) >= generationYears;
}
