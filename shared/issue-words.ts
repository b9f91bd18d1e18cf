import { z } from 'zod';

/**
 * What zod says where a schema has no sentence of its own: in the user's words, not the parser's.
 * Called once by each side when it starts.
 */
export function configureIssueWords(): void {
  z.config({ customError: issueWords });
}

export function issueWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null || issue.input === '') return 'Wajib diisi.';
      return issue.expected === 'number' || issue.expected === 'int' ? 'Isi dengan angka.' : unclear;
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum));
    case 'invalid_value':
      return 'Pilih salah satu yang tersedia.';
    case 'invalid_format':
      return 'Bentuk isian ini belum benar.';
    default:
      return unclear;
  }
}

const unclear = 'Isian ini belum benar.';

function tooSmall(origin: string, minimum: number): string {
  if (origin === 'string') return minimum <= 1 ? 'Wajib diisi.' : `Sedikitnya ${minimum} huruf.`;
  if (origin === 'number' || origin === 'int') return `Paling kecil ${minimum}.`;
  return minimum <= 1 ? 'Isi sedikitnya satu.' : `Isi sedikitnya ${minimum}.`;
}

function tooBig(origin: string, maximum: number): string {
  if (origin === 'string') return `Paling panjang ${maximum} huruf.`;
  if (origin === 'number' || origin === 'int') return `Paling besar ${maximum}.`;
  return `Paling banyak ${maximum}.`;
}
