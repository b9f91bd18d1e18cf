import { AppError } from '../../shared/errors.ts';
import { learnOrTell } from '../jobs/list-work.ts';
import { runWorker, type WorkerTools } from '../jobs/run-worker.ts';
import { openConnection, readThenWrite } from '../store/connection.ts';
import { listCurrentLists } from '../store/identification.ts';
import { NameShares } from '../store/matching.ts';
import { shelfOfWorker } from '../store/read-ahead.ts';
import { heedRankWorld, listFailed, listUnranked } from '../store/review-rank.ts';
import { askedLists, rankCase, rankingStamp } from './identification-queue.ts';
import { InstrumentFiles } from './instrument-files.ts';
import { demandKeys } from './key-renewal.ts';
import { MatchOrder } from './match-all.ts';

/** Cases written in one transaction: a power cut costs no more, and the register is free in between. */
const atOnce = 10;

async function work(input: unknown, tools: WorkerTools): Promise<null> {
  const order = MatchOrder.parse(input);
  const db = openConnection(order.register, { key: Buffer.from(order.registerKey) });
  try {
    const instruments = new InstrumentFiles(order.resourcesDir);
    const register = { db, instruments, names: new NameShares(), renewal: null };
    const lists = listCurrentLists(db);
    demandKeys(register, askedLists(lists));
    // Many cases ask for the same pages: where few are kept, each is read and decrypted again and again.
    const persons = lists.reduce((sum, list) => sum + list.persons, 0);
    register.names.pages.room = shelfOfWorker(persons);
    for (const { id } of lists) learnOrTell(db, { id, at: order.at }, tools);
    const stamp = rankingStamp(db, lists);
    heedRankWorld(db, stamp);
    // What could not be compared the last time is tried again: the program may be a newer one.
    const left = [...listUnranked(db), ...listFailed(db, stamp).map(({ caseId }) => caseId)];
    for (let from = 0; from < left.length; from += atOnce) {
      const some = left.slice(from, from + atOnce);
      // A decision made while it compares would otherwise be overwritten by a rank that knows nothing of it.
      readThenWrite(db, () => {
        for (const caseId of some) rankCase(register, caseId, stamp, tools.report);
      });
      tools.progress(from + some.length, left.length, 'Memadankan berkas dengan daftar acuan');
      await tools.turn();
      if (tools.signal.aborted) throw new AppError('match_stopped');
    }
    return null;
  } finally {
    db.close();
  }
}

await runWorker(work);
