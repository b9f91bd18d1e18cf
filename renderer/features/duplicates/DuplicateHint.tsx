import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { LikelyFamily } from '../../../shared/contract/duplicates.ts';
import type { DraftHousehold } from '../../../shared/domain/draft.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { ReasonModal } from '../../components/ReasonModal.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { duplicateActions } from './actions.ts';
import { DeclinedFamilies } from './DeclinedFamilies.tsx';
import classes from './DuplicateHint.module.css';
import { FamilyCard } from './FamilyCard.tsx';
import { useFetchWhole } from './use-fetch-whole.ts';
import { isSearchable, searchedPart, searchState, wouldReplace } from './searched.ts';
import { words } from './words.ts';

/** While keys are renewed, the same is looked for again after so many ms. */
const renewingPause = 5_000;

interface DuplicateHintProps {
  draftId: string;
  /** The draft as it stands on screen, saved or not. */
  household: DraftHousehold;
  /** Takes a found family over into the form; every field of it is marked as not looked at. */
  onPrefill: (found: DraftHousehold) => void;
  /** Gives back what a family was taken over in place of; null where none was. */
  onPutBack: (() => void) | null;
  /** Nothing was typed since: Ctrl+Z is about the taking over. */
  lastChange: boolean;
}

/** A family that was found, and all of it as the office gave it for this form. */
interface FoundFamily {
  family: LikelyFamily;
  household: DraftHousehold;
}

/**
 * Families that the one being typed may already be, beside the form. `Alt+M` leads here, arrow keys
 * from family to family, Enter takes the data over, Esc leads back to where one was typing.
 */
export function DuplicateHint({ draftId, household, onPrefill, onPutBack, lastChange }: DuplicateHintProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const panel = useRef<HTMLDivElement>(null);
  const cameFrom = useRef<HTMLElement | null>(null);
  const putBackButton = useRef<HTMLButtonElement>(null);
  const wantsPutBack = useRef(false);
  // A family comes some time after it was asked for: it is compared with what stands there by then.
  const typed = useRef(household);
  useLayoutEffect(() => {
    typed.current = household;
  });
  const [declining, setDeclining] = useState<LikelyFamily | null>(null);
  const [replacing, setReplacing] = useState<FoundFamily | null>(null);
  const [usedId, setUsedId] = useState<string | null>(null);
  const searched = useMemo(() => searchedPart(household), [household]);
  const [settled] = useDebouncedValue(searched, 250);
  const hint = useQuery(
    trpc.duplicates.hint.queryOptions(
      { draftId, body: settled },
      {
        enabled: isSearchable(settled),
        placeholderData: keepPreviousData,
        gcTime: 10_000,
        refetchInterval: (query) => ((query.state.data?.renewing ?? null) === null ? false : renewingPause),
        // The form goes on without a hint; a problem here must not stand in its way.
        meta: { quiet: true },
      },
    ),
  );
  const refresh = () => queries.invalidateQueries(trpc.duplicates.hint.pathFilter());
  const decline = useMutation(
    trpc.duplicates.decline.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        setDeclining(null);
        await refresh();
      },
    }),
  );
  const fetchWhole = useFetchWhole();
  const restore = useMutation(trpc.duplicates.restore.mutationOptions({ onSuccess: refresh }));

  const data = isSearchable(settled) ? hint.data : undefined;
  const state = searchState(isSearchable(searched), hint);
  const families = data?.families ?? [];
  const renewing = data?.renewing ?? null;
  const focus = {
    ...duplicateActions.focus,
    when: () => families.length > 0,
    perform: () => {
      cameFrom.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      usable(panel.current)[0]?.focus();
    },
  };
  const putBack = {
    ...duplicateActions.putBack,
    when: () => onPutBack !== null && lastChange,
    perform: () => {
      setUsedId(null);
      onPutBack?.();
      (cameFrom.current?.isConnected === true ? cameFrom.current : panel.current)?.focus();
    },
  };
  useActions([focus, putBack]);

  function ask(family: LikelyFamily) {
    if (fetchWhole.isPending) return;
    fetchWhole.mutate(
      { draftId, kind: family.kind, otherId: family.id },
      {
        onSuccess: (whole) => {
          const found = { family, household: whole };
          if (wouldReplace(typed.current, whole)) setReplacing(found);
          else take(found);
        },
      },
    );
  }

  function take({ family, household: found }: FoundFamily) {
    setReplacing(null);
    // What was typed waits behind this button: the next key can take it back.
    if (wouldReplace(typed.current, found)) wantsPutBack.current = true;
    setUsedId(family.id);
    onPrefill(found);
    tellDone(words.usedTitle(family.headName), words.usedText);
    // The button that was pressed goes; whoever types goes on where they were.
    if (!wantsPutBack.current)
      (cameFrom.current?.isConnected === true ? cameFrom.current : panel.current)?.focus();
  }
  useEffect(() => {
    if (!wantsPutBack.current || putBackButton.current === null) return;
    wantsPutBack.current = false;
    putBackButton.current.focus();
  });

  return (
    <Stack
      component="section"
      gap="xs"
      ref={panel}
      tabIndex={-1}
      aria-label={words.panel}
      onKeyDown={(event) => move(event, panel.current, cameFrom.current)}
    >
      <Group justify="space-between" wrap="nowrap">
        <Text component="h2" className={classes.title}>
          {words.panel}
        </Text>
        {families.length > 0 && <ShortcutKeys shortcut="Alt+M" spoken />}
      </Group>
      <Text size="xs" c="dimmed" role="status">
        {families.length > 0 ? words.found(families.length) : words.nothingFound[state]}
      </Text>
      {state === 'failed' && (
        <Button size="compact-sm" variant="default" onClick={() => void hint.refetch()}>
          {words.retry}
        </Button>
      )}
      {onPutBack !== null && (
        <Group gap="xs">
          <Text size="xs">{words.replacedText}</Text>
          <Button
            ref={putBackButton}
            size="compact-sm"
            variant="default"
            rightSection={lastChange && <ShortcutKeys shortcut="Ctrl+Z" />}
            onClick={putBack.perform}
          >
            {words.putBack}
          </Button>
        </Group>
      )}
      {state !== 'failed' && families.length === 0 && (
        <Text size="xs" c="dimmed">
          {words.noneHint}
        </Text>
      )}
      {renewing !== null && (
        <Text size="xs">{`${renewing.message} ${words.notFoundYet} ${renewing.next}`}</Text>
      )}
      {data?.incomplete === true && <Text size="xs">{words.incomplete}</Text>}
      {data?.crowded === true && <Text size="xs">{words.crowded}</Text>}
      {families.map((family) => (
        <FamilyCard
          key={`${family.kind} ${family.id}`}
          family={family}
          used={usedId === family.id}
          onUse={() => ask(family)}
          onNotSame={() => setDeclining(family)}
        />
      ))}
      <DeclinedFamilies
        declined={data?.declined ?? []}
        onRestore={(verdictId) => restore.mutate({ draftId, verdictId })}
      />
      <ReasonModal
        opened={declining !== null}
        keep={`${draftId}.${declining?.id ?? ''}`}
        title={words.notSame}
        description={declining === null ? undefined : words.notSameText(declining.headName)}
        reasonRequired
        suggestions={words.reasons}
        onCancel={() => setDeclining(null)}
        onConfirm={async (reason) => {
          if (declining === null || reason === null) return;
          await decline.mutateAsync({ draftId, kind: declining.kind, otherId: declining.id, reason });
        }}
      />
      <Modal opened={replacing !== null} onClose={() => setReplacing(null)} title={words.replaceTitle}>
        <Text size="sm" mb="md">
          {words.replaceText(replacing?.family.headName ?? '')}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => replacing !== null && take(replacing)}>
            {words.replace}
          </Button>
          <Button data-autofocus onClick={() => setReplacing(null)}>
            {words.keep}
          </Button>
        </Group>
      </Modal>
    </Stack>
  );
}

function usable(panel: HTMLElement | null): HTMLElement[] {
  return [...(panel?.querySelectorAll<HTMLElement>('[data-use]') ?? [])];
}

/** Arrow keys go from family to family, Esc back into the form. */
function move(event: KeyboardEvent, panel: HTMLElement | null, cameFrom: HTMLElement | null): void {
  // A dialog opened from here keeps its own keys, though React hands them up to the panel.
  if (panel === null || !(event.target instanceof Node) || !panel.contains(event.target)) return;
  if (event.key === 'Escape' && cameFrom !== null) {
    event.preventDefault();
    cameFrom.focus();
    return;
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const stops = usable(panel);
  const at = stops.findIndex((stop) => stop.closest('article')?.contains(document.activeElement));
  const next = stops[at + step];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
