import { Stack, Stepper } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DocumentsProvider } from '../../app/DocumentViewer.tsx';
import { ShortcutListener } from '../../app/actions/ShortcutListener.tsx';
import { tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { EntryFrame } from '../session/EntryFrame.tsx';
import { AccountsStep } from './AccountsStep.tsx';
import { emptyOffice, type OfficeDraft } from './office-draft.ts';
import { OfficeStep } from './OfficeStep.tsx';
import { RecoveryStep } from './RecoveryStep.tsx';
import { Welcome } from './Welcome.tsx';
import { words } from './words.ts';

interface SetupScreenProps {
  /** The office exists from here on; setup stays on screen until the sheet is dealt with. */
  onBegun: () => void;
  onDone: () => void;
}

/** From an empty computer to an office: which one, its first two accounts, its recovery sheet. */
export function SetupScreen({ onBegun, onDone }: SetupScreenProps) {
  const trpc = useTRPC();
  const store = useSessionStore();
  const queries = useQueryClient();
  const [step, setStep] = useState<'welcome' | 'office' | 'accounts' | 'recovery'>('welcome');
  const [draft, setDraft] = useState<OfficeDraft>(emptyOffice);
  const [code, setCode] = useState('');
  const create = useMutation(
    trpc.setup.create.mutationOptions({
      meta: { quiet: true },
      onSuccess: ({ token, session, recoveryCode }) => {
        onBegun();
        setCode(recoveryCode);
        setStep('recovery');
        store.begin(token, session);
      },
    }),
  );

  async function finish() {
    tellDone(words.doneTitle);
    await queries.invalidateQueries();
    onDone();
  }

  if (step === 'welcome') return <Welcome onSetUp={() => setStep('office')} />;
  return (
    <EntryFrame training={false} officeName={null} width={step === 'office' ? 38 : 46}>
      <Stack gap="lg">
        <Stepper
          active={['office', 'accounts', 'recovery'].indexOf(step)}
          size="xs"
          iconSize={28}
          allowNextStepsSelect={false}
          aria-label="Langkah penyiapan"
        >
          {words.steps.map((label) => (
            <Stepper.Step key={label} label={label} />
          ))}
        </Stepper>
        {step === 'office' && (
          <OfficeStep
            draft={draft}
            onBack={() => setStep('welcome')}
            onNext={(office) => {
              setDraft({ ...draft, ...office });
              setStep('accounts');
            }}
          />
        )}
        {step === 'accounts' && (
          <AccountsStep
            draft={draft}
            busy={create.isPending}
            problem={create.error === null ? null : problemOf(create.error)}
            onBack={(accounts) => {
              setDraft({ ...draft, ...accounts });
              setStep('office');
            }}
            onNext={(accounts) => {
              setDraft({ ...draft, ...accounts });
              create.mutate({
                ...draft,
                ...accounts,
                administrator: withoutBlanks(accounts.administrator),
                lurah: withoutBlanks(accounts.lurah),
              });
            }}
          />
        )}
        {step === 'recovery' && (
          <DocumentsProvider>
            <ShortcutListener />
            <RecoveryStep code={code} onKept={() => void finish()} onLater={() => void finish()} />
          </DocumentsProvider>
        )}
      </Stack>
    </EntryFrame>
  );
}

function withoutBlanks<Account extends { nip: string }>(account: Account) {
  return { ...account, nip: account.nip.trim() === '' ? null : account.nip.trim() };
}
