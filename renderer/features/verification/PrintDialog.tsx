import { Alert, Autocomplete, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { PaperName } from '../../../shared/contract/verification.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { AlertIcon } from '../../components/icons.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { useFormKeys } from '../../components/use-form-keys.ts';
import { words } from './words.ts';

export interface PrintChoice {
  /** Null for the member that each family was given to. */
  enumerator: string | null;
  paper: 'F4' | 'A4';
  instrument: string;
}

interface PrintDialogProps {
  opened: boolean;
  onClose: () => void;
  count: number;
  /** Some of the selection were printed before. */
  again: boolean;
  enumerators: readonly string[];
  /** Every family of the selection was given to somebody. */
  assigned: boolean;
  paper: 'F4' | 'A4';
  /** Questionnaires; the office's own first. */
  instruments: readonly { id: string; title: string; version: string }[];
  onPrint: (choice: PrintChoice) => void;
}

/** Who takes the forms out, and on which paper. */
export function PrintDialog({ opened, onClose, ...rest }: PrintDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.printTitle}>
      {opened && <PrintForm onClose={onClose} {...rest} />}
    </Modal>
  );
}

const papers = PaperName.options.map((paper, index) => ({
  value: paper,
  key: String(index + 1),
  label: words.papers[paper],
}));

function PrintForm({
  onClose,
  count,
  again,
  enumerators,
  assigned,
  paper: usual,
  instruments,
  onPrint,
}: Omit<PrintDialogProps, 'opened'>) {
  const form = useRef<HTMLFormElement>(null);
  const [enumerator, setEnumerator] = useState(assigned ? words.asAssigned : (enumerators[0] ?? ''));
  const [paper, setPaper] = useState<string>(usual);
  const [instrument, setInstrument] = useState(instruments[0]?.id ?? '');
  const [attempted, setAttempted] = useState(false);
  useFormKeys(form);

  const byAssignment = assigned && enumerator === words.asAssigned;

  function submit() {
    setAttempted(true);
    const chosen = PaperName.safeParse(paper);
    if (enumerator.trim() !== '' && chosen.success && instruments.some(({ id }) => id === instrument))
      onPrint({ enumerator: byAssignment ? null : enumerator.trim(), paper: chosen.data, instrument });
  }

  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          {words.printCount(count)} {again ? '' : words.printFirst}
        </Text>
        {again && <Alert color="orange" variant="light" icon={<AlertIcon />} title={words.printAgain} />}
        <Autocomplete
          data-autofocus
          label={words.enumerator}
          description={words.enumeratorHelp}
          data={assigned ? [words.asAssigned, ...enumerators] : [...enumerators]}
          openOnFocus={false}
          value={enumerator}
          onChange={setEnumerator}
          onFocus={(event) => event.currentTarget.select()}
          maxLength={120}
          error={attempted && enumerator.trim() === '' ? words.enumeratorMissing : undefined}
        />
        <CodeField
          label={words.questionnaire}
          options={instruments.map(({ id, title, version }, index) => ({
            value: id,
            key: String(index + 1),
            label: `${title}, versi ${version}`,
          }))}
          value={instrument}
          onChange={setInstrument}
        />
        <CodeField label={words.paper} options={papers} value={paper} onChange={setPaper} />
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
            {words.print}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
