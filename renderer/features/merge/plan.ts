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
  /** Whether a member whom only the other case has comes along, by their id there. */
  joining: z.record(z.string(), z.boolean()),
});
export type Chosen = z.infer<typeof Chosen>;

export const nothingChosen: Chosen = { sides: {}, joining: {} };

export function choose(chosen: Chosen, { path, kept, other }: MergeField, side: MergeSide): Chosen {
  return { ...chosen, sides: { ...chosen.sides, [path]: { side, kept, other } } };
}

export function letJoin(chosen: Chosen, memberId: string, joins: boolean): Chosen {
  return { ...chosen, joining: { ...chosen.joining, [memberId]: joins } };
}

/** The same choices once the other case is the one that stays: of each field the same value. */
export function swapped({ same }: Pick<MergeComparison, 'same'>, chosen: Chosen): Chosen {
  const there = new Map(same.map(({ memberId, otherId }) => [memberId, otherId]));
  const sides = Object.entries(chosen.sides).map(([path, { side, kept, other }]) => {
    const [group, id = '', field] = path.split('.');
    const pathThere = group === 'members' ? `members.${there.get(id) ?? id}.${field}` : path;
    const sideThere: MergeSide = side === 'tetap' ? 'digabung' : 'tetap';
    return [pathThere, { side: sideThere, kept: other, other: kept }] as const;
  });
  return { sides: Object.fromEntries(sides), joining: chosen.joining };
}

/** Members whom only the other case has. */
export function strangersOf({ other, same }: MergeComparison): Member[] {
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
  const { kept, other, same, editable } = comparison;
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
      joining: strangersOf(comparison).flatMap(({ id }) => (chosen.joining[id] === false ? [] : [id])),
    },
  };
}
