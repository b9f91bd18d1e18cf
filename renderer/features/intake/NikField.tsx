import { TextInput } from '@mantine/core';
import { cleanNumber } from '../../../shared/domain/nik.ts';
import { inspectMemberNik } from '../../../shared/domain/draft-check-member.ts';
import { GroupedNumberField } from '../../components/GroupedNumberField.tsx';
import { isSixteen, Warnings } from './fields.tsx';
import classes from './fields.module.css';
import { fieldId, useFieldView, useIntakeForm } from './form-context.ts';
import { describeNik, explainNik } from './nik-anatomy.ts';
import { NikExplainer } from './NikExplainer.tsx';
import { words } from './words.ts';

/** The NIK of a member, with its anatomy below it as it is typed, and the reason where it is odd. */
export function NikField({ index }: { index: number }) {
  const form = useIntakeForm();
  const path = `members.${index}.nik`;
  const view = useFieldView(path, isSixteen);
  const member = form.draft.members[index];
  if (member === undefined) return null;
  const inspection = inspectMemberNik(member, {
    today: form.today,
    areaName: (code) => form.options.nikAreas[code] ?? null,
  });
  const anatomy = describeNik(inspection.digits, inspection.parts, form.options.nikAreas);
  const explained = explainNik(inspection, member, form.options.nikAreas);
  return (
    <div>
      <GroupedNumberField
        id={fieldId(path)}
        name={path}
        label={words.nik}
        description={anatomy.length === 0 || explained.length > 0 ? words.nikHelp : anatomy.join(' · ')}
        error={view.error}
        maxLength={40}
        classNames={view.unseen ? { input: classes.unseen } : undefined}
        value={view.value}
        onChange={(kept) => form.type(path, kept)}
      />
      {explained.length > 0 && <NikExplainer parts={explained} />}
      <Warnings findings={view.warnings} />
      {cleanNumber(view.value).length === 16 &&
        view.error === null &&
        (view.warnings.length > 0 || member.nikNote !== '') && <NikNote index={index} />}
    </div>
  );
}

/** Why an odd NIK is kept: a number takes a ready sentence, anything else is the clerk's own. */
function NikNote({ index }: { index: number }) {
  const form = useIntakeForm();
  const path = `members.${index}.nikNote`;
  const view = useFieldView(path);
  return (
    <TextInput
      id={fieldId(path)}
      name={path}
      mt="xs"
      label={words.nikNote}
      description={words.nikNoteHelp}
      error={view.error}
      autoComplete="off"
      maxLength={300}
      value={view.value}
      onChange={(event) => {
        const text = event.currentTarget.value;
        form.type(path, words.nikNotes[Number(text.trim()) - 1] ?? text);
      }}
    />
  );
}
