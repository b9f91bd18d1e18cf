import { useEffect, useRef, type RefObject } from 'react';
import { useFormKeys } from '../../components/use-form-keys.ts';

/**
 * A form of a step, which may come later than the step itself. What had the keyboard is gone with the
 * step before: the form has it once it is there, from its first field on.
 *
 * @returns what the form is given.
 */
export function useStepForm(): { ref: RefObject<HTMLFormElement | null>; tabIndex: number } {
  const ref = useRef<HTMLFormElement>(null);
  useFormKeys(ref);
  useEffect(() => {
    // Nobody's hand is anywhere else.
    if (document.activeElement === document.body) ref.current?.focus({ preventScroll: true });
  }, []);
  return { ref, tabIndex: -1 };
}
