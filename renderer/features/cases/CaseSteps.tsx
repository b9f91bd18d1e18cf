import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail } from '../../../shared/contract/cases.ts';
import { caseStateLabel } from '../../../shared/domain/case-words.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useRole } from '../../app/session-context.ts';
import { ReasonModal } from '../../components/ReasonModal.tsx';
import { canBeTaken, OwnScreenStep } from './OwnScreenStep.tsx';
import classes from './CaseSteps.module.css';
import { offersFor, type StepOffer } from './step-offers.ts';
import { reasonSuggestions, words } from './words.ts';

/** The next steps of a case for this role, as the table of edges has them. Each asks before it acts. */
export function CaseSteps({ detail }: { detail: CaseDetail }) {
  const role = useRole();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<StepOffer | null>(null);
  const offers = offersFor(detail.case, role, detail.enteredByMe).filter(canBeTaken);
  const forward = offers.filter((offer) => offer.rank !== 'away');
  const away = offers.filter((offer) => offer.rank === 'away');
  const takeStep = useMutation(
    trpc.cases.takeStep.mutationOptions({
      meta: { quiet: true },
      onSuccess: async (_result, step) => {
        const label = offers.find((offer) => offer.edge.action === step.action)?.label ?? '';
        setChosen(null);
        tellDone(words.stepDone(label));
        await queries.invalidateQueries(trpc.cases.pathFilter());
      },
    }),
  );

  if (offers.length === 0) {
    return (
      <Text size="sm" c="dimmed" mt="md">
        {words.nothingToDo}
      </Text>
    );
  }
  return (
    <section className={classes.steps} aria-label={words.steps}>
      <Group gap="xs" className={classes.away}>
        {away.map((offer) => (
          <Button
            key={offer.edge.action}
            variant="subtle"
            color={offer.danger ? 'red' : 'gray'}
            disabled={offer.blocked}
            onClick={() => setChosen(offer)}
          >
            {offer.label}
          </Button>
        ))}
      </Group>
      {offers.some((offer) => offer.blocked) && (
        <Text size="sm" c="dimmed">
          {words.notYours}
        </Text>
      )}
      <Group gap="xs" justify="flex-end">
        {forward.toReversed().map((offer) =>
          offer.edge.ownScreen === true ? (
            <OwnScreenStep key={offer.edge.action} offer={offer} caseId={detail.case.id} />
          ) : (
            <Button
              key={offer.edge.action}
              variant={offer.rank === 'primary' ? 'filled' : 'default'}
              disabled={offer.blocked}
              onClick={() => setChosen(offer)}
            >
              {offer.label}
            </Button>
          ),
        )}
      </Group>
      <ReasonModal
        opened={chosen !== null}
        keep={`${detail.case.id}.${chosen?.edge.action ?? ''}`}
        title={chosen?.label ?? ''}
        description={
          chosen === null
            ? undefined
            : `${detail.case.number}: ${caseStateLabel[chosen.edge.from]} → ${caseStateLabel[chosen.edge.to]}`
        }
        reasonRequired={chosen?.edge.reason ?? false}
        suggestions={chosen === null ? [] : reasonSuggestions[chosen.edge.action]}
        danger={chosen?.danger}
        onCancel={() => setChosen(null)}
        onConfirm={async (reason) => {
          if (chosen !== null)
            await takeStep.mutateAsync({
              caseId: detail.case.id,
              action: chosen.edge.action,
              reason,
              version: detail.case.version,
            });
        }}
      />
    </section>
  );
}
