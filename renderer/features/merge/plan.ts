import { z } from 'zod';
import type { MergeComparison } from '../../../shared/contract/merge.ts';
import {
  firstChoices,
  mergeFields,
  type MergeField,
  type MergePlan,
  MergeSide,
} from '../../../shared/domain/merge.ts';

import type { Member } from '../../../shared/domain/person.ts';

/** What the clerk chose, beside what stands chosen at first. It outlives a newer answer of the office. */
export const Chosen = z.object({
  /** By path of the field, with the two values that were chosen between. */
  sides: z.record(
    z.string(),
    z.object({ side: MergeSide, kept: z.string().nullable(), other: z.string().nullable() }),
  ),
  /** Who of the kept case a member of the other is, by their id there; null where they are nobody of it. */
  pairs: z.record(z.string(), z.string().nullable()),
  /** Whether a member whom only the other case has comes along, by their id there. */
  joining: z.record(z.string(), z.boolean()),
});
export type Chosen = z.infer<typeof Chosen>;

export const nothingChosen: Chosen = { sides: {}, pairs: {}, joining: {} };

export function choose(chosen: Chosen, { path, kept, other }: MergeField, side: MergeSide): Chosen {
  return { ...chosen, sides: { ...chosen.sides, [path]: { side, kept, other } } };
}

export function letJoin(chosen: Chosen, memberId: string, joins: boolean): Chosen {
  return { ...chosen, joining: { ...chosen.joining, [memberId]: joins } };
}

/** Says who of the kept case a member of the other is, or that they are nobody of it: then both stay. */
export function pairUp(chosen: Chosen, otherId: string, memberId: string | null): Chosen {
  // Said last, also where the same was said before.
  const { pairs } = leaveOpen(chosen, otherId);
  return { ...chosen, pairs: { ...pairs, [otherId]: memberId } };
}

/** Takes back what was said of a member of the other case: what the program proposes of them holds again. */
export function leaveOpen(chosen: Chosen, otherId: string): Chosen {
  const { [otherId]: _before, ...others } = chosen.pairs;
  return { ...chosen, pairs: others };
}

/**
 * Members who are one person: as the clerk says, and else as the program pairs them. Nobody is two: what was said last
 * counts, and what it stands in the way of holds again once the clerk goes on from it, as the arrow keys do.
 */
export function samePersons({ kept, other, same }: MergeComparison, { pairs }: Chosen): MergePlan['same'] {
  const said = Object.entries(pairs).reverse();
  const proposed = same.filter(({ otherId }) => pairs[otherId] === undefined);
  const found = new Map<string, string>();
  for (const [otherId, memberId] of [
    ...said,
    ...proposed.map(({ otherId, memberId }) => [otherId, memberId] as const),
  ])
    if (
      memberId !== null &&
      !found.has(memberId) &&
      kept.household.members.some(({ id }) => id === memberId) &&
      other.household.members.some(({ id }) => id === otherId)
    )
      found.set(memberId, otherId);
  return [...found].map(([memberId, otherId]) => ({ memberId, otherId }));
}

/** Pairs that stand though the program is not sure of them and the clerk has said nothing. */
export function doubtfulPairs(comparison: MergeComparison, chosen: Chosen): MergePlan['same'] {
  const unsure = comparison.same.filter(({ sure, otherId }) => !sure && chosen.pairs[otherId] === undefined);
  return samePersons(comparison, chosen).filter((pair) =>
    unsure.some(({ otherId, memberId }) => pair.otherId === otherId && pair.memberId === memberId),
  );
}

/** The same choices once the other case is the one that stays: of each field the same value. */
export function swapped(comparison: MergeComparison, chosen: Chosen): Chosen {
  const there = new Map(samePersons(comparison, chosen).map(({ memberId, otherId }) => [memberId, otherId]));
  const sides = Object.entries(chosen.sides).map(([path, { side, kept, other }]) => {
    const [group, id = '', field] = path.split('.');
    const pathThere = group === 'members' ? `members.${there.get(id) ?? id}.${field}` : path;
    const sideThere: MergeSide = side === 'tetap' ? 'digabung' : 'tetap';
    return [pathThere, { side: sideThere, kept: other, other: kept }] as const;
  });
  const pairs = Object.entries(chosen.pairs).flatMap(([otherId, memberId]): [string, string | null][] => {
    if (memberId !== null) return there.get(memberId) === otherId ? [[memberId, otherId]] : [];
    const parted = comparison.same.find((pair) => pair.otherId === otherId)?.memberId;
    return parted === undefined || there.has(parted) ? [] : [[parted, null]];
  });
  return { sides: Object.fromEntries(sides), pairs: Object.fromEntries(pairs), joining: chosen.joining };
}

/** Members whom only the other case has. */
export function strangersOf({ other }: MergeComparison, same: MergePlan['same']): Member[] {
  return other.household.members.filter(({ id }) => !same.some(({ otherId }) => otherId === id));
}

/**
 * The fields that differ and the plan for them, of the two cases as they are now. What was chosen holds
 * where it is still between the same two values; where the kept case can no longer change, its own stand.
 */
export function planOf(
  comparison: MergeComparison,
  chosen: Chosen,
): { fields: MergeField[]; plan: MergePlan } {
  const { kept, other, editable } = comparison;
  const same = samePersons(comparison, chosen);
  const fields = mergeFields(kept.household, other.household, same);
  if (!editable) return { fields, plan: { choices: {}, same, joining: [] } };
  const still = fields.flatMap((field) => {
    const said = chosen.sides[field.path];
    return said?.kept === field.kept && said.other === field.other ? [[field.path, said.side] as const] : [];
  });
  return {
    fields,
    plan: {
      choices: { ...firstChoices(fields), ...Object.fromEntries(still) },
      same,
      joining: strangersOf(comparison, same).flatMap(({ id }) => (chosen.joining[id] === false ? [] : [id])),
    },
  };
}
