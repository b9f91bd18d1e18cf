import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { Enrolment } from '../../../shared/contract/sync.ts';
import { tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { isText, useKeptState } from '../../app/use-kept-state.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { useFormKeys } from '../../components/use-form-keys.ts';
import { words } from './words.ts';

interface EnrolFormProps {
  /** To begin with: where the office is enrolled already. */
  address: string;
  training: boolean;
  onDone: () => void;
}

/** The administrator enrols the office with the address and the code that came from the province. */
export function EnrolForm({ address, training, onDone }: EnrolFormProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const formRef = useRef<HTMLFormElement>(null);
  useFormKeys(formRef);
  // A code is a secret for one use: it goes with the form.
  const [kept, keep, forget] = useKeptState('sync.enrol', address, isText);
  const form = useForm({
    initialValues: { address: kept, code: '' },
    onValuesChange: (typed) => keep(typed.address),
    validate: schemaResolver(Enrolment, { sync: true }),
  });
  const enrol = useMutation(
    trpc.sync.enrol.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        forget();
        onDone();
        tellDone(words.enrolled, words.enrolledText);
        await queries.invalidateQueries(trpc.sync.pathFilter());
      },
    }),
  );
  return (
    <form ref={formRef} noValidate onSubmit={form.onSubmit((typed) => enrol.mutate(typed))}>
      <Stack gap="md">
        <Text size="sm">{training ? words.enrolTraining : words.enrolText}</Text>
        <TextInput
          label={words.address}
          description={training ? words.addressTrainingHint : words.addressHint}
          data-autofocus
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('address')}
        />
        <TextInput
          label={words.code}
          description={words.codeHint}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          className="tabular"
          {...form.getInputProps('code')}
        />
        {enrol.error !== null && <ProblemNote problem={problemOf(enrol.error)} />}
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            onClick={() => {
              forget();
              onDone();
            }}
          >
            {words.cancel}
          </Button>
          <Button
            type="submit"
            data-primary
            loading={enrol.isPending}
            rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
            aria-keyshortcuts="Control+Enter"
          >
            {words.enrol}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
