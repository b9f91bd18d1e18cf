import { Alert, Text } from '@mantine/core';
import type { FieldChange } from '../../../shared/domain/household-diff.ts';
import { AlertIcon } from '../../components/icons.tsx';
import classes from './EntryScreen.module.css';
import { words } from './words.ts';

/** What changed in the record since this paper was printed: the old struck out, the new beside it. */
export function StaleNote({ changes }: { changes: readonly FieldChange[] }) {
  return (
    <Alert color="orange" variant="light" icon={<AlertIcon />} title={words.stale} mb="md">
      <Text size="sm">{words.staleText}</Text>
      <ul className={classes.changes}>
        {changes.map(({ field, group, label, before, after }) => (
          <li key={field}>
            {group}, {label}: <del>{words.was(before)}</del> <ins>{words.was(after)}</ins>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
