import { Button, Fieldset, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay, useSession, useSessionStore } from '../../app/session-context.ts';
import { formatInstant } from '../../components/formats.ts';
import { RecoveryStep } from '../setup/RecoveryStep.tsx';
import { words } from './words.ts';

type Stage = { kind: 'closed' } | { kind: 'asking' } | { kind: 'showing'; code: string };

/** Whether the recovery sheet was proved to be kept, and the way to a new one. */
export function RecoverySettings({ confirmedAt }: { confirmedAt: string | null }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const session = useSession();
  const store = useSessionStore();
  const [stage, setStage] = useState<Stage>({ kind: 'closed' });
  const renew = useMutation(
    trpc.setup.renewRecoveryCode.mutationOptions({
      onSuccess: ({ recoveryCode }) => setStage({ kind: 'showing', code: recoveryCode }),
    }),
  );
  const mayPrint = useMay('recovery:print');

  async function close(kept: boolean) {
    setStage({ kind: 'closed' });
    store.refresh({ ...session, recoverySheetKept: kept });
    if (kept) tellDone(words.kept);
    await queries.invalidateQueries(trpc.settings.pathFilter());
  }

  return (
    <Fieldset legend={words.recovery}>
      <Group justify="space-between" align="center">
        <div>
          <Text size="sm">
            {confirmedAt === null ? words.recoveryNotKept : words.recoveryKept(formatInstant(confirmedAt))}
          </Text>
          <Text size="sm" c="dimmed" maw="36rem">
            {words.recoveryText}
          </Text>
        </div>
        {mayPrint && (
          <Button variant="default" onClick={() => setStage({ kind: 'asking' })}>
            {words.renew}
          </Button>
        )}
      </Group>
      <Modal
        opened={stage.kind === 'asking'}
        onClose={() => setStage({ kind: 'closed' })}
        title={words.renewTitle}
      >
        <Stack>
          <Text size="sm">{words.renewText}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setStage({ kind: 'closed' })}>
              {words.cancel}
            </Button>
            <Button loading={renew.isPending} onClick={() => renew.mutate()} data-autofocus>
              {words.renewConfirm}
            </Button>
          </Group>
        </Stack>
      </Modal>
      <Modal
        opened={stage.kind === 'showing'}
        onClose={() => void close(false)}
        size="xl"
        title={words.recovery}
        closeOnClickOutside={false}
        closeOnEscape={false}
      >
        {stage.kind === 'showing' && (
          <RecoveryStep code={stage.code} onKept={() => void close(true)} onLater={() => void close(false)} />
        )}
      </Modal>
    </Fieldset>
  );
}
