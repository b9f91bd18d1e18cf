import { SimpleGrid, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../../app/rpc.ts';
import { problemOf } from '../../app/problem.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { EntryFrame } from '../session/EntryFrame.tsx';
import classes from './Welcome.module.css';
import { words } from './words.ts';

/** The very first screen: a real office, or one to practise in. */
export function Welcome({ onSetUp }: { onSetUp: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const training = useMutation(
    trpc.session.enterTraining.mutationOptions({
      meta: { quiet: true },
      onSuccess: () => queries.invalidateQueries(trpc.session.status.pathFilter()),
    }),
  );
  return (
    <EntryFrame training={false} officeName={null} width={46}>
      <Stack gap="lg">
        <div>
          <Title order={1}>{words.welcomeTitle}</Title>
          <Text c="dimmed">{words.welcomeText}</Text>
        </div>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Choice title={words.setUp} hint={words.setUpHint} onClick={onSetUp} autoFocus />
          <Choice
            title={words.training}
            hint={training.isPending ? words.preparingTraining : words.trainingHint}
            disabled={training.isPending}
            onClick={() => training.mutate()}
          />
        </SimpleGrid>
        {training.error !== null && (
          <ProblemNote problem={problemOf(training.error)} onRetry={() => training.mutate()} />
        )}
      </Stack>
    </EntryFrame>
  );
}

interface ChoiceProps {
  title: string;
  hint: string;
  disabled?: boolean;
  autoFocus?: boolean;
  onClick: () => void;
}

function Choice({ title, hint, disabled = false, autoFocus = false, onClick }: ChoiceProps) {
  return (
    <UnstyledButton className={classes.choice} disabled={disabled} onClick={onClick} autoFocus={autoFocus}>
      <Text fw={600} size="lg" className={classes.title}>
        {title}
      </Text>
      <Text size="sm" c="dimmed" role={disabled ? 'status' : undefined}>
        {hint}
      </Text>
    </UnstyledButton>
  );
}
