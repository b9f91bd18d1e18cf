import { Autocomplete, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { useFormKeys } from '../../components/use-form-keys.ts';
import { words } from './words.ts';

interface HandOutDialogProps {
  opened: boolean;
  onClose: () => void;
  count: number;
  enumerators: readonly string[];
  onHandOut: (enumerator: string) => void;
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
  const [enumerator, setEnumerator] = useState(enumerators[0] ?? '');
  const [attempted, setAttempted] = useState(false);
  useFormKeys(form);
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        setAttempted(true);
        if (enumerator.trim() !== '') onHandOut(enumerator.trim());
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
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
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
