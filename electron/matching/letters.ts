/** The letters of a text, a bit each; those whose codes are 32 apart share one. */
export function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters;
}

export function bitCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Whether texts of such letters may be alike but for one letter, or two neighbours exchanged. */
export function mayBeOneSlip(one: number, other: number): boolean {
  return hasOneBitAtMost(one & ~other) && hasOneBitAtMost(other & ~one);
}

function hasOneBitAtMost(bits: number): boolean {
  return (bits & (bits - 1)) === 0;
}
