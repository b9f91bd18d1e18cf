import { z } from 'zod';

/** What is read of a case here: its families by number, and who stands in them. */
const Families = z.looseObject({
  household: z.looseObject({
    families: z.array(z.looseObject({ no: z.number(), kk: z.string().nullish() })),
  }),
  members: z.array(z.looseObject({ id: z.string(), name: z.string(), familyNo: z.number() })),
});
type Families = z.infer<typeof Families>;

/** A number of a family under which both sides' families would stand together. */
export interface Mingled {
  familyNo: number;
  /** Who would stand there of the other side alone; null where only the card is that of the others. */
  stranger: { id: string; name: string } | null;
}

/**
 * Numbers of families are given again, so that one number may name another family on each side: what both
 * changed merges by number, and puts the people of one under the card of the other.
 *
 * @param merged made of both; one that cannot be read mingles nothing that could be told
 */
export function mingledFamilies(ours: unknown, theirs: unknown, merged: unknown): Mingled[] {
  const [here, there, both] = [ours, theirs, merged].map((body) => Families.safeParse(body).data);
  if (here === undefined || there === undefined || both === undefined) return [];
  return both.household.families
    .filter(({ no }) => isOtherFamily(here, there, no))
    .filter(({ no }) => !isPartOf(both, here, no) && !isPartOf(both, there, no))
    .map(({ no }) => ({
      familyNo: no,
      stranger: under(both, no).find(({ id }) => !stands(here, id, no)) ?? null,
    }));
}

/** Whether a number names another family on each side: it is the same by its card, or by somebody who is in both. */
function isOtherFamily(here: Families, there: Families, no: number): boolean {
  const [kk, people] = [cardOf(here, no), under(here, no)];
  if (people.length === 0 || under(there, no).length === 0) return false;
  if (kk !== null && kk === cardOf(there, no)) return false;
  return people.every(({ id }) => !stands(there, id, no));
}

function isPartOf(both: Families, side: Families, no: number): boolean {
  return cardOf(both, no) === cardOf(side, no) && under(both, no).every(({ id }) => stands(side, id, no));
}

function cardOf({ household }: Families, no: number): string | null {
  return household.families.find((family) => family.no === no)?.kk ?? null;
}

function under({ members }: Families, no: number): Families['members'] {
  return members.filter(({ familyNo }) => familyNo === no);
}

function stands(side: Families, id: string, no: number): boolean {
  return under(side, no).some((member) => member.id === id);
}
