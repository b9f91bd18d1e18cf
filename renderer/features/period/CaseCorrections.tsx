import { Button, Group, Modal, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { schemaResolver, useForm } from '@mantine/form';
import { useState } from 'react';
import { z } from 'zod';
import type { Case } from '../../../shared/domain/registration.ts';
import { legalisedStates } from '../../../shared/domain/period-close.ts';
import { correctionSubjects, NewCorrection } from '../../../shared/contract/period.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { DialogForm } from '../../components/DialogForm.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { SearchSelect } from '../../components/SearchSelect.tsx';
import { CorrectionEntry } from './CorrectionEntry.tsx';
import { words } from './words.ts';

/** What was found wrong in a case that may no longer be changed; stands beside it, never in it. */
export function CaseCorrections({ current }: { current: Case }) {
  const trpc = useTRPC();
  const mayPropose = useMay('correction:propose');
  const [adding, setAdding] = useState(false);
  const corrections = useQuery(trpc.period.corrections.queryOptions({ caseId: current.id }));
  const periods = useQuery(trpc.period.list.queryOptions());
  if (corrections.data === undefined) return <Waiting query={corrections} silent />;
  if (periods.data === undefined) return <Waiting query={periods} silent />;
  const inClosed = periods.data.some(
    ({ period, closed }) => period.id === current.periodId && closed !== null,
  );
  const locked = legalisedStates.includes(current.state) || inClosed;
  const records = corrections.data;
  if (!locked && records.length === 0) return null;
  return (
    <Paper p="md" mb="lg">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{words.corrections}</Title>
        {mayPropose && locked && (
          <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
            {words.addCorrection}
          </Button>
        )}
      </Group>
      {records.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.correctionsHint}
        </Text>
      )}
      <Stack gap="sm">
        {records.map((correction) => (
          <CorrectionEntry key={correction.id} correction={correction} />
        ))}
      </Stack>
      <Modal opened={adding} onClose={() => setAdding(false)} title={words.correctionTitle}>
        {adding && <CorrectionForm caseId={current.id} onDone={() => setAdding(false)} />}
      </Modal>
    </Paper>
  );
}

const text = z.string();
const TypedCorrection = z.object({ caseId: text, subject: text, before: text, after: text, reason: text });
type TypedCorrection = z.infer<typeof TypedCorrection>;

function CorrectionForm({ caseId, onDone }: { caseId: string; onDone: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [initialValues, onValuesChange, forget] = useKeptState<TypedCorrection>(
    `period.correction.${caseId}`,
    { caseId, subject: '', before: '', after: '', reason: '' },
    fits(TypedCorrection),
  );
  const form = useForm({
    initialValues,
    onValuesChange,
    validate: schemaResolver(NewCorrection, { sync: true }),
  });
  const propose = useMutation(
    trpc.period.propose.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        forget();
        onDone();
        tellDone(words.proposed);
        await Promise.all([
          queries.invalidateQueries(trpc.period.pathFilter()),
          queries.invalidateQueries(trpc.cases.pathFilter()),
        ]);
      },
    }),
  );
  return (
    <DialogForm
      submitLabel={words.propose}
      busy={propose.isPending}
      error={propose.error}
      onSubmit={form.onSubmit((values) => propose.mutate(values))}
      onCancel={() => {
        forget();
        onDone();
      }}
    >
      <SearchSelect
        label={words.subject}
        data={[...correctionSubjects]}
        data-autofocus
        {...form.getInputProps('subject')}
      />
      <Textarea label={words.before} autosize maxLength={500} {...form.getInputProps('before')} />
      <Textarea label={words.after} autosize maxLength={500} {...form.getInputProps('after')} />
      <Textarea
        label={words.reason}
        description={words.reasonHint}
        autosize
        minRows={2}
        maxLength={500}
        {...form.getInputProps('reason')}
      />
    </DialogForm>
  );
}
