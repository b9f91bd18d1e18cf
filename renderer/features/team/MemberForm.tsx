import { Autocomplete, Button, Input, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { MemberInput, type TeamDecree, type TeamMember } from '../../../shared/contract/team.ts';
import { inspectNik } from '../../../shared/domain/nik.ts';
import {
  parseTeamArea,
  shortTeamArea,
  TeamPosition,
  teamPositionLabel,
  TrainingLevel,
  trainingLevelLabel,
} from '../../../shared/domain/team.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { DateField } from '../../components/DateField.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import { FieldWarning } from '../../components/FieldWarning.tsx';
import { GroupedNumberField } from '../../components/GroupedNumberField.tsx';
import classes from './TeamScreen.module.css';
import { words } from './words.ts';

interface MemberFormProps {
  /** Null for a new member. */
  member: TeamMember | null;
  origins: readonly string[];
  decrees: readonly TeamDecree[];
  /** ISO date; decides the century of a NIK. */
  today: string;
  onDone: () => void;
}

const TypedTraining = z.object({
  level: TrainingLevel,
  heldOn: z.string().nullable(),
  trainer: z.string(),
});
type TypedTraining = z.infer<typeof TypedTraining>;

const TypedMember = z.object({
  name: z.string(),
  origin: z.string(),
  position: TeamPosition,
  phone: z.string(),
  nik: z.string(),
  decreeId: z.string().nullable(),
  areas: z.array(z.string()),
  training: z.array(TypedTraining),
  active: z.boolean(),
});
type TypedMember = z.infer<typeof TypedMember>;

/** Who a member is, where they work, what they were trained in. */
export function MemberForm({ member, origins, decrees, today, onDone }: MemberFormProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  // As the office shows it; what was not typed over is left as it is there.
  const maskedNik = member?.nik ?? '';
  // What a colleague saved since is not overwritten by what was typed before it, however it comes in.
  const [version] = useState(member?.version ?? 0);
  const [typed, setTyped, forget] = useKeptState<TypedMember>(
    `team.member.${member === null ? 'new' : `${member.id}.${version}`}`,
    {
      name: member?.name ?? '',
      origin: member?.origin ?? '',
      position: member?.position ?? 'anggota',
      phone: member?.phone ?? '',
      nik: maskedNik,
      decreeId: member === null ? (decrees[0]?.id ?? null) : member.decreeId,
      areas: member?.areas.map(shortTeamArea) ?? [],
      training: member?.training ?? [],
      active: member?.active ?? true,
    },
    fits(TypedMember),
  );
  const { areas, training } = typed;
  const type = (change: Partial<TypedMember>) => setTyped({ ...typed, ...change });
  const [tried, setTried] = useState(false);
  const save = useMutation(
    trpc.team.saveMember.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        forget();
        onDone();
        tellDone(words.saved);
        await queries.invalidateQueries(trpc.team.pathFilter());
      },
    }),
  );
  const wrongArea = areas.find((area) => parseTeamArea(area) === null);
  const nikTyped = typed.nik !== maskedNik;
  const nik = typed.nik === '' ? null : typed.nik;
  const read = MemberInput.safeParse({
    ...typed,
    nik: nikTyped ? nik : undefined,
    areas: areas.map(parseTeamArea),
  });
  const odd = nikTyped && typed.nik.length === 16 ? inspectNik(typed.nik, { today }) : null;

  function messageFor(field: keyof MemberInput): string | undefined {
    if (!tried || read.success) return undefined;
    return read.error.issues.find(({ path }) => path[0] === field)?.message;
  }
  function setLine(index: number, change: Partial<TypedTraining>) {
    type({ training: training.map((line, at) => (at === index ? { ...line, ...change } : line)) });
  }

  return (
    <DialogForm
      submitLabel={words.save}
      busy={save.isPending}
      error={save.error}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (read.success) save.mutate({ memberId: member?.id ?? null, version, member: read.data });
      }}
      onCancel={() => {
        forget();
        onDone();
      }}
    >
      <TextInput
        label={words.name}
        value={typed.name}
        onChange={(event) => type({ name: event.currentTarget.value })}
        maxLength={120}
        data-autofocus
        error={messageFor('name')}
      />
      <Autocomplete
        label={words.origin}
        description={words.originHint}
        data={[...origins]}
        value={typed.origin}
        onChange={(origin) => type({ origin })}
        maxLength={60}
        error={messageFor('origin')}
      />
      <Select
        label={words.position}
        data={TeamPosition.options.map((value) => ({ value, label: teamPositionLabel[value] }))}
        value={typed.position}
        onChange={(value) => type({ position: TeamPosition.catch('anggota').parse(value) })}
        allowDeselect={false}
      />
      <TextInput
        label={words.phone}
        value={typed.phone}
        onChange={(event) => type({ phone: event.currentTarget.value })}
        maxLength={30}
        inputMode="tel"
        error={messageFor('phone')}
      />
      <GroupedNumberField
        label={words.nik}
        description={maskedNik === '' || nikTyped ? words.nikHint : words.nikKept}
        value={typed.nik}
        onChange={(kept) => type({ nik: kept })}
        maxLength={40}
        error={messageFor('nik') === undefined ? undefined : words.nikWrong}
      />
      {[...(odd?.errors ?? []), ...(odd?.warnings ?? [])].map(({ code, message }) => (
        <FieldWarning key={code}>{message}</FieldWarning>
      ))}
      <Select
        label={words.decree}
        placeholder={words.noDecree}
        data={decrees.map(({ id, number, about }) => ({ value: id, label: `${number}, ${about}` }))}
        value={typed.decreeId}
        onChange={(decreeId) => type({ decreeId })}
        clearable
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
      <Input.Wrapper
        label={words.training}
        labelElement="div"
        error={messageFor('training') === undefined ? undefined : words.trainingWrong}
      >
        <Stack gap="xs">
          {training.map((line, index) => (
            // Lines have no name of their own; their place is what tells them apart.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={index} className={classes.training}>
              <Select
                aria-label={words.trainingLevel}
                data={TrainingLevel.options.map((value) => ({ value, label: trainingLevelLabel[value] }))}
                value={line.level}
                onChange={(level) => setLine(index, { level: TrainingLevel.catch('kelurahan').parse(level) })}
                allowDeselect={false}
              />
              <DateField
                aria-label={words.trainingDay}
                value={line.heldOn}
                onChange={(heldOn) => setLine(index, { heldOn })}
              />
              <TextInput
                aria-label={words.trainer}
                placeholder={words.trainer}
                value={line.trainer}
                maxLength={120}
                onChange={(event) => setLine(index, { trainer: event.currentTarget.value })}
              />
              <Button
                variant="subtle"
                color="gray"
                onClick={() => type({ training: training.filter((_, at) => at !== index) })}
              >
                {words.removeTraining}
              </Button>
            </div>
          ))}
          <Button
            variant="default"
            size="compact-sm"
            style={{ alignSelf: 'start' }}
            onClick={() =>
              type({ training: [...training, { level: 'kelurahan', heldOn: null, trainer: '' }] })
            }
          >
            {words.addTraining}
          </Button>
        </Stack>
      </Input.Wrapper>
      <Switch
        label={words.active}
        description={words.activeHint}
        checked={typed.active}
        onChange={(event) => type({ active: event.currentTarget.checked })}
      />
    </DialogForm>
  );
}
