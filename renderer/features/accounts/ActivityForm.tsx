import { PasswordInput, Text } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { Password, type Account } from '../../../shared/contract/accounts.ts';
import { useTRPC } from '../../app/rpc.ts';
import { DialogForm } from '../../components/DialogForm.tsx';
import { useSaved } from './use-saved.ts';
import { words } from './words.ts';

/** Takes the way in from an account, or gives it back with a new first password. */
export function ActivityForm({ account, onDone }: { account: Account; onDone: () => void }) {
  const trpc = useTRPC();
  const saved = useSaved(onDone);
  const setActive = useMutation(
    trpc.accounts.setActive.mutationOptions({ meta: { quiet: true }, onSuccess: saved }),
  );
  const schema = account.active ? z.object({ password: z.string() }) : z.object({ password: Password });
  const form = useForm({ initialValues: { password: '' }, validate: schemaResolver(schema, { sync: true }) });

  function save({ password }: { password: string }) {
    setActive.mutate({ id: account.id, active: !account.active, password: account.active ? null : password });
  }

  return (
    <DialogForm
      submitLabel={account.active ? words.deactivate : words.activate}
      danger={account.active}
      busy={setActive.isPending}
      error={setActive.error}
      onSubmit={form.onSubmit(save)}
      onCancel={onDone}
    >
      {account.active ? (
        <Text size="sm">{words.deactivateText}</Text>
      ) : (
        <PasswordInput
          label={words.password}
          description={words.passwordHint}
          data-autofocus
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
      )}
    </DialogForm>
  );
}
