import { Button, Group, Modal, Paper, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import { roleLabel } from '../../../shared/domain/role.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSession } from '../../app/session-context.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { AccountForm } from './AccountForm.tsx';
import { accountsActions } from './actions.ts';
import { ActivityForm } from './ActivityForm.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { words } from './words.ts';

type Dialog = { kind: 'add' } | { kind: 'edit' | 'reset' | 'activity'; account: Account };

/** Everyone who may log in, those who no longer may included: their names stand in the history. */
export function AccountsScreen() {
  const trpc = useTRPC();
  const accounts = useQuery(trpc.accounts.list.queryOptions());
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const add = { ...accountsActions.add, perform: () => setDialog({ kind: 'add' }) };
  useActions([add]);

  return (
    <>
      <PageHeader title={words.title} subtitle={words.subtitle}>
        <ActionButton action={add} />
      </PageHeader>
      {accounts.error !== null && accounts.data === undefined && (
        <ProblemNote problem={problemOf(accounts.error)} onRetry={() => void accounts.refetch()} />
      )}
      {accounts.data !== undefined && (
        <Paper>
          <Table.ScrollContainer minWidth="56rem">
            <Table verticalSpacing={8} horizontalSpacing="md" aria-label={words.title}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.columns.name}</Table.Th>
                  <Table.Th>{words.columns.username}</Table.Th>
                  <Table.Th>{words.columns.role}</Table.Th>
                  <Table.Th>{words.columns.state}</Table.Th>
                  <Table.Th ta="end">{words.columns.actions}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {accounts.data.map((account) => (
                  <AccountRow key={account.id} account={account} onOpen={setDialog} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Paper>
      )}
      <Modal opened={dialog !== null} onClose={() => setDialog(null)} title={titleOf(dialog)}>
        {dialog !== null && <DialogBody dialog={dialog} onDone={() => setDialog(null)} />}
      </Modal>
    </>
  );
}

function AccountRow({ account, onOpen }: { account: Account; onOpen: (dialog: Dialog) => void }) {
  const { account: me } = useSession();
  return (
    <Table.Tr>
      <Table.Td>
        {account.name}{' '}
        {account.id === me.id && (
          <Text span size="sm" c="dimmed">
            {words.you}
          </Text>
        )}
        {account.nip !== null && (
          <Text size="xs" c="dimmed" className="tabular">
            NIP {account.nip}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{account.username}</Table.Td>
      <Table.Td>{roleLabel[account.role]}</Table.Td>
      <Table.Td>
        {account.active ? words.active : <Text c="dimmed">{words.inactive}</Text>}
        {account.active && account.mustChangePassword && (
          <Text size="xs" c="dimmed">
            {words.firstLogin}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          <RowButton label={words.edit} account={account} onClick={() => onOpen({ kind: 'edit', account })} />
          {account.active && (
            <RowButton
              label={words.reset}
              account={account}
              onClick={() => onOpen({ kind: 'reset', account })}
            />
          )}
          {account.id !== me.id && (
            <RowButton
              label={account.active ? words.deactivate : words.activate}
              account={account}
              onClick={() => onOpen({ kind: 'activity', account })}
            />
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function RowButton({ label, account, onClick }: { label: string; account: Account; onClick: () => void }) {
  return (
    <Button size="compact-sm" variant="default" aria-label={`${label}: ${account.name}`} onClick={onClick}>
      {label}
    </Button>
  );
}

function titleOf(dialog: Dialog | null): string {
  switch (dialog?.kind) {
    case undefined:
      return '';
    case 'add':
      return words.add;
    case 'edit':
      return words.editTitle(dialog.account.name);
    case 'reset':
      return words.resetTitle(dialog.account.name);
    case 'activity':
      return dialog.account.active
        ? words.deactivateTitle(dialog.account.name)
        : words.activateTitle(dialog.account.name);
  }
}

function DialogBody({ dialog, onDone }: { dialog: Dialog; onDone: () => void }) {
  switch (dialog.kind) {
    case 'add':
      return <AccountForm account={null} onDone={onDone} />;
    case 'edit':
      return <AccountForm account={dialog.account} onDone={onDone} />;
    case 'reset':
      return <PasswordForm account={dialog.account} onDone={onDone} />;
    case 'activity':
      return <ActivityForm account={dialog.account} onDone={onDone} />;
  }
}
