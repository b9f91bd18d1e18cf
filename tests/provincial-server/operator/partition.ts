import { downLimits, ReferenceBody } from '../../../shared/provincial/down.ts';

/**
 * A list travels in parts of a few seconds of a slow line, however it was uploaded. One of which every part is here
 * is cut anew where a part is longer than that; of another, the parts that are elsewhere are counted already.
 *
 * @param bodies that are read by {@link ReferenceBody}
 */
export function cutLists(bodies: readonly unknown[]): unknown[] {
  const parts = bodies.map((body) => ReferenceBody.parse(body));
  const lists = Object.values(Object.groupBy(parts, ({ listId }) => listId));
  return lists.flatMap((list = []) => (isWhole(list) && list.some(isLong) ? cut(list) : list));
}

function isWhole(list: readonly ReferenceBody[]): boolean {
  const { parts } = list[0] ?? { parts: 0 };
  const here = new Set(list.map(({ part }) => part));
  return list.length === parts && here.size === parts && list.every((one) => one.parts === parts);
}

function isLong(part: ReferenceBody): boolean {
  return bytesOf(part) > downLimits.listPart;
}

function cut(list: readonly ReferenceBody[]): ReferenceBody[] {
  const inOrder = list.toSorted((one, other) => one.part - other.part);
  const pieces = inOrder.flatMap((part) => {
    const households = chunksOf(part.households);
    const removed = chunksOf(part.removed);
    return Array.from({ length: Math.max(1, households.length, removed.length) }, (_, nth) => ({
      ...part,
      households: households[nth] ?? [],
      removed: removed[nth] ?? [],
    }));
  });
  return pieces.map((piece, nth) => ({ ...piece, part: nth + 1, parts: pieces.length }));
}

/** Bytes of its households, or of those that are gone; the rest is for what a part says of itself. */
const chunk = downLimits.listPart * 0.45;

/** In their order, each chunk as long as fits; an entry that is longer by itself stands alone. */
function chunksOf<Entry>(entries: readonly Entry[]): Entry[][] {
  const chunks: Entry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = bytesOf(entry) + ','.length;
    if (bytes > room) {
      chunks.push([]);
      room = chunk;
    }
    chunks.at(-1)?.push(entry);
    room -= bytes;
  }
  return chunks;
}

/** Of its JSON. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
