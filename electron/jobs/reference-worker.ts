import { setTimeout as pause } from 'node:timers/promises';
import type { ImportReport } from '../../shared/contract/reference.ts';
import { AppError } from '../../shared/errors.ts';
import { readReference, type ReferenceSink } from '../importing/read-reference.ts';
import { sealedSource } from '../security/sealed-file.ts';
import { openConnection } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { ReferenceStaging } from '../store/reference-staging.ts';
import { ReferenceOrder, type ReferenceOutcome } from './reference-order.ts';
import { runWorker, type WorkerTools } from './run-worker.ts';

const nowhere: ReferenceSink = { household: () => {}, person: () => {} };

async function work(input: unknown, tools: WorkerTools): Promise<ReferenceOutcome> {
  const order = ReferenceOrder.parse(input);
  if (order.write === null)
    return { report: await read(order, tools, nowhere), fileHash: order.file.sha256, list: null };
  return store(order, order.write, tools);
}

function read(order: ReferenceOrder, tools: WorkerTools, sink: ReferenceSink): Promise<ImportReport> {
  return readReference(
    sealedSource(order.file),
    {
      source: order.source,
      areaCodes: order.areaCodes,
      mapping: order.mapping,
      kelurahan: order.kelurahan,
      areas: order.areas,
      today: order.today,
      signal: tools.signal,
      onProgress: (done, total) => tools.progress(done, total, 'Membaca berkas'),
    },
    sink,
  );
}

async function store(
  order: ReferenceOrder,
  write: NonNullable<ReferenceOrder['write']>,
  tools: WorkerTools,
): Promise<ReferenceOutcome> {
  const db = openConnection(write.register, { key: Buffer.from(write.registerKey) });
  try {
    const staging = new ReferenceStaging(db, write.listDate);
    const report = await read(order, tools, staging);
    if (report.persons === 0) throw new AppError('import_all_refused', { count: report.refusedCount });
    const { source, areaCodes, file } = order;
    const { listId: id, name, listDate, fileName, at, actor } = write;
    const list = {
      id,
      source,
      name,
      listDate,
      areaCodes,
      fileName,
      report,
      fileHash: file.sha256,
      importedAt: at,
      importedBy: actor.id,
    };
    const steps = staging.commitSteps(list, (version) => {
      appendEvent(db, {
        at,
        actor,
        type: 'impor_acuan',
        payload: {
          daftar: id,
          sumber: source,
          nama: name,
          tanggal: listDate,
          versi: version,
          berkas: fileName,
          sha256: file.sha256,
          rumahTangga: report.households,
          orang: report.persons,
          ditolak: report.refusedCount,
        },
      });
    });
    const version = await follow(steps, tools);
    return { report, fileHash: file.sha256, list: { id, name, version } };
  } finally {
    db.close();
  }
}

/** Between the steps this thread hears whether it shall stop, and the register is free for others. */
async function follow(steps: Generator<number, number>, tools: WorkerTools): Promise<number> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    tools.progress(step.value, 1, 'Menyimpan daftar');
    await pause(1);
    if (!tools.signal.aborted) continue;
    steps.return(0);
    throw new AppError('import_cancelled');
  }
}

await runWorker(work);
