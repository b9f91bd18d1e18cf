import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { cursorWithin, moveCursor, toggled } from './list-cursor.ts';
import { useRem } from './use-rem.ts';
import { useWholeRows } from './use-whole-rows.ts';
import classes from './VirtualTable.module.css';

export interface Column<Row> {
  key: string;
  header: string;
  /** A track of CSS grid: `8rem`, `minmax(10rem, 2fr)`. */
  width: string;
  align?: 'end';
  render: (row: Row) => ReactNode;
}

interface VirtualTableProps<Row> {
  /** What the list holds, for screen readers: "Daftar berkas". */
  label: string;
  /** Rows that are not loaded yet are undefined; the list then shows what it showed before. */
  rows: readonly (Row | undefined)[];
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  /** Enter or a click. */
  onOpen?: (row: Row) => void;
  /** Keys of the selected rows; Space toggles. Without it the list has no boxes. */
  selection?: ReadonlySet<string>;
  onSelectionChange?: (selection: Set<string>) => void;
  /** Key of the row whose detail stands beside the list. */
  openKey?: string | null;
  /** Called with the first and last row in sight, so that a long list loads what it needs. */
  onRange?: (first: number, last: number) => void;
  /** Where it is set, the list keeps its place under this name while the program runs. */
  placeKey?: string;
  /** Takes the focus when it appears, so that the arrow keys work at once. */
  autoFocus?: boolean;
  /** Shown instead of rows. */
  empty?: ReactNode;
  /** Rows that are not here are being fetched, so that Enter waits for them: not those that the office has yet to make. */
  coming?: boolean;
  /** Height of a row at normal text size; two-line rows take 3.25. */
  rowRem?: number;
}

const places = new Map<string, number>();

/**
 * A list of any length. Up, Down, PageUp, PageDown, Home and End move the cursor, Enter opens,
 * Space selects; Enter on a row that is being fetched opens it once it is here, unless another key or a
 * click came between. It fills the height its parent gives it and draws only what is in sight.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const {
    label,
    rows,
    columns,
    rowKey,
    onOpen,
    selection,
    onSelectionChange,
    openKey = null,
    onRange,
    placeKey,
    autoFocus = false,
    empty,
    coming = false,
    rowRem = 2.25,
  } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState(-1);
  /** Enter was pressed before the row was here. */
  const [opensWhenHere, setOpensWhenHere] = useState(false);
  const rowHeight = Math.round(rowRem * useRem());
  const selectable = selection !== undefined && onSelectionChange !== undefined;
  // oxlint-disable-next-line react/incompatible-library -- React Compiler leaves this component as it is.
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialOffset: () => (placeKey === undefined ? 0 : (places.get(placeKey) ?? 0)),
    // The head stands still over the first row.
    scrollPaddingStart: rowHeight,
  });
  const wanted = virtualizer.getVirtualItems();
  const { placed, shift } = useWholeRows(wanted, virtualizer.scrollOffset ?? 0, rows);
  const firstWanted = wanted[0]?.index ?? 0;
  const lastWanted = wanted.at(-1)?.index ?? -1;
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useEffect(() => {
    if (lastWanted >= 0) onRange?.(firstWanted, lastWanted);
  }, [firstWanted, lastWanted, onRange]);
  useEffect(() => {
    if (autoFocus) scroller.current?.focus({ preventScroll: true });
  }, [autoFocus]);
  // A list that became shorter has the cursor on its last row, one that begins anew on its first.
  const at = cursorWithin(cursor, rows.length);
  if (rows.length === 0 && cursor > 0) setCursor(0);
  const rowAtHand = rows[at];
  const isComing = coming && rowAtHand === undefined;
  useEffect(() => {
    if (!opensWhenHere || isComing) return;
    setOpensWhenHere(false);
    if (rowAtHand !== undefined) onOpen?.(rowAtHand);
  }, [opensWhenHere, isComing, rowAtHand, onOpen]);

  function onKeyDown(event: KeyboardEvent) {
    setOpensWhenHere(false);
    if (event.ctrlKey || event.altKey || event.metaKey || event.target !== scroller.current) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const next = moveCursor(event.key, at, rows.length, page);
    if (event.key === 'Enter') setOpensWhenHere(isComing);
    if (next !== null) {
      setCursor(next);
      virtualizer.scrollToIndex(next);
    } else if (event.key === 'Enter' && rowAtHand !== undefined) onOpen?.(rowAtHand);
    else if (event.key === ' ' && rowAtHand !== undefined && selectable)
      onSelectionChange(toggled(selection, rowKey(rowAtHand)));
    else return;
    event.preventDefault();
  }

  const template = [selectable ? '2.25rem' : null, ...columns.map((column) => column.width)]
    .filter((track) => track !== null)
    .join(' ');
  const loaded = rows.filter((row) => row !== undefined);
  const allSelected = selectable && loaded.length > 0 && loaded.every((row) => selection.has(rowKey(row)));
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-multiselectable={selectable || undefined}
      aria-activedescendant={rowAtHand === undefined ? undefined : `${id}-${at}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === scroller.current && cursor < 0) setCursor(0);
      }}
      onBlur={() => setOpensWhenHere(false)}
      onClickCapture={() => setOpensWhenHere(false)}
      onScroll={(event) => {
        if (placeKey !== undefined) places.set(placeKey, event.currentTarget.scrollTop);
      }}
    >
      <div role="rowgroup" className={classes.head}>
        <div
          role="row"
          aria-rowindex={1}
          className={classes.row}
          style={{ gridTemplateColumns: template, height: rowHeight }}
        >
          {selectable && (
            <div role="columnheader" className={classes.cell}>
              <Checkbox
                size="xs"
                tabIndex={-1}
                aria-label="Pilih semua yang dimuat"
                checked={allSelected}
                indeterminate={!allSelected && selection.size > 0}
                onChange={() => onSelectionChange(allSelected ? new Set() : new Set(loaded.map(rowKey)))}
              />
            </div>
          )}
          {columns.map((column) => (
            <div key={column.key} role="columnheader" className={classes.cell} data-align={column.align}>
              {column.header}
            </div>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        className={classes.body}
        style={{ height: rows.length === 0 ? undefined : virtualizer.getTotalSize() }}
      >
        {rows.length === 0 && empty !== undefined && (
          <div role="row">
            <div role="gridcell">{empty}</div>
          </div>
        )}
        {placed.map(({ item, row }) => {
          const key = rowKey(row);
          return (
            // Keys are handled by the grid itself, which holds the focus and names the active row.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={key}
              id={`${id}-${item.index}`}
              role="row"
              tabIndex={-1}
              aria-rowindex={item.index + 2}
              aria-selected={selectable ? selection.has(key) : undefined}
              className={classes.row}
              data-clickable={onOpen !== undefined || undefined}
              data-cursor={item.index === at || undefined}
              data-open={key === openKey || undefined}
              style={{
                gridTemplateColumns: template,
                height: rowHeight,
                transform: `translateY(${item.start + shift}px)`,
              }}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                setCursor(item.index);
                scroller.current?.focus({ preventScroll: true });
                onOpen?.(row);
              }}
            >
              {selectable && (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
                <div
                  role="gridcell"
                  tabIndex={-1}
                  className={classes.cell}
                  onClick={(event) => event.stopPropagation()}
                >
                  <Checkbox
                    size="xs"
                    tabIndex={-1}
                    aria-label="Pilih"
                    checked={selection.has(key)}
                    onChange={() => onSelectionChange(toggled(selection, key))}
                  />
                </div>
              )}
              {columns.map((column) => (
                <div key={column.key} role="gridcell" className={classes.cell} data-align={column.align}>
                  {column.render(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
