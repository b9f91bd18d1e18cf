import { Anchor, Button, Group, Paper, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CaseMerge, DeclinedCase, LikelyCase } from '../../../shared/contract/merge.ts';
import { may } from '../../../shared/domain/access.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useRole } from '../../app/session-context.ts';
import { DateText } from '../../components/DateText.tsx';
import { formatInstant } from '../../components/formats.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ReasonModal } from '../../components/ReasonModal.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import classes from './MergeScreen.module.css';
import { words } from './words.ts';

/** On the screen of a case: what was merged, what may be the same family, and what is not. */
export function CaseMerges({ caseId }: { caseId: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayDecide = may(useRole(), 'identification:decide');
  const [separating, setSeparating] = useState<CaseMerge | null>(null);
  const [withdrawing, setWithdrawing] = useState<DeclinedCase | null>(null);
  const found = useQuery(
    trpc.merge.ofCase.queryOptions({ caseId }, { staleTime: 30_000, meta: { quiet: true } }),
  );
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries(trpc.merge.pathFilter()),
      queries.invalidateQueries(trpc.cases.pathFilter()),
      queries.invalidateQueries(trpc.identification.pathFilter()),
    ]);
  const separate = useMutation(
    trpc.merge.separate.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        setSeparating(null);
        tellDone(words.separated);
        await refresh();
      },
    }),
  );
  const restore = useMutation(
    trpc.merge.restore.mutationOptions({
      meta: { quiet: true },
      onSuccess: () => setWithdrawing(null),
      // Where it is refused, a colleague was quicker: the list shows it.
      onSettled: refresh,
    }),
  );
  if (found.data === undefined) return <Waiting query={found} silent />;
  const { merges, likely, declined, renewing } = found.data;
  if (merges.length + likely.length + declined.length === 0 && renewing === null) return null;

  return (
    <Paper component="section" p="md" mb="lg" aria-label={words.card}>
      <Title order={2} mb="xs">
        {words.card}
      </Title>
      {renewing !== null && <ProblemNote problem={renewing} onRetry={() => void found.refetch()} />}
      <ul className={classes.list}>
        {merges.map((merge) => (
          <li key={merge.mergeId}>
            <Group justify="space-between" gap="xs">
              <div>
                <CaseLink caseId={merge.otherId}>
                  {merge.role === 'tetap'
                    ? words.mergedFrom(merge.otherNumber)
                    : words.mergedInto(merge.otherNumber)}
                </CaseLink>
                <Text size="xs" c="dimmed">
                  {merge.otherHeadName} · {merge.byName}, <DateText value={merge.at} />
                </Text>
              </div>
              {mayDecide && (
                <Button size="compact-sm" variant="default" onClick={() => setSeparating(merge)}>
                  {words.separate}
                </Button>
              )}
            </Group>
          </li>
        ))}
        {likely.map((one) => (
          <Likely key={one.caseId} caseId={caseId} likely={one} mayDecide={mayDecide} />
        ))}
        {declined.map((one) => (
          <li key={one.verdictId}>
            <Group justify="space-between" gap="xs">
              <div>
                <CaseLink caseId={one.otherId}>{one.label}</CaseLink>
                <Text size="xs" c="dimmed">
                  {words.declined}: {one.reason} · {one.byName}, <DateText value={one.at} />
                </Text>
              </div>
              {mayDecide && (
                <Button size="compact-sm" variant="subtle" onClick={() => setWithdrawing(one)}>
                  {words.restore}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
      <ReasonModal
        opened={separating !== null}
        keep={`separate.${separating?.mergeId ?? ''}`}
        title={words.separate}
        description={words.separateText}
        reasonRequired
        onCancel={() => setSeparating(null)}
        onConfirm={async (reason) => {
          if (separating !== null && reason !== null)
            await separate.mutateAsync({ mergeId: separating.mergeId, reason });
        }}
      />
      <ReasonModal
        opened={withdrawing !== null}
        keep={`merge.restore.${withdrawing?.verdictId ?? ''}`}
        title={words.restore}
        description={
          withdrawing === null
            ? ''
            : words.restoreText(withdrawing.byName, formatInstant(withdrawing.at), withdrawing.reason)
        }
        reasonRequired
        onCancel={() => setWithdrawing(null)}
        onConfirm={async (reason) => {
          if (withdrawing !== null && reason !== null)
            await restore.mutateAsync({ caseId, verdictId: withdrawing.verdictId, reason });
        }}
      />
    </Paper>
  );
}

/** So many members are told; the others are counted. */
const mostReasons = 2;

/** The earlier registration is the one that stays, unless the clerk swaps them. */
function Likely({ caseId, likely, mayDecide }: { caseId: string; likely: LikelyCase; mayDecide: boolean }) {
  const [kept, other] = likely.earlier ? [likely.caseId, caseId] : [caseId, likely.caseId];
  const more = likely.why.length - mostReasons;
  return (
    <li>
      <Text size="sm" fw={500}>
        {words.likely}
      </Text>
      <Text size="sm">
        <CaseLink caseId={likely.caseId}>{likely.number}</CaseLink> <StateBadge state={likely.state} />
      </Text>
      <Text size="xs">
        {likely.headName} · {likely.address}
      </Text>
      <Text size="xs" c="dimmed">
        {likely.verdict} {likely.why.slice(0, mostReasons).join('; ')}
        {more > 0 && `; ${words.moreMembers(more)}`}
      </Text>
      {mayDecide && (
        <Button
          mt={4}
          size="compact-sm"
          variant="default"
          aria-label={words.compareWith(likely.number)}
          renderRoot={(props) => (
            <Link {...props} to="/merge/$caseId" params={{ caseId: kept }} search={{ other }} />
          )}
        >
          {words.compare}
        </Button>
      )}
    </li>
  );
}

function CaseLink({ caseId, children }: { caseId: string; children: React.ReactNode }) {
  return (
    <Anchor
      size="sm"
      underline="always"
      renderRoot={(props) => <Link {...props} to="/cases/$caseId" params={{ caseId }} />}
    >
      {children}
    </Anchor>
  );
}
