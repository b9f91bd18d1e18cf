import { z } from 'zod';
import type { CaseAction, CaseState } from './case-flow.ts';

/** What the lurah may decide on a case that waits for them. */
export const Decision = z.enum(['setujui', 'kembalikan', 'tolak']);
export type Decision = z.infer<typeof Decision>;

/** What waits: a registration proposed by the office, or the result of a visit. */
export const ApprovalKind = z.enum(['pendaftaran', 'hasil']);
export type ApprovalKind = z.infer<typeof ApprovalKind>;

interface Waiting {
  kind: ApprovalKind;
  /** The steps each decision takes along the table of edges, in order, as one transaction. */
  steps: Partial<Record<Decision, readonly CaseAction[]>>;
}

/**
 * The states that stand in the lurah's inbox. A result that nobody has checked yet is checked and
 * legalised by one decision; both steps are recorded.
 */
export const waitingForLurah: Partial<Record<CaseState, Waiting>> = {
  MENUNGGU_LURAH: {
    kind: 'pendaftaran',
    steps: {
      setujui: ['setujui_pendaftaran'],
      kembalikan: ['kembalikan_pendaftaran'],
      tolak: ['tolak_pendaftaran'],
    },
  },
  DICACAH: {
    kind: 'hasil',
    steps: { setujui: ['setujui_pemeriksaan', 'sahkan'], kembalikan: ['kembalikan_ke_petugas'] },
  },
  DIPERIKSA: {
    kind: 'hasil',
    steps: { setujui: ['sahkan'], kembalikan: ['batalkan_pemeriksaan', 'kembalikan_ke_petugas'] },
  },
};

/** The steps of a decision out of a state, or null where it cannot be taken. */
export function stepsOfDecision(state: CaseState, decision: Decision): readonly CaseAction[] | null {
  return waitingForLurah[state]?.steps[decision] ?? null;
}

/** However small the share, so many of a batch are opened: one looks like chance, three like a habit. */
const leastSample = 3;

/** How many of a batch of `count` are drawn to be opened, at `share` per cent. */
export function sampleSize(count: number, share: number): number {
  return Math.min(count, Math.max(leastSample, Math.ceil((count * share) / 100)));
}

/** Approving needs no words; sending back and refusing do. */
export function needsReason(decision: Decision): boolean {
  return decision !== 'setujui';
}

/** The decision as its button says it: a checked result is legalised, an unchecked one both. */
export function decisionLabel(state: CaseState, decision: Decision): string {
  switch (decision) {
    case 'setujui':
      return state === 'DICACAH' ? 'Periksa & sahkan' : state === 'DIPERIKSA' ? 'Sahkan' : 'Setujui';
    case 'kembalikan':
      return 'Kembalikan';
    case 'tolak':
      return 'Tolak';
  }
}
