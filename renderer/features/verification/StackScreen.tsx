import { Alert, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { useScanTarget } from '../../app/scan-target.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { SheetCodeField } from '../../components/SheetCodeField.tsx';
import { entryActions } from './actions.ts';
import type { StackSearch } from './work-search.ts';
import { words } from './words.ts';

/** Between two sheets of a stack: waits for the next scan, and counts. */
export function StackScreen() {
  const { done = 0 }: StackSearch = useSearch({ from: '/verification/stack' });
  const navigate = useNavigate();
  const open = (code: string) =>
    void navigate({ to: '/verification/$code', params: { code }, search: { done } });
  useScanTarget(true, open);
  const back: Action = {
    ...entryActions.back,
    perform: () => void navigate({ to: '/verification', search: { stage: 'lapangan' } }),
  };
  useActions([back]);
  return (
    <div>
      <PageHeader title={words.stackTitle}>
        <ActionButton action={back} variant="default" />
      </PageHeader>
      <Alert variant="light" title={words.stackDone(done)} maw="44rem" role="status">
        <Text size="sm" mb="sm">
          {words.stackText}
        </Text>
        <SheetCodeField autoFocus onCode={open} />
      </Alert>
    </div>
  );
}
