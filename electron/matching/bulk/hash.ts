/** Hash of a text or of a part of it, 0 to 2³¹ − 1 (FNV-1a, folded). */
export function hashText(text: string, from = 0, to = text.length): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return finish(hash) & 0x7fffffff;
}

/** Mixes another number into a hash, or into a number; order matters, and two small numbers are no other two. */
export function mix(hash: number, value: number): number {
  return finish((Math.imul(hash, 0x9e3779b1) + 0x7f4a7c15) ^ value);
}

function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
