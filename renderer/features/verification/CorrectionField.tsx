import { TextInput } from '@mantine/core';
import { memo } from 'react';
import { CodeField } from '../../components/CodeField.tsx';
import type { CodeOption } from '../../components/coded.ts';
import { DateField } from '../../components/DateField.tsx';
import { GroupedNumberField } from '../../components/GroupedNumberField.tsx';
import classes from './EntryScreen.module.css';
import { fieldId, type Warning } from './entry-edit.ts';
import { PassReasons } from './PassReasons.tsx';
import { words } from './words.ts';

/** How a value is typed: free, a code of a list, a date, a number of sixteen digits, a short number. */
export type CorrectionKind = 'text' | 'code' | 'date' | 'sixteen' | 'number';

interface CorrectionFieldProps {
  /** Field of the correction: `address.rt`, `members.<id>.nik`. */
  field: string;
  label: string;
  kind: CorrectionKind;
  options?: readonly CodeOption[];
  maxLength?: number;
  /** As on the paper, in words; null for somebody who is not on it. */
  printed: string | null;
  value: string;
  error: string | null;
  warnings: readonly Warning[];
  onCorrect: (field: string, text: string) => void;
  onPass: (key: string, reason: string) => void;
}

/** One box of the paper beside what is printed: left empty, what is printed stays. */
export const CorrectionField = memo(function CorrectionField(props: CorrectionFieldProps) {
  const { field, label, kind, options = [], maxLength, printed, value, error, warnings } = props;
  const path = `identity.${field}`;
  const common = {
    id: fieldId(path),
    name: path,
    label,
    error,
    description:
      printed === null ? undefined : (
        <>
          {words.recorded} <span className={value === '' ? classes.known : classes.struck}>{printed}</span>
        </>
      ),
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as (
      | 'label'
      | 'input'
      | 'description'
      | 'error'
    )[],
  };
  const correct = (text: string) => props.onCorrect(field, text);
  return (
    <div className={classes.correction}>
      {kind === 'code' ? (
        <CodeField {...common} options={options} value={value} onChange={correct} />
      ) : kind === 'date' ? (
        <DateField {...common} value={value === '' ? null : value} onChange={(day) => correct(day ?? '')} />
      ) : kind === 'sixteen' ? (
        <GroupedNumberField {...common} maxLength={24} value={value} onChange={correct} />
      ) : (
        <TextInput
          {...common}
          inputMode={kind === 'number' ? 'numeric' : 'text'}
          autoComplete="off"
          maxLength={maxLength ?? 120}
          value={value}
          onChange={(event) => correct(event.currentTarget.value)}
        />
      )}
      <PassReasons warnings={warnings} className={classes.oddCorrection} onPass={props.onPass} />
    </div>
  );
});
