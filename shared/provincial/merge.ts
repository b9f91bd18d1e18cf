import { canonicalJson } from './canonical.ts';

/**
 * Field-level comparison and three-way merge of JSON. A field is named by its path from the root,
 * dots between: `household.address.rt`, `members.<id>.nik`. What is a list of things with an identity
 * is compared thing by thing, so that its order means nothing and two additions do not clash. It
 * works on whatever is there: fields that this version does not know merge like the rest.
 */

/** Lists whose things have an identity, by the name of the list: the field that tells them apart. */
const identities: Readonly<Record<string, string>> = {
  members: 'id',
  families: 'no',
  decisions: 'eventId',
  attachments: 'hash',
};

/** One field that differs; undefined where there is nothing. */
export interface FieldEdit {
  path: string;
  before: unknown;
  after: unknown;
}

/** The same field changed to different values by both sides. */
export interface FieldClash {
  path: string;
  base: unknown;
  ours: unknown;
  theirs: unknown;
}

export interface Merged {
  /** Both sides' changes; of a field that clashes, ours. */
  value: unknown;
  /** What only the other side changed, as it was taken over. */
  taken: FieldEdit[];
  clashes: FieldClash[];
}

/** What changed, field by field; a thing that came or went is one edit. */
export function diffFields(before: unknown, after: unknown): FieldEdit[] {
  return diffAt([], before, after);
}

/**
 * Merges two changes of the same base. Different fields merge; the same field changed alike is no
 * clash; a thing that one side took away and the other changed is one.
 */
export function mergeThreeWay(base: unknown, ours: unknown, theirs: unknown): Merged {
  const ourEdits = diffFields(base, ours);
  const taken: FieldEdit[] = [];
  const clashes = new Map<string, FieldClash>();
  for (const edit of diffFields(base, theirs)) {
    const rivals = ourEdits.filter((own) => overlap(own.path, edit.path));
    if (rivals.length === 0) taken.push(edit);
    for (const rival of rivals) {
      const path = rival.path.length < edit.path.length ? rival.path : edit.path;
      const clash = {
        path,
        base: readField(base, path),
        ours: readField(ours, path),
        theirs: readField(theirs, path),
      };
      if (!sameValue(clash.ours, clash.theirs)) clashes.set(path, clash);
    }
  }
  const value = taken.reduce<unknown>((merged, edit) => writeField(merged, edit.path, edit.after), ours);
  return { value, taken, clashes: [...clashes.values()] };
}

/** The value of a field; undefined where there is none. */
export function readField(root: unknown, path: string): unknown {
  let at = root;
  let name = '';
  for (const step of stepsOf(path)) {
    const things = keyed(name, at);
    at = things ? things.get(step) : isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
    name = step;
  }
  return at;
}

/**
 * A copy with one field set, or taken away where `value` is undefined. A thing of a list is taken away
 * by null, too: so the wire says that there is none. A part of a thing that is not there is not written.
 */
export function writeField(root: unknown, path: string, value: unknown): unknown {
  return writeAt('', root, stepsOf(path), value);
}

/**
 * As {@link writeField}, of a thing by itself, wherever it stands or no longer does.
 *
 * @param path of `whole`
 * @param part of the field in it, from the same root; `path` itself where it is all of it
 */
export function writePart(whole: unknown, path: string, part: string, value: unknown): unknown {
  const steps = stepsOf(path);
  const inside = stepsOf(part).slice(steps.length);
  return inside.length > 0 && (whole ?? null) === null
    ? whole
    : writeAt(steps.at(-1) ?? '', whole, inside, value);
}

export function sameValue(left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return left === right;
  return canonicalJson(left) === canonicalJson(right);
}

function diffAt(steps: readonly string[], before: unknown, after: unknown): FieldEdit[] {
  const name = steps.at(-1) ?? '';
  const [left, right] = [partsOf(name, before), partsOf(name, after)];
  if (left === null || right === null)
    return sameValue(before, after) ? [] : [{ path: pathOf(steps), before, after }];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((step) =>
    diffAt([...steps, step], left.get(step), right.get(step)),
  );
}

/** What a value is made of, by name or identity; null where it is one value. */
function partsOf(name: string, value: unknown): Map<string, unknown> | null {
  return keyed(name, value) ?? (isObject(value) ? new Map(Object.entries(value)) : null);
}

/** The things of a list by identity; null where it is no such list. */
function keyed(name: string, value: unknown): Map<string, unknown> | null {
  const identity = identities[name];
  if (identity === undefined || !Array.isArray(value)) return null;
  const things = new Map<string, unknown>();
  for (const thing of value) {
    const id: unknown = isObject(thing) ? thing[identity] : undefined;
    if (typeof id !== 'string' && typeof id !== 'number') return null;
    things.set(String(id), thing);
  }
  return things.size === value.length ? things : null;
}

function writeAt(name: string, at: unknown, steps: readonly string[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  const things = keyed(name, at);
  if (things) {
    const standing = things.get(step);
    // A part of a thing that is not there would be a thing without an identity.
    if (standing === undefined && rest.length > 0) return at;
    const written = writeAt(step, standing, rest, value);
    if (written === undefined || written === null) things.delete(step);
    else things.set(step, written);
    return [...things.values()];
  }
  const { [step]: before, ...others } = isObject(at) ? at : {};
  const written = writeAt(step, before, rest, value);
  return written === undefined ? others : { ...others, [step]: written };
}

/** Whether two paths name the same field, or one a part of the other. */
export function overlap(left: string, right: string): boolean {
  return left === right || left.startsWith(`${right}.`) || right.startsWith(`${left}.`);
}

/** Names may hold dots; in a path they are written `~1`, and a tilde `~0`. */
function pathOf(steps: readonly string[]): string {
  return steps.map((step) => step.replaceAll('~', '~0').replaceAll('.', '~1')).join('.');
}

function stepsOf(path: string): string[] {
  return path === '' ? [] : path.split('.').map((step) => step.replaceAll('~1', '.').replaceAll('~0', '~'));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
