import { Modal, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { z } from 'zod';
import type { MuskelItem } from '../../../shared/contract/muskel.ts';
import { type MuskelVerdict, NotFoundReason, notFoundReasonLabel } from '../../../shared/domain/muskel.ts';
import { fits, giveKept, useKeptState } from '../../app/use-kept-state.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { words } from './words.ts';

interface VerdictDialogProps {
  item: MuskelItem;
  busy: boolean;
  /** Fails where the office refuses; the dialog stays then, with what was typed. */
  onRecord: (verdict: MuskelVerdict) => Promise<unknown>;
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

const TypedGone = z.object({ reason: z.string(), note: z.string() });
type TypedGone = z.infer<typeof TypedGone>;

function GoneForm(props: VerdictDialogProps) {
  const { typed, type, tried, ...form } = useVerdictForm<TypedGone>(
    props,
    'gone',
    { reason: '', note: '' },
    TypedGone,
    ({ reason, note }) => {
      const read = NotFoundReason.safeParse(reason);
      return read.success
        ? { status: '2', reason: read.data, capable: null, twin: '', note: note.trim() }
        : null;
    },
  );
  const { reason, note } = typed;
  return (
    <DialogForm {...form}>
      <CodeField
        label={words.goneReason}
        description={reasons.map(({ key, label }) => `${key} ${label}`).join(' · ')}
        options={reasons}
        value={reason}
        onChange={(code) => type({ reason: code })}
        data-autofocus
        error={tried && !NotFoundReason.safeParse(reason).success ? 'Ketik 1 sampai 4.' : undefined}
      />
      <TextInput
        label={words.note}
        description={words.noteHint}
        maxLength={300}
        value={note}
        onChange={(event) => type({ note: event.currentTarget.value })}
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

const TypedTwin = z.object({ twin: z.string(), note: z.string() });
type TypedTwin = z.infer<typeof TypedTwin>;

function TwinForm(props: VerdictDialogProps) {
  const {
    typed,
    type,
    tried: _tried,
    ...form
  } = useVerdictForm<TypedTwin>(props, 'twin', { twin: '', note: '' }, TypedTwin, ({ twin, note }) => ({
    status: '3',
    reason: null,
    capable: null,
    twin: twin.trim(),
    note: note.trim(),
  }));
  const { twin, note } = typed;
  return (
    <DialogForm {...form}>
      <TextInput
        label={words.twinOf}
        description={words.twinHint}
        maxLength={60}
        value={twin}
        onChange={(event) => type({ twin: event.currentTarget.value })}
        data-autofocus
      />
      <TextInput
        label={words.note}
        description={words.noteHint}
        maxLength={300}
        value={note}
        onChange={(event) => type({ note: event.currentTarget.value })}
      />
    </DialogForm>
  );
}

/**
 * What both dialogs share: the words stay with Esc and where the office refuses, which is then said, and
 * go once the verdict stands or they are thrown away.
 */
function useVerdictForm<Typed extends object>(
  { item, busy, onRecord, onCancel }: VerdictDialogProps,
  kind: 'gone' | 'twin',
  initial: Typed,
  schema: z.ZodType<Typed>,
  verdictOf: (typed: Typed) => MuskelVerdict | null,
) {
  const [typed, setTyped, forget] = useKeptState<Typed>(
    `muskel.${kind}.${item.caseId}`,
    initial,
    fits(schema),
  );
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    const verdict = verdictOf(typed);
    if (verdict !== null && !busy) setError(await giveKept(() => onRecord(verdict), forget));
  }
  return {
    typed,
    type: (change: Partial<Typed>) => setTyped({ ...typed, ...change }),
    tried,
    submitLabel: words.record,
    busy,
    error,
    onSubmit: (event: SubmitEvent<HTMLFormElement>) => void submit(event),
    onCancel: () => {
      forget();
      onCancel();
    },
  };
}
