import { z } from 'zod';

/**
 * How far one press of the print key has come: noted in the register, made as a PDF, sent to the
 * printer, and then, by the word of who stood there, out or spoilt. Each is audited on its own, so
 * "printed" never means more than is known.
 */
export const PrintState = z.enum(['dicatat', 'dibuat', 'dikirim', 'keluar', 'gagal']);
export type PrintState = z.infer<typeof PrintState>;

export const printStateLabel: Record<PrintState, string> = {
  dicatat: 'Dicatat, belum jadi',
  dibuat: 'Jadi, belum dikirim ke pencetak',
  dikirim: 'Dikirim ke pencetak, belum dipastikan',
  keluar: 'Keluar dengan baik',
  gagal: 'Gagal dicetak',
};
