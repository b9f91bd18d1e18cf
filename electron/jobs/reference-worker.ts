import { AppError } from '../../shared/errors.ts';
import type { ReferenceSink } from '../importing/read-reference.ts';
import { openConnection } from '../store/connection.ts';
import { GatheredList, personsAtOnceInWorker } from '../store/gathered-list.ts';
import { appendEvent } from '../store/journal.ts';
import { ReferenceStaging } from '../store/reference-staging.ts';
import { ReferenceOrder, type ReferenceOutcome } from './reference-order.ts';
import { follow, readList } from './list-work.ts';
import { runWorker, type WorkerTools } from './run-worker.ts';

const nowhere: ReferenceSink = { household: () => {}, person: () => {} };

async function work(input: unknown, tools: WorkerTools): Promise<ReferenceOutcome> {
  const order = ReferenceOrder.parse(input);
  if (order.write === null)
    return { report: await readList(order, tools, nowhere), fileHash: order.file.sha256, list: null };
  return store(order, order.write, tools);
}

async function store(
  order: ReferenceOrder,
  write: NonNullable<ReferenceOrder['write']>,
  tools: WorkerTools,
): Promise<ReferenceOutcome> {
  const { source, areaCodes, file } = order;
  const { listId: id, name, listDate, fileName, at, actor } = write;
  const db = openConnection(write.register, { key: Buffer.from(write.registerKey) });
  const staging = new ReferenceStaging(db, {
    id,
    source,
    name,
    listDate,
    areaCodes,
    fileName,
    fileHash: file.sha256,
    importedAt: at,
    importedBy: actor.id,
  });
  try {
    const gathered = new GatheredList(listDate, (rows) => staging.write(rows), personsAtOnceInWorker);
    const report = await readList(order, tools, gathered);
    if (report.persons === 0) throw new AppError('import_all_refused', { count: report.refusedCount });
    const steps = staging.commitSteps(gathered.finish(), report, (version) => {
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
    const version = await follow(steps, tools, 'Menyimpan daftar');
    return { report, fileHash: file.sha256, list: { id, name, version } };
  } finally {
    staging.drop();
    db.close();
  }
}

await runWorker(work);
