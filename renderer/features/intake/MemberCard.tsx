import { Button } from '@mantine/core';
import { Relation, relationLabel } from '../../../shared/domain/person.ts';
import { NoNikReason, noNikReasonLabel } from '../../../shared/domain/without-nik.ts';
import { sexOptions } from '../../components/coded.ts';
import { isOneFamily } from './draft-edit.ts';
import { CodedField, NumberField, TextField, TypedDateField } from './fields.tsx';
import { useIntakeForm } from './form-context.ts';
import classes from './IntakeForm.module.css';
import { NikField } from './NikField.tsx';
import { words } from './words.ts';

const relations = Relation.options.map((code) => ({ value: code, key: code, label: relationLabel[code] }));

const noNikReasons = NoNikReason.options.map((code) => ({
  value: code,
  key: code,
  label: noNikReasonLabel[code],
}));

/** One member, open for typing, in the order of KTP and Kartu Keluarga. */
export function MemberCard({ index, onRemove }: { index: number; onRemove: () => void }) {
  const { draft } = useIntakeForm();
  const member = draft.members[index];
  if (member === undefined) return null;
  const path = `members.${index}`;
  return (
    <fieldset className={classes.member}>
      <legend className={classes.memberTitle}>{words.memberTitle(index + 1, member.name.trim())}</legend>
      <NikField index={index} />
      {member.nik === '' && (
        <CodedField
          path={`${path}.noNik`}
          label={words.noNik}
          help={words.noNikHelp}
          options={noNikReasons}
        />
      )}
      <TextField path={`${path}.name`} label={words.name} maxLength={160} />
      <div className={classes.row}>
        <CodedField path={`${path}.sex`} label={words.sex} options={sexOptions} />
        <TypedDateField path={`${path}.birthDate`} label={words.birthDate} />
        <TextField path={`${path}.birthPlace`} label={words.birthPlace} maxLength={100} />
      </div>
      <CodedField path={`${path}.relation`} label={words.relation} options={relations} />
      {!isOneFamily(draft) && (
        <div className={classes.row} data-narrow-first>
          <NumberField path={`${path}.familyNo`} label={words.familyNo} maxLength={1} />
          <CodedField path={`${path}.familyRelation`} label={words.familyRelation} options={relations} />
        </div>
      )}
      <TextField path={`${path}.motherName`} label={words.motherName} maxLength={160} />
      {draft.members.length > 1 && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          className={classes.removeMember}
          onClick={onRemove}
        >
          {words.removeMember}
        </Button>
      )}
    </fieldset>
  );
}
