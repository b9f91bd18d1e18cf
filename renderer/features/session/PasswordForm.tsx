import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { z } from 'zod';
import { Password } from '../../../shared/contract/accounts.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { useFormKeys } from '../../components/use-form-keys.ts';
import { words } from './words.ts';

const Passwords = z
  .object({ current: z.string().min(1, words.fillPassword), next: Password, repeated: z.string() })
  .refine((value) => value.next === value.repeated, { path: ['repeated'], message: words.notTheSame });

interface PasswordFormProps {
  cancelLabel: string;
  onCancel: () => void;
  onDone: () => void;
}

/** Old password once, new password twice. The session goes on under a new token. */
export function PasswordForm({ cancelLabel, onCancel, onDone }: PasswordFormProps) {
  const trpc = useTRPC();
  const store = useSessionStore();
  const formRef = useRef<HTMLFormElement>(null);
  useFormKeys(formRef);
  const form = useForm({
    initialValues: { current: '', next: '', repeated: '' },
    validate: schemaResolver(Passwords, { sync: true }),
    validateInputOnBlur: ['repeated'],
  });
  const change = useMutation(
    trpc.session.changePassword.mutationOptions({
      meta: { quiet: true },
      onSuccess: ({ token, session }) => {
        store.begin(token, session);
        onDone();
      },
    }),
  );
  const submit = form.onSubmit(({ current, next }) => change.mutate({ current, next }));

  return (
    <form ref={formRef} onSubmit={submit} noValidate>
      <Stack gap="md">
        <PasswordInput
          label={words.currentPassword}
          data-autofocus
          autoFocus
          autoComplete="current-password"
          {...form.getInputProps('current')}
        />
        <PasswordInput
          label={words.newPassword}
          description={words.newPasswordHint}
          autoComplete="new-password"
          {...form.getInputProps('next')}
        />
        <PasswordInput
          label={words.repeatPassword}
          autoComplete="new-password"
          {...form.getInputProps('repeated')}
        />
        {change.error !== null && <ProblemNote problem={problemOf(change.error)} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {cancelLabel}
          </Button>
          <Button
            type="submit"
            data-primary
            loading={change.isPending}
            rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
            aria-keyshortcuts="Control+Enter"
          >
            {words.change}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
