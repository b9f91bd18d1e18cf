import { Anchor, Divider, Group, Stack, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OfficeStatus } from '../../../shared/contract/session.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { EntryFrame } from './EntryFrame.tsx';
import { LoginForm, type Credentials } from './LoginForm.tsx';
import { TrainingAccounts } from './TrainingAccounts.tsx';
import { words } from './words.ts';

interface LoginScreenProps {
  status: OfficeStatus;
  onRecover: () => void;
}

/** Who is at work? In the training office its accounts stand here, one click away. */
export function LoginScreen({ status, onRecover }: LoginScreenProps) {
  const trpc = useTRPC();
  const store = useSessionStore();
  const queries = useQueryClient();
  const [credentials, setCredentials] = useState<Credentials>({ username: '', password: '' });
  const login = useMutation(
    trpc.session.login.mutationOptions({
      meta: { quiet: true },
      onSuccess: ({ token, session }) => store.begin(token, session),
    }),
  );
  const leave = useMutation(
    trpc.session.leaveTraining.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.session.status.pathFilter()),
    }),
  );

  return (
    <EntryFrame
      training={status.training}
      officeName={status.officeName}
      width={status.trainingAccounts === null ? 26 : 34}
      foot={
        <Group justify="space-between">
          {status.training ? (
            <Anchor component="button" type="button" onClick={() => leave.mutate()}>
              {words.leaveTraining}
            </Anchor>
          ) : (
            <Anchor component="button" type="button" onClick={onRecover}>
              {words.forgotten}
            </Anchor>
          )}
          <span>{words.version(status.programVersion)}</span>
        </Group>
      }
    >
      <Stack gap="lg">
        <Title order={1}>{words.loginTitle}</Title>
        {status.trainingAccounts !== null && (
          <>
            <TrainingAccounts
              accounts={status.trainingAccounts}
              onChoose={({ username, password }) => setCredentials({ username, password })}
            />
            <Divider />
          </>
        )}
        <LoginForm
          value={credentials}
          onChange={setCredentials}
          submitLabel={words.login}
          busy={login.isPending}
          problem={login.error === null ? null : problemOf(login.error)}
          onSubmit={() => login.mutate(credentials)}
        />
      </Stack>
    </EntryFrame>
  );
}
