import { AppError } from '../../shared/errors.ts';
import { openConnection } from '../store/connection.ts';
import { appendImport } from '../store/import-event.ts';
import { type IncomingList, ReferenceStaging } from '../store/reference-staging.ts';
import { isNameTaken } from '../store/reference.ts';
import { follow, learnOrTell } from './list-work.ts';
import { readBeside } from './read-beside.ts';
import { ReferenceOrder, type ReferenceOutcome } from './reference-order.ts';
import { runWorker, type WorkerTools } from './run-worker.ts';

/** Stores a list while a thread of its own reads it. */
async function work(input: unknown, tools: WorkerTools): Promise<ReferenceOutcome> {
  const order = ReferenceOrder.parse(input);
  const { read, listId: id, name, at, actor } = order;
  const { source, areaCodes, file } = read;
  const list: IncomingList = {
    id,
    source,
    name,
    listDate: order.listDate,
    areaCodes,
    fileName: order.fileName,
    fileHash: file.sha256,
    importedAt: at,
    importedBy: actor.id,
  };
  const db = openConnection(order.register, { key: Buffer.from(order.registerKey) });
  const staging = new ReferenceStaging(db, list);
  try {
    const report = await readBeside({ ...read, listDate: order.listDate }, tools, (rows) =>
      staging.write(rows),
    );
    if (report.persons === 0) throw new AppError('import_all_refused', { count: report.refusedCount });
    const steps = staging.commitSteps(report, (version) => {
      // Two of one name that came in at once: the first stands, and the other would silence it.
      if (isNameTaken(db, list, id)) throw new AppError('import_name_taken', { name });
      appendImport(db, list, { actor, report, version });
    });
    const version = await follow(steps, tools, 'Menyimpan daftar');
    learnOrTell(db, { id, at }, tools);
    return { report, fileHash: file.sha256, list: { id, name, version } };
  } finally {
    staging.drop();
    db.close();
  }
}

await runWorker(work);
