import { UnstyledButton } from '@mantine/core';
import { ageOn } from '../../../shared/domain/instrument.ts';
import { IsoDate, Relation, relationLabel } from '../../../shared/domain/person.ts';
import { AlertIcon } from '../../components/icons.tsx';
import { NikText } from '../../components/NikText.tsx';
import { useIntakeForm } from './form-context.ts';
import classes from './IntakeForm.module.css';
import { words } from './words.ts';

/** A member that is not being typed right now, in one line; a click or Enter opens it. */
export function MemberLine({ index, onOpen }: { index: number; onOpen: () => void }) {
  const { draft, findings, attempted, today } = useIntakeForm();
  const member = draft.members[index];
  if (member === undefined) return null;
  const relation = Relation.safeParse(member.relation);
  const born = IsoDate.safeParse(member.birthDate);
  const held = findings.filter(
    (finding) =>
      finding.field.startsWith(`members.${index}.`) &&
      (finding.level === 'error' || (finding.level === 'missing' && attempted)),
  );
  const facts = [
    relation.success ? relationLabel[relation.data] : null,
    born.success ? words.age(ageOn(born.data, today)) : null,
  ];
  return (
    <UnstyledButton className={classes.memberLine} onClick={onOpen} data-primary aria-expanded={false}>
      <span className={classes.memberName}>{words.memberTitle(index + 1, member.name.trim())}</span>
      <span className={classes.memberNik}>
        {member.nik === '' ? words.withoutNik : <NikText value={member.nik} />}
      </span>
      <span className={classes.memberFacts}>{facts.filter((fact) => fact !== null).join(' · ')}</span>
      {held.length > 0 && (
        <span className={classes.memberHeld}>
          <AlertIcon size={14} /> {words.wrongFields(held.length)}
        </span>
      )}
    </UnstyledButton>
  );
}
