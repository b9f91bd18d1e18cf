import { z } from 'zod';

/** The four kinds of account in an office. */
export const Role = z.enum(['petugas_loket', 'petugas_verifikasi', 'lurah', 'administrator']);
export type Role = z.infer<typeof Role>;

export const roleLabel: Record<Role, string> = {
  petugas_loket: 'Petugas loket',
  petugas_verifikasi: 'Petugas verifikasi',
  lurah: 'Lurah',
  administrator: 'Administrator',
};
