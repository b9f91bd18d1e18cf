import { PasswordInput, Text } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { Password, type Account } from '../../../shared/contract/accounts.ts';
import { useTRPC } from '../../app/rpc.ts';
import { DialogForm } from '../../components/DialogForm.tsx';
import { useSaved } from './use-saved.ts';
import { words } from './words.ts';

/** A new first password for whoever forgot theirs. */
export function PasswordForm({ account, onDone }: { account: Account; onDone: () => void }) {
  const trpc = useTRPC();
  const saved = useSaved(onDone);
  const reset = useMutation(
    trpc.accounts.resetPassword.mutationOptions({ meta: { quiet: true }, onSuccess: saved }),
  );
  const form = useForm({
    initialValues: { password: '' },
    validate: schemaResolver(z.object({ password: Password }), { sync: true }),
  });
  return (
    <DialogForm
      submitLabel={words.reset}
      busy={reset.isPending}
      error={reset.error}
      onSubmit={form.onSubmit(({ password }) => reset.mutate({ id: account.id, password }))}
      onCancel={onDone}
    >
      <Text size="sm">{words.resetText}</Text>
      <PasswordInput
        label={words.password}
        description={words.passwordHint}
        data-autofocus
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
    </DialogForm>
  );
}
