import { PasswordInput, Select, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { NewAccount, type Account } from '../../../shared/contract/accounts.ts';
import { Role, roleLabel } from '../../../shared/domain/role.ts';
import { useTRPC } from '../../app/rpc.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { DialogForm } from '../../components/DialogForm.tsx';
import { useSaved } from './use-saved.ts';
import { words } from './words.ts';

const Typed = NewAccount.extend({ nip: z.string().trim().max(30) });
/** Of an account that exists, the name to log in with and the password are changed elsewhere, or never. */
const TypedChange = Typed.extend({ username: z.string(), password: z.string() });
type Typed = z.infer<typeof Typed>;
/** What stays with Esc: all but the password. */
const KeptAccount = z.object({ username: z.string(), name: z.string(), nip: z.string(), role: Role });

const roles = Role.options.map((role) => ({ value: role, label: roleLabel[role] }));

/** Adds an account, or changes name, NIP and role of one. */
export function AccountForm({ account, onDone }: { account: Account | null; onDone: () => void }) {
  const trpc = useTRPC();
  const [kept, keep, forget] = useKeptState(
    // As it stands: what a colleague saved meanwhile is not overwritten by what was typed before it.
    `account.${account === null ? 'new' : JSON.stringify([account.id, account.name, account.nip, account.role])}`,
    {
      username: account?.username ?? '',
      name: account?.name ?? '',
      nip: account?.nip ?? '',
      role: account?.role ?? 'petugas_loket',
    },
    fits(KeptAccount),
  );
  const leave = () => {
    forget();
    onDone();
  };
  const saved = useSaved(leave);
  const create = useMutation(
    trpc.accounts.create.mutationOptions({ meta: { quiet: true }, onSuccess: saved }),
  );
  const update = useMutation(
    trpc.accounts.update.mutationOptions({ meta: { quiet: true }, onSuccess: saved }),
  );
  const form = useForm<Typed>({
    initialValues: { ...kept, password: '' },
    onValuesChange: ({ password: _password, ...rest }) => keep(rest),
    validate: schemaResolver(account === null ? Typed : TypedChange, { sync: true }),
  });

  function save(typed: Typed) {
    const nip = typed.nip.trim() === '' ? null : typed.nip.trim();
    if (account === null) create.mutate({ ...typed, nip });
    else update.mutate({ id: account.id, name: typed.name, nip, role: typed.role });
  }

  return (
    <DialogForm
      submitLabel={account === null ? words.add : words.save}
      busy={create.isPending || update.isPending}
      error={create.error ?? update.error}
      onSubmit={form.onSubmit(save)}
      onCancel={leave}
    >
      <TextInput label={words.name} data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      <TextInput
        label={words.nip}
        description={words.nipHint}
        inputMode="numeric"
        autoComplete="off"
        className="tabular"
        {...form.getInputProps('nip')}
      />
      <Select
        label={words.role}
        description={words.roleHints[form.values.role]}
        data={roles}
        allowDeselect={false}
        {...form.getInputProps('role')}
      />
      {account === null && (
        <>
          <TextInput
            label={words.username}
            description={words.usernameHint}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            {...form.getInputProps('username')}
          />
          <PasswordInput
            label={words.password}
            description={words.passwordHint}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
        </>
      )}
    </DialogForm>
  );
}
