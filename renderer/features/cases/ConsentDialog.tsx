import { Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail } from '../../../shared/contract/cases.ts';
import { Consent, consentLabel } from '../../../shared/domain/consent.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { words } from './words.ts';

const options = Consent.options.map((code) => ({ value: code, key: code, label: consentLabel[code] }));

interface ConsentDialogProps {
  detail: CaseDetail;
  opened: boolean;
  onClose: () => void;
}

/** What the family says of its consent now, whatever state its case is in. */
export function ConsentDialog({ opened, onClose, detail }: ConsentDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.consentTitle}>
      {opened && <ConsentForm detail={detail} onClose={onClose} />}
    </Modal>
  );
}

function ConsentForm({ detail, onClose }: Omit<ConsentDialogProps, 'opened'>) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<string>(detail.consent ?? '');
  const kind = Consent.safeParse(typed).data;
  const record = useMutation(
    trpc.cases.recordConsent.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        onClose();
        tellDone(words.consentRecorded);
        await Promise.all([
          queries.invalidateQueries(trpc.cases.pathFilter()),
          queries.invalidateQueries(trpc.sync.pathFilter()),
        ]);
      },
    }),
  );
  return (
    <DialogForm
      submitLabel={words.recordConsent}
      busy={record.isPending}
      error={record.error}
      onSubmit={(event) => {
        event.preventDefault();
        if (kind !== undefined) record.mutate({ caseId: detail.case.id, kind });
      }}
      onCancel={onClose}
    >
      <Text size="sm" c="dimmed">
        {words.consentText}
      </Text>
      <CodeField
        label={words.consent}
        data-autofocus
        options={options}
        value={typed}
        error={typed !== '' && kind === undefined ? words.consentWrong : null}
        onChange={setTyped}
      />
    </DialogForm>
  );
}
