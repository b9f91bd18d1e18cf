import { mingledFamilies } from '../../shared/provincial/families.ts';
import {
  diffFields,
  type FieldEdit,
  mergeThreeWay,
  type Merged,
  overlap,
  readField,
  writeField,
} from '../../shared/provincial/merge.ts';
import { isSoundCase } from '../../shared/provincial/record.ts';

/**
 * Merges two changes of a case, each of them sound by itself. Where both together break a rule between fields
 * (a child that both entered, a family that one took away and the other added a member to), or mingle two families
 * under a number that one of them gave anew, the changes of the household clash with each other: a person chooses, and what this office had is always sound.
 */
export function mergeCase(base: unknown, ours: unknown, theirs: unknown): Merged {
  const merged = mergeThreeWay(base, ours, theirs);
  const isSound = (value: unknown) =>
    isSoundAlone(value) && mingledFamilies(ours, theirs, value).length === 0;
  if (merged.taken.length === 0 || isSound(merged.value)) return merged;
  // As few as hold: those that do not go with ours, else all of the household, else all.
  const household = merged.taken.filter(isOfHousehold);
  const apart = household.filter(({ path }) =>
    isSound(writeField(merged.value, path, readField(ours, path))),
  );
  const without = (some: readonly FieldEdit[]) => merged.taken.filter((edit) => !some.includes(edit));
  const rivals = [apart, household].find((some) => isSound(take(ours, without(some)))) ?? merged.taken;
  const taken = without(rivals);
  const known = merged.clashes.map(({ path }) => path);
  const own = diffFields(base, ours).filter(
    (edit) => isOfHousehold(edit) && !known.some((path) => overlap(path, edit.path)),
  );
  // What of ours it is that does not go with theirs: without it the merge would hold.
  const guilty = own.filter(({ path, before }) => isSound(writeField(merged.value, path, before)));
  const paths = [...rivals, ...(guilty.length > 0 ? guilty : own)].map(({ path }) => path);
  return {
    value: take(ours, taken),
    taken,
    clashes: [
      ...merged.clashes,
      ...paths.map((path) => ({
        path,
        base: readField(base, path),
        ours: readField(ours, path),
        theirs: readField(theirs, path),
      })),
    ],
  };
}

function take(value: unknown, edits: readonly FieldEdit[]): unknown {
  return edits.reduce((whole, { path, after }) => writeField(whole, path, after), value);
}

function isOfHousehold({ path }: FieldEdit): boolean {
  return /^(household|members)(\.|$)/.test(path);
}

/** A merge is made of bodies without their versions, which are each side's own. */
function isSoundAlone(value: unknown): boolean {
  return isSoundCase(writeField(value, 'case.version', 1));
}
