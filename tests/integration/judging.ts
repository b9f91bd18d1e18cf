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
