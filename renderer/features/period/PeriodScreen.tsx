import { Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import { Period } from '../../../shared/domain/period.ts';
import type { PeriodInfo } from '../../../shared/contract/period.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSession } from '../../app/session-context.ts';
import { formatDate, formatNumber } from '../../components/formats.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { periodActions } from './actions.ts';
import { ArchivePanel } from './ArchivePanel.tsx';
import { CalendarPanel } from './CalendarPanel.tsx';
import { ClosingPanel } from './ClosingPanel.tsx';
import { DeadlineForm } from './DeadlineForm.tsx';
import { LettersPanel } from './LettersPanel.tsx';
import { WaitingCorrections } from './WaitingCorrections.tsx';
import { words } from './words.ts';

export const PeriodSearch = z.object({ periodId: Period.shape.id.optional().catch(undefined) });

/** One period: when each stage ends, whether it is closed, and what it kept. */
export function PeriodScreen() {
  const trpc = useTRPC();
  const session = useSession();
  const navigate = useNavigate();
  const { periodId = session.period.id }: z.infer<typeof PeriodSearch> = useSearch({ from: '/period' });
  const periods = useQuery(trpc.period.list.queryOptions());
  const shown = periods.data?.find(({ period }) => period.id === periodId);

  return (
    <>
      <PageHeader
        title={words.title}
        subtitle={
          shown === undefined
            ? words.subtitle
            : `${words.range(formatDate(shown.period.start), formatDate(shown.period.end))} · ${words.cases(formatNumber(shown.cases))}`
        }
      >
        <Select
          aria-label={words.periodPicker}
          data={(periods.data ?? []).map((info) => ({ value: info.period.id, label: nameOf(info) }))}
          value={periodId}
          onChange={(id) => {
            if (id !== null) void navigate({ to: '/period', search: { periodId: id }, replace: true });
          }}
          allowDeselect={false}
          w="17rem"
        />
      </PageHeader>
      <Waiting query={periods} />
      {shown !== undefined && <PeriodDetail key={periodId} info={shown} />}
    </>
  );
}

function PeriodDetail({ info }: { info: PeriodInfo }) {
  const [editing, setEditing] = useState(false);
  const edit = {
    ...periodActions.editDates,
    when: () => info.closed === null,
    perform: () => setEditing(true),
  };
  useActions([edit]);
  return (
    <Stack gap="lg" maw="60rem">
      <CalendarPanel info={info}>
        {info.closed === null && <ActionButton action={edit} variant="default" size="compact-sm" />}
      </CalendarPanel>
      <WaitingCorrections />
      <ArchivePanel periodId={info.period.id} />
      <LettersPanel year={Number(info.period.id.slice(0, 4))} />
      <ClosingPanel info={info} />
      <DeadlineForm info={info} opened={editing} onClose={() => setEditing(false)} />
    </Stack>
  );
}

function nameOf(info: PeriodInfo): string {
  if (info.running) return `${info.period.name} (${words.running})`;
  return info.closed === null ? info.period.name : `${info.period.name} (${words.closedMark})`;
}
