/** What many are given nobody may change: the value itself, with all its parts. */
export function frozen<Value>(value: Value): Value {
  if (value instanceof Object) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
