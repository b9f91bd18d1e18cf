import type { ClashItem, MendItem } from '../../shared/contract/attention.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import { fieldLabel } from '../../shared/provincial/field-label.ts';
import { formPathOf, indexedPath, isOfForm } from '../../shared/provincial/field-path.ts';
import { visitAnswerOf, visitFieldOf } from '../../shared/provincial/visit-field.ts';
import { findFinishedVisit, findSheet } from '../store/verification.ts';
import { getCase } from './case-steps.ts';
import { findInstrument, shelfOf } from './instruments.ts';
import type { Register } from './register.ts';

type Place = Pick<MendItem, 'fieldLabel' | 'target'>;

/** Where the field is mended that a rejection names, by place (`body.members.0.nik`). */
export function placeOfRejection(register: Register, caseId: string, field: string | null): Place {
  return placeOf(register, caseId, field);
}

/** As {@link placeOfRejection}, of a task, which names it by identity and may mean the case as a whole. */
export function placeOfTask(register: Register, caseId: string, field: string | null): Place {
  return field === null
    ? { fieldLabel: null, target: { to: 'formulir', field: null } }
    : placeOf(register, caseId, indexedPath(field, getCase(register, caseId).household));
}

/** A field of a record in words, a question of the visit as the questionnaire has it; null where it is none that a person typed. */
export function labelOfField(register: Register, caseId: string, field: string | null): string | null {
  return placeOf(register, caseId, field).fieldLabel;
}

function placeOf(register: Register, caseId: string, field: string | null): Place {
  return (
    placeInVisit(register, caseId, field) ?? {
      fieldLabel: fieldLabel(field),
      target: isOfForm(field) ? { to: 'formulir', field: formPathOf(field) } : { to: 'berkas' },
    }
  );
}

/** A field by identity on which both sides differ, as far as it is one of the visit; null where it is none. */
export interface VisitClash {
  label: string;
  place: ClashItem['fields'][number]['visit'];
  /** What one side says, in words; null where that is no answer to a question. */
  say: (value: unknown) => string | null;
}

/** As {@link placeOfRejection}, of a field on which both sides differ, with the words for what each says. */
export function visitOfClash(register: Register, caseId: string, path: string): VisitClash | null {
  const ground = visitGround(register, caseId, path);
  const found = ground && visitFieldOf(path, ground.instrument, getCase(register, caseId).household);
  return (
    found && {
      label: found.label,
      place: { code: ground.code, field: found.path },
      say: (value) => visitAnswerOf(path, value, ground.instrument),
    }
  );
}

/** Null where it is no field of the visit, or the case has no visit whose questions are known here. */
function placeInVisit(register: Register, caseId: string, field: string | null): Place | null {
  const ground = visitGround(register, caseId, field);
  const found = ground && visitFieldOf(field, ground.instrument, getCase(register, caseId).household);
  return (
    found && { fieldLabel: found.label, target: { to: 'kunjungan', code: ground.code, field: found.path } }
  );
}

function visitGround(
  register: Register,
  caseId: string,
  field: string | null,
): { code: string; instrument: Instrument } | null {
  if (field?.replace(/^body\./, '').startsWith('visit') !== true) return null;
  const visit = findFinishedVisit(register.db, caseId);
  const sheet = visit === null ? null : findSheet(register.db, visit.sheetId);
  if (sheet === null) return null;
  const instrument = findInstrument(shelfOf(register), sheet.instrument, sheet.instrumentVersion);
  return instrument && { code: sheet.code, instrument };
}
