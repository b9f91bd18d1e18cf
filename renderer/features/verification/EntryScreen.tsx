import { Alert, Anchor, Button, Group, Loader, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { OpenSheet } from '../../../shared/contract/verification.ts';
import type { VisitEntry } from '../../../shared/domain/visit-entry.ts';
import { tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
import { useScanTarget } from '../../app/scan-target.ts';
import { useSession } from '../../app/session-context.ts';
import type { Autosaved } from '../../app/use-autosaved.ts';
import { useOpening } from '../../app/use-opening.ts';
import { AsideNote } from '../../components/AsideNote.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { EntryForm } from './EntryForm.tsx';
import { LegalisedVisit } from './LegalisedVisit.tsx';
import type { SheetSearch } from './work-search.ts';
import { useVisit } from './use-visit.ts';
import { words } from './words.ts';

/** The sheet of a scanned code: typed in, or read when it was. */
export function EntryScreen() {
  const { code } = useParams({ from: '/verification/$code' });
  const trpc = useTRPC();
  // What is being typed is newer than what the office would answer: the sheet is asked for once.
  const sheet = useQuery(
    trpc.verification.openSheet.queryOptions(
      { code },
      { staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false },
    ),
  );
  const { opening, reopen } = useOpening(sheet);
  if (sheet.error !== null && sheet.data === undefined) {
    return (
      <Stack gap="sm" align="flex-start">
        <ProblemNote problem={problemOf(sheet.error)} onRetry={() => void sheet.refetch()} />
        <Anchor component={Link} to="/verification" size="sm">
          {words.back}
        </Anchor>
      </Stack>
    );
  }
  if (sheet.data === undefined) return <Loader size="sm" />;
  const key = `${sheet.data.sheetId} ${opening}`;
  return sheet.data.correctable ? (
    <LegalisedVisit key={key} sheet={sheet.data} />
  ) : (
    <Typing key={key} sheet={sheet.data} onReload={reopen} />
  );
}

function Typing({ sheet, onReload }: { sheet: OpenSheet; onReload: () => void }) {
  const { today } = useSession();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { done, field }: SheetSearch = useSearch({ from: '/verification/$code' });
  const visit = useVisit(sheet, today);
  // Within a stack, the next sheet stays within it; what is typed of this one is saved on leaving.
  useScanTarget(
    done !== undefined,
    (code) => void navigate({ to: '/verification/$code', params: { code }, search: { done } }),
  );

  const finish = useMutation({
    meta: { quiet: true },
    mutationFn: async () => {
      if (!(await visit.flush())) return null;
      return client.verification.finish.mutate({ sheetId: sheet.sheetId, version: visit.version() });
    },
    onSuccess: async (finished) => {
      if (finished === null) return;
      visit.aside?.discard();
      // Left first: the next sheet may be scanned the moment this one is told to be done.
      if (done === undefined) await navigate({ to: '/verification', search: { stage: 'lapangan' } });
      else await navigate({ to: '/verification/stack', search: { done: done + 1 } });
      tellDone(
        words.finished(sheet.number),
        finished.missingPhotos.length === 0
          ? words.finishedNext
          : `${words.photosMissing(finished.missingPhotos)}.`,
      );
      await Promise.all([
        queries.invalidateQueries(trpc.verification.pathFilter()),
        queries.invalidateQueries(trpc.cases.pathFilter()),
      ]);
    },
  });

  async function leave() {
    await visit.flush();
    await queries.invalidateQueries(trpc.verification.work.pathFilter());
    if (done !== undefined) await navigate({ to: '/verification/stack', search: { done } });
    else await navigate({ to: '/verification', search: { stage: sheet.editable ? 'lapangan' : 'kembali' } });
  }

  return (
    <EntryForm
      sheet={sheet}
      visit={visit}
      busy={finish.isPending}
      notice={<Notice sheet={sheet} visit={visit} refusal={finish.error} onReload={onReload} />}
      onFinish={() => finish.mutate()}
      onLeave={() => void leave()}
      startAt={field}
    />
  );
}

interface NoticeProps {
  sheet: OpenSheet;
  visit: Autosaved<VisitEntry>;
  refusal: Error | null;
  onReload: () => void;
}

function Notice({ sheet, visit, refusal, onReload }: NoticeProps) {
  const navigate = useNavigate();
  const held = visit.save.problem;
  const openCase = (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => void navigate({ to: '/cases/$caseId', params: { caseId: sheet.caseId } })}
    >
      {words.openCase}
    </Button>
  );
  if (!sheet.editable) {
    return (
      <Alert variant="light" title={words.readOnly} mb="md">
        <Group justify="space-between">
          {words.readOnlyText(sheet.enteredByName ?? '')}
          {openCase}
        </Group>
      </Alert>
    );
  }
  if (held?.code === 'version_conflict') {
    return (
      <Stack gap="xs" mb="md">
        <ProblemNote
          problem={{
            message: words.conflictTitle(String(held.details['by'] ?? '')),
            next: words.conflictText,
          }}
        />
        <Group>
          <Button size="compact-sm" onClick={onReload}>
            {words.load}
          </Button>
        </Group>
      </Stack>
    );
  }
  if (held !== null && held.code !== 'office_unreachable') return <ProblemNote problem={held} />;
  return (
    <>
      {visit.aside !== null && <AsideNote aside={visit.aside} by={sheet.enteredByName ?? ''} />}
      {refusal !== null && <ProblemNote problem={problemOf(refusal)} />}
    </>
  );
}
