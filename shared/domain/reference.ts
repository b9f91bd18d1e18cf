import { z } from 'zod';
import { IsoDate, Sex } from './person.ts';

/**
 * Kinds of reference list. `CARIK` and `LAIN` have no fixed columns: their layout is not published or
 * not known, so whoever imports them says what each column means.
 */
export const ReferenceSource = z.enum([
  'BDT2015',
  'DTKS',
  'SIKS',
  'DTSEN',
  'REGSOSEK',
  'PPKS',
  'CARIK',
  'DUKCAPIL',
  'LAIN',
]);
export type ReferenceSource = z.infer<typeof ReferenceSource>;

export const referenceSourceLabel: Record<ReferenceSource, string> = {
  BDT2015: 'BDT 2015',
  DTKS: 'DTKS',
  SIKS: 'SIKS-NG',
  DTSEN: 'DTSEN',
  REGSOSEK: 'Regsosek',
  PPKS: 'PPKS',
  CARIK: 'Carik Jakarta',
  DUKCAPIL: 'Padan Dukcapil',
  LAIN: 'Daftar lain',
};

/**
 * The generations of the national register (domain 0.1). Only who stands in one of them is "sudah
 * terdaftar"; the other lists say something about a person, and do not register them.
 */
export const registrySources: readonly ReferenceSource[] = ['BDT2015', 'DTKS', 'SIKS', 'DTSEN', 'REGSOSEK'];

export function isRegistry(source: ReferenceSource): boolean {
  return registrySources.includes(source);
}

/**
 * Lists that are each a list by itself, known by its name. Those of a register are parts of one list, or its
 * snapshots; a result of padan is the answer to what was asked, which stands until the same NIK is asked about again.
 */
const singleSources: readonly ReferenceSource[] = ['PPKS', 'CARIK', 'LAIN'];

export function isSingle(source: ReferenceSource): boolean {
  return singleSources.includes(source);
}

/**
 * Whether lists of one name follow each other as versions, so that the next is made by comparing alone, where a blank
 * cell erases nothing. Results of padan stand beside each other.
 */
export function isVersioned(source: ReferenceSource): boolean {
  return source !== 'DUKCAPIL';
}

/** What a list counts as one unit: one roof with its families, or one family card. */
export const referenceUnit: Record<ReferenceSource, 'rumah_tangga' | 'keluarga'> = {
  BDT2015: 'rumah_tangga',
  DTKS: 'keluarga',
  SIKS: 'rumah_tangga',
  DTSEN: 'keluarga',
  REGSOSEK: 'keluarga',
  PPKS: 'keluarga',
  CARIK: 'keluarga',
  DUKCAPIL: 'keluarga',
  LAIN: 'keluarga',
};

/** BPS and Kemendagri number the cities of DKI differently: 3173 is another city in each. */
export const AreaCodeSystem = z.enum(['bps', 'kemendagri']);
export type AreaCodeSystem = z.infer<typeof AreaCodeSystem>;

/** A household of a reference list, read-only once imported. */
export const ReferenceHousehold = z.object({
  /** Identity in its list: ID rumah tangga (BDT), No KK / id_dtks (DTKS), else that of its one person or of its row. */
  sourceId: z.string(),
  kk: z.string().nullable(),
  street: z.string().nullable(),
  rt: z.int().nullable(),
  rw: z.int().nullable(),
  /** Kemendagri code, found by name inside DKI; null where the list's area could not be told. */
  kelurahan: z.string().nullable(),
  kelurahanName: z.string().nullable(),
  /** Official rank as imported (BDT: percentile 1–40); never computed here, never overwritten. */
  percentile: z.int().min(0).max(100).nullable(),
  /** Official desil 1–10 as imported (DTSEN); never computed here, never overwritten. */
  desil: z.int().min(1).max(10).nullable(),
  /** The earlier snapshot that stated the rank, where this one left it blank and the earlier one was kept. */
  rankListId: z.uuid().optional(),
  /** Fields that the file emptied on purpose (`clearToken`); a blank cell says nothing. */
  cleared: z.array(z.string()).optional(),
  /** Answers under the instrument's field names and codes of the list (`lantai: "6"`). */
  answers: z.record(z.string(), z.string()),
});
export type ReferenceHousehold = z.infer<typeof ReferenceHousehold>;

export const ReferencePerson = z.object({
  sourceId: z.string().nullable(),
  order: z.int(),
  name: z.string(),
  nik: z.string().nullable(),
  kk: z.string().nullable(),
  sex: Sex.nullable(),
  birthPlace: z.string().nullable(),
  birthDate: IsoDate.nullable(),
  /** Age in years as stated by a list that holds no birth date (BDT). */
  age: z.int().nullable(),
  relation: z.string().nullable(),
  familyNo: z.int().nullable(),
  motherName: z.string().nullable(),
  answers: z.record(z.string(), z.string()),
  /** As in `ReferenceHousehold`. */
  cleared: z.array(z.string()).optional(),
});
export type ReferencePerson = z.infer<typeof ReferencePerson>;

/** A household that nothing tells but the row it stands in: of another list, that row is somebody else's. */
export function identityOfRow(row: number, sheetNo = 1): string {
  return sheetNo === 1 ? `baris ${row}` : `baris ${row} lembar ${sheetNo}`;
}

/** Whether a household is called the same in the next list. */
export function isLastingIdentity(sourceId: string): boolean {
  return !/^baris \d/.test(sourceId);
}

/** Written into a cell it empties that field in the next version; a blank cell changes nothing. */
export const clearToken = '[HAPUS]';
