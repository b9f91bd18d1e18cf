import ExcelJS from 'exceljs';
import officeCrypto from 'officecrypto-tool';
import agile from 'officecrypto-tool/src/crypto/ecma376_agile.js';
import { vi } from 'vitest';
import { agileKeys } from '../../electron/exporting/agile-key.ts';
import type { ExportProgress, ExportSubject } from '../../shared/contract/exports.ts';
import type { Client, TestOffice } from './office.ts';
import { over } from './reference-office.ts';

export const exportReason = {
  purpose: 'Padan ulang triwulan',
  recipient: 'Dinas Sosial DKI',
  basis: 'BAST 12/2026',
  password: 'kuda laut makan bubur',
};

export async function makeExport(
  officer: Client,
  subject: ExportSubject,
): Promise<ExportProgress & { jobId: string }> {
  const { jobId } = await officer.exports.begin.mutate({ subject, ...exportReason });
  return { ...(await over({ jobId }, officer.exports.progress.query)), jobId };
}

export function fetchExport(t: TestOffice, jobId: string, token: string | null): Promise<Response> {
  return t.office.fetch(
    new Request('http://mutakhir.test/files/export', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ jobId }),
    }),
  );
}

/** The workbook of an export, opened with its password; its keys made as quickly as they were for locking it. */
export async function openExport(t: TestOffice, jobId: string, token: string): Promise<Buffer> {
  const locked = Buffer.from(await (await fetchExport(t, jobId, token)).arrayBuffer());
  const quick = vi.spyOn(agile, 'convertPasswordToKey').mockImplementation(agileKeys());
  try {
    return await officeCrypto.decrypt(locked, { password: exportReason.password });
  } finally {
    quick.mockRestore();
  }
}

/** The opened workbook of an exported subject. */
export async function exportedBook(
  t: TestOffice,
  officer: Client,
  token: string,
  subject: ExportSubject,
): Promise<Buffer> {
  const { jobId } = await makeExport(officer, subject);
  return openExport(t, jobId, token);
}

/** What a spreadsheet shows of a workbook's first sheet, row by row, the headers first. */
export async function rowsOf(bytes: Uint8Array): Promise<unknown[][]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Uint8Array.from(bytes).buffer);
  const rows: unknown[][] = [];
  book.worksheets[0]?.eachRow((row) =>
    rows.push(Array.isArray(row.values) ? Array.from(row.values.slice(1), (value) => value ?? null) : []),
  );
  return rows;
}

export async function exportedRows(...exported: Parameters<typeof exportedBook>): Promise<unknown[][]> {
  return rowsOf(await exportedBook(...exported));
}
