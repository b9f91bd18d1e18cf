import { stepsFrom, type Edge } from '../../../shared/domain/case-flow.ts';
import { caseActionLabel } from '../../../shared/domain/case-words.ts';
import type { Case } from '../../../shared/domain/registration.ts';
import type { Role } from '../../../shared/domain/role.ts';

export interface StepOffer {
  edge: Edge;
  label: string;
  /** `primary` leads on, `other` also leads on, `away` goes back, refuses or closes. */
  rank: 'primary' | 'other' | 'away';
  danger: boolean;
  /** Nobody approves what they entered: the step is shown, and why it cannot be taken. */
  blocked: boolean;
}

const away = new Set(['tolak_pendaftaran', 'kembalikan_pendaftaran', 'tutup']);
const danger = new Set(['tolak_pendaftaran', 'tutup']);

/** The steps of a case for one role, in the order of the table of edges; the first that leads on is the primary one. */
export function offersFor(current: Pick<Case, 'state'>, role: Role, enteredByMe: boolean): StepOffer[] {
  let primaryTaken = false;
  return stepsFrom(current.state, role).map((edge) => {
    const leadsAway = edge.revokes !== undefined || away.has(edge.action);
    const rank = leadsAway ? 'away' : primaryTaken ? 'other' : 'primary';
    if (rank === 'primary') primaryTaken = true;
    return {
      edge,
      label: caseActionLabel[edge.action],
      rank,
      danger: danger.has(edge.action),
      blocked: edge.notByEnterer === true && enteredByMe,
    };
  });
}
