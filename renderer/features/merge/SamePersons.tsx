import { Checkbox, NativeSelect } from '@mantine/core';
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
  /** What was said of this member is taken back. */
  onLeaveOpen: (otherId: string) => void;
}

/**
 * Of each member of the case that goes in, who of the case that stays they are, or that they are somebody else. A pair
 * that the program is not sure of is confirmed beside it: choosing in a list what stands there already is no choice.
 */
export function SamePersons({
  comparison: { kept, other, editable, same: proposed },
  same,
  doubtful,
  focused,
  onPair,
  onLeaveOpen,
}: SamePersonsProps) {
  const ofKept = kept.household.members.map((member) => ({ value: member.id, label: described(member) }));
  return (
    <fieldset className={classes.joining}>
      <legend>{words.samePersons}</legend>
      <div className={classes.persons}>
        {other.household.members.map((member) => {
          const unsure = doubtful.some(({ otherId }) => otherId === member.id);
          const pair = same.find(({ otherId }) => otherId === member.id);
          const asked = proposed.some(
            ({ sure, otherId, memberId }) => !sure && otherId === pair?.otherId && memberId === pair.memberId,
          );
          const person = kept.household.members.find(({ id }) => id === pair?.memberId);
          return (
            <div key={member.id}>
              <NativeSelect
                size="xs"
                label={words.is(described(member))}
                description={unsure ? words.unsure : undefined}
                disabled={!editable}
                autoFocus={member.id === focused}
                value={pair?.memberId ?? ''}
                data={[{ value: '', label: words.somebodyElse }, ...ofKept]}
                onChange={({ currentTarget: { value } }) => onPair(member.id, value === '' ? null : value)}
              />
              {asked && person !== undefined && (
                <Checkbox
                  mt={4}
                  size="xs"
                  label={words.onePerson(member.name, person.name)}
                  disabled={!editable}
                  checked={!unsure}
                  onChange={({ currentTarget: { checked } }) =>
                    checked ? onPair(member.id, person.id) : onLeaveOpen(member.id)
                  }
                />
              )}
            </div>
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
