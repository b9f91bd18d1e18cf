import { Radio, Text, TextInput } from '@mantine/core';
import { useRef } from 'react';
import type { ResultProposal } from '../../../shared/contract/identification.ts';
import { IdentificationResult } from '../../../shared/domain/registration.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { useEnterMovesOn } from '../../components/use-enter-moves-on.ts';
import classes from './IdentificationScreen.module.css';
import { words } from './words.ts';

interface ResultPanelProps {
  /** What the rule says of the verdicts so far. */
  rule: ResultProposal;
  result: IdentificationResult;
  onResult: (result: IdentificationResult) => void;
  undecided: number;
  needsReason: boolean;
  reason: string;
  onReason: (reason: string) => void;
  reasonError: boolean;
  finish: Action;
  busy: boolean;
}

/** The foot of the comparison: the result by the rule, another one with a reason, and the one key that records it. */
export function ResultPanel(props: ResultPanelProps) {
  const { rule, result, undecided, needsReason, reason, reasonError, finish, busy } = props;
  const foot = useRef<HTMLElement>(null);
  useEnterMovesOn(foot);
  return (
    <footer ref={foot} className={classes.foot}>
      <Radio.Group
        label={words.result}
        value={result}
        onChange={(value) => props.onResult(IdentificationResult.parse(value))}
        className={classes.results}
      >
        <div className={classes.resultRow}>
          {IdentificationResult.options.map((option) => (
            <Radio key={option} value={option} label={words.results[option]} />
          ))}
        </div>
        <Text size="xs" c="dimmed" lineClamp={2} role="status">
          {undecided > 0 ? `${words.remaining(undecided)}. ` : ''}
          {words.results[rule.result]}: {rule.reasons.join('; ')}
        </Text>
      </Radio.Group>
      {needsReason && (
        <TextInput
          className={classes.reason}
          label={words.reasonLabel}
          value={reason}
          maxLength={500}
          required
          error={reasonError ? words.reasonMissing : null}
          onChange={(event) => props.onReason(event.currentTarget.value)}
        />
      )}
      <ActionButton action={finish} data-primary loading={busy} />
    </footer>
  );
}
