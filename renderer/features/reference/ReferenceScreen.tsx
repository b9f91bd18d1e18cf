import { Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { DetectedArea, ReferenceListInfo } from '../../../shared/contract/reference.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ListIcon } from '../../components/icons.tsx';
import { JobPanel } from '../../components/JobPanel.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { Decisions } from '../difference/Decisions.tsx';
import { useCompare } from '../difference/use-compare.ts';
import { ExportLog } from '../exports/ExportLog.tsx';
import { referenceListActions } from './actions.ts';
import { listColumns } from './columns.tsx';
import classes from './reference.module.css';
import { latestQuarters } from './latest-quarters.ts';
import { ListSteps } from './ListSteps.tsx';
import { ReportView } from './ReportView.tsx';
import { WaitingLists } from './WaitingLists.tsx';
import { words } from './words.ts';

/** The reference lists as they stand, each a snapshot; Enter shows what its import found. */
export function ReferenceScreen() {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const mayImport = useMay('reference:import');
  const lists = useQuery(trpc.reference.lists.queryOptions());
  const [opened, setOpened] = useState<ReferenceListInfo | null>(null);
  const begin = { ...referenceListActions.import, perform: () => void navigate({ to: '/reference/import' }) };
  const [logOpened, setLogOpened] = useState(false);
  const log = { ...referenceListActions.log, perform: () => setLogOpened(true) };
  const quarters = latestQuarters(lists.data ?? []);
  const comparing = useCompare();
  const compare = {
    ...referenceListActions.compare,
    when: () => quarters !== null && !comparing.starting,
    perform: () => quarters !== null && comparing.start(quarters),
  };
  useActions([begin, log, compare]);

  return (
    <section className={classes.screen} aria-label={words.title}>
      <PageHeader title={words.title} subtitle={words.subtitle}>
        <ActionButton action={log} variant="default" />
        {quarters !== null && (
          <ActionButton action={compare} variant="default" loading={comparing.starting} />
        )}
        {lists.data?.length !== 0 && <ActionButton action={begin} />}
      </PageHeader>
      <Waiting query={lists} />
      {mayImport && <WaitingLists />}
      {comparing.job !== null && (
        <Paper p="md" mb="sm">
          {comparing.job.problem === null ? (
            <JobPanel
              job={comparing.job}
              note={words.comparing}
              stopping={comparing.stopping}
              onStop={comparing.stop}
            />
          ) : (
            <ProblemNote problem={comparing.job.problem} />
          )}
        </Paper>
      )}
      {lists.data?.length === 0 && (
        <EmptyState
          title={words.emptyTitle}
          description={mayImport ? words.emptyText : words.emptyTextReader}
          icon={<ListIcon size={24} />}
        >
          {mayImport && <ActionButton action={begin} />}
        </EmptyState>
      )}
      {lists.data !== undefined && lists.data.length > 0 && (
        <div className={classes.table}>
          <VirtualTable
            label={words.listLabel}
            rows={lists.data}
            columns={listColumns}
            rowKey={(list) => list.id}
            rowRem={3.25}
            onOpen={setOpened}
            autoFocus
          />
        </div>
      )}
      <ExportLog opened={logOpened} onClose={() => setLogOpened(false)} />
      {/* What the report asks stands above it: Esc leaves that alone. */}
      <Modal.Stack>
        <Modal
          opened={opened !== null}
          onClose={() => setOpened(null)}
          title={opened === null ? '' : words.reportTitle(opened.name, opened.version)}
          size="60rem"
          stackId="report"
        >
          {opened !== null && (
            <StoredReport list={opened} lists={lists.data ?? []} onClose={() => setOpened(null)} />
          )}
        </Modal>
      </Modal.Stack>
    </section>
  );
}

function StoredReport({
  list,
  lists,
  onClose,
}: {
  list: ReferenceListInfo;
  lists: readonly ReferenceListInfo[];
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const report = useQuery(trpc.reference.report.queryOptions({ listId: list.id }));
  const decisions = useQuery(trpc.difference.decisions.queryOptions({ listId: list.id }));
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {words.fileLine(list.fileName, list.fileHash)} · {words.codesOf[list.areaCodes ?? 'tanpa']}
      </Text>
      <ListSteps list={list} lists={lists} onDone={onClose} />
      {report.data === undefined ? (
        <Waiting query={report} />
      ) : (
        <ReportView report={report.data} refusedOf={report.data.refusedKept ? { listId: list.id } : null} />
      )}
      {decisions.error !== null && (
        <ProblemNote problem={problemOf(decisions.error)} onRetry={() => void decisions.refetch()} />
      )}
      {decisions.data !== undefined && decisions.data.length > 0 && (
        <section aria-label={words.decisionsTitle}>
          <Title order={3} mb="xs">
            {words.decisionsTitle}
          </Title>
          <Decisions decisions={decisions.data} areas={areasOf(report.data)} />
        </section>
      )}
    </Stack>
  );
}

/** The kelurahan that a list holds, as its report names them. */
function areasOf(report: { detectedAreas: DetectedArea[] } | undefined): { code: string; name: string }[] {
  return (report?.detectedAreas ?? []).flatMap(({ kelurahan, kelurahanName }) =>
    kelurahan === null || kelurahanName === null ? [] : [{ code: kelurahan, name: kelurahanName }],
  );
}
