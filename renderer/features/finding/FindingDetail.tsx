import { Button, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { FindingRow } from '../../../shared/contract/finding.ts';
import { may } from '../../../shared/domain/access.ts';
import { editableStates } from '../../../shared/domain/case-flow.ts';
import {
  FindingOutcome,
  findingOutcomeLabel,
  findingRules,
  type FindingAction,
} from '../../../shared/domain/finding.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useRole } from '../../app/session-context.ts';
import { CaseLink } from '../../components/CaseLink.tsx';
import { DateText } from '../../components/DateText.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import { findingDetailActions } from './actions.ts';
import classes from './FindingScreen.module.css';
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
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayResolve = may(useRole(), 'finding:resolve');
  const rule = findingRules[finding.kind];
  const [outcome, setOutcome] = useState<FindingOutcome | null>(null);
  const [note, setNote] = useState('');
  const [attempted, setAttempted] = useState(false);
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries(trpc.finding.pathFilter()),
      queries.invalidateQueries(trpc.cases.pathFilter()),
    ]);
  const record = useMutation(
    trpc.finding.resolve.mutationOptions({
      onSuccess: async () => {
        tellDone(words.resolved, words.resolvedText);
        onNext();
        await refresh();
      },
    }),
  );
  const undo = useMutation(
    trpc.finding.reopen.mutationOptions({
      onSuccess: async () => {
        tellDone(words.reopened);
        onNext();
        await refresh();
      },
    }),
  );
  // What can no longer be corrected is opened: its screen says what is possible.
  const action: FindingAction =
    rule.action === 'perbaiki_berkas' && !editableStates.includes(finding.caseState)
      ? 'buka_berkas'
      : rule.action;
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
  const resolve = {
    ...findingDetailActions.resolve,
    when: () => finding.resolvedAt === null && !record.isPending,
    perform: () => {
      setAttempted(true);
      if (outcome === null || note.trim() === '') return;
      record.mutate({ id: finding.id, outcome, note: note.trim() });
    },
  };
  // What is gone stays as it was settled; of two families it is gone by what was said itself.
  const canReopen = finding.resolvedAt !== null && (!finding.gone || finding.outcome === 'keluarga_lain');
  const reopen = {
    ...findingDetailActions.reopen,
    when: () => canReopen && !undo.isPending,
    perform: () => undo.mutate({ id: finding.id }),
  };
  const back = { ...findingDetailActions.back, perform: onClose };
  useActions([remedy, resolve, reopen, back]);

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
      <Values finding={finding} />
      <Text component="h3" size="sm" fw={600} mt="sm">
        {words.remedy}
      </Text>
      <Text size="sm" mb="xs">
        {rule.remedy}
      </Text>
      <ActionButton action={remedy} variant="default" size="compact-md" />
      {finding.resolvedAt !== null && (
        <Stack gap={4} mt="md">
          <Text size="sm" fw={600}>
            {finding.outcome === null ? '' : findingOutcomeLabel[finding.outcome]}
          </Text>
          <Text size="sm">{finding.outcomeNote}</Text>
          <Text size="xs" c="dimmed">
            {finding.resolvedByName}, <DateText value={finding.resolvedAt} />
          </Text>
          {canReopen ? (
            <ActionButton action={reopen} variant="default" size="compact-md" />
          ) : (
            <Text size="sm">{words.gone}</Text>
          )}
        </Stack>
      )}
      {finding.resolvedAt === null && mayResolve && (
        <Stack gap="sm" mt="md">
          <Radio.Group
            label={words.outcome}
            value={outcome}
            onChange={(value) => setOutcome(FindingOutcome.parse(value))}
            error={attempted && outcome === null ? words.outcomeMissing : null}
          >
            <Stack gap={6} mt={4}>
              {rule.outcomes.map((option, index) => (
                <Radio
                  key={option}
                  autoFocus={index === 0}
                  value={option}
                  label={findingOutcomeLabel[option]}
                />
              ))}
            </Stack>
          </Radio.Group>
          <TextInput
            label={words.note}
            description={words.noteHelp}
            value={note}
            maxLength={300}
            required
            error={attempted && note.trim() === '' ? words.noteMissing : null}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <div className={classes.foot}>
            <Button variant="default" onClick={onClose}>
              {words.leave}
            </Button>
            <ActionButton action={resolve} loading={record.isPending} />
          </div>
        </Stack>
      )}
    </section>
  );
}
