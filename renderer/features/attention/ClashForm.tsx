import { Anchor, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { z } from 'zod';
import { ClashChoice, type ClashItem } from '../../../shared/contract/attention.ts';
import { tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { onCtrlEnter } from '../../components/ctrl-enter.ts';
import { formatInstant } from '../../components/formats.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { useEnterMovesOn } from '../../components/use-enter-moves-on.ts';
import { words } from './words.ts';

/** By the id of the field; of a field that differs no longer it is left aside. */
const Choices = z.record(z.string(), ClashChoice);
type Choices = z.infer<typeof Choices>;
const areChoices = fits(Choices);

/** Both values of each field, who wrote them and when; one choice a field, saved together. */
export function ClashForm({ item }: { item: ClashItem }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayResolve = useMay('clash:resolve');
  const mayEnter = useMay('verification:enter');
  const form = useRef<HTMLDivElement>(null);
  useEnterMovesOn(form);
  // The case may be opened in between, to look.
  const [choices, keep, forget] = useKeptState<Choices>(`attention.clash.${item.caseId}`, {}, areChoices);
  const resolve = useMutation(
    trpc.attention.resolve.mutationOptions({
      meta: { quiet: true },
      onSuccess: async ({ told }) => {
        forget();
        tellDone(words.decided, words.told[told]);
        await Promise.all([
          queries.invalidateQueries(trpc.attention.pathFilter()),
          queries.invalidateQueries(trpc.cases.pathFilter()),
          queries.invalidateQueries(trpc.sync.pathFilter()),
        ]);
      },
    }),
  );
  const chosen = item.fields.flatMap(({ id }) => {
    const choice = choices[id];
    return choice === undefined ? [] : [{ clashId: id, choice }];
  });
  const complete = chosen.length === item.fields.length;
  const save = () => {
    if (complete) resolve.mutate({ caseId: item.caseId, choices: chosen });
  };
  return (
    <Stack gap="sm" ref={form} onKeyDown={onCtrlEnter(save)}>
      <Text size="sm" c="dimmed">
        {item.retraction ? words.retractionText : words.clashText}
      </Text>
      {item.fields.map((field) => (
        <Radio.Group
          key={field.id}
          label={field.label}
          description={words.before(field.base ?? words.nothing)}
          value={choices[field.id] ?? ''}
          onChange={(value) => {
            const choice = ClashChoice.parse(value);
            // A retraction is one thing: it stands for every field, or for none.
            const same = item.retraction ? item.fields.map(({ id }) => [id, choice]) : [[field.id, choice]];
            keep({ ...choices, ...Object.fromEntries(same) });
          }}
          readOnly={!mayResolve}
        >
          <Group gap="xl" mt={6} align="flex-start">
            <Radio
              value="kantor"
              label={words.ours(field.ours ?? (item.retraction ? words.retracted : words.nothing))}
              description={words.by(field.oursBy, formatInstant(field.oursAt))}
            />
            <Radio
              value="provinsi"
              label={words.theirs(field.theirs ?? words.nothing)}
              description={words.by(field.theirsBy, formatInstant(field.theirsAt))}
            />
          </Group>
          {field.visit !== null && mayEnter && <VisitLink {...field.visit} />}
        </Radio.Group>
      ))}
      {resolve.error !== null && <ProblemNote problem={problemOf(resolve.error)} />}
      {mayResolve ? (
        <Group justify="flex-end">
          <Button
            data-primary
            disabled={!complete}
            loading={resolve.isPending}
            onClick={save}
            rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
            aria-keyshortcuts="Control+Enter"
          >
            {words.decide}
          </Button>
        </Group>
      ) : (
        <Text size="sm">{words.decidedBy}</Text>
      )}
    </Stack>
  );
}

/** Leads to the very answer on the sheet of the visit. */
function VisitLink({ code, field }: NonNullable<ClashItem['fields'][number]['visit']>) {
  return (
    <Anchor
      size="sm"
      underline="always"
      renderRoot={(props) => (
        <Link
          {...props}
          to="/verification/$code"
          params={{ code }}
          search={field === null ? {} : { field }}
        />
      )}
    >
      {words.toVisit}
    </Anchor>
  );
}
