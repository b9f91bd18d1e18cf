import { Autocomplete, Button, Input, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { MemberInput, type TeamDecree, type TeamMember } from '../../../shared/contract/team.ts';
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
import { DateField } from '../../components/DateField.tsx';
import { DialogForm } from '../../components/DialogForm.tsx';
import classes from './TeamScreen.module.css';
import { words } from './words.ts';

interface MemberFormProps {
  /** Null for a new member. */
  member: TeamMember | null;
  origins: readonly string[];
  decrees: readonly TeamDecree[];
  onDone: () => void;
}

interface TypedTraining {
  level: TrainingLevel;
  heldOn: string | null;
  trainer: string;
}

/** Who a member is, where they work, what they were trained in. */
export function MemberForm({ member, origins, decrees, onDone }: MemberFormProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState(member?.name ?? '');
  const [origin, setOrigin] = useState(member?.origin ?? '');
  const [position, setPosition] = useState<TeamPosition>(member?.position ?? 'anggota');
  const [phone, setPhone] = useState(member?.phone ?? '');
  const [decreeId, setDecreeId] = useState<string | null>(
    member === null ? (decrees[0]?.id ?? null) : member.decreeId,
  );
  const [areas, setAreas] = useState<string[]>(member?.areas.map(shortTeamArea) ?? []);
  const [training, setTraining] = useState<TypedTraining[]>(member?.training ?? []);
  const [active, setActive] = useState(member?.active ?? true);
  const [tried, setTried] = useState(false);
  const save = useMutation(
    trpc.team.saveMember.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        onDone();
        tellDone(words.saved);
        await queries.invalidateQueries(trpc.team.pathFilter());
      },
    }),
  );
  const wrongArea = areas.find((area) => parseTeamArea(area) === null);
  const read = MemberInput.safeParse({
    name,
    origin,
    position,
    phone,
    decreeId,
    areas: areas.map(parseTeamArea),
    training,
    active,
  });

  function messageFor(field: keyof MemberInput): string | undefined {
    if (!tried || read.success) return undefined;
    return read.error.issues.find(({ path }) => path[0] === field)?.message;
  }
  function setLine(index: number, change: Partial<TypedTraining>) {
    setTraining(training.map((line, at) => (at === index ? { ...line, ...change } : line)));
  }

  return (
    <DialogForm
      submitLabel={words.save}
      busy={save.isPending}
      error={save.error}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (read.success)
          save.mutate({ memberId: member?.id ?? null, version: member?.version ?? 0, member: read.data });
      }}
      onCancel={onDone}
    >
      <TextInput
        label={words.name}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={120}
        data-autofocus
        error={messageFor('name')}
      />
      <Autocomplete
        label={words.origin}
        description={words.originHint}
        data={[...origins]}
        value={origin}
        onChange={setOrigin}
        maxLength={60}
        error={messageFor('origin')}
      />
      <Select
        label={words.position}
        data={TeamPosition.options.map((value) => ({ value, label: teamPositionLabel[value] }))}
        value={position}
        onChange={(value) => setPosition(TeamPosition.catch('anggota').parse(value))}
        allowDeselect={false}
      />
      <TextInput
        label={words.phone}
        value={phone}
        onChange={(event) => setPhone(event.currentTarget.value)}
        maxLength={30}
        inputMode="tel"
        error={messageFor('phone')}
      />
      <Select
        label={words.decree}
        placeholder={words.noDecree}
        data={decrees.map(({ id, number, about }) => ({ value: id, label: `${number}, ${about}` }))}
        value={decreeId}
        onChange={setDecreeId}
        clearable
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
                onClick={() => setTraining(training.filter((_, at) => at !== index))}
              >
                {words.removeTraining}
              </Button>
            </div>
          ))}
          <Button
            variant="default"
            size="compact-sm"
            style={{ alignSelf: 'start' }}
            onClick={() => setTraining([...training, { level: 'kelurahan', heldOn: null, trainer: '' }])}
          >
            {words.addTraining}
          </Button>
        </Stack>
      </Input.Wrapper>
      <Switch
        label={words.active}
        description={words.activeHint}
        checked={active}
        onChange={(event) => setActive(event.currentTarget.checked)}
      />
    </DialogForm>
  );
}
