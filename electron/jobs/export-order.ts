import { z } from 'zod';
import { NewExport } from '../../shared/contract/exports.ts';
import { Instrument } from '../../shared/domain/instrument.ts';
import { Role } from '../../shared/domain/role.ts';
import { Key, ReadOrder } from './reference-order.ts';

/** What the export worker is told; the file it writes can be read with the password alone. */
export const ExportOrder = NewExport.extend({
  register: z.string(),
  registerKey: Key,
  exportId: z.uuid(),
  path: z.string(),
  fileName: z.string(),
  title: z.string(),
  /** What the sheet "Keterangan" says of it, line by line. */
  about: z.array(z.tuple([z.string(), z.string()])),
  at: z.string(),
  /** Of visits: the versions under which they were made. */
  instruments: z.array(Instrument),
  /** Of the refused rows of a file that is only being checked: how it is read. */
  read: ReadOrder.nullable(),
  actor: z.object({ id: z.string(), role: Role }),
  /** Names above each kelurahan, by its code. */
  areas: z.record(
    z.string(),
    z.object({ provinsi: z.string(), kabkota: z.string(), kecamatan: z.string(), name: z.string() }),
  ),
});
export type ExportOrder = z.infer<typeof ExportOrder>;

export const ExportOutcome = z.object({
  exportId: z.uuid(),
  path: z.string(),
  fileName: z.string(),
  rows: z.number(),
  sha256: z.string(),
});
export type ExportOutcome = z.infer<typeof ExportOutcome>;
