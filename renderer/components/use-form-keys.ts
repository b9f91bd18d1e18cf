import { useEffect, type RefObject } from 'react';
import { finishes } from './ctrl-enter.ts';
import { useEnterMovesOn } from './use-enter-moves-on.ts';

/** The keys of a form that ends in one button: Enter goes to the next field, Ctrl+Enter submits. */
export function useFormKeys(form: RefObject<HTMLFormElement | null>): void {
  useEnterMovesOn(form);
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (form.current !== null) submitOn(form.current, event);
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [form]);
}

function submitOn(form: HTMLFormElement, event: KeyboardEvent): void {
  if (event.defaultPrevented || !(event.target instanceof Node) || !form.contains(event.target)) return;
  if (finishes(event, form)) form.requestSubmit();
}
