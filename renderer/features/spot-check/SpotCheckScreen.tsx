import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { SpotCheckDetail } from '../../../shared/contract/spot-check.ts';
import {
  inspectConfirmation,
  OfficerRating,
  officerRatingLabel,
  SpotCheckEntry,
} from '../../../shared/domain/spot-check.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSession } from '../../app/session-context.ts';
import { useKeptState } from '../../app/use-kept-state.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { DateField } from '../../components/DateField.tsx';
import { formatInstant } from '../../components/formats.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useEnterMovesOn } from '../../components/use-enter-moves-on.ts';
import { Waiting } from '../../components/Waiting.tsx';
import { spotCheckActions } from './actions.ts';
import { CheckLine } from './CheckLine.tsx';
import classes from './SpotCheck.module.css';
import { words } from './words.ts';

/** A revisit form that came back: each answer of the first visit confirmed, or put right. */
export function SpotCheckScreen() {
  const { checkId } = useParams({ from: '/spot-checks/$checkId' });
  const trpc = useTRPC();
  const detail = useQuery(trpc.spotCheck.read.queryOptions({ checkId }));
  if (detail.data !== undefined) return <Check key={checkId} detail={detail.data} />;
  return <Waiting query={detail} />;
}

const ratings = OfficerRating.options.map((value) => ({
  value,
  key: value,
  label: officerRatingLabel[value],
}));

function isEntry(kept: unknown): kept is SpotCheckEntry {
  return SpotCheckEntry.safeParse(kept).success;
}

function Check({ detail }: { detail: SpotCheckDetail }) {
  const { check, lines } = detail;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { today, account } = useSession();
  const form = useRef<HTMLFormElement>(null);
  useEnterMovesOn(form);
  const fresh = check.version === 1;
  const [entry, setEntry, forget] = useKeptState<SpotCheckEntry>(
    `spotCheck.${check.id}`,
    fresh ? { ...check.entry, checkedOn: today, checker: account.name } : check.entry,
    isEntry,
  );
  const [tried, setTried] = useState(false);
  const open = check.finishedAt === null;
  const save = useMutation(
    trpc.spotCheck.save.mutationOptions({
      onSuccess: async (_, { done }) => {
        forget();
        tellDone(done ? words.finished : words.saved);
        if (done) await navigate({ to: '/spot-checks' });
        await queries.invalidateQueries(trpc.spotCheck.pathFilter());
      },
    }),
  );
  const confirmed = lines.filter(
    (line) => inspectConfirmation(line, entry.confirmations[line.field]) === null,
  ).length;

  function send(done: boolean) {
    setTried(done);
    save.mutate({ checkId: check.id, version: check.version, entry, done });
  }
  const rest = {
    ...spotCheckActions.rest,
    when: () => open && lines.some(({ field }) => entry.confirmations[field] === undefined),
    perform: () =>
      setEntry({
        ...entry,
        confirmations: Object.fromEntries(
          lines.map(({ field }) => [field, entry.confirmations[field] ?? { code: '1' as const, value: '' }]),
        ),
      }),
  };
  const finish = {
    ...spotCheckActions.finish,
    when: () => open && !save.isPending,
    perform: () => send(true),
  };
  const back = { ...spotCheckActions.back, perform: () => void navigate({ to: '/spot-checks' }) };
  useActions([rest, finish, back]);

  return (
    <div className={classes.screen}>
      <PageHeader
        title={words.entryTitle(check.headName)}
        subtitle={words.entrySubtitle(check.number, check.enumerator)}
      >
        <ActionButton action={back} variant="default" />
        {open && <ActionButton action={rest} variant="default" />}
      </PageHeader>
      <form ref={form} className={classes.form} onSubmit={(event) => event.preventDefault()}>
        <div className={classes.head}>
          <DateField
            label={words.checkedOn}
            value={entry.checkedOn}
            onChange={(checkedOn) => setEntry({ ...entry, checkedOn })}
            disabled={!open}
          />
          <TextInput
            label={words.checker}
            maxLength={120}
            value={entry.checker}
            onChange={(event) => setEntry({ ...entry, checker: event.currentTarget.value })}
            disabled={!open}
          />
          <CodeField
            label={words.rating}
            options={ratings}
            value={entry.rating ?? ''}
            onChange={(typed) => setEntry({ ...entry, rating: OfficerRating.safeParse(typed).data ?? null })}
            error={tried && entry.rating === null ? words.ratingWrong : undefined}
            disabled={!open}
          />
          <TextInput
            label={words.note}
            maxLength={500}
            value={entry.note}
            onChange={(event) => setEntry({ ...entry, note: event.currentTarget.value })}
            disabled={!open}
          />
        </div>
        <div>
          <Title order={2} mb="xs">
            {words.lines}
          </Title>
          {lines.map((line) => (
            <CheckLine
              key={line.field}
              line={line}
              confirmation={entry.confirmations[line.field]}
              tried={tried}
              disabled={!open}
              onChange={(confirmation) => {
                const { [line.field]: _, ...others } = entry.confirmations;
                setEntry({
                  ...entry,
                  confirmations: confirmation === null ? others : { ...others, [line.field]: confirmation },
                });
              }}
            />
          ))}
        </div>
      </form>
      <div className={classes.foot}>
        <Text size="sm" c="dimmed" role="status">
          {check.finishedAt === null
            ? words.progress(confirmed, lines.length)
            : words.finishedNote(formatInstant(check.finishedAt))}
        </Text>
        {open && (
          <Group gap="xs">
            <Button variant="default" loading={save.isPending} onClick={() => send(false)}>
              {words.save}
            </Button>
            <ActionButton action={finish} loading={save.isPending} />
          </Group>
        )}
      </div>
    </div>
  );
}
