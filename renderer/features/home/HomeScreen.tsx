import { Alert, Button, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { may } from '../../../shared/domain/access.ts';
import { CaseState } from '../../../shared/domain/case-flow.ts';
import { caseStateLabel } from '../../../shared/domain/case-words.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useAction } from '../../app/actions/use-actions.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay, useSession } from '../../app/session-context.ts';
import type { WorkCounts } from '../../app/shell/navigation.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber } from '../../components/formats.ts';
import { AlertIcon, ChevronIcon } from '../../components/icons.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import classes from './HomeScreen.module.css';
import { queues, type Queue } from './queues.ts';
import { words } from './words.ts';

/** What waits for this person, and where all cases stand; every figure opens the list it counts. */
export function HomeScreen() {
  const session = useSession();
  const trpc = useTRPC();
  const counts = useQuery(trpc.cases.counts.queryOptions());
  const register = useAction('intake.new');
  const mayKeepRecovery = useMay('recovery:print');

  return (
    <>
      <PageHeader title={words.title} subtitle={words.greeting(session.account.name)}>
        {register !== null && <ActionButton action={register} />}
      </PageHeader>
      {mayKeepRecovery && !session.recoverySheetKept && !session.training && <RecoveryReminder />}
      {counts.error !== null && counts.data === undefined && (
        <ProblemNote problem={problemOf(counts.error)} onRetry={() => void counts.refetch()} />
      )}
      {counts.data !== undefined && (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Waiting counts={counts.data} />
          <AllCases counts={counts.data} />
        </SimpleGrid>
      )}
    </>
  );
}

function Waiting({ counts }: { counts: WorkCounts }) {
  const { role } = useSession().account;
  const mine = queues[role].filter((queue) => (counts.byState[queue.state] ?? 0) > 0);
  const { drafts, withoutNik, corrections, oldestDays } = counts;
  const besides = [
    {
      to: '/intake',
      may: may(role, 'intake:write'),
      count: drafts,
      label: words.drafts,
      task: words.draftsTask,
      oldest: oldestDays.drafts,
    },
    {
      to: '/intake/without-nik',
      may: may(role, 'intake:write'),
      count: withoutNik,
      label: words.withoutNik,
      task: words.withoutNikTask,
      oldest: oldestDays.withoutNik,
    },
    {
      to: '/period',
      may: may(role, 'correction:decide'),
      count: corrections,
      label: words.corrections,
      task: words.correctionsTask,
      oldest: oldestDays.corrections,
    },
  ] as const;
  const others = besides.filter((queue) => queue.may && queue.count > 0);
  return (
    <section aria-labelledby="waiting">
      <Title order={2} id="waiting" mb="xs">
        {words.waiting}
      </Title>
      <Paper>
        {mine.length === 0 && others.length === 0 && (
          <EmptyState title={words.nothingWaits} description={words.nothingWaitsHint} />
        )}
        {others.map(({ to, count, label, task, oldest }) => (
          <Link key={to} to={to} className={classes.queue}>
            <QueueBody count={count} label={label} task={task} age={ageAlone(oldest)} />
          </Link>
        ))}
        {mine.map((queue) => (
          <QueueLink key={queue.state} queue={queue}>
            <QueueBody
              count={counts.byState[queue.state] ?? 0}
              label={queue.label}
              task={queue.task}
              age={counts.ages[queue.state]}
            />
          </QueueLink>
        ))}
      </Paper>
    </section>
  );
}

/** Leads to where the work is done; else to the list that the figure counts. */
function QueueLink({ queue, children }: { queue: Queue; children: ReactNode }) {
  switch (queue.screen) {
    case 'approval':
      return (
        <Link to="/approval" className={classes.queue}>
          {children}
        </Link>
      );
    case 'identification':
      return (
        <Link to="/identification" className={classes.queue}>
          {children}
        </Link>
      );
    case 'verification':
      return (
        <Link
          to="/verification"
          search={{ stage: queue.state === 'DITUGASKAN' ? 'lapangan' : 'siap' }}
          className={classes.queue}
        >
          {children}
        </Link>
      );
    case 'muskel':
      return (
        <Link to="/muskel" className={classes.queue}>
          {children}
        </Link>
      );
    case undefined:
      return (
        <Link to="/cases" search={{ states: [queue.state] }} className={classes.queue}>
          {children}
        </Link>
      );
  }
}

/** The age of a queue that has no limit. */
function ageAlone(oldestDays: number | null): QueueBodyProps['age'] {
  return oldestDays === null ? undefined : { oldestDays, overdue: 0, limitDays: 0 };
}

interface QueueBodyProps {
  count: number;
  label: string;
  task: string;
  /** How long it waits; left out where nobody counts that. */
  age?: WorkCounts['ages'][CaseState] | undefined;
}

function QueueBody({ count, label, task, age }: QueueBodyProps) {
  return (
    <>
      <span className={classes.figure}>{formatNumber(count)}</span>
      <span>
        <span className={classes.label}>{label}</span>
        <Text span size="sm" c="dimmed" display="block">
          {task}
        </Text>
        {age !== undefined && <QueueAge age={age} />}
      </span>
      <ChevronIcon />
    </>
  );
}

/** The oldest of a queue; what waits beyond the limit of the settings is said with a mark and a number. */
function QueueAge({ age }: { age: NonNullable<WorkCounts['ages'][CaseState]> }) {
  return (
    <Text span size="xs" c={age.overdue > 0 ? undefined : 'dimmed'} className={classes.age}>
      {age.overdue > 0 && <AlertIcon />}
      {words.oldest(age.oldestDays)}
      {age.overdue > 0 && (
        <Text span size="xs" fw={600}>
          {words.overdue(formatNumber(age.overdue), age.limitDays)}
        </Text>
      )}
    </Text>
  );
}

function AllCases({ counts }: { counts: WorkCounts }) {
  const states = CaseState.options.filter((state) => (counts.byState[state] ?? 0) > 0);
  const total = states.reduce((sum, state) => sum + (counts.byState[state] ?? 0), 0);
  return (
    <section aria-labelledby="all">
      <Title order={2} id="all" mb="xs">
        {words.all}
      </Title>
      <Paper>
        {states.length === 0 ? (
          <EmptyState title={words.noCases} description={words.noCasesHint} />
        ) : (
          <>
            {states.map((state) => (
              <Link
                key={state}
                to="/cases"
                search={{ states: [state] }}
                className={classes.state}
                aria-label={`${caseStateLabel[state]}: ${formatNumber(counts.byState[state] ?? 0)}`}
              >
                <StateBadge state={state} />
                <span className={classes.count}>{formatNumber(counts.byState[state] ?? 0)}</span>
              </Link>
            ))}
            <Link to="/cases" className={classes.state} data-total>
              <span>{words.total}</span>
              <span className={classes.count}>{formatNumber(total)}</span>
            </Link>
          </>
        )}
      </Paper>
    </section>
  );
}

function RecoveryReminder() {
  return (
    <Alert color="orange" variant="light" icon={<AlertIcon />} title={words.recoveryTitle} mb="md">
      <Text size="sm" mb="xs">
        {words.recoveryText}
      </Text>
      <Button component={Link} to="/settings" size="compact-sm" variant="default">
        {words.recoveryOpen}
      </Button>
    </Alert>
  );
}
