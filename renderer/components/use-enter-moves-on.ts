import { useEffect, type RefObject } from 'react';

/**
 * In a form, Enter goes to the next field and never submits; Shift+Enter is left to the field
 * (a coded field opens its list), and so is Enter on a button, on an open list that has something to
 * take, or in a text of several lines. Ctrl+Enter, the action that finishes, is the screen's own.
 */
export function useEnterMovesOn(form: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    // On the document, so that the fields themselves (an open list that takes Enter) go first.
    const listener = (event: KeyboardEvent) => {
      if (form.current !== null) moveOn(form.current, event);
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [form]);
}

function moveOn(form: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.defaultPrevented || !(event.target instanceof HTMLElement)) return;
  if (!form.contains(event.target) || !isField(event.target)) return;
  // Also where an open list has nothing to take: the browser would submit the form.
  event.preventDefault();
  if (event.target.getAttribute('aria-expanded') === 'true') return;
  nextField(form, event.target)?.focus();
}

function isField(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

const fields = 'input:not([type=hidden]), select, textarea, button[data-primary]';

/** The field after `current` in the order of the document, or null at the end. A set of radios is one field. */
function nextField(form: HTMLElement, current: HTMLElement): HTMLElement | null {
  const following = [...form.querySelectorAll<HTMLElement>(fields)].find(
    (field) => isBehind(current, field) && !isSameRadioSet(field, current) && isReachable(field),
  );
  return following ?? null;
}

function isBehind(current: HTMLElement, field: HTMLElement): boolean {
  return (current.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

function isReachable(field: HTMLElement): boolean {
  if (field.tabIndex < 0 || field.matches(':disabled')) return false;
  return field.offsetParent !== null;
}

function isSameRadioSet(field: HTMLElement, current: HTMLElement): boolean {
  return (
    field instanceof HTMLInputElement &&
    current instanceof HTMLInputElement &&
    field.type === 'radio' &&
    current.type === 'radio' &&
    field.name === current.name
  );
}
