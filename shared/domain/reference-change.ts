import { z } from 'zod';

/** What became of a household between two snapshots of a list. */
export const ChangeKind = z.enum(['baru', 'berubah', 'hilang', 'sama']);
export type ChangeKind = z.infer<typeof ChangeKind>;

/** The same within a place: a household that stood, or stands now, outside of it moved in or out. */
export const PlacedKind = z.enum([...ChangeKind.options, 'pindah_masuk', 'pindah_keluar']);
export type PlacedKind = z.infer<typeof PlacedKind>;

export const changeKindLabel: Record<PlacedKind, string> = {
  baru: 'Baru',
  berubah: 'Berubah',
  hilang: 'Tidak ada lagi',
  sama: 'Sama',
  pindah_masuk: 'Pindah masuk',
  pindah_keluar: 'Pindah keluar',
};

/** One field with what it was and what it is; null is blank. */
export const FieldChange = z.object({
  field: z.string(),
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type FieldChange = z.infer<typeof FieldChange>;

export const PersonChange = z.object({
  /** `belum_terbaca`: a row of the later list that was refused tells of them, so nothing is known to have changed. */
  kind: z.enum(['masuk', 'berubah', 'keluar', 'belum_terbaca']),
  name: z.string(),
  nik: z.string().nullable(),
  fields: z.array(FieldChange),
  /** Identity of the household where they stand with the same NIK in the other snapshot; null where they stand nowhere. */
  elsewhere: z.string().nullable(),
});
export type PersonChange = z.infer<typeof PersonChange>;

export const HouseholdChange = z.object({ fields: z.array(FieldChange), persons: z.array(PersonChange) });
export type HouseholdChange = z.infer<typeof HouseholdChange>;
