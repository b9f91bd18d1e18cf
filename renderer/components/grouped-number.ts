import { groupNumber } from '../../shared/domain/nik.ts';

/** What is kept of a typed NIK or No KK: bare digits, or the text itself while it holds anything else. */
export function keptNumber(text: string): string {
  return /^[\d\s.'-]*$/.test(text) ? text.replaceAll(/\D/g, '') : text;
}

/** How it stands in the field: digits in fours, other text as typed. */
export function shownNumber(kept: string): string {
  return /^\d+$/.test(kept) ? groupNumber(kept) : kept;
}

/**
 * Where the caret belongs after the digits were grouped again: behind as many digits as before.
 *
 * @param caret its place in `text`, the field's text before grouping
 */
export function caretAfterGrouping(text: string, caret: number): number {
  const kept = keptNumber(text);
  const shown = shownNumber(kept);
  if (kept === text && shown === text) return caret;
  const digits = text.slice(0, caret).replaceAll(/\D/g, '').length;
  let passed = 0;
  for (const [index, character] of [...shown].entries()) {
    if (passed === digits) return index;
    if (/\d/.test(character)) passed += 1;
  }
  return shown.length;
}
