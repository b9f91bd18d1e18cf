import { Alert, Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from './rpc.ts';

/** Where a paper on screen stands on its way out of the printer. */
export interface Printing {
  stage: 'none' | 'sent' | 'keluar' | 'gagal';
  sent: () => void;
  settle: (outcome: 'keluar' | 'gagal', note: string | null) => void;
}

/** Reports what happens to a print of the office; a file that is no paper of it (null) reports nothing. */
export function usePrinting(runId: string | null): Printing {
  const trpc = useTRPC();
  const [stage, setStage] = useState<Printing['stage']>('none');
  const sent = useMutation(trpc.printing.sent.mutationOptions());
  const settle = useMutation(trpc.printing.settle.mutationOptions());
  return {
    stage,
    sent: () => {
      if (runId === null || stage === 'keluar' || stage === 'gagal') return;
      sent.mutate({ runId }, { onSuccess: () => setStage('sent') });
    },
    settle: (outcome, note) => {
      if (runId !== null) settle.mutate({ runId, outcome, note }, { onSuccess: () => setStage(outcome) });
    },
  };
}

/** After the printer was told to print: did it? Nobody else can know. */
export function PrintQuestion({ printing }: { printing: Printing }) {
  const [spoilt, setSpoilt] = useState(false);
  const [note, setNote] = useState('');
  switch (printing.stage) {
    case 'none':
      return null;
    case 'keluar':
      return (
        <Text size="sm" mt="sm" role="status">
          Tercatat: kertas keluar dengan baik.
        </Text>
      );
    case 'gagal':
      return (
        <Text size="sm" mt="sm" role="status">
          Tercatat: gagal dicetak. Cetak ulang bila pencetak sudah siap; nomor cetakannya bertambah.
        </Text>
      );
    case 'sent':
      return (
        <Alert variant="light" mt="sm" title="Apakah semua kertas keluar dengan baik?">
          <Group gap="xs" align="flex-end">
            {spoilt ? (
              <>
                <TextInput
                  label="Apa yang terjadi"
                  value={note}
                  maxLength={200}
                  autoFocus
                  onChange={(event) => setNote(event.currentTarget.value)}
                />
                <Button
                  size="compact-md"
                  onClick={() => printing.settle('gagal', note.trim() === '' ? null : note.trim())}
                >
                  Catat gagal
                </Button>
              </>
            ) : (
              <>
                <Button size="compact-md" autoFocus onClick={() => printing.settle('keluar', null)}>
                  Ya, lengkap
                </Button>
                <Button size="compact-md" variant="default" onClick={() => setSpoilt(true)}>
                  Tidak
                </Button>
              </>
            )}
          </Group>
        </Alert>
      );
  }
}
