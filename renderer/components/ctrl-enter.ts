import type { KeyboardEvent } from 'react';

/** `onKeyDown` of a dialog: Ctrl+Enter finishes it, as it finishes every form. */
export function onCtrlEnter(finish: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    finish();
  };
}
