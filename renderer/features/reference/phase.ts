import { z } from 'zod';
import { isRunning } from '../../../shared/contract/jobs.ts';
import { type PreviewSheet, type ReferenceProgress, UploadInfo } from '../../../shared/contract/reference.ts';
import { ListMapping } from '../../../shared/domain/list-mapping.ts';
import { describeError } from '../../../shared/errors.ts';
import { type AreaCodeSystem, ReferenceSource } from '../../../shared/domain/reference.ts';
import type { CodeChoice } from './words.ts';

/** What was chosen and which jobs run for it; kept while the screen is left. */
const Chosen = z.object({
  upload: UploadInfo.nullable(),
  source: ReferenceSource,
  codes: z.enum(['bps', 'kemendagri', 'tanpa']).nullable(),
  /** Kelurahan of rows that name none. */
  kelurahan: z.string().nullable(),
  /** Whether the columns are mapped by hand, though the source has its own. */
  ownColumns: z.boolean(),
  mapping: ListMapping.nullable(),
  previewId: z.string().nullable(),
  checkId: z.string().nullable(),
  importId: z.string().nullable(),
  /** The job that lays the file beside a list that stands. */
  stageId: z.string().nullable(),
  /** The office was started anew meanwhile and knows the file no longer; said until another is chosen. */
  lost: z.boolean(),
});
export type Chosen = z.infer<typeof Chosen>;

export const nothing: Chosen = {
  upload: null,
  source: 'BDT2015',
  codes: null,
  kelurahan: null,
  ownColumns: false,
  mapping: null,
  previewId: null,
  checkId: null,
  importId: null,
  stageId: null,
  lost: false,
};

export type Phase =
  | { step: 'choose'; problem: { message: string; next: string } | null }
  | { step: 'map'; sheets: readonly PreviewSheet[]; problem: { message: string; next: string } | null }
  | { step: 'work'; job: ReferenceProgress; saving: boolean }
  | { step: 'checked'; job: ReferenceProgress; problem: { message: string; next: string } | null }
  | { step: 'saved'; job: ReferenceProgress }
  | { step: 'loading' };

/** Where the import stands, told from its jobs. */
export function phaseOf(
  chosen: Chosen,
  check: ReferenceProgress | null,
  storing: ReferenceProgress | null,
  preview: ReferenceProgress | null = null,
): Phase {
  if (chosen.checkId === null) return before(chosen, preview, null);
  if (check === null) return { step: 'loading' };
  if (isRunning(check)) return { step: 'work', job: check, saving: false };
  if (check.report === null) return before(chosen, preview, check.problem);
  if (chosen.importId === null) return { step: 'checked', job: check, problem: null };
  if (storing === null) return { step: 'loading' };
  if (isRunning(storing)) return { step: 'work', job: storing, saving: true };
  if (storing.list === null) return { step: 'checked', job: check, problem: storing.problem };
  return { step: 'saved', job: storing };
}

/** Before a check has ended well: the choice, or the columns. */
function before(
  chosen: Chosen,
  preview: ReferenceProgress | null,
  problem: { message: string; next: string } | null,
): Phase {
  if (chosen.previewId === null)
    return { step: 'choose', problem: chosen.lost ? describeError('import_lost') : problem };
  if (preview === null) return { step: 'loading' };
  if (isRunning(preview)) return { step: 'work', job: preview, saving: false };
  if (preview.sheets === null) return { step: 'choose', problem: preview.problem };
  return { step: 'map', sheets: preview.sheets, problem };
}

/** Whether what a list's columns mean must be said by hand. */
export function needsMapping({ source, ownColumns }: Pick<Chosen, 'source' | 'ownColumns'>): boolean {
  return ownColumns || source === 'CARIK' || source === 'LAIN';
}

export function systemOf(codes: CodeChoice | null): AreaCodeSystem | null {
  return codes === 'tanpa' ? null : codes;
}

export function isChosen(kept: unknown): kept is Chosen {
  return Chosen.safeParse(kept).success;
}
