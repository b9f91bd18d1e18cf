/** Groups of the recovery code, as they stand on screen and paper, parted by dashes. */
export function codeGroups(code: string): string[] {
  return code.split('-');
}

/** Which two groups are asked for: never the first, which is the easiest to remember from the screen. */
export function chooseGroups(groups: number, random: () => number): [number, number] {
  const later = Array.from({ length: groups - 1 }, (_, index) => index + 1);
  const first = later.splice(Math.floor(random() * later.length), 1)[0] ?? 1;
  const second = later[Math.floor(random() * later.length)] ?? 2;
  return first < second ? [first, second] : [second, first];
}

/**
 * The code as it would read with what was typed in its places. Letters that hands and eyes confuse
 * are told apart by the office (O and 0, I and 1), so case and blanks are all that is put right here.
 */
export function codeWith(code: string, typed: ReadonlyMap<number, string>): string {
  return codeGroups(code)
    .map((group, index) => typed.get(index)?.replace(/[\s-]/g, '').toUpperCase() ?? group)
    .join('-');
}
