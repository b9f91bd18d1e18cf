import { Textarea, TextInput } from '@mantine/core';
import { CodeField } from '../../components/CodeField.tsx';
import type { CodeOption } from '../../components/coded.ts';
import { FieldWarning } from '../../components/FieldWarning.tsx';
import { GroupedNumberField } from '../../components/GroupedNumberField.tsx';
import { dashWhileTyping, displayTypedDate, readTypedDate } from '../../components/typed-date.ts';
import type { DraftFinding } from '../../../shared/domain/draft-finding.ts';
import { fieldId, useFieldView, useIntakeForm } from './form-context.ts';
import classes from './fields.module.css';

interface FieldProps {
  path: string;
  label: string;
  help?: string;
  maxLength?: number;
}

/** What all fields of the form have in common: name, label, tint, error and focus. */
function useField({ path, label, help }: FieldProps, isWhole?: (text: string) => boolean) {
  const view = useFieldView(path, isWhole);
  const { type } = useIntakeForm();
  return {
    view,
    set: (text: string) => type(path, text),
    common: {
      id: fieldId(path),
      name: path,
      label,
      description: help,
      error: view.error,
      classNames: view.unseen ? { input: classes.unseen } : undefined,
      'data-unseen': view.unseen || undefined,
    },
  };
}

export function TextField(props: FieldProps) {
  const { view, set, common } = useField(props);
  return (
    <div>
      <TextInput
        {...common}
        autoComplete="off"
        maxLength={props.maxLength}
        value={view.value}
        onChange={(event) => set(event.currentTarget.value)}
      />
      <Warnings findings={view.warnings} />
    </div>
  );
}

export function LongTextField(props: FieldProps) {
  const { view, set, common } = useField(props);
  return (
    <div>
      <Textarea
        {...common}
        autosize
        minRows={2}
        maxLength={props.maxLength}
        value={view.value}
        onChange={(event) => set(event.currentTarget.value)}
      />
      <Warnings findings={view.warnings} />
    </div>
  );
}

/** RT, RW, family number: a short number. */
export function NumberField(props: FieldProps) {
  const { view, set, common } = useField(props);
  return (
    <div>
      <TextInput
        {...common}
        inputMode="numeric"
        autoComplete="off"
        maxLength={props.maxLength ?? 3}
        value={view.value}
        onChange={(event) => set(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Warnings findings={view.warnings} />
    </div>
  );
}

export function CodedField({ options, ...props }: FieldProps & { options: readonly CodeOption[] }) {
  const { view, set, common } = useField(props);
  return (
    <div>
      <CodeField {...common} options={options} value={view.value} onChange={set} />
      <Warnings findings={view.warnings} />
    </div>
  );
}

/** A No KK. */
export function KkField(props: FieldProps) {
  const { view, set, common } = useField(props, isSixteen);
  return (
    <div>
      <GroupedNumberField {...common} maxLength={40} value={view.value} onChange={set} />
      <Warnings findings={view.warnings} />
    </div>
  );
}

/** A date that is typed; half a date is kept as it stands, so that a draft loses nothing. */
export function TypedDateField(props: FieldProps) {
  const { view, set, common } = useField(props);
  const shown = /^\d{4}-\d{2}-\d{2}$/.test(view.value) ? displayTypedDate(view.value) : view.value;
  return (
    <div>
      <TextInput
        {...common}
        inputMode="numeric"
        autoComplete="off"
        placeholder="hh-bb-tttt"
        maxLength={20}
        value={shown}
        onChange={(event) => {
          const text = dashWhileTyping(shown, event.currentTarget.value);
          const read = readTypedDate(text);
          set(read.kind === 'date' ? read.iso : text);
        }}
      />
      <Warnings findings={view.warnings} />
    </div>
  );
}

export function isSixteen(text: string): boolean {
  return text.length >= 16;
}

/** Doubts under a field, each with its mend. */
export function Warnings({ findings }: { findings: readonly DraftFinding[] }) {
  const { type } = useIntakeForm();
  return findings.map((finding) => {
    const { mend } = finding;
    return (
      <FieldWarning
        key={finding.message}
        mend={
          mend === undefined
            ? undefined
            : { label: `${mend.label} (Alt+P)`, onMend: () => type(mend.field, mend.value) }
        }
      >
        {finding.message}
      </FieldWarning>
    );
  });
}
