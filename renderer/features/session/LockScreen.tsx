import { Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SessionInfo } from '../../../shared/contract/session.ts';
import { roleLabel } from '../../../shared/domain/role.ts';
import { Cover } from '../../app/shell/Cover.tsx';
import coverClasses from '../../app/shell/Cover.module.css';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSessionStore } from '../../app/session-context.ts';
import type { SessionState } from '../../app/session-store.ts';
import { LoginForm } from './LoginForm.tsx';
import { useLeave } from './use-leave.ts';
import { words } from './words.ts';

/** Covers the work of whoever left it, until their password opens it again. */
export function LockScreen({ info, why }: { info: SessionInfo; why: NonNullable<SessionState['locked']> }) {
  const trpc = useTRPC();
  const store = useSessionStore();
  const queries = useQueryClient();
  const { leave } = useLeave();
  const [password, setPassword] = useState('');
  const login = useMutation(
    trpc.session.login.mutationOptions({
      meta: { quiet: true },
      onSuccess: async ({ token, session }) => {
        store.begin(token, session);
        await queries.invalidateQueries();
      },
    }),
  );

  return (
    <Cover>
      <main className={coverClasses.cover}>
        <Paper p="xl" radius="md" w="min(26rem, 100%)">
          <Stack gap="md">
            <div>
              <Title order={1}>{words.lockTitle}</Title>
              <Text size="sm" c="dimmed">
                {words.lockReason[why]}
              </Text>
            </div>
            <Text>
              {info.account.name}
              <Text span size="sm" c="dimmed">
                {' '}
                · {roleLabel[info.account.role]}
              </Text>
            </Text>
            <LoginForm
              withoutUsername
              value={{ username: info.account.username, password }}
              onChange={(value) => setPassword(value.password)}
              submitLabel={words.unlock}
              busy={login.isPending}
              problem={login.error === null ? null : problemOf(login.error)}
              onSubmit={() => login.mutate({ username: info.account.username, password })}
            />
            <div>
              <Anchor component="button" type="button" size="sm" onClick={leave}>
                {words.otherPerson}
              </Anchor>
              <Text size="xs" c="dimmed">
                {words.otherPersonHint}
              </Text>
            </div>
          </Stack>
        </Paper>
      </main>
    </Cover>
  );
}
