import { Paper, Text, Title } from '@mantine/core';
import type { HistoryEntry } from '../../../shared/contract/cases.ts';
import { caseStateLabel } from '../../../shared/domain/case-words.ts';
import { roleLabel, type Role } from '../../../shared/domain/role.ts';
import { DateText } from '../../components/DateText.tsx';
import { StateShape } from '../../components/StateShape.tsx';
import classes from './CaseHistory.module.css';
import { words } from './words.ts';

/** Everything that happened to a case, latest first: what, who, when and why. */
export function CaseHistory({ history }: { history: readonly HistoryEntry[] }) {
  return (
    <Paper p="md" mb="lg">
      <Title order={2} mb="xs">
        {words.history}
      </Title>
      <ol className={classes.entries}>
        {history.toReversed().map((entry) => (
          <li key={entry.id}>
            <span className={classes.mark}>
              {entry.toState === null ? (
                <span className={classes.dot} />
              ) : (
                <StateShape state={entry.toState} />
              )}
            </span>
            <div>
              <Text size="sm" fw={600}>
                {entry.toState === null ? entry.label : caseStateLabel[entry.toState]}
                {entry.toState !== null && !entry.label.startsWith(caseStateLabel[entry.toState]) && (
                  <Text span size="sm" c="dimmed">
                    {' '}
                    · {entry.label}
                  </Text>
                )}
              </Text>
              {entry.reason !== null && <Text size="sm">“{entry.reason}”</Text>}
              {entry.detail !== null && <Text size="sm">{entry.detail}</Text>}
              {entry.erased && (
                <Text size="sm" fs="italic">
                  {words.erased}
                </Text>
              )}
              <Text size="xs" c="dimmed">
                <DateText value={entry.at} /> · {entry.actorName ?? words.system}
                {roleSuffix(entry.actorRole)}
              </Text>
            </div>
          </li>
        ))}
      </ol>
    </Paper>
  );
}

function roleSuffix(role: Role | 'sistem'): string {
  return role === 'sistem' ? '' : `, ${roleLabel[role].toLowerCase()}`;
}
