import { z } from 'zod';

export const Sex = z.enum(['L', 'P']);
export type Sex = z.infer<typeof Sex>;

export const sexLabel: Record<Sex, string> = { L: 'Laki-laki', P: 'Perempuan' };

export const IsoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Tanggal ditulis tttt-bb-hh.');
export const IsoInstant = z.iso.datetime();

/** Sixteen digits, always text: a NIK or a No KK. */
export const SixteenDigits = z.string().regex(/^\d{16}$/, 'Terdiri dari 16 angka.');

/** Relation codes 1–8 of BDT 2015 (`Hub_KRT` and `Hubkel` share them). */
export const Relation = z.enum(['1', '2', '3', '4', '5', '6', '7', '8']);
export type Relation = z.infer<typeof Relation>;

export const relationLabel: Record<Relation, string> = {
  '1': 'Kepala',
  '2': 'Istri/suami',
  '3': 'Anak',
  '4': 'Menantu',
  '5': 'Cucu',
  '6': 'Orang tua/mertua',
  '7': 'Pembantu rumah tangga',
  '8': 'Lainnya',
};

/** A member of a household as the family reports them. */
export const Member = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1, 'Nama wajib diisi.').max(120),
  nik: SixteenDigits.nullable(),
  /** Why a soft warning about this NIK was let pass, in the clerk's words. */
  nikNote: z.string().max(300).nullable(),
  sex: Sex,
  birthPlace: z.string().trim().max(80).nullable(),
  birthDate: IsoDate.nullable(),
  /** Relation to the head of the household (rumah tangga). */
  relation: Relation,
  /** Number of the family (keluarga) within the household, from 1: one roof may hold several. */
  familyNo: z.int().min(1).max(9),
  /** Relation to the head of that family. */
  familyRelation: Relation,
  /** Maiden name of the mother; the strongest second proof of identity. */
  motherName: z.string().trim().max(120).nullable(),
});
export type Member = z.infer<typeof Member>;
