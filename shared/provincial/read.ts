import { z } from 'zod';
import { isStorable } from './storable.ts';
import { IsoDate, IsoInstant, Relation, Sex } from '../domain/person.ts';
import { IdentificationResult, RegistrationMode } from '../domain/registration.ts';
import { KelurahanCode } from '../domain/wilayah.ts';
import { PenetapanBody } from './down.ts';

/**
 * What a website of the province may read of the families it holds. A token stands for one reader,
 * one role and one area; every answer is noted with who asked for what and how many rows it held.
 * Criteria travel in the body: a name in an address would end up in the logs on the way.
 */

export const ReadRole = z.enum(['publik_agregat', 'kelurahan', 'provinsi']);
export type ReadRole = z.infer<typeof ReadRole>;

/** Code of the province, a city, a kecamatan or a kelurahan. */
export const AreaCode = z.string().regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/);

const wire = z.int().positive();
const period = z.string().regex(/^\d{4}-\d{2}$/);

/** Most families of a page. */
export const readLimit = 100;

/** What is looked for in texts that are stored; none of those holds U+0000. */
const sought = z.string().trim().min(3).max(80).refine(isStorable);

export const FamilySearch = z.looseObject({
  wire,
  /** Beginnings of words of a member's name, in any order. */
  name: sought.nullish(),
  kelurahan: KelurahanCode.nullish(),
  rw: z.int().min(1).max(999).nullish(),
  rt: z.int().min(1).max(999).nullish(),
  /** Any part of the street line. */
  street: sought.nullish(),
  /** `next` of the page before; null or absent from the start. */
  cursor: z.string().max(1_000).nullish(),
  limit: z.int().min(1).max(readLimit).default(50),
});
export type FamilySearch = z.infer<typeof FamilySearch>;

const ReadAddress = z.looseObject({
  street: z.string(),
  rt: z.int(),
  rw: z.int(),
  kelurahan: KelurahanCode,
});

export const FamilyLine = z.looseObject({
  caseId: z.uuid(),
  provinceNumber: z.string().nullable(),
  headName: z.string(),
  address: ReadAddress,
  periodId: period,
  result: IdentificationResult.nullable(),
});

export const FamilyPage = z.looseObject({
  wire,
  families: z.array(FamilyLine),
  /** Where the next page begins; null on the last. */
  next: z.string().nullable(),
});
export type FamilyPage = z.infer<typeof FamilyPage>;

export const SpdciMember = z.looseObject({
  identifier: z.array(z.looseObject({ identifier_type: z.literal('UIN'), identifier_value: z.string() })),
  name: z.string(),
  sex: z.enum(['male', 'female']),
  birth_date: IsoDate.nullable(),
  household_role: z.enum(['1', '2', '3', '4', '5']),
  /**
   * From the visit in the case's newest version, for the role `provinsi` alone; null where nothing was told, or
   * nothing that one code stands for. An older server has none.
   */
  marital_status: z.enum(['S', 'M', 'W', 'A', 'D', 'L', 'U']).nullish(),
  education_level: z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '8']).nullish(),
  employment_status: z.enum(['1', '2', '3', '4', '5', '6', '7']).nullish(),
});
export type SpdciMember = z.infer<typeof SpdciMember>;

export const FamilyDetail = z.looseObject({
  wire,
  ...FamilyLine.shape,
  mode: RegistrationMode,
  /** `number` and `nik` in full for the role `provinsi` alone; `3171 •••• •••• 0001` for others. */
  families: z.array(z.looseObject({ no: z.int(), number: z.string().nullable() })),
  members: z.array(
    z.looseObject({
      name: z.string(),
      nik: z.string().nullable(),
      sex: Sex,
      /** For the role `provinsi` alone: with it and the sex a masked NIK could be made whole again. */
      birthDate: IsoDate.nullable(),
      birthYear: z.int().nullable(),
      relation: Relation,
      familyNo: z.int(),
      /** The same person in the SPDCI vocabulary; number and birth date as above, answers of the visit like the birth date. An older server has none. */
      spdci: SpdciMember.optional(),
    }),
  ),
  /** The province's newest word on the case. */
  penetapan: PenetapanBody.pick({ periodId: true, outcome: true, decree: true, decidedOn: true }).nullable(),
});
export type FamilyDetail = z.infer<typeof FamilyDetail>;

/** The public's counts are to the nearest five, each by itself; a line that comes to nought is left out. */
export const publicCountStep = 5;

export const RecapLine = z.looseObject({
  kelurahan: KelurahanCode,
  periodId: period,
  families: z.int().min(0),
  byResult: z.looseObject({ tetap: z.int(), berubah: z.int(), baru: z.int() }),
});

export const RecapAnswer = z.looseObject({
  wire,
  area: AreaCode,
  /** 1 where the counts are exact, {@link publicCountStep} where they are rounded to that. */
  step: z.int().positive(),
  lines: z.array(RecapLine),
  serverTime: IsoInstant,
});
export type RecapAnswer = z.infer<typeof RecapAnswer>;
