import { TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Muskel, MuskelFacts } from '../../../shared/contract/muskel.ts';
import { parseTeamArea, shortTeamArea } from '../../../shared/domain/team.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSession } from '../../app/session-context.ts';
import { DateField } from '../../components/DateField.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { words } from './words.ts';

interface FactsFormProps {
  /** Null for a new meeting. */
  muskel: Muskel | null;
  onDone: (muskelId: string) => void;
  onCancel: () => void;
}

/** When and where, and for which part of the kelurahan. */
export function FactsForm({ muskel, onDone, onCancel }: FactsFormProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { today } = useSession();
  const [heldOn, setHeldOn] = useState<string | null>(muskel?.heldOn ?? today);
  const [startsAt, setStartsAt] = useState(muskel?.startsAt ?? '');
  const [endsAt, setEndsAt] = useState(muskel?.endsAt ?? '');
  const [place, setPlace] = useState(muskel?.place ?? '');
  const [areas, setAreas] = useState<string[]>(muskel?.areas.map(shortTeamArea) ?? []);
  const [tried, setTried] = useState(false);
  const refresh = () => queries.invalidateQueries(trpc.muskel.pathFilter());
  const create = useMutation(
    trpc.muskel.create.mutationOptions({
      meta: { quiet: true },
      onSuccess: async ({ id }) => {
        await refresh();
        onDone(id);
      },
    }),
  );
  const save = useMutation(
    trpc.muskel.saveFacts.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        await refresh();
        tellDone(words.saved);
        if (muskel !== null) onDone(muskel.id);
      },
    }),
  );
  const read = MuskelFacts.safeParse({ heldOn, startsAt, endsAt, place, areas: areas.map(parseTeamArea) });
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
        else save.mutate({ muskelId: muskel.id, version: muskel.version, facts: read.data });
      }}
      onCancel={onCancel}
    >
      <DateField
        label={words.heldOn}
        value={heldOn}
        onChange={setHeldOn}
        data-autofocus
        error={messageFor('heldOn')}
      />
      <TextInput
        label={words.startsAt}
        description={words.clockHint}
        value={startsAt}
        onChange={(event) => setStartsAt(event.currentTarget.value)}
        error={messageFor('startsAt')}
      />
      <TextInput
        label={words.endsAt}
        value={endsAt}
        onChange={(event) => setEndsAt(event.currentTarget.value)}
        error={messageFor('endsAt')}
      />
      <TextInput
        label={words.place}
        maxLength={120}
        value={place}
        onChange={(event) => setPlace(event.currentTarget.value)}
      />
      <TagsInput
        label={words.areas}
        description={words.areasHint}
        value={areas}
        onChange={setAreas}
        splitChars={[',', ' ', ';']}
        acceptValueOnBlur
        error={wrongArea === undefined ? undefined : words.areaWrong(wrongArea)}
      />
    </DialogForm>
  );
}
