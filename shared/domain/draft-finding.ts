import type { NikContext } from './nik.ts';

/**
 * `missing` waits quietly until somebody registers; `error` is red and holds its field; `warning`
 * is amber and lets pass.
 */
export type FindingLevel = 'missing' | 'error' | 'warning';

export interface DraftFinding {
  /** `address.rt`, `families.0.kk`, `members.2.nik`, `passive.proposer`, `correctionNote`. */
  field: string;
  level: FindingLevel;
  message: string;
  /** A mend of one key: put `value` into `field`. */
  mend?: { label: string; field: string; value: string };
}

export interface DraftContext extends Pick<NikContext, 'areaName'> {
  /** Today as ISO date. */
  today: string;
  /** Reasons of passive registration on offer; a reason outside the list is refused. */
  passiveReasons: readonly string[];
  /** The case under correction waits for the lurah again, who wants to know what was mended. */
  resubmits: boolean;
}

/** Notes a field that waits to be filled in. */
export function need(findings: DraftFinding[], field: string, value: string, message: string): void {
  if (value.trim() === '') findings.push({ field, level: 'missing', message });
}
