import { TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { type Muskel, MuskelFacts } from '../../../shared/contract/muskel.ts';
import { parseTeamArea, shortTeamArea } from '../../../shared/domain/team.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSession } from '../../app/session-context.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { DateField } from '../../components/DateField.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { words } from './words.ts';

interface FactsFormProps {
  /** Null for a new meeting. */
  muskel: Muskel | null;
  onDone: (muskelId: string) => void;
  onCancel: () => void;
}

const TypedFacts = z.object({
  heldOn: z.string().nullable(),
  startsAt: z.string(),
  endsAt: z.string(),
  place: z.string(),
  areas: z.array(z.string()),
});
type TypedFacts = z.infer<typeof TypedFacts>;

/** When and where, and for which part of the kelurahan. */
export function FactsForm({ muskel, onDone, onCancel }: FactsFormProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { today } = useSession();
  // What a colleague saved since is not overwritten by what was typed before it, however it comes in.
  const [version] = useState(muskel?.version ?? 0);
  const [typed, setTyped, forget] = useKeptState<TypedFacts>(
    `muskel.facts.${muskel === null ? 'new' : `${muskel.id}.${version}`}`,
    {
      heldOn: muskel?.heldOn ?? today,
      startsAt: muskel?.startsAt ?? '',
      endsAt: muskel?.endsAt ?? '',
      place: muskel?.place ?? '',
      areas: muskel?.areas.map(shortTeamArea) ?? [],
    },
    fits(TypedFacts),
  );
  const { heldOn, startsAt, endsAt, place, areas } = typed;
  const type = (change: Partial<TypedFacts>) => setTyped({ ...typed, ...change });
  const [tried, setTried] = useState(false);
  const refresh = () => queries.invalidateQueries(trpc.muskel.pathFilter());
  const create = useMutation(
    trpc.muskel.create.mutationOptions({
      meta: { quiet: true },
      onSuccess: async ({ id }) => {
        forget();
        await refresh();
        onDone(id);
      },
    }),
  );
  const save = useMutation(
    trpc.muskel.saveFacts.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        forget();
        await refresh();
        tellDone(words.saved);
        if (muskel !== null) onDone(muskel.id);
      },
    }),
  );
  const read = MuskelFacts.safeParse({ ...typed, areas: areas.map(parseTeamArea) });
  const wrongArea = areas.find((area) => parseTeamArea(area) === null);
  const messageFor = (field: keyof MuskelFacts) =>
    !tried || read.success ? undefined : read.error.issues.find(({ path }) => path[0] === field)?.message;

  return (
    <DialogForm
      submitLabel={muskel === null ? words.create : words.save}
      busy={create.isPending || save.isPending}
      error={create.error ?? save.error}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!read.success) return;
        if (muskel === null) create.mutate(read.data);
        else save.mutate({ muskelId: muskel.id, version, facts: read.data });
      }}
      onCancel={() => {
        forget();
        onCancel();
      }}
    >
      <DateField
        label={words.heldOn}
        value={heldOn}
        onChange={(day) => type({ heldOn: day })}
        data-autofocus
        error={messageFor('heldOn')}
      />
      <TextInput
        label={words.startsAt}
        description={words.clockHint}
        value={startsAt}
        onChange={(event) => type({ startsAt: event.currentTarget.value })}
        error={messageFor('startsAt')}
      />
      <TextInput
        label={words.endsAt}
        value={endsAt}
        onChange={(event) => type({ endsAt: event.currentTarget.value })}
        error={messageFor('endsAt')}
      />
      <TextInput
        label={words.place}
        maxLength={120}
        value={place}
        onChange={(event) => type({ place: event.currentTarget.value })}
      />
      <TagsInput
        label={words.areas}
        description={words.areasHint}
        value={areas}
        onChange={(typedAreas) => type({ areas: typedAreas })}
        splitChars={[',', ' ', ';']}
        acceptValueOnBlur
        error={wrongArea === undefined ? undefined : words.areaWrong(wrongArea)}
      />
    </DialogForm>
  );
}
