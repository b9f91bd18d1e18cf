interface Row {
  id: string;
}

/** Whether the open one is the last that is loaded. */
export function isLast(rows: readonly Row[], openId: string | null): boolean {
  return openId !== null && rows.at(-1)?.id === openId;
}

/** The one after the open one, from the end round to the first; null where there is no other. */
export function followingOf<Known extends Row>(rows: readonly Known[], openId: string | null): Known | null {
  const at = rows.findIndex(({ id }) => id === openId);
  return rows[at + 1] ?? rows.find(({ id }) => id !== openId) ?? null;
}

/** While cases are still looked at: ms until the next are, and until the list is asked again, which costs far more. */
const lookingPause = 20;
export const listPause = 2000;

/** Milliseconds until the next cases are looked at: at once while there are any, later where it failed. */
export function lookAgainAfter(looked: { data?: { pending: number }; error: unknown }): number | false {
  if (looked.error !== null) return listPause;
  return looked.data?.pending === 0 ? false : lookingPause;
}
