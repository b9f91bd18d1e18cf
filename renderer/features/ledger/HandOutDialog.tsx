import { Autocomplete, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { problemOf } from '../../app/problem.ts';
import { giveKept, isText, useKeptState } from '../../app/use-kept-state.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { useFormKeys } from '../../components/use-form-keys.ts';
import { words } from './words.ts';

interface HandOutDialogProps {
  opened: boolean;
  onClose: () => void;
  count: number;
  enumerators: readonly string[];
  /** Fails where the office refuses; the dialog stays then, with the name. */
  onHandOut: (enumerator: string) => Promise<unknown>;
}

/** Who takes the chosen sheets out. */
export function HandOutDialog({ opened, onClose, ...rest }: HandOutDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.handOutTitle}>
      {opened && <HandOutForm onClose={onClose} {...rest} />}
    </Modal>
  );
}

function HandOutForm({ onClose, count, enumerators, onHandOut }: Omit<HandOutDialogProps, 'opened'>) {
  const form = useRef<HTMLFormElement>(null);
  const [enumerator, setEnumerator, forget] = useKeptState<string>(
    'ledger.handOut',
    enumerators[0] ?? '',
    isText,
  );
  const [refusal, setRefusal] = useState<unknown>(null);
  const [attempted, setAttempted] = useState(false);
  useFormKeys(form);
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        setAttempted(true);
        if (enumerator.trim() === '') return;
        void giveKept(() => onHandOut(enumerator.trim()), forget).then(setRefusal);
      }}
    >
      <Stack gap="md">
        <Text size="sm">{words.handOutCount(count)}</Text>
        <Autocomplete
          data-autofocus
          label={words.enumerator}
          data={[...enumerators]}
          openOnFocus={false}
          value={enumerator}
          onChange={setEnumerator}
          onFocus={(event) => event.currentTarget.select()}
          maxLength={120}
          error={attempted && enumerator.trim() === '' ? words.enumeratorMissing : undefined}
        />
        {refusal !== null && <ProblemNote problem={problemOf(refusal)} />}
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            onClick={() => {
              forget();
              onClose();
            }}
          >
            {words.cancel}
          </Button>
          <Button
            type="submit"
            data-primary
            rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
            aria-keyshortcuts="Control+Enter"
          >
            {words.handOut}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
