/**
 * Canonical JSON after RFC 8785 (JCS): members sorted by UTF-16 code units, no blanks, numbers and
 * strings as ECMAScript writes them. Both ends hash these bytes, so that a record means the same
 * whatever order, spacing or database it went through.
 *
 * @throws TypeError for what JSON cannot hold or would change silently: undefined, functions,
 * numbers that are not finite, lone surrogates.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new TypeError('A lone surrogate has no canonical JSON.');
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical JSON.`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? canonicalArray(value) : canonicalObject(value);
    default:
      throw new TypeError(`A value of type ${typeof value} has no canonical JSON.`);
  }
}

// Array.from, unlike map, also visits holes, so that a sparse array is refused like undefined.
function canonicalArray(values: readonly unknown[]): string {
  return `[${Array.from(values, canonicalJson).join(',')}]`;
}

function canonicalObject(value: object): string {
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) {
    throw new TypeError('Only plain objects have canonical JSON.');
  }
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`).join(',')}}`;
}
