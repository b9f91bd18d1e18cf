import { Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FixedDeadlines, PeriodStage, periodStageLabel } from '../../../shared/domain/calendar.ts';
import type { PeriodInfo } from '../../../shared/contract/period.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { DateField } from '../../components/DateField.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { formatDate } from '../../components/formats.ts';
import { words } from './words.ts';

interface DeadlineFormProps {
  info: PeriodInfo;
  opened: boolean;
  onClose: () => void;
}

/** Last days that one period has of its own. */
export function DeadlineForm({ info, opened, onClose }: DeadlineFormProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.editTitle(info.period.name)}>
      {opened && <Dates info={info} onClose={onClose} />}
    </Modal>
  );
}

function Dates({ info, onClose }: { info: PeriodInfo; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const saved: FixedDeadlines = Object.fromEntries(
    info.deadlines.filter(({ fixed }) => fixed).map(({ stage, date }) => [stage, date]),
  );
  const [dates, setDates, forget] = useKeptState<FixedDeadlines>(
    // With what stands: what a colleague saved meanwhile is not overwritten by what was typed before it.
    `period.deadlines.${info.period.id}.${JSON.stringify(saved)}`,
    saved,
    fits(FixedDeadlines),
  );
  const save = useMutation(
    trpc.period.setDeadlines.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        forget();
        onClose();
        tellDone(words.saved);
        await Promise.all([
          queries.invalidateQueries(trpc.period.pathFilter()),
          queries.invalidateQueries(trpc.session.current.pathFilter()),
        ]);
      },
    }),
  );

  function set(stage: PeriodStage, date: string | null) {
    const rest = Object.fromEntries(Object.entries(dates).filter(([key]) => key !== stage));
    setDates(date === null ? rest : { ...rest, [stage]: date });
  }

  return (
    <DialogForm
      submitLabel={words.save}
      busy={save.isPending}
      error={save.error}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ periodId: info.period.id, deadlines: dates });
      }}
      onCancel={() => {
        forget();
        onClose();
      }}
    >
      <Text size="sm">{words.editHint}</Text>
      <Stack gap="xs">
        {PeriodStage.options.map((stage, index) => {
          const deadline = info.deadlines.find((candidate) => candidate.stage === stage);
          return (
            <DateField
              key={stage}
              label={periodStageLabel[stage]}
              description={
                dates[stage] === undefined && deadline !== undefined && !deadline.fixed
                  ? `${words.fromCalendar}: ${formatDate(deadline.date)}`
                  : undefined
              }
              value={dates[stage] ?? null}
              onChange={(date) => set(stage, date)}
              data-autofocus={index === 0 || undefined}
            />
          );
        })}
      </Stack>
    </DialogForm>
  );
}
