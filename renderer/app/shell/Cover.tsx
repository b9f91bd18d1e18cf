import { useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/**
 * Covers the whole screen. What lies below stays mounted with everything typed in it, but is
 * neither seen nor reached: not by the eye, the keyboard or a screen reader.
 */
export function Cover({ children }: { children: ReactNode }) {
  const [place] = useState(() => document.getElementById('cover'));
  useEffect(() => {
    if (place === null) return;
    const before = document.activeElement;
    const others = [...document.body.children].filter(
      (element) => element !== place && element instanceof HTMLElement,
    );
    document.body.setAttribute('data-covered', '');
    for (const other of others) other.toggleAttribute('inert', true);
    return () => {
      document.body.removeAttribute('data-covered');
      for (const other of others) other.toggleAttribute('inert', false);
      if (before instanceof HTMLElement) before.focus();
    };
  }, [place]);
  return place === null ? null : createPortal(children, place);
}
