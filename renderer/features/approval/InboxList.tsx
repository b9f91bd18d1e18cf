import { Checkbox } from '@mantine/core';
import { useRef, type KeyboardEvent } from 'react';
import type { ApprovalItem } from '../../../shared/contract/approval.ts';
import { moveCursor } from '../../components/list-cursor.ts';
import classes from './ApprovalScreen.module.css';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

interface InboxListProps {
  items: readonly ApprovalItem[];
  currentId: string | null;
  chosen: ReadonlySet<string>;
  onOpen: (caseId: string) => void;
  onToggle: (caseId: string) => void;
}

/** What waits, longest first. Arrow keys move, Space chooses for a batch. */
export function InboxList({ items, currentId, chosen, onOpen, onToggle }: InboxListProps) {
  const list = useRef<HTMLUListElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === ' ' && currentId !== null) {
      event.preventDefault();
      onToggle(currentId);
      return;
    }
    const next = moveCursor(
      event.key,
      items.findIndex((item) => item.caseId === currentId),
      items.length,
      8,
    );
    const item = next === null ? undefined : items[next];
    if (item === undefined) return;
    event.preventDefault();
    onOpen(item.caseId);
    list.current?.querySelector<HTMLElement>(`[data-case="${item.caseId}"]`)?.focus();
  }

  return (
    <ul ref={list} className={classes.items} aria-label={words.listLabel}>
      {items.map((item) => (
        <li key={item.caseId} className={classes.item} data-current={item.caseId === currentId || undefined}>
          <Checkbox
            size="xs"
            tabIndex={-1}
            aria-label={words.select(item.headName)}
            checked={chosen.has(item.caseId)}
            onChange={() => onToggle(item.caseId)}
          />
          <button
            type="button"
            className={classes.open}
            data-case={item.caseId}
            tabIndex={item.caseId === currentId ? 0 : -1}
            aria-current={item.caseId === currentId}
            onClick={() => onOpen(item.caseId)}
            onKeyDown={onKeyDown}
          >
            <span className={classes.itemName}>{item.headName}</span>
            <span className={classes.itemPlace}>{formatRtRw(item.rt, item.rw)}</span>
            <span className={classes.itemNews}>{item.news}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
