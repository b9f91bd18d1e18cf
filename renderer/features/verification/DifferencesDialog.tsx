import { Button, Group, Modal, Table, Text } from '@mantine/core';
import { useRef } from 'react';
import { answerWords } from '../../../shared/domain/instrument.ts';
import { encodeAnswer } from '../../../shared/domain/instrument-exchange.ts';
import { type Difference, unexplained } from '../../../shared/domain/visit-differences.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { useFormKeys } from '../../components/use-form-keys.ts';
import classes from './EntryScreen.module.css';
import { words } from './words.ts';

interface DifferencesDialogProps {
  opened: boolean;
  onClose: () => void;
  differences: readonly Difference[];
  reasons: Readonly<Record<string, string>>;
  /** The office's reasons, the commonest first. */
  choices: readonly string[];
  onReason: (field: string, reason: string) => void;
  onKeepPrinted: (difference: Difference) => void;
  onDone: () => void;
}

/** Printed against visited, field by field: keep what was printed, or say why it differs. */
export function DifferencesDialog({ opened, onClose, ...rest }: DifferencesDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.differences} size="60rem">
      {opened && <Differences {...rest} />}
    </Modal>
  );
}

const keep = 'tercetak';

function Differences({
  differences,
  reasons,
  choices,
  onReason,
  onKeepPrinted,
  onDone,
}: Omit<DifferencesDialogProps, 'opened' | 'onClose'>) {
  const form = useRef<HTMLFormElement>(null);
  useFormKeys(form);
  const open = unexplained(differences, reasons);
  const [commonest = ''] = choices;
  const options = [
    { value: keep, key: '0', label: words.keepPrinted },
    ...choices.map((reason, index) => ({ value: reason, key: String(index + 1), label: reason })),
  ];
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (open.length === 0) onDone();
      }}
    >
      <Text size="sm" c="dimmed" mb="sm">
        {differences.length === 0 ? words.noDifferences : words.differencesText}
      </Text>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.question}</Table.Th>
            <Table.Th>{words.printed}</Table.Th>
            <Table.Th>{words.found}</Table.Th>
            <Table.Th w="19rem">{words.differenceReason}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differences.map((difference, index) => {
            const { field, question, person, printed, found } = difference;
            return (
              <Table.Tr key={field}>
                <Table.Td>
                  <span className={classes.no}>{question.no}</span> {question.label}
                  <Text size="xs" c="dimmed">
                    {person ?? words.household}
                  </Text>
                </Table.Td>
                <Table.Td className={classes.struck}>{told(difference, printed)}</Table.Td>
                <Table.Td>{told(difference, found)}</Table.Td>
                <Table.Td>
                  <CodeField
                    aria-label={`${words.differenceReason} ${question.no} ${person ?? ''}`.trim()}
                    data-autofocus={index === 0 || undefined}
                    options={options}
                    value={reasons[field] ?? ''}
                    onChange={(typed) =>
                      typed === keep ? onKeepPrinted(difference) : onReason(field, typed)
                    }
                  />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <Group justify="space-between" mt="md">
        <Text size="sm" role="status">
          {open.length === 0 ? words.explained : words.unexplained(open.length)}
        </Text>
        <Group gap="xs">
          {open.length > 0 && (
            <Button
              variant="default"
              onClick={() => {
                for (const { field } of open) onReason(field, commonest);
              }}
            >
              {words.explainRest(commonest)}
            </Button>
          )}
          <Button
            type="submit"
            data-primary
            disabled={open.length > 0}
            rightSection={<ShortcutKeys shortcut="Ctrl+Enter" />}
            aria-keyshortcuts="Control+Enter"
          >
            {words.finish}
          </Button>
        </Group>
      </Group>
    </form>
  );
}

/** `6 Semen/bata merah`, as on the paper. */
function told({ question }: Difference, answer: string): string {
  const code = encodeAnswer(question, answer);
  const meaning = answerWords(question, answer);
  return meaning === null || meaning === code ? code : `${code} ${meaning}`;
}
