/**
 * Levels of agreement as numbers, for the hot loops. 0 is "missing" everywhere and weighs nothing. The
 * names are the keys of the shipped parameters, `resources/matching/bulk-1.json`.
 */
export const nik = {
  missing: 0,
  equal: 1,
  transposed: 2,
  one_digit: 3,
  one_missing: 4,
  two_digits: 5,
  same_tail: 6,
  different: 7,
} as const;
export const birth = {
  missing: 0,
  equal: 1,
  swapped: 2,
  one_digit: 3,
  two_parts: 4,
  year_only: 5,
  near_year: 6,
  different: 7,
  generation: 8,
} as const;
export const sex = { missing: 0, equal: 1, different: 2 } as const;
export const household = { missing: 0, equal: 1, one_slip: 2, different: 3 } as const;
export const address = {
  missing: 0,
  same_door: 1,
  same_ward_and_street: 2,
  same_ward: 3,
  same_street: 4,
  elsewhere: 5,
} as const;
export const text = { missing: 0, equal: 1, similar: 2, alike: 3, different: 4 } as const;
/** Of the parts of a name; there is no "missing": a part that only one side has is `absent`. */
export const token = {
  exact: 0,
  class: 1,
  key: 2,
  joined: 3,
  similar: 4,
  alike: 5,
  initial: 6,
  absent: 7,
  conflict: 8,
} as const;

/** Places of the fields in a pattern; the text columns follow. */
export const field = { nik: 0, birth: 1, sex: 2, household: 3, address: 4 } as const;
export const fixedFields = 5;
export const fixedLevels = [nik, birth, sex, household, address] as const;
