import { describeError, type ErrorDetails, isErrorCode } from '../../shared/errors.ts';

/** What a reference or a code may be made of; no word that somebody typed. */
const plain = /^[\w.-]{1,60}$/;

/**
 * What whoever helps needs to know of a problem, to be read out or sent: its code, the reference under which the log
 * has it, and the version of the program. Nothing of what it is about, which may be a person's.
 */
export function problemBundle(
  { code, details }: { code: string; details: ErrorDetails },
  programVersion: string | null,
): string {
  const reference = String(details['reference'] ?? '');
  return [
    `Kode: ${code}`,
    ...(plain.test(reference) ? [`Rujukan: ${reference}`] : []),
    ...(isErrorCode(code) ? [`Arti: ${describeError(code).message}`] : []),
    ...(programVersion === null ? [] : [`Mutakhir ${programVersion}`]),
  ].join('\n');
}
