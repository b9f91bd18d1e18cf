import { useSyncExternalStore } from 'react';

/** Pixels of one rem: grows when the user asks for larger text. */
export function useRem(): number {
  return useSyncExternalStore(subscribe, currentRem);
}

function currentRem(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

/** The text size is set on the style of the root element. */
function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  return () => observer.disconnect();
}
