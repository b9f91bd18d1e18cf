/**
 * How alike two names are by Ratcliff and Obershelp, 0–100: twice the letters of the longest common
 * runs over all letters; of aliases written with a slash the best counts. The measure by which the
 * ministry's own tool calls 60 and more PADAN (domain 1.7); a compatibility figure, no verdict.
 */
export function nameSimilarity(left: string, right: string): number {
  const best = Math.max(...aliases(left).flatMap((one) => aliases(right).map((other) => ratio(one, other))));
  return Math.round(best * 100);
}

function aliases(name: string): string[] {
  return name
    .toUpperCase()
    .split('/')
    .map((part) => part.replace(/\s+/g, ' ').trim());
}

function ratio(left: string, right: string): number {
  const total = left.length + right.length;
  return total === 0 ? 1 : (2 * common(left, right)) / total;
}

/** Letters in the longest common run, and in those left and right of it. */
function common(left: string, right: string): number {
  let best = { length: 0, left: 0, right: 0 };
  let above = Array.from({ length: right.length + 1 }, () => 0);
  for (let at = 1; at <= left.length; at += 1) {
    const row = Array.from({ length: right.length + 1 }, () => 0);
    for (let to = 1; to <= right.length; to += 1) {
      if (left[at - 1] !== right[to - 1]) continue;
      const length = (above[to - 1] ?? 0) + 1;
      row[to] = length;
      if (length > best.length) best = { length, left: at - length, right: to - length };
    }
    above = row;
  }
  if (best.length === 0) return 0;
  return (
    best.length +
    common(left.slice(0, best.left), right.slice(0, best.right)) +
    common(left.slice(best.left + best.length), right.slice(best.right + best.length))
  );
}
