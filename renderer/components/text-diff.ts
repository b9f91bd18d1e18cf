/** A stretch of text that both sides share, or that only this side has. */
export interface Segment {
  text: string;
  own: boolean;
}

export interface TextDifference {
  before: Segment[];
  after: Segment[];
}

/**
 * Where two texts differ, letter by letter; large and small letters count as the same, since lists
 * are written in capitals. Numbers of one length are compared place by place: a digit has its place.
 */
export function diffText(before: string, after: string): TextDifference {
  const left = [...before];
  const right = [...after];
  const numbers = /^[\d\s/-]+$/.test(before + after) && left.length === right.length;
  const shared = numbers ? samePlaces(left, right) : longestShared(left, right);
  return {
    before: segments(
      left,
      shared.map(([index]) => index),
    ),
    after: segments(
      right,
      shared.map(([, index]) => index),
    ),
  };
}

function samePlaces(left: readonly string[], right: readonly string[]): [number, number][] {
  return left.flatMap((letter, index): [number, number][] =>
    letter === right[index] ? [[index, index]] : [],
  );
}

/** Index pairs of a longest common subsequence. */
function longestShared(left: readonly string[], right: readonly string[]): [number, number][] {
  const lengths = Array.from({ length: left.length + 1 }, () =>
    Array.from({ length: right.length + 1 }, () => 0),
  );
  const at = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      const value = isSame(left[row], right[column])
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
      lengths[row]?.splice(column, 1, value);
    }
  }
  const pairs: [number, number][] = [];
  for (let row = 0, column = 0; row < left.length && column < right.length;) {
    if (isSame(left[row], right[column])) {
      pairs.push([row, column]);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}

function isSame(left: string | undefined, right: string | undefined): boolean {
  return left?.toUpperCase() === right?.toUpperCase();
}

function segments(letters: readonly string[], shared: readonly number[]): Segment[] {
  const known = new Set(shared);
  const found: Segment[] = [];
  for (const [index, letter] of letters.entries()) {
    const own = !known.has(index);
    const last = found.at(-1);
    if (last !== undefined && last.own === own) last.text += letter;
    else found.push({ text: letter, own });
  }
  return found;
}
