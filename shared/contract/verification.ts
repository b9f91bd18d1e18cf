import { z } from 'zod';
import { FieldChange } from '../domain/household-diff.ts';
import { AttachmentInfo } from './attachments.ts';
import { CaseState } from '../domain/case-flow.ts';
import { Answers } from '../domain/answers.ts';
import { Instrument } from '../domain/instrument.ts';
import { Household } from '../domain/household.ts';
import { IsoDate, IsoInstant } from '../domain/person.ts';
import { VisitEdit } from '../domain/visit-amendment.ts';
import { VisitEntry } from '../domain/visit-entry.ts';
import { VisitResult } from '../domain/visit.ts';

export const PaperName = z.enum(['F4', 'A4']);

/** Where a form is on its way: to be printed, out with somebody, or entered. */
export const WorkStage = z.enum(['siap', 'lapangan', 'kembali']);
export type WorkStage = z.infer<typeof WorkStage>;

/** Where a sheet of paper is: printed, out with somebody, returned, typed in, its image kept; or replaced by a later print. */
export const SheetState = z.enum(['dicetak', 'keluar', 'kembali', 'dientri', 'dipindai', 'batal']);
export type SheetState = z.infer<typeof SheetState>;

/** A case as the work list of verification shows it, with its newest sheet. */
export const WorkItem = z.object({
  caseId: z.uuid(),
  number: z.string(),
  state: CaseState,
  headName: z.string(),
  street: z.string(),
  rt: z.int(),
  rw: z.int(),
  kelurahan: z.string(),
  members: z.int(),
  /** The member of the team to whom the family was given. */
  assignee: z.string().nullable(),
  sheet: z
    .object({ code: z.string(), printNo: z.int(), enumerator: z.string(), printedAt: IsoInstant })
    .nullable(),
  /** Started but not finished typing, and when it was last saved. */
  draftSavedAt: IsoInstant.nullable(),
  result: VisitResult.nullable(),
  visitedOn: IsoDate.nullable(),
});
export type WorkItem = z.infer<typeof WorkItem>;

/** A sheet with all that typing it in needs. */
export const OpenSheet = z.object({
  sheetId: z.string(),
  code: z.string(),
  printNo: z.int(),
  printedAt: IsoInstant,
  caseId: z.uuid(),
  number: z.string(),
  state: CaseState,
  headName: z.string(),
  street: z.string(),
  rt: z.int(),
  rw: z.int(),
  /** The visit can still be typed; otherwise it is shown as it was entered. */
  editable: z.boolean(),
  /** The case was legalised on this visit: answers are mended by a correction that the lurah decides on. */
  correctable: z.boolean(),
  /** What the family reported otherwise since the sheet was printed: the paper is stale where any. */
  changes: z.array(FieldChange),
  /** Where the paper itself is. */
  sheetState: SheetState,
  /** The office's list of reasons for a difference. */
  differenceReasons: z.array(z.string()),
  instrument: Instrument,
  /** The household as reported, before what this visit corrects of it. */
  household: Household,
  /** The household as it stands on the paper. */
  printed: Household,
  /** Names of kecamatan by the first six digits of a NIK. */
  nikAreas: z.record(z.string(), z.string()),
  /** What was printed on the sheet as on record. */
  recorded: z.object({
    household: Answers,
    /** By number of the family. */
    families: z.record(z.string(), Answers).default({}),
    members: z.record(z.string(), Answers),
  }),
  /** Photos and papers that are kept with the case already. */
  files: z.array(AttachmentInfo),
  entry: VisitEntry,
  /** 0 before the first saving. */
  version: z.int().min(0),
  savedAt: IsoInstant.nullable(),
  enteredByName: z.string().nullable(),
  /** What the person who opens it has typed over a legalised visit, and not put before the lurah yet. */
  amendment: z.array(VisitEdit),
});
export type OpenSheet = z.infer<typeof OpenSheet>;

/** As many forms are printed or handed out at once. */
export const mostSheets = 500;

/** A case as its number names it, where a visit found the same family in it. */
export const NumberedCase = z.object({
  caseId: z.uuid(),
  number: z.string(),
  headName: z.string(),
  street: z.string(),
  rt: z.int(),
  rw: z.int(),
});
export type NumberedCase = z.infer<typeof NumberedCase>;

/** Input of the document `formulir_verifikasi`: prints the forms and notes the print. */
export const PrintSheets = z.object({
  caseIds: z.array(z.uuid()).min(1).max(mostSheets),
  /** Who takes the forms out; null for the member that each family was given to. */
  enumerator: z.string().trim().min(1, 'Isi nama petugas lapangan.').max(120).nullable(),
  paper: PaperName,
  /** Id of the questionnaire, the office's own where left out; the version of the day is printed. */
  instrument: z.string().max(40).optional(),
});
export type PrintSheets = z.infer<typeof PrintSheets>;

const Versioned = z.object({ sheetId: z.string(), version: z.int().min(0) });

export const verificationContract = {
  /** In walking order. */
  work: {
    input: z.object({ stage: WorkStage, offset: z.int().min(0), limit: z.int().min(1).max(200) }),
    output: z.object({ total: z.int(), rows: z.array(WorkItem) }),
  },
  /** How many wait at each stage, who may go out (the team first, then who went lately), and the office's paper. */
  options: {
    output: z.object({
      counts: z.record(WorkStage, z.int()),
      enumerators: z.array(z.string()),
      paper: PaperName,
      /** Questionnaires there are, in the version of the day; the office's own first. */
      instruments: z.array(z.object({ id: z.string(), title: z.string(), version: z.string() })),
    }),
  },
  openSheet: { input: z.object({ code: z.string().max(40) }), output: OpenSheet },
  /** Notes the sheets and begins to draw them; `printing.progress` says how far it is. */
  startPrint: {
    input: PrintSheets,
    output: z.object({ jobId: z.uuid(), runId: z.string() }),
  },
  save: {
    input: Versioned.extend({ entry: VisitEntry }),
    output: z.object({ version: z.int(), savedAt: IsoInstant }),
  },
  /** The case of a number as typed; null where this office has none. */
  findCase: { input: z.object({ number: z.string().max(60) }), output: NumberedCase.nullable() },
  /** Keeps what the person types over the visit of a legalised case, until it is put before the lurah; no edits: nothing. */
  keepAmendment: {
    input: z.object({ sheetId: z.string(), edits: z.array(VisitEdit).max(5_000) }),
    output: z.object({ savedAt: IsoInstant }),
  },
  /** Puts before the lurah what was mended in the visit of a case that was legalised on it. */
  proposeCorrection: {
    input: Versioned.extend({
      entry: VisitEntry,
      reason: z.string().trim().min(1, 'Alasan wajib diisi. Tulis dengan singkat.').max(500),
    }),
    output: z.object({ id: z.string() }),
  },
  /** Finishes the visit; says which photos it did not bring, which holds up nothing. */
  finish: {
    input: Versioned,
    output: z.object({ state: CaseState, missingPhotos: z.array(z.string()) }),
  },
};
