import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';
import { sealedSource } from '../security/sealed-file.ts';
import { PartedList, personsAtOnceInWorker } from '../store/list-rows.ts';
import { KeysAhead } from '../store/listed-keys.ts';
import { Pace } from './pace.ts';
import { type FromReader, ToReader } from './read-beside.ts';
import { readList } from './read-list.ts';
import { ReadAheadOrder } from './reference-order.ts';

/** Parts of a list that may wait to be written. */
const mostAhead = 3;

/**
 * The body of the thread that reads a list; `readBeside` starts it and writes what it hands over. Where it is
 * quicker than who writes, it makes the keys of what it hands over instead of waiting.
 */
async function read(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('This file runs beside the one that writes only.');
  const { listDate, ...order } = ReadAheadOrder.parse(workerData);
  const stop = new AbortController();
  const pace = new Pace(mostAhead, stop.signal);
  port.on('message', (raw: unknown) => {
    const { kind } = ToReader.parse(raw);
    if (kind === 'cancel') stop.abort();
    else pace.written();
  });
  const send = (message: FromReader, moved: ArrayBuffer[] = []): void => port.postMessage(message, moved);
  const ahead = new KeysAhead(listDate);
  const parted = new PartedList((read) => {
    const rows = ahead.pass(read, pace.isAhead);
    pace.handedOver();
    send({ kind: 'rows', rows }, rows.keys ? [rows.keys.pairs.buffer, rows.keys.briefs.buffer] : []);
  }, personsAtOnceInWorker);
  try {
    const tools = {
      signal: stop.signal,
      progress: (done: number, total: number, message: string) =>
        send({ kind: 'progress', done, total, message }),
    };
    const report = await readList(order, tools, parted, pace.keptBy(sealedSource(order.file)));
    parted.finish();
    send({ kind: 'done', result: report });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    send({ kind: 'failed', code: error.code, details: error.details });
  } finally {
    port.close();
  }
}

await read();
