import { Alert, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LedgerEntry } from '../../../shared/contract/ledger.ts';
import { displaySheetCode } from '../../../shared/domain/sheet-code.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useScanTarget } from '../../app/scan-target.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { SheetCodeField } from '../../components/SheetCodeField.tsx';
import { words } from './words.ts';

/** Sheets coming back in a row: each scan notes one, and says whose it was. */
export function ReceivePanel() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [received, setReceived] = useState<readonly LedgerEntry[]>([]);
  const takeBack = useMutation(
    trpc.ledger.takeBack.mutationOptions({
      meta: { quiet: true },
      onSuccess: async (entry) => {
        setReceived((before) => [entry, ...before]);
        await queries.invalidateQueries(trpc.ledger.pathFilter());
      },
    }),
  );
  const receive = (code: string) => takeBack.mutate({ code });
  useScanTarget(true, receive);
  return (
    <Alert variant="light" title={words.receiving} mb="sm">
      <Stack gap="xs">
        <Text size="sm">{words.receivingText}</Text>
        <SheetCodeField autoFocus clears onCode={receive} />
        {takeBack.error !== null && <ProblemNote problem={problemOf(takeBack.error)} />}
        <div role="status">
          {received.length > 0 && <Text size="sm">{words.receivedCount(received.length)}</Text>}
          {received.slice(0, 3).map((entry) => (
            <Text key={entry.sheetId} size="sm" c="dimmed">
              {words.received(displaySheetCode(entry.code), entry.headName, entry.enumerator)}
            </Text>
          ))}
        </div>
      </Stack>
    </Alert>
  );
}
