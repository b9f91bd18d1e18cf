import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { MuskelItem } from '../../../shared/contract/muskel.ts';
import { describeVerdict } from '../../../shared/domain/muskel.ts';
import { moveCursor } from '../../components/list-cursor.ts';
import { StateShape } from '../../components/StateShape.tsx';
import classes from './Muskel.module.css';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

interface AgendaListProps {
  items: readonly MuskelItem[];
  currentId: string | null;
  onOpen: (caseId: string) => void;
}

/** The families of the meeting in the order of the printed list; arrow keys move. */
export function AgendaList({ items, currentId, onOpen }: AgendaListProps) {
  const list = useRef<HTMLUListElement>(null);

  useEffect(() => {
    // The family on the table stays in sight, and keeps the keys.
    const line = list.current?.querySelector<HTMLElement>(`[data-case="${currentId ?? ''}"]`);
    line?.scrollIntoView({ block: 'nearest' });
    if (list.current?.contains(document.activeElement)) line?.focus({ preventScroll: true });
  }, [currentId]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = moveCursor(
      event.key,
      items.findIndex((item) => item.caseId === currentId),
      items.length,
      10,
    );
    const item = next === null ? undefined : items[next];
    if (item === undefined) return;
    event.preventDefault();
    onOpen(item.caseId);
  }

  return (
    <ul ref={list} className={classes.items} aria-label={words.agendaLabel}>
      {items.map((item) => (
        <li key={item.caseId}>
          <button
            type="button"
            className={classes.item}
            data-case={item.caseId}
            tabIndex={item.caseId === currentId ? 0 : -1}
            aria-current={item.caseId === currentId}
            onClick={() => onOpen(item.caseId)}
            onKeyDown={onKeyDown}
          >
            <span className={classes.no}>{item.no}</span>
            <span className={classes.name}>{item.headName}</span>
            <span className={classes.dim}>{formatRtRw(item.rt, item.rw)}</span>
            <span className={classes.line}>
              {item.verdict === null ? (
                <span className={classes.dim}>{words.noVerdict}</span>
              ) : (
                <>
                  <StateShape state={item.state} /> {describeVerdict(item.verdict)}
                </>
              )}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
