export interface RtRwInText {
  rt: number;
  rw: number;
  /** The words that said it. */
  text: string;
}

/**
 * RT and RW written into an address or the name of a neighbourhood: `RT 003/RW 05`, `RT.3 RW.5`,
 * `RT 003/005`, `RW 05 RT 03`, `RT/RW 003/005`, `003/005`. Null where not both are said.
 */
export function findRtRw(text: string | null): RtRwInText | null {
  if (text === null || !hasNumberPair.test(text)) return null;
  const forward = rtThenRw.exec(text) ?? bothThenNumbers.exec(text) ?? bare.exec(text);
  if (forward !== null) return read(forward[1], forward[2], forward[0]);
  const reversed = rwThenRt.exec(text);
  return reversed === null ? null : read(reversed[2], reversed[1], reversed[0]);
}

/**
 * RT and RW out of columns that hold one each: `3`, `003`, `RT 003`; both where one of the columns says both
 * (`003/005`, `RT 003/RW 05`). Null where a column says none, or more than one number.
 */
export function readRtRw(rt: string | null, rw: string | null): { rt: number | null; rw: number | null } {
  const [inRt, inRw] = [pairIn(rt), pairIn(rw)];
  return {
    rt: inRt?.rt ?? onlyNumber(rt, /R\.?W/i) ?? inRw?.rt ?? null,
    rw: inRw?.rw ?? onlyNumber(rw, /R\.?T/i) ?? inRt?.rw ?? null,
  };
}

function pairIn(text: string | null): { rt: number; rw: number } | null {
  if (text === null || onlyDigits.test(text)) return null;
  const found = /^\s*(\d{1,3})\s*\/\s*(\d{1,3})\s*$/.exec(text);
  return found === null ? findRtRw(text) : read(found[1], found[2], text);
}

/** @param other how the other of the two is called: a column of RT that says `RW 5` says no RT. */
function onlyNumber(text: string | null, other: RegExp): number | null {
  if (text === null || (!onlyDigits.test(text) && other.test(text))) return null;
  // A spreadsheet writes `3.0`.
  const numbers = text.replace(/\.0+$/, '').match(/\d+/g) ?? [];
  const number = Number(numbers[0] ?? 0);
  return numbers.length === 1 && number > 0 && number < 1_000 ? number : null;
}

const onlyDigits = /^\d+$/;

/** An RT or RW as it is written: `7` → `007`. */
export function threeDigits(number: number): string {
  return String(number).padStart(3, '0');
}

/** Both in a column, RT first as on a KTP: `003/007`. */
export function rtSlashRw(rt: number, rw: number): string {
  return `${threeDigits(rt)}/${threeDigits(rw)}`;
}

/** Both in a sentence or an address: `RT 003/RW 007`. */
export function formatRtRw(rt: number, rw: number): string {
  return `RT ${threeDigits(rt)}/RW ${threeDigits(rw)}`;
}

/** Most addresses say nothing of it, and that is soon seen. */
const hasNumberPair = /R\.?[TW]|0\d\s*\/\s*0/i;
const rtThenRw = /\bR\.?T[\s.:]*(\d{1,3})(?:[\s,./-]*R\.?W[\s.:]*|\s*\/\s*)(\d{1,3})(?!\d)/i;
const rwThenRt = /\bR\.?W[\s.:]*(\d{1,3})[\s,./-]*R\.?T[\s.:]*(\d{1,3})(?!\d)/i;
const bothThenNumbers = /\bR\.?T[\s.,/&-]*R\.?W[\s.:]*(\d{1,3})\s*[/,.\s-]\s*(\d{1,3})(?!\d)/i;
const bare = /(?<=^|[\s,])(0\d{1,2})\s*\/\s*(0\d{1,2})(?=[\s,.]|$)/;

function read(rt: string | undefined, rw: string | undefined, text: string): RtRwInText | null {
  const found = { rt: Number(rt), rw: Number(rw), text };
  return found.rt > 0 && found.rw > 0 ? found : null;
}
