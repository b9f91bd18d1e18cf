/** Longer words are compared by their beginning: a bit of a number stands for each letter. */
export const longestCompared = 31;

/**
 * Jaro–Winkler similarity, 0 to 1; 1 only for equal strings (of up to 31 letters). Prefix scale 0.1, at most four letters.
 *
 * @param least who asks only whether it is so much is told 0 where the letters alone show that it is less.
 */
export function jaroWinkler(left: string, right: string, least = 0): number {
  if (left === right) return 1;
  let prefix = 0;
  while (prefix < 4 && prefix < left.length && left[prefix] === right[prefix]) prefix += 1;
  const [one, other] = [left.slice(0, longestCompared), right.slice(0, longestCompared)];
  if (least > 0 && withPrefix(mostJaro(one, other), prefix) < least) return 0;
  return withPrefix(jaroSimilarity(one, other), prefix);
}

function withPrefix(jaro: number, prefix: number): number {
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** As though all letters that stand somewhere on the other side were in reach and in order. */
function mostJaro(left: string, right: string): number {
  const matches = Math.min(lettersOf(right, left), lettersOf(left, right));
  return matches === 0 ? 0 : (matches / left.length + matches / right.length + 1) / 3;
}

/** How many letters of `text` stand in `other`; those that share a bit of a number count as one letter. */
function lettersOf(other: string, text: string): number {
  let there = 0;
  for (let at = 0; at < other.length; at += 1) there |= 1 << other.charCodeAt(at);
  let found = 0;
  for (let at = 0; at < text.length; at += 1) found += (there >>> text.charCodeAt(at)) & 1;
  return found;
}

function jaroSimilarity(left: string, right: string): number {
  const reach = Math.max(0, Math.floor(Math.max(left.length, right.length) / 2) - 1);
  // Places of either side that have met one of the other.
  let [ofLeft, ofRight, matches] = [0, 0, 0];
  for (let index = 0; index < left.length; index += 1) {
    const letter = left.charCodeAt(index);
    const to = Math.min(right.length - 1, index + reach);
    for (let other = Math.max(0, index - reach); other <= to; other += 1) {
      if ((ofRight & (1 << other)) !== 0 || letter !== right.charCodeAt(other)) continue;
      ofLeft |= 1 << index;
      ofRight |= 1 << other;
      matches += 1;
      break;
    }
  }
  if (matches === 0) return 0;
  let outOfOrder = 0;
  for (let index = 0, other = 0; index < left.length; index += 1) {
    if ((ofLeft & (1 << index)) === 0) continue;
    while ((ofRight & (1 << other)) === 0) other += 1;
    if (left.charCodeAt(index) !== right.charCodeAt(other)) outOfOrder += 1;
    other += 1;
  }
  return (matches / left.length + matches / right.length + (matches - outOfOrder / 2) / matches) / 3;
}
