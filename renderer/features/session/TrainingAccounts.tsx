import { Stack, Text, Title, UnstyledButton } from '@mantine/core';
import type { OfficeStatus } from '../../../shared/contract/session.ts';
import { roleLabel } from '../../../shared/domain/role.ts';
import classes from './TrainingAccounts.module.css';
import { words } from './words.ts';

type TrainingAccount = NonNullable<OfficeStatus['trainingAccounts']>[number];

/** The accounts of the training office; one key or click fills the login. */
export function TrainingAccounts({
  accounts,
  onChoose,
}: {
  accounts: readonly TrainingAccount[];
  onChoose: (account: TrainingAccount) => void;
}) {
  return (
    <Stack gap="xs">
      <div>
        <Title order={2}>{words.trainingTitle}</Title>
        <Text size="sm" c="dimmed">
          {words.trainingHint}
        </Text>
      </div>
      <ul className={classes.list}>
        {accounts.map((account) => (
          <li key={account.username}>
            <UnstyledButton className={classes.account} onClick={() => onChoose(account)}>
              <span className={classes.role}>{roleLabel[account.role]}</span>
              <span className={classes.name}>{account.name}</span>
              <span className={classes.username}>{account.username}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {accounts[0] !== undefined && (
        <Text size="sm" c="dimmed">
          {words.trainingPassword(accounts[0].password)}
        </Text>
      )}
    </Stack>
  );
}
