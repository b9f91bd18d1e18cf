import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { PrintFindings } from '../../../shared/contract/finding.ts';
import { fetchDocument, saveFile } from '../../app/files.ts';
import { tellDone, tellError } from '../../app/notify.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { words } from './words.ts';

interface ExportDialogProps {
  opened: boolean;
  filter: PrintFindings;
  onClose: () => void;
}

/** Before a workbook with NIK leaves the office: for what, and for whom. */
export function ExportDialog({ opened, filter, onClose }: ExportDialogProps) {
  const session = useSessionStore();
  const [purpose, setPurpose] = useState('');
  const [recipient, setRecipient] = useState('');
  const ready = purpose.trim().length >= 3 && recipient.trim().length >= 3;
  const save = useMutation({
    mutationFn: () =>
      fetchDocument(session, 'ekspor_temuan', {
        kind: filter.kind,
        rw: filter.rw,
        purpose: purpose.trim(),
        recipient: recipient.trim(),
      }),
    onSuccess: (file) => {
      saveFile(file);
      tellDone(words.exported(file.fileName));
      onClose();
    },
    onError: tellError,
  });
  return (
    <Modal opened={opened} onClose={onClose} title={words.export}>
      <Stack
        gap="sm"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.ctrlKey || !ready || save.isPending) return;
          event.preventDefault();
          save.mutate();
        }}
      >
        <Text size="sm">{words.exportText}</Text>
        <TextInput
          data-autofocus
          label={words.purpose}
          value={purpose}
          maxLength={200}
          required
          onChange={(event) => setPurpose(event.currentTarget.value)}
        />
        <TextInput
          label={words.recipient}
          value={recipient}
          maxLength={120}
          required
          onChange={(event) => setRecipient(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button
            disabled={!ready}
            loading={save.isPending}
            onClick={() => save.mutate()}
            rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
            aria-keyshortcuts="Control+Enter"
          >
            {words.export}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
