import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNote } from '../components/ProblemNote.tsx';
import { EntryFrame } from '../features/session/EntryFrame.tsx';
import { FirstPasswordScreen } from '../features/session/FirstPasswordScreen.tsx';
import { LockScreen } from '../features/session/LockScreen.tsx';
import { LoginScreen } from '../features/session/LoginScreen.tsx';
import { RecoveryScreen } from '../features/session/RecoveryScreen.tsx';
import { SetupScreen } from '../features/setup/SetupScreen.tsx';
import { problemOf } from './problem.ts';
import { useTRPC } from './rpc.ts';
import { useSessionState } from './session-context.ts';
import { Workplace } from './Workplace.tsx';

/** Decides what the window shows: setting up, logging in, or the work; the lock lies over the work. */
export function Entrance() {
  const trpc = useTRPC();
  const { info, locked } = useSessionState();
  const [detour, setDetour] = useState<'setup' | 'recovery' | null>(null);
  const status = useQuery(trpc.session.status.queryOptions(undefined, { meta: { quiet: true } }));

  // One place in the tree before and after the office is made: the recovery code on screen is not lost.
  if (detour === 'setup' || (info === null && status.data?.stage === 'penyiapan'))
    return <SetupScreen onBegun={() => setDetour('setup')} onDone={() => setDetour(null)} />;
  if (info !== null) {
    if (info.mustChangePassword && locked === null) return <FirstPasswordScreen />;
    return (
      <>
        {/* Another person gets a workplace of their own, with nothing of the one before. */}
        <Workplace key={info.account.id} />
        {locked !== null && <LockScreen info={info} why={locked} />}
      </>
    );
  }
  if (status.data === undefined) {
    return status.error === null ? (
      <Waiting />
    ) : (
      <EntryFrame training={false} officeName={null}>
        <ProblemNote problem={problemOf(status.error)} onRetry={() => void status.refetch()} />
      </EntryFrame>
    );
  }
  if (detour === 'recovery') return <RecoveryScreen status={status.data} onBack={() => setDetour(null)} />;
  return <LoginScreen status={status.data} onRecover={() => setDetour('recovery')} />;
}

function Waiting() {
  return (
    <Center h="100dvh">
      <Loader aria-label="Membuka Mutakhir" />
    </Center>
  );
}
