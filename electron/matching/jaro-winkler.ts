/** Longer words are compared by their beginning: a bit of a number stands for each letter. */
const longest = 31;

/** Jaro–Winkler similarity, 0 to 1; 1 only for equal strings (of up to 31 letters). Prefix scale 0.1, at most four letters. */
export function jaroWinkler(left: string, right: string): number {
  if (left === right) return 1;
  const jaro = jaroSimilarity(left.slice(0, longest), right.slice(0, longest));
  let prefix = 0;
  while (prefix < 4 && prefix < left.length && left[prefix] === right[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

function jaroSimilarity(left: string, right: string): number {
  const reach = Math.max(0, Math.floor(Math.max(left.length, right.length) / 2) - 1);
  // Places of the right side that are taken, and what the left side took, in its order.
  let taken = 0;
  let matched = '';
  for (let index = 0; index < left.length; index += 1) {
    const to = Math.min(right.length - 1, index + reach);
    for (let other = Math.max(0, index - reach); other <= to; other += 1) {
      if ((taken & (1 << other)) !== 0 || left[index] !== right[other]) continue;
      taken |= 1 << other;
      matched += right[other];
      break;
    }
  }
  const matches = matched.length;
  if (matches === 0) return 0;
  let outOfOrder = 0;
  for (let other = 0, at = 0; other < right.length; other += 1) {
    if ((taken & (1 << other)) === 0) continue;
    if (matched[at] !== right[other]) outOfOrder += 1;
    at += 1;
  }
  return (matches / left.length + matches / right.length + (matches - outOfOrder / 2) / matches) / 3;
}
