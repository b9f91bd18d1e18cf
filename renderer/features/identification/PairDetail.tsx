import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { MatchCandidate, PairEvidence } from '../../../shared/contract/identification.ts';
import { displayProbability } from '../../../shared/domain/match.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { useTRPC } from '../../app/rpc.ts';
import { AlertIcon } from '../../components/icons.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { FieldTable } from './FieldTable.tsx';
import classes from './IdentificationScreen.module.css';
import { chosenOther, type Pair, type Verdicts } from './verdicts.ts';
import { NotSameReason } from './NotSameReason.tsx';
import { Waterfall } from './Waterfall.tsx';
import { words } from './words.ts';

interface PairDetailProps {
  caseId: string;
  pair: Pair;
  verdicts: Verdicts;
  actions: { same: Action; notSame: Action; later: Action };
  onReason: (reason: string) => void;
  /** Enter in the reason: on to the next undecided pair. */
  onNext: () => void;
  /** "Bukan" without a reason was a slip. */
  onWithdraw: () => void;
  onChoose: (other: MatchCandidate) => void;
}

/** One member beside one person of a list: every field, the verdict, and why the program thinks so. */
export function PairDetail(props: PairDetailProps) {
  const { caseId, pair, verdicts, actions, onReason, onNext, onWithdraw, onChoose } = props;
  const { candidate } = pair;
  const other = chosenOther(verdicts, pair);
  const shown = other ?? candidate;
  const verdict = other === null ? verdicts.get(pair.key)?.verdict : 'sama';
  const fetched = useQuery(
    useTRPC().identification.evidence.queryOptions(
      { caseId, memberId: pair.memberId, personId: shown.personId },
      { enabled: shown.evidence === null, staleTime: 60_000 },
    ),
  );
  const evidence = shown.evidence ?? fetched.data ?? null;
  return (
    <>
      <Group justify="space-between" align="flex-end" mb="xs" wrap="nowrap">
        <div>
          <Text component="h2" fw={600}>
            {pair.memberName}
            <Text span c="dimmed" size="sm">
              {' '}
              {pair.relation}
            </Text>
          </Text>
          <Text size="sm">{evidence?.judgement.verdict}</Text>
        </div>
        <Group gap={4} wrap="nowrap" role="group" aria-label={words.verdictColumn}>
          <ActionButton
            action={actions.same}
            size="compact-sm"
            variant={verdict === 'sama' ? 'filled' : 'default'}
          />
          <ActionButton
            action={actions.notSame}
            size="compact-sm"
            variant={verdict === 'bukan' ? 'filled' : 'default'}
          />
          <ActionButton action={actions.later} size="compact-sm" variant="subtle" />
        </Group>
      </Group>
      {other === null && verdicts.get(pair.key)?.verdict === 'bukan' && (
        <NotSameReason
          reason={verdicts.get(pair.key)?.reason ?? ''}
          onReason={onReason}
          onNext={onNext}
          onWithdraw={onWithdraw}
        />
      )}
      {shown.linkedWith !== null && <Text size="sm">{words.linkedWith(shown.linkedWith)}</Text>}
      {evidence === null ? (
        <Waiting query={fetched} />
      ) : (
        <Evidence caseId={caseId} pair={pair} shown={shown} evidence={evidence} />
      )}
      {pair.others.length > 0 && (
        <details className={classes.others} open={other !== null}>
          <summary>
            {words.otherCandidates} ({pair.others.length})
          </summary>
          <ul>
            {pair.others.map((one) => (
              <li key={one.personId}>
                <span>
                  {one.name}{' '}
                  <Text span size="xs" c="dimmed">
                    {displayProbability(one.probability)}
                    {one.linkedWith !== null && ` · ${words.linkedWith(one.linkedWith)}`}
                    {one.notSame !== null && ` · ${words.refusedBefore}`}
                  </Text>
                </span>
                <Button
                  size="compact-sm"
                  variant={one === other ? 'filled' : 'default'}
                  onClick={() => onChoose(one)}
                >
                  {words.chooseThis}
                </Button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface EvidenceProps {
  caseId: string;
  pair: Pair;
  shown: MatchCandidate;
  evidence: PairEvidence;
}

/** What speaks for and against the one who is shown, the next best beside it. */
function Evidence({ caseId, pair, shown, evidence }: EvidenceProps) {
  const { doubts, whatIf } = evidence.judgement;
  const next = [pair.candidate, ...pair.others].find((one) => one !== shown);
  const rival = next === undefined || next.evidence === null ? null : { ...next, ...next.evidence };
  return (
    <>
      {doubts.length > 0 && (
        <ul className={classes.doubts} aria-label={words.doubtTitle}>
          {doubts.map((doubt) => (
            <li key={doubt}>
              <AlertIcon />
              {doubt}
            </li>
          ))}
        </ul>
      )}
      <FieldTable
        label={`${pair.memberName} – ${shown.name}`}
        groups={[
          { title: null, fields: evidence.fields, rival: rival?.fields ?? null },
          {
            title: words.householdFields,
            fields: evidence.householdFields,
            rival: rival?.householdFields ?? null,
          },
        ]}
        rivalName={rival?.name ?? null}
      />
      <WhatIf sentences={whatIf} />
      <Waterfall
        caseId={caseId}
        memberId={pair.memberId}
        shown={shown}
        rival={rival}
        modelOrigin={pair.modelOrigin}
      />
    </>
  );
}

/** What a look at a card, or one question to the family, would settle. */
function WhatIf({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <section className={classes.whatIf} aria-label={words.whatIf}>
      <Text component="h3" size="sm" fw={600}>
        {words.whatIf}
      </Text>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
