import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { words } from './words.ts';

/** Stands where a screen crashed; the frame, the menu and what was typed are still there. */
export function ScreenProblem({ reset }: ErrorComponentProps) {
  const queries = useQueryClient();

  /** What the crashed screen had read may be what it stumbled over: it is read anew. */
  function retry() {
    queries.removeQueries({ type: 'inactive' });
    reset();
  }

  return (
    <Stack maw={560} mx="auto" mt="xl" gap="sm" role="alert">
      <Title order={1}>{words.crashTitle}</Title>
      <Text>{words.crashText}</Text>
      <Group gap="xs">
        <Button onClick={retry}>{words.retry}</Button>
        <Button variant="default" component={Link} to="/">
          {words.toHome}
        </Button>
      </Group>
    </Stack>
  );
}

export function MissingScreen() {
  return (
    <Stack maw={560} mx="auto" mt="xl" gap="sm">
      <Title order={1}>{words.missingTitle}</Title>
      <Text>{words.missingText}</Text>
      <Group>
        <Button component={Link} to="/">
          {words.toHome}
        </Button>
      </Group>
    </Stack>
  );
}
