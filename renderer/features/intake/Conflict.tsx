import { Button, Group, Stack, Text } from '@mantine/core';
import type { ShownProblem } from '../../app/problem.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import type { Branch } from './use-branch.ts';
import { words } from './words.ts';

interface ConflictProps {
  problem: ShownProblem;
  /** Where what was typed here has been saved meanwhile. */
  branch: Branch;
  onOpen: (branchId: string) => void;
  onLoad: () => void;
}

/** Two people typed in one draft: neither loses anything, and the clerk chooses. */
export function Conflict({ problem, branch, onOpen, onLoad }: ConflictProps) {
  const gone = problem.code === 'draft_gone';
  const by = String(problem.details['by'] ?? '');
  return (
    <Stack gap="xs" mb="md">
      <ProblemNote
        problem={
          gone
            ? { message: words.goneTitle, next: words.branchText }
            : { message: words.conflictTitle(by), next: words.branchText }
        }
      />
      <Group gap="xs">
        <Text size="sm" role="status">
          {branch.saved ? words.branchSaved : branch.failed ? words.branchFailed : words.branchSaving}
        </Text>
        {branch.id !== null && (
          <Button size="compact-sm" onClick={() => onOpen(branch.id ?? '')}>
            {words.openBranch}
          </Button>
        )}
        {!gone && (
          <Button size="compact-sm" variant="default" onClick={onLoad}>
            {words.loadTheirs}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
