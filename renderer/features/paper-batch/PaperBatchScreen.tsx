import { Group, Paper, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import { PaperBatchHead } from '../../../shared/contract/paper-batch.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { DateField } from '../../components/DateField.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { words } from './words.ts';

const TypedHead = z.object({
  dated: z.string().nullable(),
  rt: z.string(),
  rw: z.string(),
  kelurahan: z.string(),
  source: z.string(),
  officer: z.string(),
});
type TypedHead = z.infer<typeof TypedHead>;

const empty: TypedHead = { dated: null, rt: '', rw: '', kelurahan: '', source: '', officer: '' };

/** The head of a stack of paper, typed once; then its first form opens. */
export function PaperBatchScreen() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const navigate = useNavigate();
  const options = useQuery(trpc.intake.options.queryOptions());
  const [typed, setTyped, forget] = useKeptState<TypedHead>('paperBatch.head', empty, fits(TypedHead));
  const [tried, setTried] = useState(false);
  const kelurahan = options.data?.kelurahan ?? [];
  const read = PaperBatchHead.safeParse({
    ...typed,
    rt: Number(typed.rt),
    rw: Number(typed.rw),
    kelurahan: kelurahan.length === 1 ? kelurahan[0]?.code : typed.kelurahan,
  });
  const open = useMutation({
    meta: { quiet: true },
    mutationFn: async (head: PaperBatchHead) => {
      const { batchId } = await client.paperBatch.open.mutate(head);
      return client.paperBatch.next.mutate({ batchId });
    },
    onSuccess: ({ draftId }) => {
      forget();
      return navigate({ to: '/intake/$draftId', params: { draftId }, replace: true });
    },
  });

  function type(change: Partial<TypedHead>) {
    setTyped({ ...typed, ...change });
  }
  function errorOf(field: keyof TypedHead): string | null {
    if (!tried || read.success || !read.error.issues.some(({ path }) => path[0] === field)) return null;
    return 'Wajib diisi.';
  }

  return (
    <>
      <PageHeader title={words.title} subtitle={words.subtitle} />
      <Paper p="md" maw={640}>
        <DialogForm
          submitLabel={words.start}
          busy={open.isPending}
          error={open.error}
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (read.success) open.mutate(read.data);
          }}
          onCancel={() => {
            forget();
            void navigate({ to: '/intake' });
          }}
        >
          <DateField
            label={words.dated}
            value={typed.dated}
            autoFocus
            error={errorOf('dated')}
            onChange={(dated) => type({ dated })}
          />
          <Group grow>
            <TextInput
              label={words.rt}
              inputMode="numeric"
              maxLength={3}
              value={typed.rt}
              error={errorOf('rt')}
              onChange={(event) => type({ rt: event.currentTarget.value })}
            />
            <TextInput
              label={words.rw}
              inputMode="numeric"
              maxLength={3}
              value={typed.rw}
              error={errorOf('rw')}
              onChange={(event) => type({ rw: event.currentTarget.value })}
            />
          </Group>
          {kelurahan.length > 1 && (
            <CodeField
              label={words.kelurahan}
              options={kelurahan.map(({ code, name }, index) => ({
                value: code,
                key: String(index + 1),
                label: name,
              }))}
              value={typed.kelurahan}
              error={errorOf('kelurahan')}
              onChange={(code) => type({ kelurahan: code })}
            />
          )}
          <TextInput
            label={words.source}
            description={words.sourceHelp}
            maxLength={80}
            value={typed.source}
            error={errorOf('source')}
            onChange={(event) => type({ source: event.currentTarget.value })}
          />
          <TextInput
            label={words.officer}
            description={words.officerHelp}
            maxLength={120}
            value={typed.officer}
            error={errorOf('officer')}
            onChange={(event) => type({ officer: event.currentTarget.value })}
          />
        </DialogForm>
      </Paper>
    </>
  );
}
