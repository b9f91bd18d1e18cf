import { Text, TextInput } from '@mantine/core';
import type { SpotCheckDetail } from '../../../shared/contract/spot-check.ts';
import { answerWords, valueOf } from '../../../shared/domain/instrument.ts';
import { encodeAnswer } from '../../../shared/domain/instrument-exchange.ts';
import { Confirmation, confirmationLabel, inspectConfirmation } from '../../../shared/domain/spot-check.ts';
import { CodeField } from '../../components/CodeField.tsx';
import classes from './SpotCheck.module.css';
import { words } from './words.ts';

const codes = Confirmation.shape.code.options.map((value) => ({
  value,
  key: value,
  label: confirmationLabel[value],
}));

interface CheckLineProps {
  line: SpotCheckDetail['lines'][number];
  confirmation: Confirmation | undefined;
  tried: boolean;
  disabled: boolean;
  onChange: (confirmation: Confirmation | null) => void;
}

/** One answer of the first visit: 1 as recorded, or 2 and the right answer. */
export function CheckLine({ line, confirmation, tried, disabled, onChange }: CheckLineProps) {
  const { question, recorded, group } = line;
  const problem = inspectConfirmation(line, confirmation);
  const corrects = confirmation?.code === '2';
  const code = encodeAnswer(question, recorded);
  const meaning = answerWords(question, recorded);
  const name = `${group}, ${question.no} ${question.label}`;
  const value = {
    'aria-label': `${words.value}: ${name}`,
    value: confirmation?.value ?? '',
    disabled,
    error: tried ? problem : undefined,
  };
  return (
    <div className={classes.line}>
      <div>
        <span className={classes.no}>{question.no}</span> {question.label}
        <Text size="xs" c="dimmed">
          {group}
        </Text>
      </div>
      <span>{meaning === null || meaning === code ? code : `${code} ${meaning}`}</span>
      <CodeField
        aria-label={`${words.confirmation}: ${name}`}
        options={codes}
        value={confirmation?.code ?? ''}
        onChange={(typed) => {
          const read = Confirmation.shape.code.safeParse(typed);
          onChange(read.success ? { code: read.data, value: '' } : null);
        }}
        disabled={disabled}
        error={tried && !corrects ? problem : undefined}
      />
      {!corrects ? (
        <span />
      ) : question.kind === 'choice' ? (
        <CodeField
          {...value}
          options={question.options.map((option) => ({
            value: valueOf(option),
            key: option.code,
            label: option.label,
          }))}
          onChange={(answer) => onChange({ code: '2', value: answer })}
        />
      ) : (
        <TextInput
          {...value}
          maxLength={200}
          onChange={(event) => onChange({ code: '2', value: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
