import { AppError } from '../../shared/errors.ts';
import type { FromOffice, OfficePort, ToOffice } from './office-port.ts';
import { createRemoteOffice, type RemoteOffice } from './remote-office.ts';

/** A process that can hold an office: Electron's utility process, as far as it matters here. */
export interface OfficeProcess extends OfficePort<ToOffice, FromOffice> {
  onExit(ended: () => void): void;
  /** Ends the process at once; its office is closed, or never opened. */
  end(): void;
}

export interface OfficeKeeper {
  /** Starts the office. @throws AppError when it cannot open its folder, `office_stopped` when it died trying */
  start(): Promise<void>;
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

/**
 * Keeps an office running in a process of its own. When that process dies, what was under way fails
 * with `office_stopped`, and the next request starts a new one: whatever was committed is there,
 * and the user logs in again because sessions live in memory only.
 */
export function keepOffice(spawn: () => OfficeProcess, dataFolder: string, training: boolean): OfficeKeeper {
  let current: Promise<RemoteOffice> | null = null;
  let closing = false;

  function open(): Promise<RemoteOffice> {
    const { promise, resolve, reject } = Promise.withResolvers<RemoteOffice>();
    const process = spawn();
    const remote = createRemoteOffice(process);
    const forget = () => {
      if (current === promise) current = null;
    };
    process.listen((message) => {
      if (message.kind === 'ready') resolve(remote);
      if (message.kind === 'closed') process.end();
      if (message.kind !== 'refused') return;
      reject(new AppError(message.code, message.details));
      forget();
      process.end();
    });
    process.onExit(() => {
      forget();
      remote.gone();
      reject(new AppError('office_stopped'));
    });
    process.send({ kind: 'start', dataFolder, training });
    return promise;
  }

  function running(): Promise<RemoteOffice> {
    if (closing) return Promise.reject(new AppError('office_stopped'));
    current ??= open();
    return current;
  }

  return {
    async start() {
      await running();
    },
    async fetch(request) {
      const office = await running();
      return office.fetch(request);
    },
    async close() {
      closing = true;
      // An office that never came up has nothing to close.
      const office = await current?.catch(() => null);
      await office?.close();
    },
  };
}
