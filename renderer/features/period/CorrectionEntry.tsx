import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Correction } from '../../../shared/contract/period.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { formatInstant } from '../../components/formats.ts';
import { ReasonModal } from '../../components/ReasonModal.tsx';
import { AttachmentFacts } from '../attachments/AttachmentFacts.tsx';
import { AttachmentLink } from '../attachments/AttachmentLink.tsx';
import { words } from './words.ts';

/** One correction record: what it was, what it is, why; the lurah decides it here. */
export function CorrectionEntry({ correction }: { correction: Correction }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayDecide = useMay('correction:decide');
  const [asking, setAsking] = useState<'approve' | 'decline' | 'revoke' | null>(null);
  const matter = correction.lifeEvent === null ? 'perbaikan' : 'peristiwa';
  async function done(told: string) {
    setAsking(null);
    tellDone(told);
    await Promise.all([
      queries.invalidateQueries(trpc.period.pathFilter()),
      queries.invalidateQueries(trpc.cases.pathFilter()),
    ]);
  }
  const decide = useMutation(
    trpc.period.decide.mutationOptions({
      meta: { quiet: true },
      onSuccess: (_result, { approve }) => done((approve ? words.approved : words.declined)[matter]),
    }),
  );
  const revoke = useMutation(
    trpc.lifeEvent.revoke.mutationOptions({ meta: { quiet: true }, onSuccess: () => done(words.revoked) }),
  );
  const waits = correction.state === 'diajukan';
  return (
    <div>
      <Text size="sm">
        <Text span fw={600} size="sm">
          {correction.subject}
        </Text>
        : {correction.before !== '' && <del>{correction.before}</del>}
        {between(correction)}
        {correction.after !== '' && <ins>{correction.after}</ins>}
      </Text>
      <Text size="sm">“{correction.reason}”</Text>
      {correction.attachments.map((file) => (
        <div key={file.id}>
          <AttachmentLink file={file} /> <AttachmentFacts file={file} />
        </div>
      ))}
      {correction.closedAttachments > 0 && (
        <Text size="sm" c="dimmed">
          {words.closedFiles(correction.closedAttachments)}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {words.by(correction.proposedByName, formatInstant(correction.proposedAt))} ·{' '}
        {words.states[correction.state]}
        {correction.decidedAt !== null &&
          ` ${words.decidedBy(correction.decidedByName ?? '', formatInstant(correction.decidedAt))}`}
        {correction.answer !== null && `: “${correction.answer}”`}
      </Text>
      {correction.ended !== null && (
        <Text size="sm" fw={600}>
          {words.ended(correction.ended)}
        </Text>
      )}
      {waits && mayDecide && (
        <Group gap="xs" mt={4}>
          {correction.ended === null && (
            <Button size="compact-sm" disabled={correction.proposedByMe} onClick={() => setAsking('approve')}>
              {words.approve}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            disabled={correction.proposedByMe}
            onClick={() => setAsking('decline')}
          >
            {words.decline}
          </Button>
          {correction.proposedByMe && (
            <Text size="xs" c="dimmed">
              {words.own}
            </Text>
          )}
        </Group>
      )}
      {correction.closesCase && mayDecide && (
        <Button size="compact-sm" variant="default" mt={4} onClick={() => setAsking('revoke')}>
          {words.revoke}
        </Button>
      )}
      <ReasonModal
        opened={asking === 'revoke'}
        keep={`revoke.${correction.id}`}
        title={words.revoke}
        description={words.revokeText}
        reasonRequired
        onCancel={() => setAsking(null)}
        onConfirm={(reason) => revoke.mutateAsync({ caseId: correction.caseId, reason: reason ?? '' })}
      />
      <ReasonModal
        opened={asking === 'approve' || asking === 'decline'}
        keep={`${asking ?? ''}.${correction.id}`}
        title={asking === 'decline' ? words.decline : words.approve}
        description={[
          `${correction.number}: ${correction.subject}, ${correction.before}${between(correction)}${correction.after}`,
          ...(asking === 'decline' && correction.attachments.length > 0
            ? [
                words.filesGo(correction.attachments.length),
                ...(correction.ended === null ? [] : [words.filesFirst(correction.ended)]),
              ]
            : []),
        ].join('. ')}
        reasonRequired={asking === 'decline'}
        danger={asking === 'decline'}
        onCancel={() => setAsking(null)}
        onConfirm={(answer) =>
          decide.mutateAsync({
            correctionId: correction.id,
            approve: asking === 'approve',
            answer: answer ?? '',
          })
        }
      />
    </div>
  );
}

/** Between what was and what is, where there is both. */
function between({ before, after }: Correction): string {
  return before === '' || after === '' ? '' : ' → ';
}
