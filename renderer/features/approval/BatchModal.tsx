import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ApprovalItem, Sampled } from '../../../shared/contract/approval.ts';
import type { StepOutcome } from '../../../shared/contract/cases.ts';
import { onCtrlEnter } from '../../components/ctrl-enter.ts';
import { type Asked, Waiting } from '../../components/Waiting.tsx';
import { planBatch } from './inbox.ts';
import { words } from './words.ts';

interface BatchModalProps {
  /** What is to be approved; null while nothing is asked. */
  items: readonly ApprovalItem[] | null;
  /** What became of each, once it was tried. */
  outcomes: readonly StepOutcome[] | null;
  /** What the office drew to be opened first. */
  sample: Asked<readonly Sampled[]>;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
  onOpen: (caseId: string) => void;
}

/** One confirmation for several cases that says what will happen; then what did, and what could not. */
export function BatchModal({ items, outcomes, sample, busy, onConfirm, onClose, onOpen }: BatchModalProps) {
  const kind = items?.[0]?.kind ?? 'pendaftaran';
  const title =
    outcomes === null
      ? words.batchTitle(words.approveChosen[kind], items?.length ?? 0)
      : words.batchResult(outcomes.filter((outcome) => outcome.done).length, outcomes.length);
  return (
    <Modal opened={items !== null} onClose={onClose} title={title}>
      {items !== null &&
        (outcomes === null ? (
          <Plan
            items={items}
            sample={sample}
            busy={busy}
            onConfirm={onConfirm}
            onClose={onClose}
            onOpen={onOpen}
          />
        ) : (
          <Result items={items} outcomes={outcomes} onClose={onClose} />
        ))}
    </Modal>
  );
}

function Plan({
  items,
  sample,
  busy,
  onConfirm,
  onClose,
  onOpen,
}: Omit<BatchModalProps, 'items' | 'outcomes'> & { items: readonly ApprovalItem[] }) {
  const plan = planBatch(items);
  const kind = items[0]?.kind ?? 'pendaftaran';
  const unopened = sample.data?.filter(({ opened }) => !opened) ?? [];
  const ready = sample.data !== undefined && unopened.length === 0 && plan.states.length > 0;
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The sample comes after the dialog has taken the focus: Enter and Ctrl+Enter mean the confirmation.
    if (ready) confirm.current?.focus();
  }, [ready]);
  return (
    <Stack gap="sm" onKeyDown={ready ? onCtrlEnter(onConfirm) : undefined}>
      <Text size="sm">{words.batchText}</Text>
      <List size="sm">
        {plan.states.map(({ state, count }) => (
          <List.Item key={state}>{batchLine(state, count)}</List.Item>
        ))}
        {plan.own > 0 && <List.Item>{words.batchOwn(plan.own)}</List.Item>}
      </List>
      <Text size="sm" c="dimmed" lineClamp={4}>
        {items.map((item) => item.headName).join(', ')}
      </Text>
      <Waiting query={sample} />
      {unopened.length > 0 && (
        <>
          <Text size="sm">{words.sampleText(unopened.length)}</Text>
          <Group gap="xs">
            {unopened.map(({ caseId, number }, index) => (
              <Button
                key={caseId}
                size="compact-sm"
                variant="default"
                data-autofocus={index === 0 || undefined}
                onClick={() => onOpen(caseId)}
              >
                {words.sampleOpen(items.find((item) => item.caseId === caseId)?.headName ?? number)}
              </Button>
            ))}
          </Group>
        </>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button ref={confirm} loading={busy} disabled={!ready} onClick={onConfirm}>
          {words.approveChosen[kind]}
        </Button>
      </Group>
    </Stack>
  );
}

function Result({
  items,
  outcomes,
  onClose,
}: {
  items: readonly ApprovalItem[];
  outcomes: readonly StepOutcome[];
  onClose: () => void;
}) {
  const refused = outcomes.filter((outcome) => !outcome.done);
  return (
    <Stack gap="sm" onKeyDown={onCtrlEnter(onClose)}>
      {refused.length > 0 && (
        <>
          <Text size="sm">{words.batchRefused}</Text>
          <List size="sm">
            {refused.map((outcome) => (
              <List.Item key={outcome.caseId}>
                {items.find((item) => item.caseId === outcome.caseId)?.headName ?? outcome.number}:{' '}
                {outcome.problem}
              </List.Item>
            ))}
          </List>
        </>
      )}
      <Group justify="flex-end">
        <Button data-autofocus onClick={onClose}>
          {words.close}
        </Button>
      </Group>
    </Stack>
  );
}

function batchLine(state: ApprovalItem['state'], count: number): string {
  const lines: Partial<Record<ApprovalItem['state'], (count: number) => string>> = words.batchGroup;
  return lines[state]?.(count) ?? '';
}
