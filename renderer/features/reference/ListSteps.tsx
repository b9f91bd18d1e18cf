import { Button, Group, Select, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReferenceListInfo } from '../../../shared/contract/reference.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { formatDate } from '../../components/formats.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ReasonModal } from '../../components/ReasonModal.tsx';
import { useCompare } from '../difference/use-compare.ts';
import { ExportDialog } from '../exports/ExportDialog.tsx';
import { JobPanel } from '../../components/JobPanel.tsx';
import { earlierList } from './latest-quarters.ts';
import { words } from './words.ts';

interface ListStepsProps {
  list: ReferenceListInfo;
  lists: readonly ReferenceListInfo[];
  onDone: () => void;
}

/** What can be done with a snapshot: lay it beside an earlier one, undo its import, use it again. */
export function ListSteps({ list, lists, onDone }: ListStepsProps) {
  const mayImport = useMay('reference:import');
  const mayExport = useMay('data:export');
  const [exporting, setExporting] = useState(false);
  return (
    <>
      {list.basedOn !== null && (
        <Text size="sm" c="dimmed">
          {words.basedOn}
        </Text>
      )}
      <Group align="flex-end" justify="space-between">
        <Compare list={list} lists={lists} />
        <Group>
          {mayExport && (
            <Button variant="default" onClick={() => setExporting(true)}>
              {words.export}
            </Button>
          )}
          {mayImport && <Standing list={list} onDone={onDone} />}
        </Group>
      </Group>
      <ExportDialog
        subject={exporting ? { kind: 'acuan', listId: list.id } : null}
        onClose={() => setExporting(false)}
      />
    </>
  );
}

function Compare({ list, lists }: Omit<ListStepsProps, 'onDone'>) {
  const others = lists
    .filter(({ id, source }) => id !== list.id && source === list.source)
    .toSorted((left, right) => right.listDate.localeCompare(left.listDate) || right.version - left.version);
  const [baseListId, setBaseListId] = useState(earlierList(list, lists)?.id ?? null);
  const { start, starting, job, stop, stopping } = useCompare();

  if (others.length === 0) return <span />;
  if (job !== null && job.problem === null)
    return <JobPanel job={job} note={words.comparing} stopping={stopping} onStop={stop} />;
  return (
    <Group align="flex-end">
      {job !== null && job.problem !== null && <ProblemNote problem={job.problem} />}
      <Select
        label={words.compareWith}
        placeholder={words.compareNone}
        w="22rem"
        value={baseListId}
        onChange={setBaseListId}
        data={others.map((other) => ({
          value: other.id,
          label: words.besideOption(other.name, other.version, formatDate(other.listDate)),
        }))}
      />
      <Button
        variant="default"
        disabled={baseListId === null}
        loading={starting}
        onClick={() => {
          if (baseListId !== null) start({ baseListId, listId: list.id });
        }}
      >
        {words.compare}
      </Button>
    </Group>
  );
}

function Standing({ list, onDone }: Pick<ListStepsProps, 'list' | 'onDone'>) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const after = {
    meta: { quiet: true },
    onSuccess: async () => {
      await queries.invalidateQueries(trpc.reference.lists.pathFilter());
      onDone();
    },
  };
  const withdraw = useMutation(trpc.difference.withdraw.mutationOptions(after));
  const restore = useMutation(trpc.difference.restore.mutationOptions(after));
  const stands = list.withdrawnAt === null;
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {stands ? words.undo : words.restore}
      </Button>
      <ReasonModal
        opened={asking}
        keep={`list.${list.id}`}
        title={stands ? words.undo : words.restore}
        description={stands ? words.undoText(list.current) : words.restoreText}
        reasonRequired
        danger={stands}
        onCancel={() => setAsking(false)}
        onConfirm={(reason) =>
          (stands ? withdraw : restore).mutateAsync({ listId: list.id, reason: reason ?? '' })
        }
      />
    </>
  );
}
