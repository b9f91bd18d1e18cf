import { Button, NumberInput, PasswordInput, Text, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { ProxyInput, type ProxyView } from '../../../shared/contract/proxy.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { DialogForm } from '../../components/DialogForm.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { words } from './words.ts';

/** The administrator sets the proxy of the office's network, or takes it away. */
export function ProxyForm({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC();
  const proxy = useQuery(trpc.proxy.read.queryOptions());
  return proxy.data === undefined ? <Waiting query={proxy} /> : <Fields proxy={proxy.data} onDone={onDone} />;
}

const Typed = ProxyInput.required();
/** What stays with Esc: all but the password. The port may be empty while it is typed. */
const KeptProxy = z.object({
  host: z.string(),
  port: z.union([z.number(), z.string()]),
  username: z.string(),
});
type KeptProxy = z.infer<typeof KeptProxy>;

function Fields({ proxy, onDone }: { proxy: ProxyView; onDone: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [kept, keep, forget] = useKeptState<KeptProxy>(
    `proxy.${JSON.stringify(proxy)}`,
    { host: proxy?.host ?? '', port: proxy?.port ?? 8080, username: proxy?.username ?? '' },
    fits(KeptProxy),
  );
  const form = useForm<KeptProxy & { password: string }>({
    initialValues: { ...kept, password: '' },
    onValuesChange: ({ password: _password, ...rest }) => keep(rest),
    validate: schemaResolver(Typed, { sync: true }),
  });
  const set = useMutation(
    trpc.proxy.set.mutationOptions({
      meta: { quiet: true },
      onSuccess: async (now) => {
        forget();
        onDone();
        if (now === null) tellDone(words.removed, words.removedText);
        else tellDone(words.saved, words.savedText);
        await Promise.all([
          queries.invalidateQueries(trpc.proxy.pathFilter()),
          queries.invalidateQueries(trpc.sync.pathFilter()),
        ]);
      },
    }),
  );
  return (
    <DialogForm
      submitLabel={words.save}
      busy={set.isPending}
      error={set.error}
      onSubmit={form.onSubmit((typed) =>
        set.mutate({
          ...Typed.parse(typed),
          password: typed.password === '' && proxy?.hasPassword === true ? null : typed.password,
        }),
      )}
      onCancel={() => {
        forget();
        onDone();
      }}
    >
      <Text size="sm">{words.hint}</Text>
      <TextInput
        label={words.host}
        data-autofocus
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...form.getInputProps('host')}
      />
      <NumberInput
        label={words.port}
        min={1}
        max={65_535}
        allowDecimal={false}
        hideControls
        {...form.getInputProps('port')}
      />
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
        {...(proxy?.hasPassword === true ? { description: words.passwordKept } : {})}
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
      {proxy !== null && (
        <Button variant="subtle" onClick={() => set.mutate(null)} w="fit-content">
          {words.remove}
        </Button>
      )}
    </DialogForm>
  );
}
