import { Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Household } from '../../../shared/domain/household.ts';
import { JoinCause, joinCauseLabel } from '../../../shared/domain/life-event.ts';
import { type Member, Relation, relationLabel } from '../../../shared/domain/person.ts';
import { useTRPC } from '../../app/rpc.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { type CodeOption, sexOptions } from '../../components/coded.ts';
import { DateField } from '../../components/DateField.tsx';
import { GroupedNumberField } from '../../components/GroupedNumberField.tsx';
import { type EventProblems, losesHead, no, proposedHead, type TypedEvent, yes } from './life-event-form.ts';
import { words } from './words.ts';

interface FieldsProps {
  household: Household;
  typed: TypedEvent;
  /** What is missing or wrong, once somebody problems to send it. */
  problems: EventProblems;
  type: (change: Partial<TypedEvent>) => void;
}

const relations: CodeOption[] = Relation.options
  .filter((code) => code !== '1')
  .map((code) => ({ value: code, key: code, label: relationLabel[code] }));
const places: CodeOption[] = [
  { value: yes, key: yes, label: words.inside },
  { value: no, key: no, label: words.outside },
];
const roofs: CodeOption[] = [
  { value: yes, key: yes, label: words.sameRoof },
  { value: no, key: no, label: words.otherRoof },
];

const causes: CodeOption[] = JoinCause.options.map((code) => ({
  value: code,
  key: code,
  label: joinCauseLabel[code],
}));

export function BirthFields({ household, typed, problems, type }: FieldsProps) {
  return (
    <Stack gap="md">
      <PersonFields {...{ typed, problems, type }} nameLabel={words.name} />
      <PlaceInFamily {...{ household, typed, problems, type }} />
      <MotherField {...{ typed, type }} />
      {typed.nik === '' && (
        <Checkbox
          label={words.provisional}
          checked={typed.provisional}
          onChange={(event) => type({ provisional: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}

/** Somebody who marries in, moves in or comes back, with their papers. */
export function JoinFields({ household, typed, problems, type }: FieldsProps) {
  return (
    <Stack gap="md">
      <CodeField
        label={words.joinCause}
        options={causes}
        value={typed.cause}
        error={problems.cause}
        onChange={(cause) =>
          type({ cause, ...(cause === '1' ? { relation: '4', familyRelation: '4' } : {}) })
        }
      />
      <TextInput
        label={words.joinFrom}
        description={words.joinFromHelp}
        maxLength={200}
        autoComplete="off"
        value={typed.from}
        onChange={(event) => type({ from: event.currentTarget.value })}
      />
      <PersonFields {...{ typed, problems, type }} nameLabel={words.joinName}>
        {typed.nik !== '' && (
          <TextInput
            label={words.nikNote}
            maxLength={300}
            autoComplete="off"
            value={typed.nikNote}
            onChange={(event) => type({ nikNote: event.currentTarget.value })}
          />
        )}
      </PersonFields>
      <DateField
        label={words.birthDate}
        value={typed.birthDate}
        error={problems.birthDate}
        onChange={(birthDate) => type({ birthDate })}
      />
      <PlaceInFamily {...{ household, typed, problems, type }} />
      <MotherField {...{ typed, type }} />
    </Stack>
  );
}

/** Who somebody new is; what is asked about the NIK besides stands right behind it. */
function PersonFields({
  nameLabel,
  typed,
  problems,
  type,
  children,
}: Omit<FieldsProps, 'household'> & { nameLabel: string; children?: ReactNode }) {
  return (
    <>
      <TextInput
        label={nameLabel}
        maxLength={120}
        autoComplete="off"
        value={typed.name}
        error={problems.name}
        onChange={(event) => type({ name: event.currentTarget.value })}
      />
      <GroupedNumberField
        label={words.nik}
        description={words.nikHelp}
        value={typed.nik}
        error={problems.nik}
        onChange={(nik) => type({ nik })}
      />
      {children}
      <CodeField
        label={words.sex}
        options={sexOptions}
        value={typed.sex}
        error={problems.sex}
        onChange={(sex) => type({ sex })}
      />
      <TextInput
        label={words.birthPlace}
        maxLength={80}
        autoComplete="off"
        value={typed.birthPlace}
        onChange={(event) => type({ birthPlace: event.currentTarget.value })}
      />
    </>
  );
}

function MotherField({ typed, type }: Pick<FieldsProps, 'typed' | 'type'>) {
  return (
    <TextInput
      label={words.mother}
      maxLength={120}
      autoComplete="off"
      value={typed.motherName}
      onChange={(event) => type({ motherName: event.currentTarget.value })}
    />
  );
}

/** How somebody new stands to the head, and in which family where there are several. */
function PlaceInFamily({ household, typed, problems, type }: FieldsProps) {
  const families = household.families.map((family) => ({
    value: String(family.no),
    key: String(family.no),
    label: `Keluarga ${family.no}`,
  }));
  return (
    <>
      <CodeField
        label={words.relation}
        options={relations}
        value={typed.relation}
        error={problems.relation}
        onChange={(relation) => type({ relation })}
      />
      {families.length > 1 && (
        <>
          <CodeField
            label={words.family}
            options={families}
            value={typed.familyNo}
            error={problems.familyNo}
            onChange={(familyNo) => type({ familyNo })}
          />
          <CodeField
            label={words.familyRelation}
            options={relations}
            value={typed.familyRelation}
            error={problems.familyRelation}
            onChange={(familyRelation) => type({ familyRelation })}
          />
        </>
      )}
    </>
  );
}

/** Who goes, and who follows as head where the head is among them. */
export function LeavingFields({ household, typed, problems, type, label }: FieldsProps & { label: string }) {
  function choose(memberIds: string[]) {
    const staying = household.members.map(({ id }) => id).filter((id) => !memberIds.includes(id));
    type({
      memberIds,
      newHeadId: proposedHead(household, staying),
      headId: proposedHead(household, memberIds),
    });
  }
  const staying = household.members.filter(({ id }) => !typed.memberIds.includes(id));
  return (
    <>
      <Checkbox.Group
        label={label}
        description={words.whoHelp}
        value={[...typed.memberIds]}
        onChange={choose}
        error={problems.memberIds}
      >
        <Stack gap={6} mt={6}>
          {household.members.map((member) => (
            <Checkbox
              key={member.id}
              value={member.id}
              label={`${member.name}, ${relationLabel[member.relation].toLowerCase()}`}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      {losesHead(household, typed) && (
        <CodeField
          label={words.newHead}
          description={words.newHeadHelp}
          options={numbered(staying)}
          value={typed.newHeadId}
          error={problems.newHeadId}
          onChange={(newHeadId) => type({ newHeadId })}
        />
      )}
    </>
  );
}

export function MoveFields(props: FieldsProps) {
  const { typed, problems, type } = props;
  return (
    <>
      <CodeField
        label={words.whereTo}
        options={places}
        value={typed.inside}
        onChange={(inside) => type({ inside })}
      />
      {typed.inside === yes ? (
        <AddressFields {...props} />
      ) : (
        <>
          <TextInput
            label={words.place}
            maxLength={200}
            value={typed.place}
            error={problems.place}
            onChange={(event) => type({ place: event.currentTarget.value })}
          />
          <LeavingFields {...props} label={words.who.pindah} />
        </>
      )}
    </>
  );
}

function AddressFields({ typed, problems, type }: FieldsProps) {
  const trpc = useTRPC();
  const options = useQuery(trpc.intake.options.queryOptions());
  const kelurahan = (options.data?.kelurahan ?? []).map(({ code, name }, index) => ({
    value: code,
    key: String(index + 1),
    label: name,
  }));
  return (
    <>
      <TextInput
        label={words.street}
        maxLength={200}
        value={typed.street}
        error={problems.street}
        onChange={(event) => type({ street: event.currentTarget.value })}
      />
      <Group grow>
        <TextInput
          label={words.rt}
          inputMode="numeric"
          maxLength={3}
          value={typed.rt}
          error={problems.rt}
          onChange={(event) => type({ rt: event.currentTarget.value })}
        />
        <TextInput
          label={words.rw}
          inputMode="numeric"
          maxLength={3}
          value={typed.rw}
          error={problems.rw}
          onChange={(event) => type({ rw: event.currentTarget.value })}
        />
      </Group>
      {kelurahan.length > 1 && (
        <CodeField
          label={words.kelurahan}
          options={kelurahan}
          value={typed.kelurahan}
          error={problems.kelurahan}
          onChange={(code) => type({ kelurahan: code })}
        />
      )}
    </>
  );
}

export function SplitFields(props: FieldsProps) {
  const { household, typed, problems, type } = props;
  const leaving = household.members.filter(({ id }) => typed.memberIds.includes(id));
  return (
    <>
      <CodeField
        label={words.roof}
        options={roofs}
        value={typed.sameRoof}
        onChange={(sameRoof) => type({ sameRoof })}
      />
      <LeavingFields {...props} label={words.who.pecah_kk} />
      {leaving.length > 0 && (
        <CodeField
          label={words.headOfNew}
          options={numbered(leaving)}
          value={typed.headId}
          error={problems.headId}
          onChange={(headId) => type({ headId })}
        />
      )}
      <GroupedNumberField
        label={words.kk}
        description={words.kkHelp}
        value={typed.kk}
        error={problems.kk}
        onChange={(kk) => type({ kk })}
      />
    </>
  );
}

export function GraduationFields({ typed, problems, type }: FieldsProps) {
  return (
    <TextInput
      label={words.grounds}
      description={words.groundsHelp}
      maxLength={200}
      value={typed.grounds}
      error={problems.grounds}
      onChange={(event) => type({ grounds: event.currentTarget.value })}
    />
  );
}

function numbered(members: readonly Member[]): CodeOption[] {
  return members.map((member, index) => ({
    value: member.id,
    key: String(index + 1),
    label: member.name,
  }));
}
