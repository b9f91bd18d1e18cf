import { Anchor, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { z } from 'zod';
import { Password, Username } from '../../../shared/contract/accounts.ts';
import type { OfficeStatus } from '../../../shared/contract/session.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { useFormKeys } from '../../components/use-form-keys.ts';
import { EntryFrame } from './EntryFrame.tsx';
import { words } from './words.ts';

const Recovery = z
  .object({
    code: z.string().trim().min(1, 'Isi kode dari lembar pemulihan.'),
    username: Username,
    password: Password,
    repeated: z.string(),
  })
  .refine((value) => value.password === value.repeated, { path: ['repeated'], message: words.notTheSame });

/** The administrator lost their password: the printed code opens the register and sets a new one. */
export function RecoveryScreen({ status, onBack }: { status: OfficeStatus; onBack: () => void }) {
  const trpc = useTRPC();
  const store = useSessionStore();
  const formRef = useRef<HTMLFormElement>(null);
  useFormKeys(formRef);
  const form = useForm({
    initialValues: { code: '', username: '', password: '', repeated: '' },
    validate: schemaResolver(Recovery, { sync: true }),
  });
  const recover = useMutation(
    trpc.session.recover.mutationOptions({
      meta: { quiet: true },
      onSuccess: ({ token, session }) => {
        onBack();
        store.begin(token, session);
      },
    }),
  );

  return (
    <EntryFrame
      training={status.training}
      officeName={status.officeName}
      width={30}
      foot={
        <Anchor component="button" type="button" onClick={onBack}>
          {words.backToLogin}
        </Anchor>
      }
    >
      <form
        ref={formRef}
        noValidate
        onSubmit={form.onSubmit(({ code, username, password }) =>
          recover.mutate({ code, username, password }),
        )}
      >
        <Stack gap="md">
          <div>
            <Title order={1}>{words.recoverTitle}</Title>
            <Text size="sm" c="dimmed">
              {words.recoverText}
            </Text>
          </div>
          <TextInput
            label={words.recoveryCode}
            description={words.recoveryCodeHint}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            className="tabular"
            {...form.getInputProps('code')}
          />
          <TextInput
            label={words.recoverUsername}
            autoComplete="username"
            spellCheck={false}
            {...form.getInputProps('username')}
          />
          <PasswordInput
            label={words.newPassword}
            description={words.newPasswordHint}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <PasswordInput
            label={words.repeatPassword}
            autoComplete="new-password"
            {...form.getInputProps('repeated')}
          />
          {recover.error !== null && <ProblemNote problem={problemOf(recover.error)} />}
          <Button
            type="submit"
            data-primary
            loading={recover.isPending}
            rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
            aria-keyshortcuts="Control+Enter"
          >
            {words.recover}
          </Button>
        </Stack>
      </form>
    </EntryFrame>
  );
}
