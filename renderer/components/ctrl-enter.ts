/** What of a key press and of the form it fell in decides whether it finishes. */
interface Press {
  key: string;
  ctrlKey: boolean;
  /** The key is held: the same press once more. */
  repeat: boolean;
  preventDefault: () => void;
}

interface Place {
  querySelector: (selectors: string) => unknown;
}

/**
 * Whether a press finishes the form or dialog: Ctrl+Enter, one press once, and none while it is being
 * sent, which its button shows (`loading`). Such a press means nothing else either.
 */
export function finishes(press: Press, form: Place): boolean {
  if (press.key !== 'Enter' || !press.ctrlKey) return false;
  press.preventDefault();
  return !press.repeat && form.querySelector('button[data-loading]') === null;
}

/** `onKeyDown` of a dialog: Ctrl+Enter finishes it, as it finishes every form. */
export function onCtrlEnter(finish: () => void): (event: Press & { currentTarget: Place }) => void {
  return (event) => {
    if (finishes(event, event.currentTarget)) finish();
  };
}
