import { Button, Checkbox, SegmentedControl, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import type { ApprovalInbox } from '../../../shared/contract/approval.ts';
import { ApprovalKind } from '../../../shared/domain/approval.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { useTRPC } from '../../app/rpc.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { InboxIcon } from '../../components/icons.tsx';
import { toggled } from '../../components/list-cursor.ts';
import { formatNumber } from '../../components/formats.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { approvalActions } from './actions.ts';
import classes from './ApprovalScreen.module.css';
import { Batch } from './Batch.tsx';
import { Deciding } from './Deciding.tsx';
import { CorrectionsWaiting } from './CorrectionsWaiting.tsx';
import { afterDecision, nextOf, pageCount, pageSize } from './inbox.ts';
import { InboxList } from './InboxList.tsx';
import { MeetingsWaiting } from './MeetingsWaiting.tsx';
import { words } from './words.ts';

/** Which section and which case stand in the address; neither names a person. */
export const ApprovalSearch = z.object({
  kind: ApprovalKind.optional().catch(undefined),
  caseId: z.uuid().optional().catch(undefined),
  /** From 1; left out on the first. */
  page: z.int().min(1).optional().catch(undefined),
});

/** The lurah's inbox: what waits on the left, what is decided on the right. */
export function ApprovalScreen() {
  const trpc = useTRPC();
  const search = useSearch({ from: '/approval' });
  const page = search.page ?? 1;
  const inbox = useQuery(
    trpc.approval.inbox.queryOptions(
      { kind: search.kind ?? null, offset: (page - 1) * pageSize, limit: pageSize },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <div className={classes.container}>
      <div className={classes.screen}>
        {inbox.data === undefined ? (
          <>
            <PageHeader title={words.title} />
            <Waiting query={inbox} />
          </>
        ) : (
          <Inbox inbox={inbox.data} page={page} />
        )}
      </div>
    </div>
  );
}

function Inbox({ inbox, page }: { inbox: ApprovalInbox; page: number }) {
  const search = useSearch({ from: '/approval' });
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { kind, totals, rows: items } = inbox;
  const pages = pageCount(totals[kind]);
  const current = items.find((item) => item.caseId === search.caseId) ?? items[0] ?? null;
  const chosenItems = items.filter((item) => chosen.has(item.caseId));

  function open(caseId: string | null) {
    void navigate({
      to: '/approval',
      search: { kind, page: search.page, caseId: caseId ?? undefined },
      replace: true,
    });
  }
  function turnTo(next: number) {
    setChosen(new Set());
    void navigate({ to: '/approval', search: { kind, page: next === 1 ? undefined : next }, replace: true });
  }
  function show(next: ApprovalKind) {
    setChosen(new Set());
    void navigate({ to: '/approval', search: { kind: next }, replace: true });
  }

  const next: Action = {
    ...approvalActions.next,
    when: () => items.length > 1,
    perform: () => open(nextOf(items, current?.caseId ?? null)),
  };
  const otherKind: Action = {
    ...approvalActions.otherKind,
    perform: () => show(kind === 'hasil' ? 'pendaftaran' : 'hasil'),
  };
  const nextPage: Action = {
    ...approvalActions.nextPage,
    when: () => page < pages,
    perform: () => turnTo(page + 1),
  };
  const lastPage: Action = {
    ...approvalActions.lastPage,
    when: () => page > 1,
    perform: () => turnTo(page - 1),
  };
  useActions([next, otherKind, nextPage, lastPage]);

  return (
    <>
      <PageHeader title={words.title}>
        <SegmentedControl
          aria-label={words.listLabel}
          value={kind}
          onChange={(value) => show(ApprovalKind.parse(value))}
          data={ApprovalKind.options.map((value) => ({
            value,
            label: `${words.kinds[value]} ${formatNumber(totals[value])}`,
          }))}
        />
      </PageHeader>
      <div className={classes.rest}>
        <MeetingsWaiting />
        <CorrectionsWaiting />
        {current === null ? (
          <Nothing kind={kind} totals={totals} page={page} onShow={show} onTurn={turnTo} />
        ) : (
          <div className={classes.split}>
            <div className={classes.side}>
              <div className={classes.sideHead}>
                <Checkbox
                  size="xs"
                  label={words.selectAll}
                  checked={chosenItems.length === items.length}
                  indeterminate={chosenItems.length > 0 && chosenItems.length < items.length}
                  onChange={(event) =>
                    setChosen(new Set(event.currentTarget.checked ? items.map((item) => item.caseId) : []))
                  }
                />
                <span>{words.selectHint}</span>
              </div>
              <InboxList
                items={items}
                currentId={current.caseId}
                chosen={chosen}
                onOpen={open}
                onToggle={(caseId) => setChosen(toggled(chosen, caseId))}
              />
              {pages > 1 && (
                <div className={classes.sideFoot}>
                  <ActionButton action={lastPage} variant="subtle" size="compact-sm" />
                  <span role="status">{words.page(page, pages)}</span>
                  <ActionButton action={nextPage} variant="subtle" size="compact-sm" />
                </div>
              )}
              <Batch items={chosenItems} onDone={() => setChosen(new Set())} onOpen={open} />
            </div>
            <Deciding
              key={current.caseId}
              item={current}
              next={<ActionButton action={next} variant="subtle" />}
              onDecided={() => open(afterDecision(items, current.caseId))}
            />
          </div>
        )}
      </div>
    </>
  );
}

function Nothing({
  kind,
  totals,
  page,
  onShow,
  onTurn,
}: Pick<ApprovalInbox, 'kind' | 'totals'> & {
  page: number;
  onShow: (kind: ApprovalKind) => void;
  onTurn: (page: number) => void;
}) {
  const other: ApprovalKind = kind === 'hasil' ? 'pendaftaran' : 'hasil';
  const last = pageCount(totals[kind]);
  return (
    <EmptyState
      title={words.emptyTitle[kind]}
      description={words.emptyText[kind]}
      icon={<InboxIcon size={24} />}
    >
      {totals[kind] > 0 && page > last && (
        <Button variant="default" onClick={() => onTurn(last)}>
          <Text span size="sm">
            {words.goToPage(last)}
          </Text>
        </Button>
      )}
      {totals[other] > 0 && (
        <Button variant="default" onClick={() => onShow(other)}>
          <Text span size="sm">
            {words.goToOther(words.kinds[other], totals[other])}
          </Text>
        </Button>
      )}
    </EmptyState>
  );
}
