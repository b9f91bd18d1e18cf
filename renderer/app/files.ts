import { printRunHeader } from '../../shared/contract/printing.ts';
import { describeError } from '../../shared/errors.ts';
import { ProblemError, readProblem } from './problem.ts';
import { authorisation } from './rpc.ts';
import type { SessionStore } from './session-store.ts';

export interface FetchedFile {
  blob: Blob;
  fileName: string;
  /** The press of the print key it was noted under; null for what is no paper of the office. */
  printRun: string | null;
}

/**
 * Prints a document of the office: `POST /files/document` with its kind and input. The PDF comes
 * with the token, is held in memory, and never has an address of its own.
 *
 * @throws ProblemError with the catalogue's words.
 */
export async function fetchDocument(
  session: SessionStore,
  kind: string,
  input: unknown,
): Promise<FetchedFile> {
  return fetchFile(session, '/files/document', JSON.stringify({ kind, input }), 'application/json');
}

/** Saves a file where the workstation keeps downloads; nothing of it stays in the program. */
export function saveFile({ blob, fileName }: FetchedFile): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // A window asks where it shall lie; until then it must be there.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Any POST that answers with bytes. Throws ProblemError; a session that ended covers the screen. */
export async function fetchFile(
  session: SessionStore,
  address: string,
  body: BodyInit,
  contentType: string | null,
): Promise<FetchedFile> {
  const response = await post(session, address, body, contentType);
  return {
    blob: await response.blob(),
    fileName: fileNameOf(response.headers.get('content-disposition')),
    printRun: response.headers.get(printRunHeader),
  };
}

/** Any POST of bytes that answers with JSON, e.g. an upload; `more` are further headers. */
export async function postFile(
  session: SessionStore,
  address: string,
  body: BodyInit,
  contentType: string | null,
  more: Record<string, string> = {},
): Promise<unknown> {
  const response = await post(session, address, body, contentType, more);
  return response.json();
}

async function post(
  session: SessionStore,
  address: string,
  body: BodyInit,
  contentType: string | null,
  more: Record<string, string> = {},
): Promise<Response> {
  const headers = {
    ...more,
    ...authorisation(session),
    ...(contentType === null ? {} : { 'content-type': contentType }),
  };
  let response: Response;
  try {
    response = await fetch(address, { method: 'POST', headers, body });
  } catch {
    throw new ProblemError({ ...describeError('office_unreachable'), fields: [] });
  }
  if (response.ok) return response;
  const problem = readProblem(await response.json().catch(() => null));
  if (problem.code === 'not_logged_in' || problem.code === 'register_locked') session.lock('expired');
  throw new ProblemError(problem);
}

function fileNameOf(disposition: string | null): string {
  return /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? 'mutakhir.pdf';
}
