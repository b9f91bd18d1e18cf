import { Button, Group, Stack } from '@mantine/core';
import { useRef, type ReactNode, type SubmitEvent } from 'react';
import { problemOf } from '../app/problem.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { ShortcutKeys } from './ShortcutKeys.tsx';
import { useFormKeys } from './use-form-keys.ts';

interface DialogFormProps {
  submitLabel: string;
  danger?: boolean;
  busy: boolean;
  /** What the office answered, if it refused. */
  error: unknown;
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
  onCancel: () => void;
  children: ReactNode;
}

/** A short form in a dialog: Enter moves on, Ctrl+Enter saves, Esc leaves. */
export function DialogForm({
  submitLabel,
  danger = false,
  busy,
  error,
  onSubmit,
  onCancel,
  children,
}: DialogFormProps) {
  const formRef = useRef<HTMLFormElement>(null);
  useFormKeys(formRef);
  return (
    <form ref={formRef} noValidate onSubmit={onSubmit}>
      <Stack gap="md">
        {children}
        {error !== null && <ProblemNote problem={problemOf(error)} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Batal
          </Button>
          <Button
            type="submit"
            data-primary
            color={danger ? 'red' : undefined}
            loading={busy}
            rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
            aria-keyshortcuts="Control+Enter"
          >
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
