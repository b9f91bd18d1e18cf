import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { problemOf } from '../app/problem.ts';
import { giveKept, isText, useKeptState } from '../app/use-kept-state.ts';
import { onCtrlEnter } from './ctrl-enter.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { ShortcutKeys } from './ShortcutKeys.tsx';

interface ReasonModalProps {
  opened: boolean;
  /** What the reason is about; by this name it is kept where the question is left with Esc. */
  keep: string;
  /** The step, as on its button: "Kembalikan". */
  title: string;
  /** What the step does to the case, in one sentence. */
  description?: string;
  /** Whether a reason must be given; without one the modal only confirms. */
  reasonRequired: boolean;
  /** Reasons often given, offered as buttons that fill the field. */
  suggestions?: readonly string[];
  /** Red for steps that refuse or close. */
  danger?: boolean;
  onCancel: () => void;
  /**
   * Called with the trimmed reason; `null` where none was asked or given. Where the office refuses, the
   * question stays, with the words and why: the mutation need not tell it (`quiet`).
   */
  onConfirm: (reason: string | null) => Promise<unknown>;
}

/** Asks why a step is taken. Esc leaves without taking it and keeps the words; Ctrl+Enter takes it. The words go once it is taken. */
export function ReasonModal({ opened, title, onCancel, ...rest }: ReasonModalProps) {
  return (
    <Modal opened={opened} onClose={onCancel} title={title} stackId="reason">
      <ReasonForm title={title} onCancel={onCancel} {...rest} />
    </Modal>
  );
}

/** What stands in it. */
export function ReasonForm({
  keep,
  title,
  description,
  reasonRequired,
  suggestions = [],
  danger = false,
  onCancel,
  onConfirm,
}: Omit<ReasonModalProps, 'opened'>) {
  const [reason, setReason, forget] = useKeptState(`reason.${keep}`, '', isText);
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const missing = reasonRequired && reason.trim() === '';

  async function confirm() {
    setTried(true);
    if (missing || sending) return;
    setSending(true);
    setRefusal(await giveKept(() => onConfirm(reason.trim() === '' ? null : reason.trim()), forget));
    setSending(false);
  }

  return (
    <Stack gap="sm" onKeyDown={onCtrlEnter(() => void confirm())}>
      {description !== undefined && <Text size="sm">{description}</Text>}
      <Textarea
        data-autofocus
        label={reasonRequired ? 'Alasan' : 'Catatan (boleh kosong)'}
        description="Tercatat dalam riwayat berkas."
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={tried && missing ? 'Alasan wajib diisi. Tulis dengan singkat.' : null}
      />
      {suggestions.length > 0 && (
        <Group gap="xs">
          {suggestions.map((suggestion) => (
            <Button
              key={suggestion}
              size="compact-sm"
              variant="default"
              onClick={() => setReason(suggestion)}
            >
              {suggestion}
            </Button>
          ))}
        </Group>
      )}
      {refusal !== null && <ProblemNote problem={problemOf(refusal)} />}
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          onClick={() => {
            forget();
            onCancel();
          }}
        >
          Batal
        </Button>
        <Button
          color={danger ? 'red' : undefined}
          loading={sending}
          onClick={() => void confirm()}
          rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
          aria-keyshortcuts="Control+Enter"
        >
          {title}
        </Button>
      </Group>
    </Stack>
  );
}
