import type { ErrorCode } from '../../shared/errors.ts';

/**
 * What the window's process and the office's process say to each other. Bodies travel in pieces and
 * only when the receiver asks for the next one (`pull`), so a large list never piles up in between.
 * `id` is the number of the request, counted by the window.
 */
export type ToOffice =
  | { kind: 'start'; dataFolder: string; training: boolean }
  | {
      kind: 'request';
      id: number;
      url: string;
      method: string;
      headers: [string, string][];
      hasBody: boolean;
    }
  | { kind: 'piece'; id: number; bytes: Uint8Array | null }
  | { kind: 'pull'; id: number }
  | { kind: 'abort'; id: number }
  | { kind: 'close' };

export type FromOffice =
  | { kind: 'ready' }
  /** The office could not start: somebody else has the folder, or the register is too new … */
  | { kind: 'refused'; code: ErrorCode; details: Record<string, string | number> }
  | { kind: 'response'; id: number; status: number; headers: [string, string][]; hasBody: boolean }
  | { kind: 'piece'; id: number; bytes: Uint8Array | null }
  | { kind: 'pull'; id: number }
  | { kind: 'failed'; id: number; message: string }
  | { kind: 'closed' };

/** One end of the line, whatever carries it: a utility process, a worker, a child process. */
export interface OfficePort<Sent, Received> {
  send(message: Sent): void;
  listen(receive: (message: Received) => void): void;
}
