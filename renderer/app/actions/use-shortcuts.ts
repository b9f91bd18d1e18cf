import { useContext, useEffect } from 'react';
import { useRole } from '../session-context.ts';
import { overWhenPressed } from './layer-watch.ts';
import { ActionRegistryContext } from './use-actions.ts';
import { typesText } from './shortcut.ts';

/**
 * A single character waits this long (ms) for a second one: what types faster is a scanner or a
 * falling hand, no command.
 */
const secondKeyWait = 60;

/** The program's one listener for shortcuts. */
export function useShortcuts(enabled: boolean): void {
  const registry = useContext(ActionRegistryContext);
  const role = useRole();
  useEffect(() => {
    if (!enabled) return;
    let waiting = 0;
    function onKeyDown(event: KeyboardEvent) {
      window.clearTimeout(waiting);
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      const over = overWhenPressed(event);
      if (over === 'list') return;
      const place = { inText: takesText(event.target), dialogOpen: over === 'dialog' };
      const action = registry.actionFor(event, place, role);
      if (action === null) return;
      event.preventDefault();
      if (action.shortcut !== undefined && typesText(action.shortcut))
        waiting = window.setTimeout(action.perform, secondKeyWait);
      else action.perform();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.clearTimeout(waiting);
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [enabled, registry, role]);
}

function takesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit', 'range', 'file'].includes(target.type);
  return target instanceof HTMLElement && target.isContentEditable;
}
