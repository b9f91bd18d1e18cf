import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MuskelItem } from '../../../shared/contract/muskel.ts';
import { type MuskelVerdict, NotFoundReason, notFoundReasonLabel } from '../../../shared/domain/muskel.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { words } from './words.ts';

interface VerdictDialogProps {
  item: MuskelItem;
  onRecord: (verdict: MuskelVerdict) => void;
  onCancel: () => void;
}

/** Why a family was not found: one of the four codes of the paper. */
export function GoneDialog({ opened, ...rest }: VerdictDialogProps & { opened: boolean }) {
  return (
    <Modal opened={opened} onClose={rest.onCancel} title={words.goneTitle(rest.item.headName)}>
      {opened && <GoneForm {...rest} />}
    </Modal>
  );
}

const reasons = NotFoundReason.options.map((value) => ({
  value,
  key: value,
  label: notFoundReasonLabel[value],
}));

function GoneForm({ onRecord, onCancel }: VerdictDialogProps) {
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const read = NotFoundReason.safeParse(reason);
  return (
    <DialogForm
      submitLabel={words.record}
      busy={false}
      error={null}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (read.success)
          onRecord({ status: '2', reason: read.data, capable: null, twin: '', note: note.trim() });
      }}
      onCancel={onCancel}
    >
      <CodeField
        label={words.goneReason}
        description={reasons.map(({ key, label }) => `${key} ${label}`).join(' · ')}
        options={reasons}
        value={reason}
        onChange={setReason}
        data-autofocus
        error={tried && !read.success ? 'Ketik 1 sampai 4.' : undefined}
      />
      <TextInput
        label={words.note}
        description={words.noteHint}
        maxLength={300}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

/** Of which case a family is a second record. */
export function TwinDialog({ opened, ...rest }: VerdictDialogProps & { opened: boolean }) {
  return (
    <Modal opened={opened} onClose={rest.onCancel} title={words.twinTitle(rest.item.headName)}>
      {opened && <TwinForm {...rest} />}
    </Modal>
  );
}

function TwinForm({ onRecord, onCancel }: VerdictDialogProps) {
  const [twin, setTwin] = useState('');
  const [note, setNote] = useState('');
  return (
    <DialogForm
      submitLabel={words.record}
      busy={false}
      error={null}
      onSubmit={(event) => {
        event.preventDefault();
        onRecord({ status: '3', reason: null, capable: null, twin: twin.trim(), note: note.trim() });
      }}
      onCancel={onCancel}
    >
      <TextInput
        label={words.twinOf}
        description={words.twinHint}
        maxLength={60}
        value={twin}
        onChange={(event) => setTwin(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={words.note}
        description={words.noteHint}
        maxLength={300}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
