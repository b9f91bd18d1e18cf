import { z } from 'zod';
import { CaseState } from './case-flow.ts';
import { Household } from './household.ts';
import { IsoInstant } from './person.ts';

/** Who started it: the family at the counter (aktif), or the office for them (pasif). */
export const RegistrationMode = z.enum(['aktif', 'pasif']);
export type RegistrationMode = z.infer<typeof RegistrationMode>;

export const registrationModeLabel: Record<RegistrationMode, string> = { aktif: 'Aktif', pasif: 'Pasif' };

/** What makes a registration passive; the list of reasons is a setting (`passive_reasons`). */
export const PassiveGrounds = z.object({
  reason: z.string().min(1, 'Pilih alasan pendaftaran pasif.').max(60),
  proposer: z.string().trim().min(1, 'Isi nama pengusul.').max(120),
  proposerRole: z.string().trim().min(1, 'Isi jabatan pengusul.').max(80),
  note: z.string().trim().max(500).nullable(),
});
export type PassiveGrounds = z.infer<typeof PassiveGrounds>;

/** Result of the first identification: known and unchanged, known and changed, or not known. */
export const IdentificationResult = z.enum(['tetap', 'berubah', 'baru']);
export type IdentificationResult = z.infer<typeof IdentificationResult>;

export const identificationResultLabel: Record<IdentificationResult, string> = {
  tetap: 'Sudah terdaftar, tetap',
  berubah: 'Sudah terdaftar, berubah',
  baru: 'Belum terdaftar',
};

/** A case as it stands: what the family reported, and where it is on its way. */
export const Case = z.object({
  id: z.uuid(),
  /** Running number in the office, from 1; the sheet code carries it. */
  serial: z.int().positive(),
  /** Printed number, by the format in the settings. */
  number: z.string(),
  /** The province's own number, from a reserved pool; null where none was left at registration. */
  provinceNumber: z.string().nullable(),
  mode: RegistrationMode,
  passive: PassiveGrounds.nullable(),
  state: CaseState,
  result: IdentificationResult.nullable(),
  household: Household,
  periodId: z.string(),
  /** Grows with every change of the reported data; guards against overwriting a colleague. */
  version: z.int().positive(),
  registeredAt: IsoInstant,
  registeredBy: z.string(),
  updatedAt: IsoInstant,
});
export type Case = z.infer<typeof Case>;
