import { z } from 'zod';
import { type ReferenceProgress, UploadInfo } from '../../../shared/contract/reference.ts';
import { type AreaCodeSystem, ReferenceSource } from '../../../shared/domain/reference.ts';
import type { CodeChoice } from './words.ts';

/** What was chosen and which jobs run for it; kept while the screen is left. */
const Chosen = z.object({
  upload: UploadInfo.nullable(),
  source: ReferenceSource,
  codes: z.enum(['bps', 'kemendagri', 'tanpa']).nullable(),
  checkId: z.string().nullable(),
  importId: z.string().nullable(),
});
export type Chosen = z.infer<typeof Chosen>;

export const nothing: Chosen = {
  upload: null,
  source: 'BDT2015',
  codes: null,
  checkId: null,
  importId: null,
};

export type Phase =
  | { step: 'choose'; problem: { message: string; next: string } | null }
  | { step: 'work'; job: ReferenceProgress; saving: boolean }
  | { step: 'checked'; job: ReferenceProgress; problem: { message: string; next: string } | null }
  | { step: 'saved'; job: ReferenceProgress }
  | { step: 'loading' };

/** Where the import stands, told from its jobs. */
export function phaseOf(
  chosen: Chosen,
  check: ReferenceProgress | null,
  storing: ReferenceProgress | null,
): Phase {
  if (chosen.checkId === null) return { step: 'choose', problem: null };
  if (check === null) return { step: 'loading' };
  if (isRunning(check)) return { step: 'work', job: check, saving: false };
  if (check.report === null) return { step: 'choose', problem: check.problem };
  if (chosen.importId === null) return { step: 'checked', job: check, problem: null };
  if (storing === null) return { step: 'loading' };
  if (isRunning(storing)) return { step: 'work', job: storing, saving: true };
  if (storing.list === null) return { step: 'checked', job: check, problem: storing.problem };
  return { step: 'saved', job: storing };
}

export function systemOf(codes: CodeChoice | null): AreaCodeSystem | null {
  return codes === 'tanpa' ? null : codes;
}

export function isRunning(job: ReferenceProgress): boolean {
  return job.state === 'menunggu' || job.state === 'berjalan';
}

export function isChosen(kept: unknown): kept is Chosen {
  return Chosen.safeParse(kept).success;
}
