import { AppError } from '../shared/errors.ts';
import type { FromOffice, ToOffice } from './door/office-port.ts';
import { serveOffice } from './door/serve-office.ts';
import { logFailure, createLog } from './log.ts';
import { endOnUncaught, runOffice } from './run-office.ts';

/**
 * The office's own process behind the Electron window, so that no query freezes a window. Its first
 * message says which folder to open; requests follow, and at the end the order to close.
 */
const port = process.parentPort;

port.once('message', ({ data }) => {
  const message: ToOffice = data;
  if (message.kind === 'start') void start(message.dataFolder, message.training);
});

async function start(dataFolder: string, training: boolean): Promise<void> {
  const log = createLog();
  endOnUncaught(log);
  try {
    const office = await runOffice(dataFolder, training);
    serveOffice(office, {
      send,
      listen: (receive) =>
        port.on('message', ({ data }) => {
          const message: ToOffice = data;
          if (message.kind === 'close') void office.close().then(() => send({ kind: 'closed' }));
          else if (message.kind !== 'start') receive(message);
        }),
    });
    send({ kind: 'ready' });
  } catch (cause) {
    const error =
      cause instanceof AppError ? cause : new AppError('internal', { reference: logFailure(log, cause) });
    send({ kind: 'refused', code: error.code, details: error.details });
  }
}

function send(message: FromOffice): void {
  port.postMessage(message);
}
