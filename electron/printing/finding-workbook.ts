import ExcelJS from 'exceljs';
import type { FindingRow } from '../../shared/contract/finding.ts';
import { findingOutcomeLabel, findingRules } from '../../shared/domain/finding.ts';

export interface FindingSheet {
  title: string;
  /** ISO instant of the export. */
  at: string;
  purpose: string;
  recipient: string;
}

const columns = [
  ['Nomor berkas', 24],
  ['RW', 6],
  ['RT', 6],
  ['Kepala keluarga', 24],
  ['Nama', 24],
  ['NIK', 20],
  ['Temuan', 30],
  ['Menurut', 16],
  ['Di berkas', 26],
  ['Di daftar', 30],
  ['Keterangan', 26],
  ['Tindak lanjut', 60],
  ['Umur (hari)', 11],
  ['Hasil', 28],
  ['Catatan', 30],
  ['Diselesaikan oleh', 20],
] as const;

/** Findings as a workbook; every cell is text, so that no spreadsheet makes a number of a NIK. */
export async function findingWorkbook(
  rows: readonly (FindingRow & { nik: string | null })[],
  sheet: FindingSheet,
): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'Mutakhir';
  workbook.created = new Date(sheet.at);
  const table = workbook.addWorksheet('Temuan', { views: [{ state: 'frozen', ySplit: 1 }] });
  table.columns = columns.map(([header, width]) => ({ header, width, style: { numFmt: '@' } }));
  table.getRow(1).font = { bold: true };
  for (const row of rows) table.addRow(cellsOf(row));
  table.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
  const about = workbook.addWorksheet('Keterangan');
  about.columns = [{ width: 22 }, { width: 80 }];
  about.addRows([
    ['Isi', sheet.title],
    ['Dibuat', sheet.at],
    ['Untuk', sheet.purpose],
    ['Penerima', sheet.recipient],
    ['Baris', String(rows.length)],
    ['Perhatian', 'Memuat data pribadi. Dipakai hanya untuk tujuan di atas, lalu dihapus.'],
  ]);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function cellsOf(row: FindingRow & { nik: string | null }): string[] {
  const rule = findingRules[row.kind];
  return [
    row.caseNumber,
    String(row.rw).padStart(3, '0'),
    String(row.rt).padStart(3, '0'),
    row.headName,
    row.subject,
    row.nik ?? '',
    rule.label,
    row.source,
    row.reported ?? '',
    row.listed ?? '',
    row.note ?? '',
    rule.remedy,
    String(row.days),
    row.outcome === null ? 'Belum selesai' : findingOutcomeLabel[row.outcome],
    row.outcomeNote ?? '',
    row.resolvedByName ?? '',
  ];
}
