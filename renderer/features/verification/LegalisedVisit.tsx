import { Alert, Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { OpenSheet } from '../../../shared/contract/verification.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { ReasonModal } from '../../components/ReasonModal.tsx';
import { EntryForm } from './EntryForm.tsx';
import { useAmendment } from './use-amendment.ts';
import type { SheetSearch } from './work-search.ts';
import { words } from './words.ts';

/** A visit on which a case was legalised: read, or mended by a correction that the lurah decides on. */
export function LegalisedVisit({ sheet }: { sheet: OpenSheet }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { field }: SheetSearch = useSearch({ from: '/verification/$code' });
  const visit = useAmendment(sheet);
  const [amending, setAmending] = useState(field !== undefined || visit.begun);
  const [asking, setAsking] = useState(false);
  const propose = useMutation(
    trpc.verification.proposeCorrection.mutationOptions({
      meta: { quiet: true },
      // Answers that a correction has changed meanwhile come under those typed here.
      onError: () => queries.invalidateQueries(trpc.verification.openSheet.pathFilter()),
      onSuccess: async () => {
        visit.forget();
        tellDone(words.proposed);
        await navigate({ to: '/cases/$caseId', params: { caseId: sheet.caseId } });
        await Promise.all([
          queries.invalidateQueries(trpc.period.pathFilter()),
          queries.invalidateQueries(trpc.cases.pathFilter()),
        ]);
      },
    }),
  );

  const notice = (
    <Alert variant="light" title={amending ? words.amending : words.readOnly} mb="md">
      <Group justify="space-between">
        {amending ? words.amendingText : words.correctableText(sheet.enteredByName ?? '')}
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => void navigate({ to: '/cases/$caseId', params: { caseId: sheet.caseId } })}
          >
            {words.openCase}
          </Button>
          {amending ? (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                visit.forget();
                setAmending(false);
              }}
            >
              {words.leaveAmending}
            </Button>
          ) : (
            <Button size="compact-sm" onClick={() => setAmending(true)}>
              {words.amend}
            </Button>
          )}
        </Group>
      </Group>
    </Alert>
  );
  return (
    <>
      <EntryForm
        sheet={sheet}
        visit={visit}
        busy={propose.isPending}
        notice={notice}
        amends={amending}
        startAt={field}
        onFinish={() => setAsking(true)}
        onLeave={() => void navigate({ to: '/verification', search: { stage: 'kembali' } })}
      />
      <ReasonModal
        opened={asking}
        keep={`verification.amend.${sheet.sheetId}`}
        title={words.propose}
        description={words.proposeText}
        reasonRequired
        onCancel={() => setAsking(false)}
        onConfirm={(reason) =>
          propose.mutateAsync({
            sheetId: sheet.sheetId,
            version: sheet.version,
            entry: visit.body,
            reason: reason ?? '',
          })
        }
      />
    </>
  );
}
