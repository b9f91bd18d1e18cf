import { Alert, Button, Group, List, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { caseStateLabel } from '../../../shared/domain/case-words.ts';
import type { ClosingPlan, PeriodInfo } from '../../../shared/contract/period.ts';
import { shortPeriodName } from '../../../shared/domain/period.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { formatInstant, formatNumber } from '../../components/formats.ts';
import { AlertIcon } from '../../components/icons.tsx';
import { onCtrlEnter } from '../../components/ctrl-enter.ts';
import { Waiting } from '../../components/Waiting.tsx';
import { periodActions } from './actions.ts';
import { words } from './words.ts';

/** Whether a period is closed, and what closing it would do. */
export function ClosingPanel({ info }: { info: PeriodInfo }) {
  return (
    <Paper p="md">
      <Title order={2} mb="xs">
        {words.closing}
      </Title>
      {info.closed === null ? <ToClose info={info} /> : <Closed closed={info.closed} />}
    </Paper>
  );
}

function Closed({ closed }: { closed: NonNullable<PeriodInfo['closed']> }) {
  return (
    <Stack gap={4}>
      <Text size="sm">{words.closedBy(closed.byName, formatInstant(closed.at))}</Text>
      {closed.carried > 0 && (
        <Text size="sm">
          {words.carriedTo(formatNumber(closed.carried), shortPeriodName({ id: closed.carriedTo }))}
        </Text>
      )}
      <Text size="sm">{recapText(closed)}</Text>
      <Text size="sm" c="dimmed">
        {words.closedText}
      </Text>
    </Stack>
  );
}

function recapText({ reportedAt, recapRefusal }: NonNullable<PeriodInfo['closed']>): string {
  if (reportedAt !== null) return words.recapReported(formatInstant(reportedAt));
  return recapRefusal === null ? words.recapWaits : words.recapRefused(recapRefusal);
}

function ToClose({ info }: { info: PeriodInfo }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayClose = useMay('period:close');
  const [asking, setAsking] = useState(false);
  const plan = useQuery(trpc.period.closingPlan.queryOptions({ periodId: info.period.id }));
  const close = useMutation(
    trpc.period.close.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        tellDone(words.closed(info.period.name));
        await queries.invalidateQueries();
      },
    }),
  );
  const ask = {
    ...periodActions.close,
    when: () => plan.data !== undefined && plan.data.obstacles.length === 0,
    perform: () => setAsking(true),
  };
  useActions([ask]);
  if (plan.data === undefined) return <Waiting query={plan} silent />;

  return (
    <>
      <PlanText plan={plan.data} />
      <Group justify="flex-end" mt="sm">
        {mayClose ? (
          <ActionButton action={ask} />
        ) : (
          <Text size="sm" c="dimmed">
            {words.lurahCloses}
          </Text>
        )}
      </Group>
      <Modal opened={asking} onClose={() => setAsking(false)} title={words.closeTitle(info.period.name)}>
        <Stack gap="sm" onKeyDown={onCtrlEnter(() => close.mutate({ periodId: info.period.id }))}>
          <PlanText plan={plan.data} />
          <Text size="sm" fw={600}>
            {words.finalText}
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
              {words.cancel}
            </Button>
            <Button
              color="red"
              loading={close.isPending}
              onClick={() => close.mutate({ periodId: info.period.id })}
            >
              {words.close}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function PlanText({ plan }: { plan: ClosingPlan }) {
  const carried = plan.carried.reduce((sum, { count }) => sum + count, 0);
  return (
    <Stack gap={4}>
      {plan.obstacles.length > 0 && (
        <Alert color="orange" variant="light" icon={<AlertIcon />} title={words.obstacle}>
          {plan.obstacles.join(' ')}
        </Alert>
      )}
      <Text size="sm">{words.planSettled(formatNumber(plan.settled))}</Text>
      <Text size="sm">
        {carried === 0 ? words.planNothing : words.planCarried(formatNumber(carried), plan.next.name)}
      </Text>
      <List size="sm">
        {plan.carried.map(({ state, count }) => (
          <List.Item key={state}>
            {formatNumber(count)} {caseStateLabel[state].toLowerCase()}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
