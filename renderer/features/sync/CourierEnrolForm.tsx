import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { CourierEnrolment } from '../../../shared/contract/courier.ts';
import { fetchFile, postFile, saveFile } from '../../app/files.ts';
import { tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { formatInstant } from '../../components/formats.ts';
import { InboxIcon } from '../../components/icons.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { useFormKeys } from '../../components/use-form-keys.ts';
import { latestError } from '../courier/latest.ts';
import { words } from './words.ts';

const { byCourier } = words;

interface CourierEnrolFormProps {
  /** What it is for. */
  text: string;
  onDone: () => void;
}

/** The enrolment of an office without a line: its request on a stick, and the answer that comes back. */
export function CourierEnrolForm({ text, onDone }: CourierEnrolFormProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const session = useSessionStore();
  const formRef = useRef<HTMLFormElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  useFormKeys(formRef);
  const { data: waiting } = useQuery(trpc.courier.enrolment.queryOptions());
  const form = useForm({
    initialValues: { code: '' },
    validate: schemaResolver(CourierEnrolment, { sync: true }),
  });
  const ask = useMutation({
    mutationFn: async (asked: { code: string }) =>
      await fetchFile(session, '/files/courier/enrolment', JSON.stringify(asked), 'application/json'),
    meta: { quiet: true },
    onSuccess: async (file) => {
      saveFile(file);
      form.reset();
      tellDone(byCourier.written, byCourier.writtenText);
      await queries.invalidateQueries(trpc.courier.pathFilter());
    },
  });
  const read = useMutation({
    mutationFn: async (file: File) =>
      await postFile(session, '/files/courier/enrolment/answer', file, 'application/jose'),
    meta: { quiet: true },
    onSuccess: async () => {
      onDone();
      tellDone(words.enrolled, byCourier.enrolledText);
      await Promise.all([
        queries.invalidateQueries(trpc.sync.pathFilter()),
        queries.invalidateQueries(trpc.courier.pathFilter()),
      ]);
    },
  });
  const problem = latestError([ask, read]);
  return (
    <form ref={formRef} noValidate onSubmit={form.onSubmit((typed) => ask.mutate(typed))}>
      <Stack gap="md">
        <Text size="sm">{text}</Text>
        {waiting && (
          <Alert color="teal" variant="light" icon={<InboxIcon />} role="status">
            <Text size="sm" mb="xs">
              {byCourier.waiting(formatInstant(waiting.askedAt))}
            </Text>
            <Button
              variant="default"
              size="compact-sm"
              loading={read.isPending}
              onClick={() => chooser.current?.click()}
            >
              {byCourier.read}
            </Button>
          </Alert>
        )}
        <input
          ref={chooser}
          type="file"
          accept=".mutakhir"
          hidden
          aria-label={byCourier.read}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            currentTarget.value = '';
            if (file !== undefined) read.mutate(file);
          }}
        />
        <TextInput
          label={words.code}
          description={byCourier.codeHint}
          data-autofocus
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          className="tabular"
          {...form.getInputProps('code')}
        />
        {problem !== null && <ProblemNote problem={problemOf(problem)} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {words.cancel}
          </Button>
          <Button
            type="submit"
            data-primary
            loading={ask.isPending}
            rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
            aria-keyshortcuts="Control+Enter"
          >
            {byCourier.ask}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
