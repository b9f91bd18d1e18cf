import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseProposal } from '../../../shared/contract/identification.ts';
import { useTRPC } from '../../app/rpc.ts';
import { DateText } from '../../components/DateText.tsx';
import { formatInstant } from '../../components/formats.ts';
import { ReasonModal } from '../../components/ReasonModal.tsx';
import classes from './IdentificationScreen.module.css';
import { words } from './words.ts';

/** Pairs said before not to be the same: why, by whom and when; a reason, and they are asked about again. */
export function Refused({ proposal }: { proposal: CaseProposal }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<string | null>(null);
  const withdraw = useMutation(
    trpc.identification.withdrawNotSame.mutationOptions({
      meta: { quiet: true },
      onSuccess: () => setAsking(null),
      // Where it is refused, a colleague was quicker: the list shows it.
      onSettled: () => queries.invalidateQueries(trpc.identification.pathFilter()),
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
            <Button size="compact-xs" variant="default" onClick={() => setAsking(key)}>
              {words.askAgain}
            </Button>
            <ReasonModal
              opened={asking === key}
              keep={`identification.askAgain.${said.id}`}
              title={words.askAgain}
              description={words.askAgainText(
                `${member.name} – ${name}`,
                said.byName,
                formatInstant(said.at),
                said.reason,
              )}
              reasonRequired
              onCancel={() => setAsking(null)}
              onConfirm={async (reason) => {
                if (reason !== null)
                  await withdraw.mutateAsync({ caseId: proposal.caseId, notSameId: said.id, reason });
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
