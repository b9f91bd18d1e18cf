import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { z } from 'zod';
import {
  type ExportProgress,
  type ExportSubject,
  shortestPassword,
} from '../../../shared/contract/exports.ts';
import { isRunning } from '../../../shared/contract/jobs.ts';
import { fetchFile, saveFile } from '../../app/files.ts';
import { lostJob, untilEnded } from '../../app/job.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { JobPanel } from '../../components/JobPanel.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { useFormKeys } from '../../components/use-form-keys.ts';
import { newPassphrase } from './passphrase.ts';
import { words } from './words.ts';

interface ExportDialogProps {
  /** What shall leave; null while nothing does. */
  subject: ExportSubject | null;
  /** What else may leave of the same: asked in the form, the subject itself first. */
  choices?: readonly ExportChoice[];
  onClose: () => void;
}

export interface ExportChoice {
  label: string;
  subject: ExportSubject;
}

/** Asks why and to whom, and makes the locked workbook. */
export function ExportDialog({ subject, choices = [], onClose }: ExportDialogProps) {
  return (
    <Modal opened={subject !== null} onClose={onClose} title={words.title} size="40rem" stackId="exports">
      {subject !== null && <Exporting subject={subject} choices={choices} onClose={onClose} />}
    </Modal>
  );
}

/** What stands in it. An export that was left is gone back to; its file waits until it was saved. */
export function Exporting({
  subject,
  choices,
  onClose,
}: {
  subject: ExportSubject;
  choices: readonly ExportChoice[];
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [jobId, keepJob, forgetJob] = useKeptState<string | null>(
    `exports.job.${JSON.stringify(subject)}`,
    null,
    isJobId,
  );
  const [firstPassword] = useState(makePassword);
  // Stays where the job fails or the dialog is left, and goes once the file is made.
  const [typed, setTyped, forget] = useKeptState<TypedExport>(
    `exports.form.${thingOf(subject)}`,
    { content: '1', purpose: '', recipient: '', basis: '', password: firstPassword },
    fits(TypedExport),
  );
  const begin = useMutation(
    trpc.exports.begin.mutationOptions({ onSuccess: (started) => keepJob(started.jobId) }),
  );
  const cancel = useMutation(trpc.exports.cancel.mutationOptions());
  const job = useQuery({
    ...trpc.exports.progress.queryOptions({ jobId: jobId ?? '' }),
    ...untilEnded,
    enabled: jobId !== null,
  });
  const progress = jobId === null ? undefined : heardOf(jobId, job);
  if (progress !== undefined && isRunning(progress))
    return (
      <JobPanel
        job={progress}
        note={words.working}
        stopping={cancel.isPending || cancel.isSuccess}
        onStop={() => cancel.mutate({ jobId: progress.id })}
      />
    );
  if (progress !== undefined && progress.file !== null)
    return (
      <Ready
        jobId={progress.id}
        file={progress.file}
        onMade={forget}
        onSaved={forgetJob}
        onAnother={() => {
          keepJob(null);
          setTyped(anew(typed));
        }}
        onClose={() => {
          void queries.invalidateQueries(trpc.exports.log.pathFilter());
          onClose();
        }}
      />
    );
  return (
    <ExportForm
      typed={typed}
      type={(change) => setTyped({ ...typed, ...change })}
      busy={begin.isPending || (jobId !== null && progress === undefined)}
      problem={progress?.problem ?? (begin.error === null ? null : problemOf(begin.error))}
      choices={choices}
      onSubmit={({ choice, ...given }) => begin.mutate({ subject: choice ?? subject, ...given })}
    />
  );
}

const isJobId = fits(z.string().nullable());

/** What the form is about: for the same list under another filter its words stay. */
function thingOf(subject: ExportSubject): string {
  switch (subject.kind) {
    case 'acuan':
      return `acuan.${subject.listId}`;
    case 'perbedaan':
      return `perbedaan.${subject.differenceId}`;
    case 'ditolak':
      return `ditolak.${'listId' in subject.of ? subject.of.listId : subject.of.uploadId}`;
    case 'berkas':
    case 'temuan':
    case 'kunjungan':
      return subject.kind;
  }
}

function heardOf(
  jobId: string,
  { data, error }: { data: ExportProgress | undefined; error: unknown },
): ExportProgress | undefined {
  const lost = lostJob(jobId, error);
  return lost === null ? data : { ...lost, file: null };
}

const TypedExport = z.object({
  content: z.string(),
  purpose: z.string(),
  recipient: z.string(),
  basis: z.string(),
  password: z.string(),
});
type TypedExport = z.infer<typeof TypedExport>;

interface Given {
  /** Which of the choices, where there are several. */
  choice: ExportSubject | null;
  purpose: string;
  recipient: string;
  basis: string | null;
  password: string;
}

function ExportForm({
  typed,
  type,
  busy,
  problem,
  choices,
  onSubmit,
}: {
  typed: TypedExport;
  type: (change: Partial<TypedExport>) => void;
  busy: boolean;
  problem: { message: string; next: string } | null;
  choices: readonly ExportChoice[];
  onSubmit: (given: Given) => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  useFormKeys(form);
  const { content, purpose, recipient, basis, password } = typed;
  const [attempted, setAttempted] = useState(false);
  const choice = choices[Number(content) - 1]?.subject ?? null;
  const wrong = {
    content: choices.length > 1 && choice === null ? words.unknownContent(choices.length) : null,
    purpose: purpose.trim().length < 5 ? words.missingPurpose : null,
    recipient: recipient.trim().length < 3 ? words.missingRecipient : null,
    password: password.length < shortestPassword ? words.shortPassword(shortestPassword) : null,
  };

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setAttempted(true);
    if (Object.values(wrong).some((text) => text !== null) || busy) return;
    onSubmit({
      choice,
      purpose,
      recipient,
      basis: basis.trim() === '' ? null : basis,
      password,
    });
  }

  return (
    <form ref={form} noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{words.intro}</Text>
        {choices.length > 1 && (
          <CodeField
            label={words.content}
            options={choices.map(({ label }, at) => ({ value: String(at + 1), key: String(at + 1), label }))}
            value={content}
            onChange={(code) => type({ content: code })}
            error={attempted ? wrong.content : null}
          />
        )}
        <TextInput
          label={words.purpose}
          description={words.purposeHint}
          required
          data-autofocus
          maxLength={300}
          value={purpose}
          onChange={(event) => type({ purpose: event.currentTarget.value })}
          error={attempted ? wrong.purpose : null}
        />
        <TextInput
          label={words.recipient}
          description={words.recipientHint}
          required
          maxLength={120}
          value={recipient}
          onChange={(event) => type({ recipient: event.currentTarget.value })}
          error={attempted ? wrong.recipient : null}
        />
        <TextInput
          label={words.basis}
          description={words.basisHint}
          maxLength={120}
          value={basis}
          onChange={(event) => type({ basis: event.currentTarget.value })}
        />
        <Group align="flex-end" wrap="nowrap">
          <TextInput
            label={words.password}
            description={words.passwordHint}
            required
            autoComplete="off"
            spellCheck={false}
            flex={1}
            value={password}
            onChange={(event) => type({ password: event.currentTarget.value })}
            error={attempted ? wrong.password : null}
          />
          <Button variant="default" onClick={() => type({ password: makePassword() })}>
            {words.another}
          </Button>
        </Group>
        {problem !== null && <ProblemNote problem={problem} />}
        <Group justify="flex-end">
          <Button
            type="submit"
            data-primary
            loading={busy}
            rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
            aria-keyshortcuts="Control+Enter"
          >
            {words.begin}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Ready({
  jobId,
  file,
  onMade,
  onSaved,
  onAnother,
  onClose,
}: {
  jobId: string;
  file: NonNullable<ExportProgress['file']>;
  onMade: () => void;
  /** The file was handed over. */
  onSaved: () => void;
  /** Leaves the file, and asks anew. */
  onAnother: () => void;
  onClose: () => void;
}) {
  useEffect(onMade, [onMade]);
  const session = useSessionStore();
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: async () => {
      const body = JSON.stringify({ jobId });
      saveFile(await fetchFile(session, '/files/export', body, 'application/json'));
    },
    onSuccess: onSaved,
  });
  return (
    <Stack gap="md">
      <Text role="status">{save.isSuccess ? words.saved : words.ready(file.rows, file.fileName)}</Text>
      {save.error !== null && <ProblemNote problem={problemOf(save.error)} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onAnother}>
          {words.anew}
        </Button>
        <Button variant="default" onClick={onClose}>
          {words.close}
        </Button>
        <Button autoFocus data-autofocus loading={save.isPending} onClick={() => save.mutate()}>
          {words.save}
        </Button>
      </Group>
    </Stack>
  );
}

/** The form for a further export: to the same person maybe, and under a password of its own. */
export function anew(made: TypedExport): TypedExport {
  return { ...made, password: makePassword() };
}

function makePassword(): string {
  return newPassphrase((bytes) => {
    crypto.getRandomValues(bytes);
    return bytes;
  });
}
