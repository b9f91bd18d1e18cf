import { Alert, Modal, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type {
  ChangePlace,
  ChangeRow,
  DifferenceInfo,
  NamedList,
} from '../../../shared/contract/difference.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
import { useKeptState } from '../../app/use-kept-state.ts';
import { usePages } from '../../app/use-pages.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatDate } from '../../components/formats.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { VirtualTable } from '../../components/VirtualTable.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { SearchSelect } from '../../components/SearchSelect.tsx';
import { ExportDialog } from '../exports/ExportDialog.tsx';
import { differenceActions } from './actions.ts';
import { ChangeDetail } from './ChangeDetail.tsx';
import { changeColumns, stagedColumns } from './columns.tsx';
import {
  ChangeView,
  countOf,
  type DifferenceSearch,
  everyKelurahan,
  isPart,
  offeredViews,
  shownFigures,
  shownKelurahan,
  shownPlace,
  toChangeFilter,
} from './difference-search.ts';
import classes from './difference.module.css';
import { manyGone } from './many-gone.ts';
import { StagedFoot } from './StagedFoot.tsx';
import { isTicked, nothingTicked, tickedUnder } from './ticked.ts';
import { words } from './words.ts';
import { threeDigits } from '../../../shared/domain/rt-rw.ts';

/** How a later snapshot differs from an earlier one; a file that waits can be accepted in parts here. */
export function DifferenceScreen() {
  const { differenceId } = useParams({ from: '/difference/$differenceId' });
  const trpc = useTRPC();
  const info = useQuery(
    trpc.difference.info.queryOptions(
      { id: differenceId },
      // While a colleague saves it, until it is saved: then it is no difference any more.
      {
        refetchInterval: ({ state }) => (isHeldByOther(state.data) && state.error === null ? 2_000 : false),
      },
    ),
  );
  if (isHeldByOther(info.data) && info.error !== null)
    return <Waiting query={{ ...info, data: undefined }} />;
  if (info.data === undefined) return <Waiting query={info} />;
  return <Difference key={info.data.id} info={info.data} />;
}

function isHeldByOther(info: DifferenceInfo | undefined): boolean {
  return info !== undefined && info.busy !== null && info.busy.jobId === null;
}

function Difference({ info }: { info: DifferenceInfo }) {
  const search = useSearch({ from: '/difference/$differenceId' });
  const navigate = useNavigate();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const kelurahan = shownKelurahan(search, info);
  const place = shownPlace(search, kelurahan);
  const filter = toChangeFilter(search, kelurahan);
  const part = useQuery({
    ...trpc.difference.info.queryOptions({ id: info.id, ...place }),
    enabled: isPart(place),
  });
  const figures = shownFigures(place, info, part.data);
  const gone = manyGone(info);
  const { rows, total, stale, coming, error, refetch, onRange } = usePages({
    queryKey: [...trpc.difference.rows.queryKey(), info.id, filter],
    fetchPage: (page) => client.difference.rows.query({ id: info.id, filter, ...page }),
  });
  const [opened, setOpened] = useState<ChangeRow | null>(null);
  // A case may be opened in between, to look.
  const [ticked, keepTicked] = useKeptState(`difference.ticked.${info.id}`, nothingTicked, isTicked);
  const shownFilter = JSON.stringify(filter);
  const selection = tickedUnder(shownFilter, ticked);
  const setSelection = (rows: ReadonlySet<string>) => keepTicked({ filter: shownFilter, rows: [...rows] });
  const back = { ...differenceActions.back, perform: () => void navigate({ to: '/reference' }) };
  const [exporting, setExporting] = useState(false);
  const exportShown = { ...differenceActions.export, perform: () => setExporting(true) };
  useActions([back, exportShown]);

  function change(next: DifferenceSearch) {
    keepTicked(nothingTicked);
    void navigate({
      to: '/difference/$differenceId',
      params: { differenceId: info.id },
      search: next,
      replace: true,
    });
  }

  return (
    <section className={classes.screen} aria-label={info.staged ? words.stagedTitle : words.title}>
      <PageHeader
        title={info.staged ? words.stagedTitle : words.title}
        subtitle={words.subtitle(nameOf(info.base), nameOf(info.list))}
      >
        <ActionButton action={exportShown} variant="default" />
      </PageHeader>
      <ExportDialog
        subject={exporting ? { kind: 'perbedaan', differenceId: info.id, filter } : null}
        onClose={() => setExporting(false)}
      />
      {info.staged && (
        <Text size="sm" mb="xs">
          {words.stagedNote} {info.complete ? null : words.partNote}{' '}
          {info.replaces.map((list) => words.replaces(nameOf(list), list.gone)).join(' ')}
        </Text>
      )}
      {(gone !== null || info.refusedRows > 0) && (
        <Alert variant="light" color="yellow" mb="xs" px="sm" py={6}>
          {gone !== null && <div>{words.manyGone(gone.gone, gone.of, info.replaces.length > 0)}</div>}
          {info.refusedRows > 0 && <div>{words.refusedNote(info)}</div>}
        </Alert>
      )}
      {figures === null && part.error !== null ? (
        <ProblemNote problem={problemOf(part.error)} onRetry={() => void part.refetch()} />
      ) : (
        <Text mb="xs">{figures === null ? words.counting : summaryOfInfo(figures, place)}</Text>
      )}
      <Filters info={info} figures={figures} search={search} kelurahan={kelurahan} onChange={change} />
      {figures !== null && figures.moves.length > 0 && search.view === 'desil' && (
        <ul className={classes.moves} aria-label={words.movesLabel}>
          {figures.moves.map(({ from, to, households }) => (
            <li key={`${from} ${to}`}>{words.moves(from, to, households)}</li>
          ))}
        </ul>
      )}
      {error !== null && <ProblemNote problem={problemOf(error)} onRetry={refetch} />}
      {(error === null || total !== null) && (
        <div className={classes.table}>
          <VirtualTable
            label={words.listLabel}
            rows={rows}
            columns={info.staged ? stagedColumns : changeColumns}
            rowKey={(row) => String(row.id)}
            onOpen={setOpened}
            {...(info.staged && { selection, onSelectionChange: setSelection })}
            coming={coming}
            onRange={onRange}
            placeKey={`difference.${info.id}.${shownFilter}`}
            autoFocus
            empty={
              total === null ? undefined : (
                <EmptyState title={words.emptyTitle} description={words.emptyText} />
              )
            }
          />
        </div>
      )}
      {info.staged ? (
        <StagedFoot
          info={info}
          filter={filter}
          shown={total ?? 0}
          stale={stale}
          selection={selection}
          loaded={new Set(rows.flatMap((row) => (row === undefined ? [] : String(row.id))))}
          onDecided={() => keepTicked(nothingTicked)}
        />
      ) : (
        <Text size="sm" c="dimmed" pt="xs">
          {words.blankNote}
        </Text>
      )}
      <Modal opened={opened !== null} onClose={() => setOpened(null)} title={opened?.headName} size="46rem">
        {opened !== null && <ChangeDetail row={opened} />}
      </Modal>
    </section>
  );
}

function Filters({
  info,
  figures,
  search,
  kelurahan,
  onChange,
}: {
  info: DifferenceInfo;
  figures: DifferenceInfo | null;
  search: DifferenceSearch;
  kelurahan: string | null;
  onChange: (next: DifferenceSearch) => void;
}) {
  return (
    <div className={classes.filters}>
      <SegmentedControl
        size="sm"
        aria-label={words.viewLabel}
        value={search.view ?? 'perubahan'}
        onChange={(view) => onChange({ ...search, view: ChangeView.parse(view) })}
        data={offeredViews(figures ?? info, search.view ?? 'perubahan').map((view) => ({
          value: view,
          label:
            figures === null ? words.views[view] : words.viewOf(words.views[view], countOf(figures, view)),
        }))}
      />
      <SearchSelect
        aria-label={words.rw}
        placeholder={words.allRw}
        data={(figures ?? info).rws.map((rw) => ({
          value: String(rw),
          label: `RW ${threeDigits(rw)}`,
        }))}
        value={search.rw === undefined ? null : String(search.rw)}
        onChange={(rw) => onChange({ ...search, rw: rw === null ? undefined : Number(rw) })}
        clearable
        w="8.5rem"
      />
      {info.kelurahan.length > 1 && (
        <SearchSelect
          aria-label={words.kelurahan}
          placeholder={words.allKelurahan}
          data={info.kelurahan.map(({ code, name, households }) => ({
            value: code,
            label: words.kelurahanOf(name, households),
          }))}
          value={kelurahan}
          onChange={(code) => onChange({ ...search, rw: undefined, kelurahan: code ?? everyKelurahan })}
          clearable
          limit={40}
          w="14rem"
        />
      )}
    </div>
  );
}

/** "Kelurahan Gambir: 41 baru, 12 tidak ada lagi, 77 peringkatnya berpindah." */
function summaryOfInfo({ counts, moves, kelurahan }: DifferenceInfo, place: ChangePlace): string {
  const moved = (up: boolean) =>
    moves.reduce((sum, { from, to, households }) => sum + (to > from === up ? households : 0), 0);
  const area = kelurahan.length === 1 ? kelurahan[0] : kelurahan.find(({ code }) => code === place.kelurahan);
  return words.summary(
    words.place(area?.name ?? null, place.rw === undefined ? null : threeDigits(place.rw)),
    {
      added: counts.baru.households,
      gone: counts.hilang.households,
      movedIn: counts.pindah_masuk.households,
      movedOut: counts.pindah_keluar.households,
    },
    { up: moved(true), down: moved(false) },
  );
}

function nameOf({ name, version, listDate }: NamedList): string {
  return words.listName(name, version, formatDate(listDate));
}
