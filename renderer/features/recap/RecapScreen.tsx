import { Select, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Recap } from '../../../shared/contract/recap.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { useTRPC } from '../../app/rpc.ts';
import { useSession } from '../../app/session-context.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatDate } from '../../components/formats.ts';
import { ChartIcon } from '../../components/icons.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { recapActions } from './actions.ts';
import { AreaTable } from './AreaTable.tsx';
import classes from './RecapScreen.module.css';
import type { RecapSearch } from './recap-search.ts';
import { StateTable } from './StateTable.tsx';
import { words } from './words.ts';

/** How many households of a period stand where; what is seen here is what F4 prints. */
export function RecapScreen() {
  const session = useSession();
  const { periodId = session.period.id }: RecapSearch = useSearch({ from: '/recap' });
  const navigate = useNavigate();
  const trpc = useTRPC();
  const documents = useDocuments();
  const periods = useQuery(trpc.recap.periods.queryOptions());
  const recap = useQuery(trpc.recap.read.queryOptions({ periodId }));
  const period = recap.data?.period ?? periods.data?.find((candidate) => candidate.id === periodId);

  const print: Action = {
    ...recapActions.print,
    when: () => recap.data !== undefined,
    perform: () =>
      documents.show({
        title: words.printTitle(period?.name ?? periodId),
        kind: 'rekapitulasi',
        input: { periodId },
      }),
  };
  useActions([print]);

  return (
    <div className={classes.screen}>
      <PageHeader title={words.title} subtitle={words.subtitle}>
        <Select
          aria-label={words.period}
          data={(periods.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={periodId}
          onChange={(id) => {
            if (id !== null) void navigate({ to: '/recap', search: { periodId: id }, replace: true });
          }}
          allowDeselect={false}
        />
        <ActionButton action={print} />
      </PageHeader>
      <Waiting query={recap} />
      {recap.data !== undefined && <Tables recap={recap.data} />}
    </div>
  );
}

function Tables({ recap }: { recap: Recap }) {
  const { period, cells } = recap;
  if (cells.length === 0)
    return (
      <EmptyState title={words.emptyTitle} description={words.emptyText} icon={<ChartIcon size={24} />} />
    );
  return (
    <div className={classes.tables}>
      <section aria-labelledby="by-area" className={classes.area}>
        <Title order={2} id="by-area">
          {words.byArea}{' '}
          <span className={classes.range}>
            {words.range(formatDate(period.start), formatDate(period.end))}
          </span>
        </Title>
        <AreaTable recap={recap} />
      </section>
      <section aria-labelledby="by-state" className={classes.states}>
        <Title order={2} id="by-state">
          {words.byState}
        </Title>
        <StateTable recap={recap} />
      </section>
    </div>
  );
}
