import { Alert, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { FindingRow } from '../../../shared/contract/finding.ts';
import { findingOutcomeLabel, findingRules, isPairVerdict } from '../../../shared/domain/finding.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay, useRole } from '../../app/session-context.ts';
import { CaseLink } from '../../components/CaseLink.tsx';
import { DateText } from '../../components/DateText.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import { findingDetailActions } from './actions.ts';
import { FindingForm } from './FindingForm.tsx';
import classes from './FindingScreen.module.css';
import { numbersOf, type Revealed } from './revealed.ts';
import { remedyFor } from './remedy.ts';
import { Values } from './Values.tsx';
import { words } from './words.ts';

interface FindingDetailProps {
  finding: FindingRow;
  /** After it is settled: on to the next. */
  onNext: () => void;
  onClose: () => void;
}

/** One finding: both sides, what to do about it, and how it was settled. */
export function FindingDetail({ finding, onNext, onClose }: FindingDetailProps) {
  const navigate = useNavigate();
  const role = useRole();
  const mayResolve = useMay('finding:resolve');
  const { shown, reveal } = useReveal(finding);
  const rule = findingRules[finding.kind];
  const action = remedyFor(finding, role);
  const remedy = {
    ...findingDetailActions.remedy,
    label: words.actions[action],
    perform: () => {
      switch (action) {
        case 'perbaiki_berkas':
          return void navigate({ to: '/intake/new', search: { correct: finding.caseId } });
        case 'gabungkan':
          return void navigate({
            to: '/merge/$caseId',
            params: { caseId: finding.otherCaseId ?? finding.caseId },
            search: { other: finding.caseId },
          });
        case 'buka_berkas':
        case 'pemadanan':
          return void navigate({ to: '/cases/$caseId', params: { caseId: finding.caseId } });
      }
    },
  };
  const back = { ...findingDetailActions.back, perform: onClose };
  useActions([remedy, reveal, back]);

  return (
    <section className={classes.detail} aria-label={rule.label}>
      <Text component="h2" fw={600}>
        {rule.label}
      </Text>
      <Text size="sm">
        {finding.subject} · <CaseLink caseId={finding.caseId}>{finding.caseNumber}</CaseLink>{' '}
        <StateBadge state={finding.caseState} />
      </Text>
      <Text size="xs" c="dimmed" mb="sm">
        {words.found(finding.days)}
        {finding.note !== null && ` · ${finding.note}`}
      </Text>
      {finding.resolvedAt === null && finding.gone && (
        <Alert variant="light" mb="sm" role="status">
          {words.goneNow}
        </Alert>
      )}
      <Values finding={shown}>
        {isMasked(finding) && <ActionButton action={reveal} variant="default" size="compact-xs" />}
      </Values>
      <Text component="h3" size="sm" fw={600} mt="sm">
        {words.remedy}
      </Text>
      <Text size="sm" mb="xs">
        {rule.remedy}
      </Text>
      <ActionButton action={remedy} variant="default" size="compact-md" />
      {finding.resolvedAt !== null ? (
        <Settled finding={finding} onReopened={onClose} />
      ) : (
        mayResolve && <FindingForm finding={finding} onSettled={onNext} onClose={onClose} />
      )}
    </section>
  );
}

/** Numbers stay masked until somebody asks for those of this finding, which stands in the journal first. */
function useReveal(finding: FindingRow) {
  const trpc = useTRPC();
  const [revealed, setWhole] = useState<Revealed | null>(null);
  const show = useMutation(trpc.finding.reveal.mutationOptions({ onSuccess: setWhole }));
  const whole = numbersOf(revealed, finding);
  const reveal = {
    ...findingDetailActions.reveal,
    label: whole === null ? words.reveal : words.hide,
    when: () => isMasked(finding) && !show.isPending,
    perform: () => {
      if (whole === null) show.mutate({ id: finding.id });
      else setWhole(null);
    },
  };
  return { shown: { ...finding, ...whole }, reveal };
}

function isMasked({ reported, listed }: FindingRow): boolean {
  return [reported, listed].some((side) => side !== null && side.includes('•'));
}

/** How it ended; what holds still, or ended by being said, can be opened again. */
function Settled({ finding, onReopened }: { finding: FindingRow; onReopened: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const undo = useMutation(
    trpc.finding.reopen.mutationOptions({
      onSuccess: () => {
        tellDone(words.reopened);
        onReopened();
        void queries.invalidateQueries(trpc.cases.pathFilter());
      },
      // One that was refused does not hold any more: its row says so from now on.
      onSettled: () => queries.invalidateQueries(trpc.finding.pathFilter()),
    }),
  );
  // What is gone stays as it was settled; of two families, or two persons, it is gone by what was said itself.
  const canReopen = !finding.gone || finding.outcome === 'keluarga_lain' || isPairVerdict(finding.outcome);
  const reopen = {
    ...findingDetailActions.reopen,
    when: () => canReopen && !undo.isPending,
    perform: () => undo.mutate({ id: finding.id }),
  };
  useActions([reopen]);
  return (
    <Stack gap={4} mt="md">
      <Text size="sm" fw={600}>
        {finding.outcome === null ? '' : findingOutcomeLabel[finding.outcome]}
      </Text>
      <Text size="sm">{finding.outcomeNote}</Text>
      <Text size="xs" c="dimmed">
        {finding.resolvedByName}, <DateText value={finding.resolvedAt ?? ''} />
      </Text>
      {canReopen ? (
        <ActionButton action={reopen} variant="default" size="compact-md" />
      ) : (
        <Text size="sm">{words.gone}</Text>
      )}
    </Stack>
  );
}
