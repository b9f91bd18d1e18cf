/**
 * Which item stands next once one is gone: the first behind it that is still there, else the last before it.
 *
 * @param before keys in their order while it was there.
 */
export function nextItem(before: readonly string[], now: readonly string[], gone: string): string | null {
  const still = new Set(now);
  const at = before.indexOf(gone);
  return (
    before.slice(at + 1).find((key) => still.has(key)) ??
    before.slice(0, Math.max(at, 0)).findLast((key) => still.has(key)) ??
    null
  );
}
