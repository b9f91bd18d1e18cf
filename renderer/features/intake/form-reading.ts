import type { Draft, IntakeOptions } from '../../../shared/contract/intake.ts';
import { readDraft } from '../../../shared/domain/draft-check.ts';
import type { DraftFinding } from '../../../shared/domain/draft-finding.ts';
import type { DraftHousehold } from '../../../shared/domain/draft.ts';
import { words } from './words.ts';

/** What the office would say of the form as it stands, evidence included, in the order of the form. */
export function readForm(
  body: DraftHousehold,
  draft: Draft,
  options: IntakeOptions,
  today: string,
): DraftFinding[] {
  const { findings } = readDraft(body, {
    today,
    areaName: (code) => options.nikAreas[code] ?? null,
    passiveReasons: options.passiveReasons,
    resubmits: draft.correction?.state === 'DIKEMBALIKAN',
  });
  const files = draft.attachments.length + (draft.correction?.attachments.length ?? 0);
  const evidence: DraftFinding[] =
    body.mode === 'pasif' && files === 0
      ? [{ field: 'evidence', level: 'missing', message: words.evidenceMissing }]
      : [];
  return [...findings, ...evidence];
}

/** What stands in the way of registering, from the top of the form down. */
export function heldBy(findings: readonly DraftFinding[]): DraftFinding[] {
  return findings
    .filter((finding) => finding.level !== 'warning')
    .toSorted((left, right) => placeOf(left.field) - placeOf(right.field));
}

const order = ['address', 'phone', 'families', 'members', 'passive', 'evidence', 'consent', 'correctionNote'];

function placeOf(field: string): number {
  const [group = '', index = '0'] = field.split('.');
  return order.indexOf(group) * 100 + (Number(index) || 0);
}
