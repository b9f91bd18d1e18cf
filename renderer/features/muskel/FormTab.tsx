import { Button, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Muskel } from '../../../shared/contract/muskel.ts';
import { yesNoLabel } from '../../../shared/domain/muskel.ts';
import {
  inspectMk,
  type MkAnswers,
  MkAnswers as MkAnswersShape,
  type MkField,
  mkFields,
  mkFromAttendance,
} from '../../../shared/domain/muskel-form.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { useKeptState } from '../../app/use-kept-state.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { useEnterMovesOn } from '../../components/use-enter-moves-on.ts';
import classes from './Muskel.module.css';
import { words } from './words.ts';

const yesNo = [
  { value: '1', key: '1', label: yesNoLabel['1'] },
  { value: '2', key: '2', label: yesNoLabel['2'] },
];

function isAnswers(kept: unknown): kept is MkAnswers {
  return MkAnswersShape.safeParse(kept).success;
}

/** The monitoring form MK01–MK18, in the order of the paper. */
export function FormTab({ muskel }: { muskel: Muskel }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  useEnterMovesOn(form);
  const open = useMay('muskel:write') && muskel.state === 'berlangsung';
  const [answers, setAnswers, forget] = useKeptState<MkAnswers>(
    `muskel.pantau.${muskel.id}`,
    muskel.form,
    isAnswers,
  );
  const counted = mkFromAttendance(muskel.attendees);
  const findings = inspectMk(answers);
  const save = useMutation(
    trpc.muskel.saveForm.mutationOptions({
      onSuccess: async () => {
        forget();
        tellDone(words.saved);
        await queries.invalidateQueries(trpc.muskel.pathFilter());
      },
    }),
  );

  function set(code: string, value: string) {
    const rest = Object.fromEntries(Object.entries(answers).filter(([key]) => key !== code));
    setAnswers(value === '' ? rest : { ...rest, [code]: value });
  }

  return (
    <form
      ref={form}
      className={classes.body}
      onSubmit={(event) => {
        event.preventDefault();
        if (findings.length === 0)
          save.mutate({ muskelId: muskel.id, version: muskel.version, form: answers });
      }}
    >
      <Text size="sm" c="dimmed">
        {words.formText}
      </Text>
      <div className={classes.scroll}>
        <fieldset disabled={!open} style={{ border: 0, margin: 0, padding: 0 }}>
          <div className={classes.form}>
            {mkFields.map((field) => (
              <MkInput
                key={field.code}
                field={field}
                value={answers[field.code] ?? ''}
                counted={counted[field.code]}
                error={findings.find(({ code }) => code === field.code)?.message}
                onChange={(value) => set(field.code, value)}
              />
            ))}
          </div>
        </fieldset>
      </div>
      {open && (
        <div className={classes.foot}>
          <Button type="submit" data-primary loading={save.isPending} disabled={findings.length > 0}>
            {words.saveForm}
          </Button>
        </div>
      )}
    </form>
  );
}

interface MkInputProps {
  field: MkField;
  value: string;
  /** What the attendance list says of it. */
  counted: string | undefined;
  error: string | undefined;
  onChange: (value: string) => void;
}

function MkInput({ field, value, counted, error, onChange }: MkInputProps) {
  const label = `${field.code} ${field.label}`;
  switch (field.kind) {
    case 'yesno':
      return <CodeField label={label} options={yesNo} value={value} onChange={onChange} error={error} />;
    case 'lines':
      return (
        <Textarea
          label={label}
          description={words.linesHint}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={2000}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          error={error}
        />
      );
    case 'number':
    case 'text':
      return (
        <TextInput
          label={label}
          placeholder={counted === undefined ? undefined : words.fromAttendance(counted)}
          inputMode={field.kind === 'number' ? 'numeric' : undefined}
          maxLength={field.kind === 'number' ? 4 : 300}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          error={error}
        />
      );
  }
}
