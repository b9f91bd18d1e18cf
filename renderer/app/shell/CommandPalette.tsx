import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useLayoutEffect, useState } from 'react';
import { caseStateLabel } from '../../../shared/domain/case-words.ts';
import { FolderIcon, SearchIcon } from '../../components/icons.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import type { Action } from '../actions/action.ts';
import { useOfferedActions } from '../actions/use-actions.ts';
import { useRole } from '../session-context.ts';
import { isReady } from '../actions/action.ts';
import { useTRPC } from '../rpc.ts';
import classes from './CommandPalette.module.css';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

const [store, palette] = createSpotlight();

/** One field for everything: what can be done here, where one can go, and every case by name, NIK, KK or address. */
export function CommandPalette() {
  const [query, setQuery] = useState('');
  const text = query.trim();
  const [settled] = useDebouncedValue(text, 150);
  /** Words for which Enter came before their result did; it is taken as soon as it is there. */
  const [entered, setEntered] = useState<string | null>(null);
  const role = useRole();
  const navigate = useNavigate();
  const trpc = useTRPC();
  const found = useQuery(trpc.cases.search.queryOptions({ text: settled }, { enabled: settled.length >= 2 }));
  const actions = useOfferedActions()
    .filter((action) => !isThisField.has(action.id) && isReady(action, role) && matches(action, query))
    // Who types the whole name means it, whatever else begins so.
    .toSorted((left, right) => Number(isNamed(right, query)) - Number(isNamed(left, query)));
  const groups = [...new Set(actions.map((action) => action.group))];
  // Only what was found for exactly these words: Enter must never open the case of a search before.
  const cases = settled === text && settled.length >= 2 ? (found.data ?? []) : [];
  const first = cases[0]?.id ?? actions[0]?.id;

  // Enter takes the best result, also where that comes a moment after Enter.
  useLayoutEffect(() => {
    if (first === undefined) return;
    const best = selectFirst();
    if (entered === text) best?.click();
    // oxlint-disable-next-line react/exhaustive-deps -- only a result that arrives takes Enter's place.
  }, [first]);

  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={(typed) => {
        setQuery(typed);
        setEntered(null);
      }}
      shortcut={null}
      attributes={{ content: { 'aria-label': words.search } }}
      size="lg"
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
    >
      <Spotlight.Search
        placeholder={words.search}
        leftSection={<SearchIcon />}
        aria-label={words.search}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first === undefined) setEntered(text);
        }}
      />
      {/* A region of its own, so that it can be scrolled by keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={classes.results} tabIndex={0} aria-label={words.paletteResults}>
        <Spotlight.ActionsList mah="none">
          {cases.length > 0 && (
            <Spotlight.ActionsGroup label={words.paletteCases}>
              {cases.map((row) => (
                <Spotlight.Action
                  key={row.id}
                  leftSection={<FolderIcon />}
                  label={row.headName}
                  description={`${row.number} · ${row.headNik === null ? 'belum ada NIK' : row.headNik} · ${row.street}, ${formatRtRw(row.rt, row.rw)}`}
                  rightSection={<span className="tabular">{caseStateLabel[row.state]}</span>}
                  onClick={() => void navigate({ to: '/cases/$caseId', params: { caseId: row.id } })}
                />
              ))}
            </Spotlight.ActionsGroup>
          )}
          {groups.map((group) => (
            <Spotlight.ActionsGroup key={group} label={group}>
              {actions
                .filter((action) => action.group === group)
                .map((action) => (
                  <PaletteAction key={action.id} action={action} />
                ))}
            </Spotlight.ActionsGroup>
          ))}
          {actions.length === 0 && cases.length === 0 && (
            <Spotlight.Empty>{words.paletteEmpty}</Spotlight.Empty>
          )}
        </Spotlight.ActionsList>
      </section>
    </Spotlight.Root>
  );
}

/** Opening the palette is nothing to do in the palette. */
const isThisField = new Set(['program.palette', 'program.search']);

export function openPalette(): void {
  palette.open();
}

/** Mantine selects the first entry as one types, but not when entries arrive later. */
function selectFirst(): HTMLElement | null {
  const list = document.getElementById(store.getState().listId);
  const best = list?.querySelector<HTMLElement>('[data-action]') ?? null;
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
  best?.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
  return best;
}

function PaletteAction({ action }: { action: Action }) {
  const ActionIcon = action.icon;
  return (
    <Spotlight.Action
      label={action.label}
      leftSection={ActionIcon === undefined ? undefined : <ActionIcon />}
      rightSection={action.shortcut === undefined ? undefined : <ShortcutKeys shortcut={action.shortcut} />}
      onClick={action.perform}
    />
  );
}

function isNamed(action: Action, query: string): boolean {
  return action.label.toLowerCase() === query.trim().toLowerCase();
}

/** Every typed word begins a word of the label: "cet for" finds "Cetak formulir". */
function matches(action: Action, query: string): boolean {
  const words = action.label.toLowerCase().split(/\s+/);
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((typed) => words.some((word) => word.startsWith(typed)));
}
