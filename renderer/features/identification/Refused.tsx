import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CaseProposal } from '../../../shared/contract/identification.ts';
import { useTRPC } from '../../app/rpc.ts';
import { DateText } from '../../components/DateText.tsx';
import classes from './IdentificationScreen.module.css';
import { words } from './words.ts';

/** Pairs said before not to be the same: why, by whom and when; one button asks about them again. */
export function Refused({ proposal }: { proposal: CaseProposal }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const withdraw = useMutation(
    trpc.identification.withdrawNotSame.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.identification.pathFilter()),
    }),
  );
  const refused = proposal.sources.flatMap(({ source, members }) =>
    members.flatMap((member) =>
      member.candidates.flatMap(({ personId, name, notSame }) =>
        notSame === null
          ? []
          : [{ key: `${source} ${member.memberId} ${personId}`, member, name, said: notSame }],
      ),
    ),
  );
  if (refused.length === 0) return null;
  return (
    <section aria-label={words.refusedTitle}>
      <Text component="h2" size="sm" fw={600} mb={4}>
        {words.refusedTitle}
      </Text>
      <ul className={classes.refused}>
        {refused.map(({ key, member, name, said }) => (
          <li key={key}>
            {member.name} – {name}
            <Text size="xs" c="dimmed">
              {said.reason} · {said.byName}, <DateText value={said.at} />
            </Text>
            <Button
              size="compact-xs"
              variant="default"
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate({ caseId: proposal.caseId, notSameId: said.id })}
            >
              {words.askAgain}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
