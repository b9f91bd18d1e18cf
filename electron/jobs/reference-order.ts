import { z } from 'zod';
import { ImportReport, PreviewSheet } from '../../shared/contract/reference.ts';
import { Instrument } from '../../shared/domain/instrument.ts';
import { ListMapping, MappedRole } from '../../shared/domain/list-mapping.ts';
import { AreaCodeSystem, ReferenceSource } from '../../shared/domain/reference.ts';
import { Role } from '../../shared/domain/role.ts';
import { Wilayah } from '../../shared/domain/wilayah.ts';

export const Key = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 32);

export const SealedInput = z.object({ path: z.string(), key: Key, size: z.number(), sha256: z.string() });

/** Which file is to be read, and how. */
export const ReadOrder = z.object({
  file: SealedInput,
  source: ReferenceSource,
  areaCodes: AreaCodeSystem.nullable(),
  mapping: ListMapping.nullable(),
  kelurahan: z.string().nullable(),
  /** What the answers of the list are held to; null where it has no instrument. */
  instrument: Instrument.nullable(),
  areas: z.object({
    wilayah: z.array(Wilayah),
    aliases: z.array(z.object({ alias: z.string(), code: z.string() })),
    bpsKabkota: z.array(z.object({ bps: z.string(), code: z.string() })),
  }),
  today: z.string(),
  /** Editions of the codes that it is read by, in words. */
  readBy: z.array(z.string()),
});
export type ReadOrder = z.infer<typeof ReadOrder>;

/** The same for one who makes keys, too: the ISO date on which the list's ages were true. */
export const ReadAheadOrder = ReadOrder.extend({ listDate: z.string() });
export type ReadAheadOrder = z.infer<typeof ReadAheadOrder>;

/** What is to be read, and where it is to be stored. */
export const ReferenceOrder = z.object({
  read: ReadOrder,
  register: z.string(),
  registerKey: Key,
  listId: z.uuid(),
  name: z.string(),
  listDate: z.string(),
  fileName: z.string(),
  at: z.string(),
  actor: z.object({ id: z.string(), role: Role }),
});
export type ReferenceOrder = z.infer<typeof ReferenceOrder>;

export const ReferenceOutcome = z.object({
  report: ImportReport,
  fileHash: z.string(),
  list: z.object({ id: z.uuid(), name: z.string(), version: z.number() }).nullable(),
});
export type ReferenceOutcome = z.infer<typeof ReferenceOutcome>;

/** Looks into an unknown file: its sheets, headers and first values. */
export const PreviewOrder = z.object({
  file: SealedInput,
  headerRow: z.number().nullable(),
  /** What the office's saved mappings say of headers, by `headerKey`. */
  learned: z.record(z.string(), MappedRole),
});
export type PreviewOrder = z.infer<typeof PreviewOrder>;

export const PreviewOutcome = z.object({ sheets: z.array(PreviewSheet) });
export type PreviewOutcome = z.infer<typeof PreviewOutcome>;
