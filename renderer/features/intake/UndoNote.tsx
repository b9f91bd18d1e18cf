import { Alert, Button, Group, Text } from '@mantine/core';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';

interface UndoNoteProps {
  /** What was taken away. */
  text: string;
  label: string;
  onUndo: () => void;
  /** By which the focus is led here. */
  id?: string;
}

/** Says what was taken away, in its place, and gives it back by Ctrl+Z. */
export function UndoNote({ text, label, onUndo, id }: UndoNoteProps) {
  return (
    <Alert variant="light" color="gray" p="xs" role="status">
      <Group justify="space-between">
        <Text size="sm">{text}</Text>
        <Button
          id={id}
          variant="subtle"
          size="compact-sm"
          rightSection={<ShortcutKeys shortcut="Ctrl+Z" />}
          aria-keyshortcuts="Control+Z"
          onClick={onUndo}
        >
          {label}
        </Button>
      </Group>
    </Alert>
  );
}
