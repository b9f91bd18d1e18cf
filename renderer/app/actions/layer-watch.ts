/** What lay over the screen when a key went down: a dialog that holds the focus, or, at Esc, a list or pop-up beside its field. */
export type Over = 'dialog' | 'list' | null;

const overAt = new WeakMap<Event, Over>();

/**
 * Notes, before anyone else sees a key, what lies over the screen: the same Esc that closes a
 * dialog or an open list must not also leave the screen below it, and by the time a shortcut is
 * looked up the dialog is gone. Started before the first component mounts, so that it is first.
 */
export function startLayerWatch(): void {
  window.addEventListener('keydown', (event) => overAt.set(event, whatLiesOver(event.key)), {
    capture: true,
  });
}

export function overWhenPressed(event: KeyboardEvent): Over {
  return overAt.get(event) ?? whatLiesOver(event.key);
}

/** A form of many coded fields holds a list for each: they are looked through for the one key that closes a list. */
function whatLiesOver(key: string): Over {
  if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return 'dialog';
  if (key !== 'Escape') return null;
  const open = document.querySelectorAll<HTMLElement>('[role="listbox"], [role="menu"], [role="dialog"]');
  return [...open].some((list) => list.offsetParent !== null) ? 'list' : null;
}
