import { ActionIcon, Tooltip } from '@mantine/core';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { CloseIcon } from '../../components/icons.tsx';
import { removeFamily } from './draft-edit.ts';
import { KkField } from './fields.tsx';
import { useIntakeForm } from './form-context.ts';
import classes from './IntakeForm.module.css';
import { Section } from './Section.tsx';
import { words } from './words.ts';

/** The families under the roof, each by its card. */
export function FamiliesGroup({ no, addFamily }: { no: number; addFamily: Action }) {
  const { draft, edit } = useIntakeForm();
  const many = draft.families.length > 1;
  return (
    <Section
      no={no}
      title={words.groups.families}
      aside={<ActionButton action={addFamily} variant="subtle" size="compact-sm" />}
    >
      {draft.families.map((family, index) => (
        <div key={family.no} className={classes.withRemove}>
          <KkField
            path={`families.${index}.kk`}
            label={words.kk(family.no, many)}
            help={many ? (index === 0 ? words.familiesHelp : undefined) : words.kkHelp}
          />
          {many && (
            <Tooltip label={words.removeFamily(family.no)}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={words.removeFamily(family.no)}
                onClick={() => edit((current) => removeFamily(current, index))}
              >
                <CloseIcon />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
      ))}
    </Section>
  );
}
