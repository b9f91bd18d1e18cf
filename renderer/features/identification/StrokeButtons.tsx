import { Button, Group, Text } from '@mantine/core';
import { words } from './words.ts';

interface StrokeButtonsProps {
  /** What the stroke does, on its button. */
  label: string;
  /** While it is under way: how far it is; null before and after. */
  progress: string | null;
  stopping: boolean;
  disabled?: boolean;
  onGo: () => void;
  onStop: () => void;
  onCancel: () => void;
}

/** Below a question about many cases. What is under way is no longer cancelled, only stopped. */
export function StrokeButtons(props: StrokeButtonsProps) {
  const { label, progress, stopping, disabled = false, onGo, onStop, onCancel } = props;
  const running = progress !== null;
  return (
    <Group justify="flex-end" gap="xs" mt="md">
      {running && (
        <Text size="sm" c="dimmed" role="status" mr="auto">
          {stopping ? words.stopping : progress}
        </Text>
      )}
      <Button variant="default" disabled={running && stopping} onClick={running ? onStop : onCancel}>
        {running ? words.stop : words.cancel}
      </Button>
      <Button data-autofocus loading={running} disabled={disabled} onClick={onGo}>
        {label}
      </Button>
    </Group>
  );
}
