import type { WritableDb } from '../../electron/store/connection.ts';

const plenty = 1_000_000_000;
/** Writes that a full disk refuses: all of weight, so that none of what is left fills the spare pages. */
const weighty = [
  'INSERT ON main.event',
  'UPDATE ON main.outbox',
  'INSERT ON main.down_item',
  'INSERT ON main.number_pool',
  'UPDATE ON main.attachment_push',
];
/** Pages that even a full disk has left. */
const sparePages = 256;
/** Bytes for which it has no room, whatever lies free in the file. */
const tooMuch = 1 << 28;

/**
 * A full disk takes no new pages. Whether a row needs one depends on its random id, and a run must
 * follow from its seed alone: so each write of weight asks for more than there is, and no other does.
 */
export function limitPages(db: WritableDb, full: boolean): void {
  db.exec('CREATE TABLE IF NOT EXISTS filler (bytes BLOB)');
  for (const [index, write] of weighty.entries())
    db.exec(
      full
        ? `CREATE TEMP TRIGGER IF NOT EXISTS fill_${index} BEFORE ${write} BEGIN INSERT INTO filler VALUES (zeroblob(${tooMuch})); END`
        : `DROP TRIGGER IF EXISTS temp.fill_${index}`,
    );
  const pages = Number(db.pragma('page_count', { simple: true }));
  db.pragma(`max_page_count = ${full ? pages + sparePages : plenty}`);
}

export function isDiskFull(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_FULL';
}
