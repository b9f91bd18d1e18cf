/** Characters of a code of enrolment, 80 bits: what is sealed with less could be opened by guessing. */
export const enrolmentCodeLength = 16;

/** Codes are typed by hand: case, blanks and dashes do not count, and O, I, L read as 0, 1, 1. */
export function plainCode(code: string): string {
  return code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}
