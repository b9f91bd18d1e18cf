import { Text } from '@mantine/core';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import classes from './IntakeForm.module.css';
import { words } from './words.ts';

interface FormFootProps {
  /** How many fields stand in the way of registering. */
  held: number;
  attempted: boolean;
  /** How many filled-in fields nobody has looked at. */
  unseen: number;
  busy: boolean;
  seeAll: Action;
  register: Action;
}

/** How far the form is, and the one thing it leads to. */
export function FormFoot({ held, attempted, unseen, busy, seeAll, register }: FormFootProps) {
  return (
    <div className={classes.foot}>
      <div className={classes.status} data-held={(attempted && held > 0) || undefined} role="status">
        <Text span size="sm">
          {held === 0 ? words.ready : attempted ? words.wrongFields(held) : words.openFields(held)}
        </Text>
        {unseen > 0 && (
          <Text span size="sm" c="dimmed">
            {words.unseen(unseen)}
          </Text>
        )}
        {unseen > 0 && <ActionButton action={seeAll} variant="subtle" size="compact-sm" />}
      </div>
      <ActionButton action={register} loading={busy} />
    </div>
  );
}
