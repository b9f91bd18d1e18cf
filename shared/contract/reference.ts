import { z } from 'zod';
import { CodeList } from '../domain/code-list.ts';
import { IsoDate, IsoInstant } from '../domain/person.ts';
import { AreaCodeSystem, ReferenceSource } from '../domain/reference.ts';
import { HeaderRow, ListMapping, MappedColumn, MappedRole } from '../domain/list-mapping.ts';
import { KelurahanCode } from '../domain/wilayah.ts';
import { JobProgress } from './jobs.ts';

/** Why a row of a reference list was refused. A refused row is never stored, and never mended by guessing. */
export const RefusalReason = z.enum([
  'nik_damaged',
  'kk_damaged',
  'household_id_damaged',
  'household_id_missing',
  'name_missing',
  'row_shifted',
]);
export type RefusalReason = z.infer<typeof RefusalReason>;

export const refusalReasonLabel: Record<RefusalReason, string> = {
  nik_damaged: 'NIK rusak',
  kk_damaged: 'No KK rusak',
  household_id_damaged: 'ID rumah tangga rusak',
  household_id_missing: 'ID rumah tangga kosong',
  name_missing: 'Nama kosong',
  row_shifted: 'Kolom bergeser',
};

/** What the sender of a list does about it; completes what is wrong with the row. */
export const refusalRemedy: Record<RefusalReason, string> = {
  nik_damaged: 'Tulis NIK lengkap 16 angka menurut KTP atau KK.',
  kk_damaged: 'Tulis No KK lengkap 16 angka menurut KK.',
  household_id_damaged: 'Salin lagi ID rumah tangga dari sumbernya sebagai teks.',
  household_id_missing: 'Isi nomor yang mengenali keluarganya, sama di semua baris anggotanya.',
  name_missing: 'Isi nama lengkap menurut KTP atau KK.',
  row_shifted: 'Pindahkan isi baris asal ke kolomnya masing-masing.',
};

export const RefusedRow = z.object({
  /** Row number in the sheet, or line number in the CSV: where the sender finds it. */
  row: z.int().positive(),
  reason: RefusalReason,
  message: z.string(),
  columns: z.array(z.string()),
});
export type RefusedRow = z.infer<typeof RefusedRow>;

/** Something odd that did not stop rows from coming in; said once, with how often and where first. */
export const ImportWarning = z.object({
  code: z.string(),
  message: z.string(),
  count: z.int().positive(),
  rows: z.array(z.int().positive()),
});
export type ImportWarning = z.infer<typeof ImportWarning>;

/** Whether it is about a whole sheet that was not read: said before all else, since people are missing. */
export function isOfSheet({ code }: Pick<ImportWarning, 'code'>): boolean {
  return code.startsWith('sheet_');
}

/** An area as the list names and numbers it, and what it was taken for. */
export const DetectedArea = z.object({
  /** Codes as written, from province to kelurahan, joined: `3173050003`; null where the list has none. */
  code: z.string().nullable(),
  name: z.string(),
  /** Kemendagri code found by name, or null. */
  kelurahan: z.string().nullable(),
  /** Its official name. */
  kelurahanName: z.string().nullable(),
  households: z.int(),
});
export type DetectedArea = z.infer<typeof DetectedArea>;

/** What reading a list found: the dry run shows it, the snapshot keeps it. */
export const ImportReport = z.object({
  sheet: z.string().nullable(),
  rows: z.int(),
  households: z.int(),
  persons: z.int(),
  withoutNik: z.int(),
  refusedCount: z.int(),
  /** The first refused rows; `refusedCount` counts all of them. */
  refused: z.array(RefusedRow),
  warnings: z.array(ImportWarning),
  unknownColumns: z.array(z.string()),
  /** Columns of the profile that this file does not have (none of them required). */
  absentColumns: z.array(z.string()),
  detectedAreas: z.array(DetectedArea),
  /** Editions of the code lists and the questionnaire that it was read by; absent where an older program read it. */
  readBy: z.array(z.string()).optional(),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** Of a list that stands: whether its refused rows can leave; under an older program they were not kept. */
export const StoredReport = ImportReport.extend({ refusedKept: z.boolean() });
export type StoredReport = z.infer<typeof StoredReport>;

/** Of a list of which nothing is told yet. */
export const emptyReport: ImportReport = {
  sheet: null,
  rows: 0,
  households: 0,
  persons: 0,
  withoutNik: 0,
  refusedCount: 0,
  refused: [],
  warnings: [],
  unknownColumns: [],
  absentColumns: [],
  detectedAreas: [],
};

/** A reference list as it stands in the register: named, dated, versioned, never changed. */
export const ReferenceListInfo = z.object({
  id: z.uuid(),
  source: ReferenceSource,
  name: z.string(),
  /** The day whose facts it holds. */
  listDate: IsoDate,
  version: z.int().positive(),
  areaCodes: AreaCodeSystem.nullable(),
  fileName: z.string(),
  /** SHA-256 of the file. */
  fileHash: z.string(),
  households: z.int(),
  persons: z.int(),
  refusedCount: z.int(),
  /** Codes of the kelurahan that its file named; none where it named none that is known. */
  kelurahan: z.array(z.string()),
  importedAt: IsoInstant,
  importedByName: z.string(),
  /** Whether it counts today: the newest version of its name, which no other list replaces. */
  current: z.boolean(),
  /** When its import was undone; null where it stands. */
  withdrawnAt: IsoInstant.nullable(),
  /** The list whose accepted differences made this one. */
  basedOn: z.uuid().nullable(),
});
export type ReferenceListInfo = z.infer<typeof ReferenceListInfo>;

/** What one snapshot says of a family's official rank; a later one stands beside it, never over it. */
export const OfficialRank = z.object({
  householdId: z.string(),
  /** Head of that household in the list. */
  headName: z.string(),
  source: ReferenceSource,
  listName: z.string(),
  version: z.int().positive(),
  listDate: IsoDate,
  desil: z.int().nullable(),
  percentile: z.int().nullable(),
  /** Whether the list is searched today. */
  current: z.boolean(),
  /** The earlier snapshot that stated it, where this one left it blank. */
  statedBy: z.object({ listName: z.string(), version: z.int(), listDate: IsoDate }).nullable(),
});
export type OfficialRank = z.infer<typeof OfficialRank>;

export const UploadInfo = z.object({ uploadId: z.uuid(), name: z.string(), size: z.int() });
export type UploadInfo = z.infer<typeof UploadInfo>;

/** Largest list that is taken in, in bytes: a million persons of DTKS as CSV are 220 million. */
export const uploadLimit = 400 * 1024 * 1024;

export const CheckInput = z.object({
  uploadId: z.uuid(),
  source: ReferenceSource,
  /** How the list numbers its areas; null where the user has not said, or it has no codes. */
  areaCodes: AreaCodeSystem.nullable(),
  /** What the columns mean, where they are not the source's own. */
  mapping: ListMapping.nullable().default(null),
  /** Kelurahan of the rows that name none; null where nobody said so. */
  kelurahan: KelurahanCode.nullable().default(null),
});
export type CheckInput = z.infer<typeof CheckInput>;

export const NewReferenceList = CheckInput.extend({
  name: z.string().trim().min(1, 'Beri nama daftar ini.').max(80, 'Paling panjang 80 huruf.'),
  listDate: IsoDate,
});
export type NewReferenceList = z.infer<typeof NewReferenceList>;

/** A column of an unknown list, with what it may mean. */
export const PreviewColumn = z.object({
  header: z.string(),
  /** Place in the row of headers, from 0. */
  at: z.int().min(0),
  role: MappedRole,
  /** The first values below the header, as they stand. */
  samples: z.array(z.string()),
});
export type PreviewColumn = z.infer<typeof PreviewColumn>;

/** A sheet of a file as far as it was looked into. */
export const PreviewSheet = z.object({
  name: z.string().nullable(),
  headerRow: HeaderRow,
  columns: z.array(PreviewColumn),
});
export type PreviewSheet = z.infer<typeof PreviewSheet>;

/** What the office once said columns mean; its headers are recognised in later lists too. */
export const SavedMapping = z.object({
  id: z.uuid(),
  name: z.string(),
  source: ReferenceSource,
  columns: z.array(MappedColumn),
  savedAt: IsoInstant,
  savedByName: z.string(),
});
export type SavedMapping = z.infer<typeof SavedMapping>;

export const NewMapping = z.object({
  name: z.string().trim().min(1, 'Beri nama pemetaan ini.').max(80, 'Paling panjang 80 huruf.'),
  source: ReferenceSource,
  columns: ListMapping.shape.columns,
});
export type NewMapping = z.infer<typeof NewMapping>;

export const ReferenceProgress = JobProgress.extend({
  /** What was found, once it has ended well. */
  report: ImportReport.nullable(),
  /** The sheets, where the job was to look into an unknown file. */
  sheets: z.array(PreviewSheet).nullable(),
  /** The snapshot, once it is stored. */
  list: z.object({ id: z.uuid(), name: z.string(), version: z.int() }).nullable(),
  /** A snapshot that came from exactly this file before. */
  sameFile: z.object({ name: z.string(), version: z.int(), importedAt: IsoInstant }).nullable(),
});
export type ReferenceProgress = z.infer<typeof ReferenceProgress>;

const JobInput = z.object({ jobId: z.uuid() });

export const referenceContract = {
  lists: { output: z.array(ReferenceListInfo) },
  /** Which edition of which codes the program brings along, the questionnaires of the day among them. */
  codeLists: { output: z.array(CodeList) },
  /** Official ranks of a case's family, list by list. */
  ranks: { input: z.object({ caseId: z.uuid() }), output: z.array(OfficialRank) },
  report: { input: z.object({ listId: z.uuid() }), output: StoredReport },
  preview: {
    input: z.object({ uploadId: z.uuid(), headerRow: HeaderRow.nullable() }),
    output: JobInput,
  },
  mappings: { output: z.array(SavedMapping) },
  saveMapping: { input: NewMapping, output: SavedMapping },
  deleteMapping: { input: z.object({ id: z.uuid() }) },
  check: { input: CheckInput, output: JobInput },
  import: { input: NewReferenceList, output: JobInput },
  progress: { input: JobInput, output: ReferenceProgress },
  cancel: { input: JobInput },
  discard: { input: z.object({ uploadId: z.uuid() }) },
};
