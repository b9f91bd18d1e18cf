import {
  Button,
  Group,
  Modal,
  Paper,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import type { MuskelDetail, Objection } from '../../../shared/contract/muskel.ts';
import { MuskelVerdict, notFoundReasonLabel } from '../../../shared/domain/muskel.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay, useSession } from '../../app/session-context.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { DialogForm } from '../../components/DialogForm.tsx';
import { formatDate, formatInstant } from '../../components/formats.ts';
import { SearchSelect } from '../../components/SearchSelect.tsx';
import { statusOf } from './session-view.ts';
import classes from './Muskel.module.css';
import { words } from './words.ts';

/** Who disagrees with a verdict, by when they are answered, and what the lurah said. */
export function ObjectionsTab({ detail }: { detail: MuskelDetail }) {
  const { muskel, objections } = detail;
  const mayFile = useMay('objection:file') && muskel.state === 'disahkan';
  const [adding, setAdding] = useState(false);
  const [answering, setAnswering] = useState<Objection | null>(null);
  return (
    <div className={classes.body}>
      <Text size="sm" c="dimmed">
        {muskel.objectionUntil === null
          ? words.objectionHint
          : words.objectionUntil(formatDate(muskel.objectionUntil))}
      </Text>
      <div className={classes.scroll}>
        <Stack gap="sm">
          {objections.length === 0 && <Text size="sm">{words.objectionEmpty}</Text>}
          {objections.map((objection) => (
            <ObjectionEntry
              key={objection.id}
              objection={objection}
              onAnswer={() => setAnswering(objection)}
            />
          ))}
        </Stack>
      </div>
      {mayFile && (
        <div className={classes.foot}>
          <Button onClick={() => setAdding(true)}>{words.addObjection}</Button>
        </div>
      )}
      <Modal opened={adding} onClose={() => setAdding(false)} title={words.addObjection}>
        {adding && <ObjectionForm detail={detail} onDone={() => setAdding(false)} />}
      </Modal>
      <Modal
        opened={answering !== null}
        onClose={() => setAnswering(null)}
        title={answering === null ? '' : words.answerTitle(answering.headName)}
      >
        {answering !== null && (
          <AnswerForm objection={answering} detail={detail} onDone={() => setAnswering(null)} />
        )}
      </Modal>
    </div>
  );
}

function ObjectionEntry({ objection, onAnswer }: { objection: Objection; onAnswer: () => void }) {
  const { today } = useSession();
  const mayAnswer = useMay('muskel:legalise');
  const due = formatDate(objection.answerDue);
  const waits = objection.state === 'diajukan';
  return (
    <Paper p="sm">
      <Group justify="space-between" align="flex-start">
        <div>
          <Text fw={600} size="sm">
            {objection.headName}{' '}
            <Text span size="sm" c="dimmed" className="tabular">
              {objection.number}
            </Text>
          </Text>
          <Text size="sm">“{objection.grounds}”</Text>
          <Text size="xs" c="dimmed">
            {objection.objector}, {objection.relation} · {formatInstant(objection.filedAt)} ·{' '}
            {waits
              ? objection.answerDue < today
                ? words.overdue(due)
                : words.answerDue(due)
              : words.objectionStates[objection.state]}
            {objection.lateReason !== null && ` · ${words.lateReason}: ${objection.lateReason}`}
          </Text>
          {objection.answer !== null && (
            <Text size="sm">
              {objection.decidedByName}: “{objection.answer}”
            </Text>
          )}
        </div>
        {waits && mayAnswer && (
          <Button size="compact-sm" onClick={onAnswer}>
            {words.answer}
          </Button>
        )}
      </Group>
    </Paper>
  );
}

const TypedObjection = z.object({
  caseId: z.string().nullable(),
  objector: z.string(),
  relation: z.string(),
  grounds: z.string(),
  lateReason: z.string(),
});
type TypedObjection = z.infer<typeof TypedObjection>;

function ObjectionForm({ detail, onDone }: { detail: MuskelDetail; onDone: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { today } = useSession();
  const [typed, setTyped, forget] = useKeptState<TypedObjection>(
    `muskel.objection.${detail.muskel.id}`,
    { caseId: null, objector: '', relation: '', grounds: '', lateReason: '' },
    fits(TypedObjection),
  );
  const type = (change: Partial<TypedObjection>) => setTyped({ ...typed, ...change });
  const until = detail.muskel.objectionUntil;
  const late = until !== null && today > until;
  const file = useMutation(
    trpc.muskel.object.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        forget();
        onDone();
        tellDone(words.objectionSaved);
        await queries.invalidateQueries(trpc.muskel.pathFilter());
      },
    }),
  );
  return (
    <DialogForm
      submitLabel={words.addObjection}
      busy={file.isPending}
      error={file.error}
      onSubmit={(event) => {
        event.preventDefault();
        const { caseId, ...told } = typed;
        if (caseId !== null) file.mutate({ muskelId: detail.muskel.id, caseId, ...told });
      }}
      onCancel={() => {
        forget();
        onDone();
      }}
    >
      <SearchSelect
        label={words.objectionCase}
        data={detail.items
          .filter(({ verdict }) => verdict !== null)
          .map((item) => ({ value: item.caseId, label: `${item.no}. ${item.headName}` }))}
        value={typed.caseId}
        onChange={(caseId) => type({ caseId })}
        data-autofocus
        required
        withAsterisk={false}
      />
      <TextInput
        label={words.objector}
        value={typed.objector}
        maxLength={120}
        required
        withAsterisk={false}
        onChange={(event) => type({ objector: event.currentTarget.value })}
      />
      <TextInput
        label={words.objectorRelation}
        value={typed.relation}
        maxLength={80}
        required
        withAsterisk={false}
        onChange={(event) => type({ relation: event.currentTarget.value })}
      />
      <Textarea
        label={words.grounds}
        value={typed.grounds}
        autosize
        minRows={2}
        maxLength={500}
        required
        withAsterisk={false}
        onChange={(event) => type({ grounds: event.currentTarget.value })}
      />
      {late && (
        <TextInput
          label={words.lateReason}
          description={words.lateHint(formatDate(until))}
          value={typed.lateReason}
          maxLength={300}
          onChange={(event) => type({ lateReason: event.currentTarget.value })}
        />
      )}
    </DialogForm>
  );
}

/** What an upheld objection may put in place of the verdict. */
const Choice = z.enum(['poor', 'capable', 'gone1', 'gone2', 'gone3', 'gone4', 'twin']);
type Choice = z.infer<typeof Choice>;

const TypedAnswer = z.object({ upheld: z.boolean(), choice: Choice, answer: z.string() });
type TypedAnswer = z.infer<typeof TypedAnswer>;

function AnswerForm({
  objection,
  detail,
  onDone,
}: {
  objection: Objection;
  detail: MuskelDetail;
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const item = detail.items.find(({ caseId }) => caseId === objection.caseId);
  const [typed, setTyped, forget] = useKeptState<TypedAnswer>(
    `muskel.answer.${objection.id}`,
    { upheld: false, choice: 'poor', answer: '' },
    fits(TypedAnswer),
  );
  const { upheld, choice, answer } = typed;
  const decide = useMutation(
    trpc.muskel.answerObjection.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        forget();
        onDone();
        tellDone(words.answered);
        await Promise.all([
          queries.invalidateQueries(trpc.muskel.pathFilter()),
          queries.invalidateQueries(trpc.cases.pathFilter()),
        ]);
      },
    }),
  );
  if (item === undefined) return null;
  return (
    <DialogForm
      submitLabel={words.answer}
      busy={decide.isPending}
      error={decide.error}
      onSubmit={(event) => {
        event.preventDefault();
        decide.mutate({
          objectionId: objection.id,
          verdict: upheld ? verdictOf(choice, statusOf(item)) : null,
          answer,
        });
      }}
      onCancel={() => {
        forget();
        onDone();
      }}
    >
      <Text size="sm">“{objection.grounds}”</Text>
      <SegmentedControl
        aria-label={words.answerChoice}
        value={upheld ? 'ya' : 'tidak'}
        onChange={(value) => setTyped({ ...typed, upheld: value === 'ya' })}
        data={[
          { value: 'tidak', label: words.turnDown },
          { value: 'ya', label: words.uphold },
        ]}
      />
      {upheld && (
        <Select
          label={words.newVerdict}
          data={Choice.options.map((value) => ({ value, label: labelOf(value) }))}
          value={choice}
          onChange={(value) => setTyped({ ...typed, choice: Choice.catch('poor').parse(value) })}
          allowDeselect={false}
        />
      )}
      <Textarea
        label={words.answerText}
        value={answer}
        autosize
        minRows={2}
        maxLength={500}
        required
        withAsterisk={false}
        data-autofocus
        onChange={(event) => setTyped({ ...typed, answer: event.currentTarget.value })}
      />
    </DialogForm>
  );
}

function labelOf(choice: Choice): string {
  switch (choice) {
    case 'poor':
      return words.poor;
    case 'capable':
      return words.capable;
    case 'twin':
      return words.twin;
    case 'gone1':
      return `${words.gone}: ${notFoundReasonLabel['1']}`;
    case 'gone2':
      return `${words.gone}: ${notFoundReasonLabel['2']}`;
    case 'gone3':
      return `${words.gone}: ${notFoundReasonLabel['3']}`;
    case 'gone4':
      return `${words.gone}: ${notFoundReasonLabel['4']}`;
  }
}

function verdictOf(choice: Choice, status: '1' | '4'): MuskelVerdict {
  const blank = { reason: null, capable: null, twin: '', note: '' };
  if (choice === 'poor' || choice === 'capable')
    return { ...blank, status, capable: choice === 'capable' ? '1' : '2' };
  if (choice === 'twin') return { ...blank, status: '3' };
  return MuskelVerdict.parse({ ...blank, status: '2', reason: choice.slice(-1) });
}
