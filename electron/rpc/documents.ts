import { z } from 'zod';
import { Reprint } from '../../shared/contract/documents.ts';
import { PrintCoverLetter, PrintMuskel, PrintPrelist } from '../../shared/contract/muskel.ts';
import { PeriodRef } from '../../shared/contract/period.ts';
import { PrintFindings } from '../../shared/contract/finding.ts';
import { PrintRecap } from '../../shared/contract/recap.ts';
import { PrintSpotChecks } from '../../shared/contract/spot-check.ts';
import { PrintSuratTugas } from '../../shared/contract/team.ts';
import { PrintCover } from '../../shared/contract/ledger.ts';
import { PrintSheets } from '../../shared/contract/verification.ts';
import type { Permission } from '../../shared/domain/access.ts';
import { printFindingsOf } from '../services/finding-papers.ts';
import { reprintDocument } from '../services/documents.ts';
import { printProfileOf, printReceiptOf, printRegistrationOf } from '../services/intake-receipt.ts';
import {
  printAttendanceOf,
  printCoverOf,
  printMinutesOf,
  printMuskelRecapOf,
  printPrelistOf,
  printSptjmOf,
} from '../services/muskel-papers.ts';
import { printRulerPageOf } from '../services/printer.ts';
import { printRecapOf } from '../services/recap.ts';
import { printRecapSetOf } from '../services/recap-set.ts';
import { printRecoverySheetOf } from '../services/recovery-sheet.ts';
import type { Register, ServiceActor } from '../services/register.ts';
import { printSpotChecksOf } from '../services/spot-check-papers.ts';
import { printSuratTugasOf } from '../services/team-letter.ts';
import { printCoverOfStack } from '../services/cover-list.ts';
import { printSheets, takePrinted } from '../services/verification-print.ts';

export interface RenderedDocument {
  pdf: Uint8Array;
  fileName: string;
  /** It is already as its printer needs it. */
  fitted?: true;
}

/** A paper the office can print: who may, what it needs to know, and the service that makes it. */
export interface PrintableDocument {
  permission: Permission;
  render(register: Register, actor: ServiceActor, input: unknown): Promise<RenderedDocument>;
}

export function printable<Input>(
  permission: Permission,
  input: z.ZodType<Input>,
  render: (register: Register, actor: ServiceActor, input: Input) => Promise<RenderedDocument>,
): PrintableDocument {
  return { permission, render: (register, actor, raw) => render(register, actor, input.parse(raw)) };
}

const ofCase = z.object({ caseId: z.uuid() });

/** One line a document; `POST /files/document` with `{kind, input}` prints it. */
export const documents: Record<string, PrintableDocument> = {
  tanda_terima: printable('case:read', ofCase, (register, actor, input) =>
    printReceiptOf(register, actor, input.caseId),
  ),
  formulir_verifikasi: printable('verification:print', PrintSheets, printSheets),
  daftar_sampul: printable('verification:print', PrintCover, printCoverOfStack),
  formulir_selesai: printable(
    'verification:print',
    z.object({ jobId: z.uuid(), runId: z.string() }),
    (register, actor, input) => takePrinted(register, actor, input.jobId),
  ),
  rekapitulasi: printable('recap:read', PrintRecap, printRecapOf),
  formulir_pendaftaran: printable('case:read', ofCase, (register, actor, input) =>
    printRegistrationOf(register, actor, input.caseId),
  ),
  profil_keluarga: printable('case:read', ofCase, (register, actor, input) =>
    printProfileOf(register, actor, input.caseId),
  ),
  prelist: printable('muskel:write', PrintPrelist, printPrelistOf),
  daftar_hadir: printable('muskel:write', PrintMuskel, printAttendanceOf),
  berita_acara: printable('muskel:write', PrintMuskel, printMinutesOf),
  sptjm: printable('muskel:write', PrintMuskel, printSptjmOf),
  rekap_muskel: printable('muskel:write', PeriodRef, printMuskelRecapOf),
  surat_pengantar: printable('muskel:write', PrintCoverLetter, printCoverOf),
  set_rekap: printable('muskel:write', PeriodRef, printRecapSetOf),
  rekap_temuan: printable('finding:read', PrintFindings, printFindingsOf),
  kunjungan_ulang: printable('spotcheck:make', PrintSpotChecks, printSpotChecksOf),
  surat_tugas: printable('team:write', PrintSuratTugas, printSuratTugasOf),
  cetak_ulang: printable('document:read', Reprint, reprintDocument),
  halaman_uji: printable('settings:write', z.object({ printer: z.string() }), printRulerPageOf),
  lembar_pemulihan: printable('recovery:print', z.object({ code: z.string() }), (register, actor, input) =>
    printRecoverySheetOf(register, actor, input.code),
  ),
};
