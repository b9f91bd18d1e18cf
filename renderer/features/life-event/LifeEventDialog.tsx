import { Modal, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { LifeEventKind, lifeEventLabel, type LifeEvent } from '../../../shared/domain/life-event.ts';
import type { Case } from '../../../shared/domain/registration.ts';
import { tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { DateField } from '../../components/DateField.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ChangeList } from '../approval/ChangeList.tsx';
import { checkEvent, emptyEvent, ofKind, TypedEvent } from './life-event-form.ts';
import {
  BirthFields,
  GraduationFields,
  JoinFields,
  LeavingFields,
  MoveFields,
  SplitFields,
} from './LifeEventFields.tsx';
import { words } from './words.ts';

const kinds = LifeEventKind.options.map((value, index) => ({
  value,
  key: String(index + 1),
  label: lifeEventLabel[value],
}));

const TypedRequest = z.object({ typed: TypedEvent, reason: z.string(), letter: z.string() });
type TypedRequest = z.infer<typeof TypedRequest>;

/** Asks what happened to a family, shows what it would change, and puts it before the lurah. */
export function LifeEventDialog({
  current,
  opened,
  onClose,
}: {
  current: Case;
  opened: boolean;
  onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.title} size="lg">
      {opened && <LifeEventForm current={current} onDone={onClose} />}
    </Modal>
  );
}

function LifeEventForm({ current, onDone }: { current: Case; onDone: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [request, setRequest, forget] = useKeptState<TypedRequest>(
    `lifeEvent.${current.id}`,
    { typed: emptyEvent(current.household), reason: '', letter: '' },
    fits(TypedRequest),
  );
  const { typed, reason, letter } = request;
  const [tried, setTried] = useState(false);
  const [newMemberId] = useState(() => crypto.randomUUID());
  const kind = LifeEventKind.safeParse(typed.kind).data ?? null;
  const { event, problems } = checkEvent(current.household, typed, newMemberId);
  const propose = useMutation(
    trpc.lifeEvent.propose.mutationOptions({
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
  const fields = {
    household: current.household,
    typed,
    problems: tried ? problems : {},
    type: (change: Partial<TypedEvent>) => setRequest({ ...request, typed: { ...typed, ...change } }),
  };
  return (
    <DialogForm
      submitLabel={words.propose}
      busy={propose.isPending}
      error={propose.error}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        setTried(true);
        if (event === null || reason.trim() === '') return;
        propose.mutate({ caseId: current.id, event, reason, letter });
      }}
      onCancel={() => {
        forget();
        onDone();
      }}
    >
      <Text size="sm" c="dimmed">
        {words.intro}
      </Text>
      <CodeField
        label={words.kind}
        options={kinds}
        value={typed.kind}
        data-autofocus
        error={tried && kind === null ? 'Pilih peristiwanya.' : null}
        onChange={(value) => fields.type(ofKind(current.household, value))}
      />
      {kind !== null && (
        <>
          <DateField
            label={words.date[kind]}
            value={typed.on}
            error={fields.problems.on}
            onChange={(on) => fields.type({ on })}
          />
          {kind === 'lahir' && <BirthFields {...fields} />}
          {kind === 'meninggal' && <LeavingFields {...fields} label={words.who.meninggal} />}
          {kind === 'pindah' && <MoveFields {...fields} />}
          {kind === 'pecah_kk' && <SplitFields {...fields} />}
          {kind === 'masuk' && <JoinFields {...fields} />}
          {kind === 'lulus' && <GraduationFields {...fields} />}
          <Textarea
            label={words.reason}
            autosize
            minRows={1}
            maxLength={400}
            value={reason}
            error={tried && reason.trim() === '' ? 'Alasan wajib diisi. Tulis dengan singkat.' : null}
            onChange={(typedReason) => setRequest({ ...request, reason: typedReason.currentTarget.value })}
          />
          <TextInput
            label={words.letter}
            description={words.letterHelp}
            maxLength={80}
            value={letter}
            onChange={(typedLetter) => setRequest({ ...request, letter: typedLetter.currentTarget.value })}
          />
          <Preview caseId={current.id} event={event} />
        </>
      )}
    </DialogForm>
  );
}

/** What the lurah would approve, as it is typed. */
function Preview({ caseId, event }: { caseId: string; event: LifeEvent | null }) {
  const trpc = useTRPC();
  const plan = useQuery(
    trpc.lifeEvent.preview.queryOptions(
      { caseId, event: event ?? { kind: 'lulus', on: '2000-01-01', grounds: '-' } },
      { enabled: event !== null, gcTime: 0, retry: false, meta: { quiet: true } },
    ),
  );
  const shown = event === null ? undefined : plan.data;
  return (
    <section aria-label={words.preview}>
      <Title order={3} mb={4}>
        {words.preview}
      </Title>
      {event !== null && plan.error !== null && <ProblemNote problem={problemOf(plan.error)} />}
      {event === null && (
        <Text size="sm" c="dimmed">
          {words.previewEmpty}
        </Text>
      )}
      {shown !== undefined && (
        <Stack gap="xs">
          {shown.ends !== null && <Text size="sm">{words.ends[shown.ends]}</Text>}
          {shown.splitOff.length > 0 && <Text size="sm">{words.splitOff(shown.splitOff.join(', '))}</Text>}
          {shown.ends === null && shown.changes.length === 0 && <Text size="sm">{words.previewSame}</Text>}
          <ChangeList changes={shown.changes} />
        </Stack>
      )}
    </section>
  );
}
