/**
 * What an earlier run of the same task came to before it was stopped, piece after piece: what was learnt first, then
 * what was found for each `personsAtOnce` persons.
 */
export interface Kept {
  /** The next piece: as the earlier run left it, or else as `make` makes it, which is kept then. */
  piece<Value>(make: () => Value): Value;
}

/** A run that nobody goes on with. */
export const nothingKept: Kept = { piece: (make) => make() };
