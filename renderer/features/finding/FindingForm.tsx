import { Button, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { z } from 'zod';
import type { FindingRow } from '../../../shared/contract/finding.ts';
import {
  FindingOutcome,
  findingOutcomeLabel,
  isPairVerdict,
  outcomesOf,
} from '../../../shared/domain/finding.ts';
import { isReasonOfVerdict } from '../../../shared/domain/match.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { useEnterMovesOn } from '../../components/use-enter-moves-on.ts';
import { findingDetailActions } from './actions.ts';
import classes from './FindingScreen.module.css';
import { words } from './words.ts';

const Typed = z.object({ outcome: FindingOutcome.nullable(), note: z.string() });
type Typed = z.infer<typeof Typed>;

interface FindingFormProps {
  finding: Pick<FindingRow, 'id' | 'kind' | 'ofPerson' | 'mark'>;
  /** After it is settled: on to the next. */
  onSettled: () => void;
  onClose: () => void;
}

/** How a finding ended, and a note; what was typed is found again until it is settled. */
export function FindingForm({ finding, onSettled, onClose }: FindingFormProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [typed, setTyped, forget] = useKeptState<Typed>(
    `finding.${finding.id}`,
    { outcome: null, note: '' },
    fits(Typed),
  );
  const form = useRef<HTMLDivElement>(null);
  useEnterMovesOn(form);
  const [attempted, setAttempted] = useState(false);
  const { outcome } = typed;
  const note = typed.note.trim();
  const isVerdict = isPairVerdict(outcome);
  const isWritten = isVerdict ? isReasonOfVerdict(note) : note !== '';
  const record = useMutation(
    trpc.finding.resolve.mutationOptions({
      onSuccess: () => {
        forget();
        tellDone(words.resolved, words.resolvedText);
        onSettled();
        void queries.invalidateQueries(trpc.cases.pathFilter());
      },
      // A colleague may have been first: what stands now is shown.
      onSettled: () => queries.invalidateQueries(trpc.finding.pathFilter()),
    }),
  );
  const resolve = {
    ...findingDetailActions.resolve,
    when: () => !record.isPending,
    perform: () => {
      setAttempted(true);
      if (outcome !== null && isWritten) record.mutate({ id: finding.id, mark: finding.mark, outcome, note });
    },
  };
  useActions([resolve]);

  return (
    <Stack ref={form} gap="sm" mt="md">
      <Radio.Group
        label={words.outcome}
        value={outcome}
        onChange={(value) => setTyped({ ...typed, outcome: FindingOutcome.parse(value) })}
        error={attempted && outcome === null ? words.outcomeMissing : null}
      >
        <Stack gap={6} mt={4}>
          {outcomesOf(finding).map((option, index) => (
            <Radio
              key={option}
              autoFocus={outcome === null ? index === 0 : option === outcome}
              value={option}
              label={findingOutcomeLabel[option]}
            />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label={isVerdict ? words.reason : words.note}
        description={isVerdict ? words.reasonHelp : words.noteHelp}
        value={typed.note}
        maxLength={300}
        required
        error={attempted && !isWritten ? (isVerdict ? words.reasonMissing : words.noteMissing) : null}
        onChange={(event) => setTyped({ ...typed, note: event.currentTarget.value })}
      />
      <div className={classes.foot}>
        <Button variant="default" onClick={onClose}>
          {words.leave}
        </Button>
        <ActionButton action={resolve} data-primary loading={record.isPending} />
      </div>
    </Stack>
  );
}
