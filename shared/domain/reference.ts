import { z } from 'zod';
import { IsoDate, Sex } from './person.ts';

/** Kinds of reference list an import profile exists for. */
export const ReferenceSource = z.enum(['BDT2015', 'DTKS']);
export type ReferenceSource = z.infer<typeof ReferenceSource>;

export const referenceSourceLabel: Record<ReferenceSource, string> = { BDT2015: 'BDT 2015', DTKS: 'DTKS' };

/** BPS and Kemendagri number the cities of DKI differently: 3173 is another city in each. */
export const AreaCodeSystem = z.enum(['bps', 'kemendagri']);
export type AreaCodeSystem = z.infer<typeof AreaCodeSystem>;

/** A household of a reference list, read-only once imported. */
export const ReferenceHousehold = z.object({
  /** Identity in its list: ID rumah tangga (BDT) or No KK / id_dtks (DTKS). */
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
});
export type ReferencePerson = z.infer<typeof ReferencePerson>;
