import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import classes from './RecapScreen.module.css';
import { endLink, nextLink } from './table-keys.ts';

/**
 * A table whose numbers are links. It is one stop on the way with Tab; inside, the arrow keys, Home
 * and End go from number to number.
 */
export function NumberTable({ head, children }: { head: ReactNode; children: ReactNode }) {
  const body = useRef<HTMLTableSectionElement>(null);

  // After every drawing: one link takes Tab, the rest wait for the arrow keys.
  useEffect(() => {
    const links = linksOf(body.current)
      .flat()
      .filter((link) => link !== null);
    const stop = links.find((link) => link.tabIndex === 0 && link === document.activeElement) ?? links[0];
    for (const link of links) link.tabIndex = link === stop ? 0 : -1;
  });

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const links = linksOf(body.current);
    const row = links.findIndex((cells) => cells.some((link) => link === event.target));
    if (row < 0) return;
    const column = links[row]?.findIndex((link) => link === event.target) ?? -1;
    const grid = links.map((cells) => cells.map((link) => link !== null));
    const next = nextLink(grid, { row, column }, event.key) ?? endLink(grid, event.key);
    if (next === null) return;
    event.preventDefault();
    const link = links[next.row]?.[next.column];
    if (link === null || link === undefined) return;
    for (const other of links.flat()) if (other !== null) other.tabIndex = -1;
    link.tabIndex = 0;
    link.focus();
    link.scrollIntoView({ block: 'nearest' });
  }

  return (
    <table className={classes.table}>
      <thead>{head}</thead>
      {/* The links have the focus; the keys only choose between them. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <tbody ref={body} onKeyDown={onKeyDown}>
        {children}
      </tbody>
    </table>
  );
}

/** The link of each cell, row by row; null where the cell is a dash or a heading. */
function linksOf(body: HTMLTableSectionElement | null): (HTMLAnchorElement | null)[][] {
  return [...(body?.rows ?? [])].map((row) =>
    [...row.querySelectorAll('td')].map((cell) => cell.querySelector('a')),
  );
}
