import type { FindingRow } from '../../../shared/contract/finding.ts';
import { may } from '../../../shared/domain/access.ts';
import { editableStates } from '../../../shared/domain/case-flow.ts';
import { type FindingAction, findingRules } from '../../../shared/domain/finding.ts';
import type { Role } from '../../../shared/domain/role.ts';

/**
 * What is offered to this role about a finding. What it may not do, or what can no longer be done to
 * the case, becomes opening the case: its screen says what is possible.
 */
export function remedyFor(
  { kind, caseState }: Pick<FindingRow, 'kind' | 'caseState'>,
  role: Role,
): FindingAction {
  const { action } = findingRules[kind];
  switch (action) {
    case 'perbaiki_berkas':
      return editableStates.includes(caseState) && may(role, 'intake:write') ? action : 'buka_berkas';
    case 'gabungkan':
      return may(role, 'identification:decide') ? action : 'buka_berkas';
    case 'buka_berkas':
    case 'pemadanan':
      return action;
  }
}
