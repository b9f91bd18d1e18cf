import { z } from 'zod';
import { RegistrationMode } from '../../shared/domain/registration.ts';
import { definePaper, PaperBase } from './paper-kind.ts';
import { printReceipt } from './receipt.ts';

const KeptReceipt = PaperBase.extend({
  registeredAt: z.string(),
  mode: RegistrationMode,
  head: z.string(),
  kk: z.string().nullable(),
  nik: z.string().nullable(),
  street: z.string(),
  rt: z.number(),
  rw: z.number(),
  kelurahan: z.string(),
  members: z.number(),
  clerk: z.object({ name: z.string(), nip: z.string().nullable() }),
});

/** The family's receipt as it is kept in the archive. */
export const tandaTerima = definePaper('tanda_terima', KeptReceipt, (receipt, frame, fonts) =>
  printReceipt({ ...receipt, frame }, fonts),
);
