import { Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Consent, consentLabel } from '../../../shared/domain/consent.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { isText, useKeptState } from '../../app/use-kept-state.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { words } from './words.ts';

const options = Consent.options.map((code) => ({ value: code, key: code, label: consentLabel[code] }));

interface ConsentFormProps {
  caseId: string;
  /** What the family said last. */
  consent: Consent | null;
  onClose: () => void;
}

/** What the family says of its consent now, whatever state its case is in. Esc keeps what was typed. */
export function ConsentDialog({ opened, ...form }: ConsentFormProps & { opened: boolean }) {
  return (
    <Modal opened={opened} onClose={form.onClose} title={words.consentTitle}>
      {opened && <ConsentForm {...form} />}
    </Modal>
  );
}

/** What stands in it. */
export function ConsentForm({ caseId, consent, onClose }: ConsentFormProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [typed, setTyped, forget] = useKeptState(
    `cases.consent.${caseId}.${consent ?? ''}`,
    consent ?? '',
    isText,
  );
  const [attempted, setAttempted] = useState(false);
  const kind = Consent.safeParse(typed).data;
  const record = useMutation(
    trpc.cases.recordConsent.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        forget();
        onClose();
        tellDone(words.consentRecorded);
        await Promise.all([
          queries.invalidateQueries(trpc.cases.pathFilter()),
          queries.invalidateQueries(trpc.sync.pathFilter()),
        ]);
      },
    }),
  );
  const missing = attempted && typed === '' ? words.consentMissing : null;
  const problem = typed !== '' && kind === undefined ? words.consentWrong : missing;
  return (
    <DialogForm
      submitLabel={words.recordConsent}
      busy={record.isPending}
      error={record.error}
      onSubmit={(event) => {
        event.preventDefault();
        setAttempted(true);
        if (kind !== undefined) record.mutate({ caseId, kind });
      }}
      onCancel={() => {
        forget();
        onClose();
      }}
    >
      <Text size="sm" c="dimmed">
        {words.consentText}
      </Text>
      <CodeField
        label={words.consent}
        data-autofocus
        options={options}
        value={typed}
        description={words.consentHelp}
        error={problem}
        onChange={setTyped}
      />
    </DialogForm>
  );
}
