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
      return canonicalString(value);
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

/** Nothing in it is escaped. */
const plain = /^[ !#-[\]-~]*$/;

function canonicalString(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('A lone surrogate has no canonical JSON.');
  return JSON.stringify(text);
}

// By index, which unlike map also visits holes, so that a sparse array is refused like undefined.
function canonicalArray(values: readonly unknown[]): string {
  let json = '[';
  for (let at = 0; at < values.length; at += 1) json += (at === 0 ? '' : ',') + canonicalJson(values[at]);
  return `${json}]`;
}

function canonicalObject(value: object): string {
  if (!isPlain(value)) throw new TypeError('Only plain objects have canonical JSON.');
  let json = '{';
  // Sorted without a comparison of one's own, strings stand in the order of their code units.
  for (const name of Object.keys(value).sort())
    json += `${json === '{' ? '' : ','}${canonicalString(name)}:${canonicalJson(value[name])}`;
  return `${json}}`;
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
