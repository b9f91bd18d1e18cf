import { z } from 'zod';
import { IsoInstant } from '../domain/person.ts';
import { mostSheets, SheetState } from './verification.ts';

/** A sheet of paper in the ledger: where it is, and since when. */
export const LedgerEntry = z.object({
  sheetId: z.string(),
  code: z.string(),
  printNo: z.int(),
  caseId: z.uuid(),
  number: z.string(),
  headName: z.string(),
  street: z.string(),
  rt: z.int(),
  rw: z.int(),
  enumerator: z.string(),
  state: SheetState,
  printedAt: IsoInstant,
  outAt: IsoInstant.nullable(),
  returnedAt: IsoInstant.nullable(),
  enteredAt: IsoInstant.nullable(),
  scannedAt: IsoInstant.nullable(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

export const sheetStateLabel: Record<SheetState, string> = {
  dicetak: 'Tercetak, di kantor',
  keluar: 'Di luar',
  kembali: 'Kembali, belum dientri',
  dientri: 'Dientri',
  dipindai: 'Dientri, gambar tersimpan',
  batal: 'Tidak berlaku',
};

export const ledgerContract = {
  /** Sheets in one state, or all: by officer, then as they were printed, which is in walking order. */
  list: {
    input: z.object({
      state: SheetState.nullable(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(200),
    }),
    output: z.object({ total: z.int(), rows: z.array(LedgerEntry) }),
  },
  counts: { output: z.record(SheetState, z.int()) },
  /** Sheets that go out, with whom. */
  handOut: {
    input: z.object({
      sheetIds: z.array(z.string()).min(1).max(mostSheets),
      enumerator: z.string().trim().min(1, 'Isi nama petugas lapangan.').max(120),
    }),
  },
  /** A sheet that came back, as scanned or typed. */
  takeBack: { input: z.object({ code: z.string().max(40) }), output: LedgerEntry },
};

/** Input of the document `daftar_sampul`. */
export const PrintCover = z.object({ sheetIds: z.array(z.string()).min(1).max(mostSheets) });
export type PrintCover = z.infer<typeof PrintCover>;

/** `POST /files/sheet-scan`: the image of a sheet that was typed in, as a form with `sheetId` and `file`. */
export const sheetScanPath = '/files/sheet-scan';
