/**
 * The code on a printed sheet: digits only, so that a scanner, which is a keyboard, types nothing
 * that could be a command: 8 digits of the case's serial, 3 of the print number, 1 check digit.
 */
export interface SheetCode {
  serial: number;
  print: number;
}

const damm = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

export function formatSheetCode({ serial, print }: SheetCode): string {
  const body = String(serial).padStart(8, '0') + String(print).padStart(3, '0');
  if (body.length !== 11) throw new RangeError(`Sheet code out of range: serial ${serial}, print ${print}.`);
  return body + dammDigit(body);
}

/** Reads a scanned or typed code (blanks and dashes allowed); null where the check digit does not fit. */
export function parseSheetCode(raw: string): SheetCode | null {
  const digits = raw.replace(/[\s-]/g, '');
  if (!/^\d{12}$/.test(digits)) return null;
  if (dammDigit(digits.slice(0, 11)) !== digits[11]) return null;
  return { serial: Number(digits.slice(0, 8)), print: Number(digits.slice(8, 11)) };
}

/** Grouped for reading aloud: `0000 1234 0015`. */
export function displaySheetCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ');
}

/** Damm's quasigroup: finds every single wrong digit and every swap of neighbours. */
function dammDigit(digits: string): string {
  let interim = 0;
  for (const digit of digits) interim = Number(damm[interim]?.[Number(digit)]);
  return String(interim);
}
