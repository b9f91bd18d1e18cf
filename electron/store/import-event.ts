import type { ImportReport } from '../../shared/contract/reference.ts';
import type { WritableDb } from './connection.ts';
import { appendEvent, type NewEvent } from './journal.ts';
import type { IncomingList } from './reference-staging.ts';

/**
 * The journal's event of a list that came to stand; belongs into the transaction that makes it stand.
 *
 * @param more what is particular to how it came.
 */
export function appendImport(
  db: WritableDb,
  { id, source, name, listDate, fileName, fileHash, importedAt, replaces }: IncomingList,
  { actor, report, version }: { actor: NewEvent['actor']; report: ImportReport; version: number },
  more: NewEvent['payload'] = {},
): void {
  appendEvent(db, {
    at: importedAt,
    actor,
    type: 'impor_acuan',
    payload: {
      daftar: id,
      sumber: source,
      nama: name,
      tanggal: listDate,
      versi: version,
      berkas: fileName,
      sha256: fileHash,
      rumahTangga: report.households,
      orang: report.persons,
      ditolak: report.refusedCount,
      ...(report.readBy && { dibacaMenurut: report.readBy }),
      ...(replaces !== undefined && { menggantikanDaftarLain: true }),
      ...more,
    },
  });
}
