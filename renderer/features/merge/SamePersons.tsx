import { NativeSelect } from '@mantine/core';
import type { MergeComparison } from '../../../shared/contract/merge.ts';
import type { MergePlan } from '../../../shared/domain/merge.ts';
import { type Member, relationLabel } from '../../../shared/domain/person.ts';
import classes from './MergeScreen.module.css';
import { words } from './words.ts';

interface SamePersonsProps {
  comparison: MergeComparison;
  same: MergePlan['same'];
  /** Those of `same` of which nobody is sure yet. */
  doubtful: MergePlan['same'];
  /** Whose choice takes the focus when the screen opens, if it is one of these. */
  focused: string | undefined;
  onPair: (otherId: string, memberId: string | null) => void;
}

/** Of each member of the case that goes in, who of the case that stays they are, or that they are somebody else. */
export function SamePersons({
  comparison: { kept, other, editable },
  same,
  doubtful,
  focused,
  onPair,
}: SamePersonsProps) {
  const ofKept = kept.household.members.map((member) => ({ value: member.id, label: described(member) }));
  return (
    <fieldset className={classes.joining}>
      <legend>{words.samePersons}</legend>
      <div className={classes.persons}>
        {other.household.members.map((member) => {
          const unsure = doubtful.some(({ otherId }) => otherId === member.id);
          return (
            <NativeSelect
              key={member.id}
              size="xs"
              label={words.is(described(member))}
              description={unsure ? words.unsure : undefined}
              disabled={!editable}
              autoFocus={member.id === focused}
              value={same.find(({ otherId }) => otherId === member.id)?.memberId ?? ''}
              data={[{ value: '', label: words.somebodyElse }, ...ofKept]}
              onChange={({ currentTarget: { value } }) => onPair(member.id, value === '' ? null : value)}
            />
          );
        })}
      </div>
    </fieldset>
  );
}

function described({ name, relation, birthDate }: Member): string {
  const born = birthDate?.split('-').toReversed().join('-');
  return [name, relationLabel[relation].toLowerCase(), ...(born === undefined ? [] : [born])].join(', ');
}
