import { z } from 'zod';
import { needsNumbers } from '../../electron/services/province-numbers.ts';
import type { WritableDb } from '../../electron/store/connection.ts';
import { readDownMark } from '../../electron/store/down.ts';
import { findLinkRecord } from '../../electron/store/office-link.ts';
import { waitingOutboxStates } from '../../shared/domain/outbox.ts';

const Open = z.array(z.object({ what: z.string(), times: z.number() }));

/**
 * What of an office's exchange has not come to its end; null where all has.
 *
 * @param lastIssued cursor of the last item that the province issued
 * @param newestKey `x` of its newest key
 */
export function findUnfinished(db: WritableDb, lastIssued: number, newestKey: string): string | null {
  const link = findLinkRecord(db);
  if ((link?.vouchedKeys.at(-1) ?? link?.serverKey)?.x !== newestKey)
    return 'the office does not know the newest key of the province';
  if (needsNumbers({ db })) return 'the office was lent no numbers';
  if (readDownMark(db).cursor < lastIssued) return 'the office did not read what the province issued';
  const open = Open.parse(
    db
      .prepare(
        `SELECT what, count(*) AS times FROM (
             SELECT state AS what FROM outbox WHERE state IN (SELECT value FROM json_each(?))
             UNION ALL SELECT state FROM case_file WHERE state = 'DITOLAK'
             UNION ALL SELECT 'undecided' FROM clash WHERE choice IS NULL
             UNION ALL SELECT 'files' FROM attachment_push WHERE state <> 'selesai'
             UNION ALL SELECT 'parts of lists' FROM down_item WHERE kind = 'reference.list' AND applied_at IS NULL)
           GROUP BY what ORDER BY what`,
      )
      .all(JSON.stringify(waitingOutboxStates)),
  );
  return open.length === 0 ? null : open.map(({ what, times }) => `${what} ${times}`).join(', ');
}
