import { createContext, useContext } from 'react';
import type { IntakeOptions } from '../../../shared/contract/intake.ts';
import type { DraftFinding } from '../../../shared/domain/draft-finding.ts';
import type { DraftHousehold } from '../../../shared/domain/draft.ts';
import { isUnseen, readField } from './draft-edit.ts';

/** What every field of the form shares. */
export interface IntakeForm {
  draft: DraftHousehold;
  options: IntakeOptions;
  today: string;
  findings: readonly DraftFinding[];
  /** Somebody tried to register: what is missing is now shown. */
  attempted: boolean;
  /** Path of the field that has the focus. */
  focused: string | null;
  type: (path: string, text: string) => void;
  edit: (change: (draft: DraftHousehold) => DraftHousehold) => void;
}

export const IntakeFormContext = createContext<IntakeForm | null>(null);

export function useIntakeForm(): IntakeForm {
  const form = useContext(IntakeFormContext);
  if (form === null) throw new Error('A field of registration belongs inside its form.');
  return form;
}

export interface FieldView {
  value: string;
  error: string | null;
  warnings: DraftFinding[];
  unseen: boolean;
}

/**
 * What a field shows. While it is being typed in, an unfinished text is no mistake yet; what is
 * missing waits until somebody registers.
 */
export function useFieldView(path: string, isWhole: (text: string) => boolean = () => false): FieldView {
  const { draft, findings, attempted, focused } = useIntakeForm();
  const value = readField(draft, path);
  const own = findings.filter((finding) => finding.field === path);
  const settled = focused !== path || isWhole(value);
  const error = own.find(
    (finding) => (finding.level === 'error' && settled) || (finding.level === 'missing' && attempted),
  );
  const mayWarn = settled && (value !== '' || attempted);
  return {
    value,
    error: error?.message ?? null,
    warnings: error === undefined && mayWarn ? own.filter((finding) => finding.level === 'warning') : [],
    unseen: isUnseen(draft, path),
  };
}

/** Id of a field's input, by which findings lead to it. */
export function fieldId(path: string): string {
  return `isian-${path.replaceAll('.', '-')}`;
}

/** Reads the path back from an element inside the form. */
export function pathOf(element: EventTarget | null): string | null {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
    ? element.name || null
    : null;
}
