import { Alert, Checkbox, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useContext, useMemo, useRef, useState } from 'react';
import type { MergeComparison } from '../../../shared/contract/merge.ts';
import { takenIn } from '../../../shared/domain/merge.ts';
import { relationLabel } from '../../../shared/domain/person.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { fits, isText, KeptStatesContext, useKeptState } from '../../app/use-kept-state.ts';
import { formatInstant } from '../../components/formats.ts';
import { AlertIcon } from '../../components/icons.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ReasonModal } from '../../components/ReasonModal.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import { useEnterMovesOn } from '../../components/use-enter-moves-on.ts';
import { mergeActions } from './actions.ts';
import { FieldChoices } from './FieldChoices.tsx';
import classes from './MergeScreen.module.css';
import {
  choose,
  Chosen,
  doubtfulPairs,
  leaveOpen,
  letJoin,
  nothingChosen,
  pairUp,
  planOf,
  strangersOf,
  swapped,
} from './plan.ts';
import { SamePersons } from './SamePersons.tsx';
import { words } from './words.ts';

/** A choice for each field that differs, who comes along, and why; one key merges. */
export function Merging({ comparison }: { comparison: MergeComparison }) {
  const { kept, other, editable, obstacle } = comparison;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const ids = `${kept.caseId}.${other.caseId}`;
  // Also the other way round: changing which one stays takes no word away.
  const both = [kept.caseId, other.caseId].toSorted().join('.');
  const [chosen, setChosen, forgetChosen] = useKeptState(`merge.plan.${ids}`, nothingChosen, isChosen);
  const { fields, plan } = useMemo(() => planOf(comparison, chosen), [comparison, chosen]);
  const strangers = strangersOf(comparison, plan.same);
  const doubtful = doubtfulPairs(comparison, chosen);
  // Where nobody is sure who is who, that comes first.
  const [focused] = useState(() => doubtful[0]?.otherId ?? fields[0]?.path);
  const onlyKept = kept.household.members.filter(
    ({ id }) => !plan.same.some(({ memberId }) => memberId === id),
  );
  const crowded = takenIn(kept.household, other.household, plan);
  const [reason, setReason, forgetReason] = useKeptState<string>(`merge.${both}`, words.reasonFirst, isText);
  const states = useContext(KeptStatesContext);
  const [declining, setDeclining] = useState(false);
  const form = useRef<HTMLElement>(null);
  useEnterMovesOn(form);

  const leave = () => void navigate({ to: '/cases/$caseId', params: { caseId: kept.caseId } });
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries(trpc.merge.pathFilter()),
      queries.invalidateQueries(trpc.cases.pathFilter()),
      queries.invalidateQueries(trpc.identification.pathFilter()),
    ]);
  const record = useMutation(
    trpc.merge.merge.mutationOptions({
      // What was refused may be decided on cases that have changed since: they are compared anew.
      onError: () => queries.invalidateQueries(trpc.merge.compare.pathFilter()),
      onSuccess: async () => {
        forgetReason();
        forgetChosen();
        tellDone(words.merged(other.number), words.mergedText);
        leave();
        await refresh();
      },
    }),
  );
  const decline = useMutation(
    trpc.merge.decline.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        forgetChosen();
        tellDone(words.notSame, words.notSameText(other.number));
        leave();
        await refresh();
      },
    }),
  );
  const merge = {
    ...mergeActions.merge,
    when: () => obstacle === null && !record.isPending && reason.trim() !== '',
    perform: () =>
      record.mutate({
        kept: { caseId: kept.caseId, version: kept.version },
        other: { caseId: other.caseId, version: other.version },
        plan,
        reason: reason.trim(),
      }),
  };
  const swap = {
    ...mergeActions.swap,
    perform: () => {
      states.set(`merge.plan.${other.caseId}.${kept.caseId}`, swapped(comparison, chosen));
      void navigate({
        to: '/merge/$caseId',
        params: { caseId: other.caseId },
        search: { other: kept.caseId },
      });
    },
  };
  const notSame = { ...mergeActions.notSame, perform: () => setDeclining(true) };
  const back = { ...mergeActions.back, perform: leave };
  useActions([merge, swap, notSame, back]);

  return (
    <section ref={form} className={classes.screen}>
      <PageHeader title={words.title} subtitle={words.subtitle}>
        <ActionButton action={swap} variant="default" />
        <ActionButton action={back} variant="default" />
      </PageHeader>
      <div className={classes.body}>
        {obstacle !== null && (
          <Alert color="orange" variant="light" icon={<AlertIcon />} mb="sm">
            {words.obstacle(obstacle)}
          </Alert>
        )}
        {obstacle === null && !editable && (
          <Alert color="gray" variant="light" mb="sm">
            {words.locked}
          </Alert>
        )}
        <div className={classes.sides}>
          <SideHead title={words.kept} side={kept} />
          <SideHead title={words.other} side={other} />
        </div>
        <SamePersons
          comparison={comparison}
          same={plan.same}
          doubtful={doubtful}
          focused={focused}
          onPair={(otherId, memberId) => setChosen(pairUp(chosen, otherId, memberId))}
          onLeaveOpen={(otherId) => setChosen(leaveOpen(chosen, otherId))}
        />
        <FieldChoices
          fields={fields}
          choices={plan.choices}
          locked={!editable}
          focused={focused}
          onChoose={(field, side) => setChosen(choose(chosen, field, side))}
        />
        {strangers.length > 0 && (
          <fieldset className={classes.joining}>
            <legend>{words.joining}</legend>
            {strangers.map((member) => (
              <Checkbox
                key={member.id}
                label={words.joins(member.name, relationLabel[member.relation])}
                checked={plan.joining.includes(member.id)}
                disabled={!editable}
                onChange={(event) => setChosen(letJoin(chosen, member.id, event.currentTarget.checked))}
              />
            ))}
          </fieldset>
        )}
        {crowded.length > 0 && (
          <Alert color="orange" variant="light" icon={<AlertIcon />} mt="sm">
            {words.takenIn(
              crowded.map(({ name }) => name).join(', '),
              kept.household.families[0]?.kk ?? null,
              kept.household.families.length,
            )}
          </Alert>
        )}
        {onlyKept.length > 0 && (
          <Text size="sm" c="dimmed">
            {words.onlyKept(onlyKept.map(({ name }) => name).join(', '))}
          </Text>
        )}
      </div>
      <footer className={classes.foot}>
        <TextInput
          className={classes.reason}
          label={words.reason}
          value={reason}
          maxLength={300}
          required
          error={reason.trim() === '' ? words.reasonMissing : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group gap="xs" wrap="nowrap">
          <ActionButton action={notSame} variant="default" />
          <ActionButton action={merge} data-primary loading={record.isPending} />
        </Group>
      </footer>
      <ReasonModal
        opened={declining}
        keep={both}
        title={words.notSame}
        description={words.notSameText(other.number)}
        reasonRequired
        suggestions={words.notSameReasons}
        onCancel={() => setDeclining(false)}
        onConfirm={async (why) => {
          if (why !== null)
            await decline.mutateAsync({ caseId: kept.caseId, otherId: other.caseId, reason: why });
        }}
      />
    </section>
  );
}

const isChosen = fits(Chosen);

function SideHead({ title, side }: { title: string; side: MergeComparison['kept'] }) {
  return (
    <section aria-label={title}>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      <Text fw={600}>{side.headName}</Text>
      <Text size="sm">
        <span className="tabular">{side.number}</span> <StateBadge state={side.state} />
      </Text>
      <Text size="xs" c="dimmed">
        {words.registered(formatInstant(side.registeredAt), side.registeredByName)}
      </Text>
    </section>
  );
}
