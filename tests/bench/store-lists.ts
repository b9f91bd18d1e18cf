import { v7 as uuid } from 'uuid';
import type { Register } from '../../electron/services/register.ts';
import { transaction } from '../../electron/store/connection.ts';
import { replaceFindings } from '../../electron/store/finding.ts';
import { insertOutbox } from '../../electron/store/sync.ts';
import { insertSheet } from '../../electron/store/verification.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { formatSheetCode } from '../../shared/domain/sheet-code.ts';
import type { Client } from '../integration/office.ts';

/** Every list that is loaded by pages, at its longest: how many rows it has, and what asks for a page. */
export const pagedLists: readonly {
  name: string;
  role: 'petugas_loket' | 'petugas_verifikasi' | 'lurah';
  /** The most that one page may hold. */
  limit: number;
  page: (client: Client, page: { offset: number; limit: number }) => Promise<{ total: number }>;
}[] = [
  list('all', 'petugas_loket', 200, (client, page) => client.cases.list.query({ filter: {}, ...page })),
  list('filtered', 'petugas_loket', 200, (client, page) =>
    client.cases.list.query({
      filter: { states: ['TERDAFTAR', 'DAFTAR_SASARAN'], mode: 'aktif' },
      ...page,
    }),
  ),
  list('inbox', 'lurah', 50, (client, page) =>
    client.approval.inbox
      .query({ kind: 'pendaftaran', ...page })
      .then(({ totals }) => ({ total: totals.pendaftaran })),
  ),
  list('without_nik', 'petugas_loket', 200, (client, page) => client.intake.withoutNik.query(page)),
  list('queue', 'petugas_verifikasi', 200, (client, page) => client.identification.queue.query(page)),
  list('work', 'petugas_verifikasi', 200, (client, page) =>
    client.verification.work.query({ stage: 'lapangan', ...page }),
  ),
  list('ledger', 'petugas_verifikasi', 200, (client, page) =>
    client.ledger.list.query({ state: null, ...page }),
  ),
  list('ledger_out', 'petugas_verifikasi', 200, (client, page) =>
    client.ledger.list.query({ state: 'keluar', ...page }),
  ),
  list('findings', 'petugas_verifikasi', 200, (client, page) =>
    client.finding.list.query({ filter: {}, ...page }),
  ),
  list('outbox', 'petugas_verifikasi', 200, (client, page) =>
    client.sync.list.query({ part: 'semua', ...page }),
  ),
  list('outbox_waiting', 'petugas_verifikasi', 200, (client, page) =>
    client.sync.list.query({ part: 'menunggu', ...page }),
  ),
  list('outbox_rejected', 'petugas_verifikasi', 200, (client, page) =>
    client.sync.list.query({ part: 'ditolak', ...page }),
  ),
];

function list(
  name: string,
  role: (typeof pagedLists)[number]['role'],
  limit: number,
  page: (typeof pagedLists)[number]['page'],
): (typeof pagedLists)[number] {
  return { name, role, limit, page };
}

/** A sheet, a record to be sent and, of every other case, a finding: what the lists of paper and exchange hold. */
export function fillLists(register: Register, cases: readonly Case[], officerId: string): void {
  const eventOf = register.db.prepare('SELECT id FROM event WHERE case_id = ? LIMIT 1').pluck();
  for (let from = 0; from < cases.length; from += 500)
    transaction(register.db, () => {
      for (const [index, one] of cases.slice(from, from + 500).entries()) {
        const at = new Date(Date.UTC(2026, 10, 10) + (from + index) * 1_000).toISOString();
        insertSheet(register.db, {
          id: uuid(),
          caseId: one.id,
          code: formatSheetCode({ serial: one.serial, print: 1 }),
          printNo: 1,
          caseVersion: 1,
          instrument: 'bdt-2015',
          instrumentVersion: '1',
          paper: 'F4',
          enumerator: `Petugas ${one.serial % 24}`,
          state: one.serial % 2 === 0 ? 'keluar' : 'dicetak',
          content: { household: one.household, recorded: { household: {}, families: {}, members: {} } },
          printedAt: at,
          printedBy: officerId,
        });
        insertOutbox(register.db, {
          id: uuid(),
          eventId: String(eventOf.get(one.id)),
          caseId: one.id,
          kind: 'keluarga',
          key: uuid(),
          parent: null,
          baseVersion: 0,
          version: 1,
          body: JSON.stringify(one.household),
          hash: '0'.repeat(64),
          createdAt: at,
        });
        const head = one.household.members[0];
        replaceFindings(
          register.db,
          one.id,
          one.serial % 2 === 0 || head === undefined
            ? []
            : [
                {
                  kind: 'nama_berbeda',
                  memberId: head.id,
                  otherCaseId: null,
                  source: 'DTSEN',
                  subject: head.name,
                  reported: head.name,
                  listed: `${head.name} Lain`,
                  note: null,
                },
              ],
          { at, newId: uuid },
        );
      }
    });
}
