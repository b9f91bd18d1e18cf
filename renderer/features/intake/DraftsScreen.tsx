import { Button, Group, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { DraftSummary } from '../../../shared/contract/intake.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { NamedActionButton } from '../../app/actions/NamedActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { useTRPC } from '../../app/rpc.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatTime } from '../../components/formats.ts';
import { ClipboardIcon } from '../../components/icons.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { draftListActions } from './actions.ts';
import { ageOfDraft } from './draft-age.ts';
import classes from './DraftsScreen.module.css';
import { OpenBatches } from '../paper-batch/OpenBatches.tsx';
import { paperBatchActions } from '../paper-batch/actions.ts';
import { UndoNote } from './UndoNote.tsx';
import { useDiscard } from './use-discard.tsx';
import { words } from './words.ts';

/** What is half typed, to be continued by anyone at the counter. */
export function DraftsScreen() {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const drafts = useQuery(trpc.intake.drafts.queryOptions());
  const { discard, discarded, restore } = useDiscard();
  const top = drafts.data?.[0];
  const newPassive: Action = {
    ...draftListActions.newPassive,
    perform: () => void navigate({ to: '/intake/new', search: { mode: 'pasif' } }),
  };
  const newBatch: Action = {
    ...paperBatchActions.begin,
    perform: () => void navigate({ to: '/intake/paper' }),
  };
  const next: Action = {
    ...draftListActions.next,
    when: () => top !== undefined,
    perform: () => {
      if (top !== undefined) void navigate({ to: '/intake/$draftId', params: { draftId: top.id } });
    },
  };
  const undo: Action = { ...draftListActions.restore, when: () => discarded !== null, perform: restore };
  useActions([newPassive, newBatch, next, undo]);

  return (
    <>
      <PageHeader title={words.title} subtitle={words.subtitle}>
        <ActionButton action={newBatch} variant="default" />
        <ActionButton action={newPassive} variant="default" />
        <NamedActionButton id="intake.new" />
      </PageHeader>
      {discarded !== null && (
        <UndoNote
          text={words.discarded(discarded.title ?? words.unnamed)}
          label={words.restore}
          onUndo={restore}
        />
      )}
      <Waiting query={drafts} />
      <OpenBatches />
      {drafts.data?.length === 0 && (
        <EmptyState
          title={words.emptyTitle}
          description={words.emptyText}
          icon={<ClipboardIcon size={24} />}
        />
      )}
      <DraftList
        title={words.mine}
        drafts={(drafts.data ?? []).filter((draft) => draft.mine)}
        seenAt={drafts.dataUpdatedAt}
        onDiscard={discard}
      />
      <DraftList
        title={words.others}
        drafts={(drafts.data ?? []).filter((draft) => !draft.mine)}
        seenAt={drafts.dataUpdatedAt}
        onDiscard={discard}
      />
    </>
  );
}

interface DraftListProps {
  title: string;
  drafts: readonly DraftSummary[];
  /** When the list was read, as epoch milliseconds. */
  seenAt: number;
  onDiscard: (draft: DraftSummary) => void;
}

function DraftList({ title, drafts, seenAt, onDiscard }: DraftListProps) {
  const navigate = useNavigate();
  if (drafts.length === 0) return null;
  return (
    <section aria-label={title}>
      <Title order={2} mb="xs">
        {title}
      </Title>
      <ul className={classes.list}>
        {drafts.map((draft) => (
          <li key={draft.id} className={classes.line}>
            <span className={classes.name}>{draft.title ?? words.unnamed}</span>
            <span className={classes.address}>{addressOf(draft)}</span>
            <span className={classes.dim}>
              {draft.fork ? `${words.fork} · ` : ''}
              {draft.lease !== null
                ? `${words.leased(draft.lease.by, formatTime(draft.lease.since))} · `
                : ''}
              {draft.corrects === null
                ? draft.mode === 'pasif'
                  ? words.passive
                  : ''
                : words.corrects(draft.corrects)}
            </span>
            <span className={classes.dim}>
              <time dateTime={draft.updatedAt}>{ageOfDraft(draft.updatedAt, seenAt)}</time>
              {!draft.mine && <> {words.by(draft.ownerName)}</>}
            </span>
            <Group gap="xs" wrap="nowrap">
              <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onDiscard(draft)}>
                {words.discard}
              </Button>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`${words.continue} ${draft.title ?? words.unnamed}`}
                onClick={() => void navigate({ to: '/intake/$draftId', params: { draftId: draft.id } })}
              >
                {words.continue}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}

function addressOf({ street, rt, rw, members }: DraftSummary): string {
  const place = rt === '' && rw === '' ? '' : `RT ${rt || '–'}/RW ${rw || '–'}`;
  return [street, place, words.members(members)].filter((part) => part !== '').join(', ');
}
