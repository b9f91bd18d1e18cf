import { Button, Text } from '@mantine/core';
import type { DeclinedFamily } from '../../../shared/contract/duplicates.ts';
import classes from './DuplicateHint.module.css';
import { words } from './words.ts';

/** What was said not to be the same family: remembered, and taken back with one key. */
export function DeclinedFamilies({
  declined,
  onRestore,
}: {
  declined: readonly DeclinedFamily[];
  onRestore: (verdictId: string) => void;
}) {
  if (declined.length === 0) return null;
  return (
    <details className={classes.declined}>
      <summary>{words.declined(declined.length)}</summary>
      <ul>
        {declined.map((family) => (
          <li key={family.verdictId}>
            <Text size="xs" fw={500}>
              {family.label}
            </Text>
            <Text size="xs" c="dimmed">
              {words.declinedBy(family.byName, family.reason)}
            </Text>
            <Button size="compact-xs" variant="subtle" onClick={() => onRestore(family.verdictId)}>
              {words.restore}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
