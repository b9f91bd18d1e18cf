import { useState } from 'react';

/**
 * How often a record was opened anew while its screen stands: part of the key of the form that types
 * it. What else is added to the answer meanwhile, as a file, is no reason to begin the form again,
 * which would show what the record was when it was opened instead of what was typed since.
 */
export function useOpening(query: { refetch: () => Promise<unknown> }): {
  opening: number;
  reopen: () => void;
} {
  const [opening, setOpening] = useState(0);
  return {
    opening,
    reopen: () => void query.refetch().then(() => setOpening((before) => before + 1)),
  };
}
