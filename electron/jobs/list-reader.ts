import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';
import { sealedSource } from '../security/sealed-file.ts';
import { GatheredList, personsAtOnceInWorker } from '../store/gathered-list.ts';
import { Pace } from './pace.ts';
import { BesideOrder, type FromReader, type Reading, ToReader } from './read-beside.ts';
import { readList } from './read-list.ts';

/** Parts of a list that may wait to be written. */
const mostAhead = 3;

/** The body of the thread that reads a list; `readBeside` starts it and writes what it hands over. */
async function read(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('This file runs beside the one that writes only.');
  const order = BesideOrder.parse(workerData);
  const stop = new AbortController();
  const pace = new Pace(mostAhead, stop.signal);
  port.on('message', (raw: unknown) => {
    const { kind } = ToReader.parse(raw);
    if (kind === 'cancel') stop.abort();
    else pace.written();
  });
  const send = (message: FromReader, moved: ArrayBuffer[] = []): void => port.postMessage(message, moved);
  const gathered = new GatheredList(
    order.listDate,
    (rows) => {
      pace.handedOver();
      send({ kind: 'rows', rows });
    },
    personsAtOnceInWorker,
  );
  try {
    const tools = {
      signal: stop.signal,
      progress: (done: number, total: number, message: string) =>
        send({ kind: 'progress', done, total, message }),
    };
    const report = await readList(order.read, tools, gathered, pace.keptBy(sealedSource(order.read.file)));
    const keys = gathered.finish();
    send({ kind: 'done', result: { report, keys } satisfies Reading }, [
      keys.pairs.buffer,
      keys.briefs.buffer,
    ]);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    send({ kind: 'failed', code: error.code, details: error.details });
  } finally {
    port.close();
  }
}

await read();
