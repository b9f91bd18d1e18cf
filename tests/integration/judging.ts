import type { CaseProposal, PairVerdict } from '../../shared/contract/identification.ts';
import type { Client } from './office.ts';

/** All pairs that the program asks about, with this verdict. */
export function pairsOf(proposal: CaseProposal, verdict: PairVerdict['verdict'] = 'sama'): PairVerdict[] {
  return proposal.sources.flatMap((source) =>
    source.members.flatMap(({ memberId, askedId }) =>
      askedId === null
        ? []
        : [{ memberId, personId: askedId, verdict, reason: verdict === 'bukan' ? 'Orangnya lain' : null }],
    ),
  );
}

/** Decides as the program proposes, but for `more`. */
export function confirm(
  officer: Client,
  proposal: CaseProposal,
  more: Partial<Parameters<Client['identification']['decide']['mutate']>[0]> = {},
) {
  return officer.identification.decide.mutate({
    caseId: proposal.caseId,
    version: proposal.version,
    pairs: pairsOf(proposal),
    result: proposal.proposed.result,
    overrideReason: null,
    ...more,
  });
}

/** Links that confirming what is proposed makes, and how many of them are wrong on average, by what the screen shows of each. */
export async function likelyLinks(
  officer: Client,
  caseId: string,
): Promise<{ links: number; wrong: number }> {
  const { sources } = await officer.identification.proposal.query({ caseId });
  const likely = sources.flatMap(({ members }) =>
    members.flatMap(({ proposes, askedId, candidates }) =>
      proposes ? candidates.filter(({ personId }) => personId === askedId) : [],
    ),
  );
  return {
    links: likely.length,
    wrong: likely.reduce((sum, { probability }) => sum + 1 - probability, 0),
  };
}
