import { Alert, Text } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { CaseProposal } from '../../../shared/contract/identification.ts';
import { referenceSourceLabel } from '../../../shared/domain/reference.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { CaseLink } from '../../components/CaseLink.tsx';
import { AlertIcon } from '../../components/icons.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { identificationCaseActions } from './actions.ts';
import classes from './IdentificationScreen.module.css';
import { PairDetail } from './PairDetail.tsx';
import { PairList } from './PairList.tsx';
import { Refused } from './Refused.tsx';
import { ResultMark } from './ResultMark.tsx';
import { ResultPanel } from './ResultPanel.tsx';
import { SourceFacts } from './SourceFacts.tsx';
import {
  choose,
  giveReason,
  givenOf,
  goOn,
  goTo,
  type Judging,
  nothingSaid,
  openJudging,
  saidBefore,
  saidOf,
  say,
  settledOf,
  undo,
  Unrecorded,
  withdraw,
} from './judging.ts';
import { countUndecided, type Pair, pairsOf, withoutReason, withProposals } from './verdicts.ts';
import { words } from './words.ts';

/** One case beside what the reference lists know: who is whom, and what follows from it. */
export function IdentificationCase() {
  const { caseId } = useParams({ from: '/identification/$caseId' });
  const trpc = useTRPC();
  const proposal = useQuery(
    trpc.identification.proposal.queryOptions({ caseId }, { staleTime: 60_000, refetchOnWindowFocus: false }),
  );
  if (proposal.data !== undefined) {
    const asked = pairsOf(proposal.data).map(({ key }) => key);
    return <Comparing key={[caseId, proposal.data.version, ...asked].join(' ')} proposal={proposal.data} />;
  }
  return (
    <section className={classes.detail}>
      <Waiting query={proposal} />
    </section>
  );
}

/** Milliseconds since the program was opened. */
const sinceOpened = () => performance.now();

function Comparing({ proposal, clock = sinceOpened }: { proposal: CaseProposal; clock?: () => number }) {
  const { caseId, version } = proposal;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const pairs = useMemo(() => pairsOf(proposal), [proposal]);
  const [unrecorded, keep, forget] = useKeptState(`identification.${caseId}`, nothingSaid, isUnrecorded);
  const { chosen, reason } = unrecorded;
  const [judging, setJudging] = useState(() => {
    const said = saidOf(unrecorded, proposal);
    return openJudging(pairs, said.given, clock(), saidBefore(said, version));
  });
  const { verdicts, judged, again, at } = judging;
  const [attempted, setAttempted] = useState(false);
  const current = pairs[at] ?? pairs[0];
  const said = [...verdicts.values()];

  const preview = useQuery(
    trpc.identification.preview.queryOptions(
      { caseId, pairs: withProposals(pairs, verdicts) },
      { placeholderData: keepPreviousData, staleTime: 60_000, gcTime: 60_000 },
    ),
  );
  const rule = preview.data ?? proposal.proposed;
  const result = chosen ?? rule.result;
  const undecided = countUndecided(pairs, settledOf(judging));
  const needsReason = result !== rule.result || proposal.sources.length === 0;
  const reasonMissing = needsReason && reason.trim() === '';

  function judge(next: Judging) {
    setJudging(next);
    keep({ ...unrecorded, version, given: givenOf(next, pairs), again: [...next.again] });
  }

  const record = useMutation(
    trpc.identification.decide.mutationOptions({
      // What was refused may be judged on a case or lists that have changed since: it is compared anew.
      onError: () => queries.invalidateQueries(trpc.identification.proposal.queryFilter({ caseId })),
      onSuccess: async (done) => {
        forget();
        tellDone(words.decided(proposal.headName, words.results[done.result]), words.undoHint);
        await navigate({ to: '/identification' });
        await Promise.all([
          queries.invalidateQueries(trpc.identification.pathFilter()),
          queries.invalidateQueries(trpc.cases.pathFilter()),
        ]);
      },
    }),
  );

  const same = {
    ...identificationCaseActions.same,
    when: () => current !== undefined,
    perform: () => current !== undefined && judge(say(judging, pairs, current, 'sama', clock())),
  };
  const notSame = {
    ...identificationCaseActions.notSame,
    when: () => current !== undefined,
    perform: () => current !== undefined && judge(say(judging, pairs, current, 'bukan', clock())),
  };
  const later = {
    ...identificationCaseActions.later,
    when: () => pairs.length > 1,
    perform: () => setJudging(goTo(judging, (at + 1) % pairs.length, clock())),
  };
  const finish = {
    ...identificationCaseActions.decide,
    when: () => undecided === 0 && !record.isPending && !preview.isPlaceholderData,
    perform: () => {
      setAttempted(true);
      const [unexplained] = withoutReason(pairs, verdicts);
      if (unexplained !== undefined) setJudging(goTo(judging, pairs.indexOf(unexplained), clock()));
      if (reasonMissing || unexplained !== undefined) return;
      record.mutate({
        caseId,
        version,
        pairs: said,
        result,
        overrideReason: needsReason ? reason.trim() : null,
      });
    },
  };
  const takeBack = {
    ...identificationCaseActions.undo,
    // While the decision is being written the key is about the whole of it (`UndoStroke`).
    when: () => judging.before !== null && !record.isPending,
    perform: () => judge(undo(judging, clock())),
  };
  const back = { ...identificationCaseActions.back, perform: () => void navigate({ to: '/identification' }) };
  useActions([same, notSame, later, takeBack, finish, back]);

  return (
    <section className={classes.case} aria-label={proposal.headName}>
      <div>
        <PageHeader
          title={proposal.headName}
          subtitle={
            <>
              <CaseLink caseId={caseId}>{proposal.number}</CaseLink> · {proposal.address}
            </>
          }
          aside={<ResultMark result={proposal.proposed.result} sure={proposal.sure} />}
        >
          {judging.before !== null && <ActionButton action={takeBack} variant="subtle" />}
          <ActionButton action={back} variant="default" />
        </PageHeader>
        <Doubts proposal={proposal} pairs={pairs} />
        {again.size > 0 && (
          <Text size="sm" mb="sm" role="status" className={classes.summary} data-doubtful>
            <AlertIcon />
            <span>{words.changedText}</span>
          </Text>
        )}
      </div>
      <div className={classes.body}>
        <div className={classes.pairs}>
          <PairList
            pairs={pairs}
            verdicts={verdicts}
            judged={judged}
            again={again}
            at={at}
            onGo={(to) => setJudging(goTo(judging, to, clock()))}
          />
          <Refused proposal={proposal} />
          <SourceFacts proposal={proposal} />
        </div>
        <div key={current?.key} className={classes.pair}>
          {current !== undefined && (
            <PairDetail
              caseId={caseId}
              pair={current}
              verdicts={verdicts}
              actions={{ same, notSame, later }}
              onReason={(why) => judge(giveReason(judging, current, why))}
              onNext={() => setJudging(goOn(judging, pairs, clock()))}
              onWithdraw={() => judge(withdraw(judging, pairs, current, clock()))}
              onChoose={(other) => judge(choose(judging, pairs, current, other, clock()))}
            />
          )}
        </div>
      </div>
      <ResultPanel
        rule={rule}
        result={result}
        onResult={(other) => keep({ ...unrecorded, chosen: other })}
        undecided={undecided}
        needsReason={needsReason}
        reason={reason}
        onReason={(why) => keep({ ...unrecorded, reason: why })}
        reasonError={attempted && reasonMissing}
        finish={finish}
        busy={record.isPending}
      />
    </section>
  );
}

const isUnrecorded = fits(Unrecorded);

/** In one line how much there is to look at; why, each pair says itself. */
function Doubts({ proposal, pairs }: { proposal: CaseProposal; pairs: readonly Pair[] }) {
  if (proposal.sources.length === 0) {
    return (
      <Alert color="orange" variant="light" icon={<AlertIcon />} title={words.noListsTitle} mb="sm">
        {words.noListsText}
      </Alert>
    );
  }
  const doubtful = pairs.filter((pair) => !pair.sure).length;
  const said = [
    ...(doubtful > 0 ? [words.doubtText(doubtful)] : []),
    ...proposal.sources
      .filter(({ overlooked }) => overlooked.length > 0)
      .map(({ overlooked, source }) => words.overlooked(overlooked.join(', '), referenceSourceLabel[source])),
    ...proposal.sources
      .filter(({ crowded }) => crowded.length > 0)
      .map(({ crowded, source }) => words.crowded(crowded.join(', '), referenceSourceLabel[source])),
  ];
  return (
    <Text size="sm" mb="sm" className={classes.summary} data-doubtful={said.length > 0 || undefined}>
      {said.length > 0 && <AlertIcon />}
      <span>{said.length === 0 ? words.sureText : said.join(' ')}</span>
    </Text>
  );
}
