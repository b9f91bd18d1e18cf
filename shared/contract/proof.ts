import { z } from 'zod';
import { IsoInstant } from '../domain/person.ts';

/** Whether this office and the province hold the same, record by record. */

export const ProofState = z.enum([
  'cocok',
  'berbeda',
  'tidak_terbukti',
  'tidak_didukung',
  'tidak_terbanding',
]);
export type ProofState = z.infer<typeof ProofState>;

/** How the province's proof came: over the line, or with a courier. */
export const ProofVia = z.enum(['sambungan', 'kurir']);
export type ProofVia = z.infer<typeof ProofVia>;

/** In short, for the foot; null before the first comparison. */
export const ProofMark = z
  .object({
    state: ProofState,
    /** As of when the province held what it proved; of what a courier brought, by its clock. */
    at: IsoInstant,
    via: ProofVia,
    /** Differences that nobody has repaired yet. */
    differences: z.int(),
    /** Cases that the comparison left to the next one: a courier's answer may not have known them. */
    later: z.int(),
  })
  .nullable();
export type ProofMark = z.infer<typeof ProofMark>;

export const ProofArea = z.object({
  kelurahan: z.string(),
  kelurahanName: z.string(),
  rw: z.int(),
  /** Cases whose newest accepted record is held here, and there. */
  here: z.int(),
  there: z.int(),
  same: z.boolean(),
  /** Cases that the comparison left to the next one. */
  later: z.int(),
});
export type ProofArea = z.infer<typeof ProofArea>;

export const ProofSide = z.enum(['kantor', 'provinsi']);
export type ProofSide = z.infer<typeof ProofSide>;

/** What differs of a case: its newest record, or what its family said last of being shown (ADR 27). */
export const DifferenceSubject = z.enum(['berkas', 'persetujuan']);
export type DifferenceSubject = z.infer<typeof DifferenceSubject>;

export const DifferenceKind = z.enum(['hilang_di_provinsi', 'hilang_di_kantor', 'isi_berbeda', 'rw_berbeda']);
export type DifferenceKind = z.infer<typeof DifferenceKind>;

/** From which side each kind can be repaired. */
export const remedies: Record<DifferenceKind, readonly ProofSide[]> = {
  hilang_di_provinsi: ['kantor'],
  hilang_di_kantor: ['provinsi'],
  isi_berbeda: ['kantor', 'provinsi'],
  // What differs is an older record, which no side can send anew; the lurah can have the address sent again.
  rw_berbeda: [],
};

export const ProofDifference = z.object({
  caseId: z.string(),
  subject: DifferenceSubject,
  kind: DifferenceKind,
  number: z.string(),
  /** Null where the case itself is missing here. */
  headName: z.string().nullable(),
  kelurahan: z.string(),
  rw: z.int(),
  /** Null where nobody told it: the case is missing here, and the province's server is older. */
  rt: z.int().nullable(),
  foundAt: IsoInstant,
  /** Repaired from which side; null while nobody has. The next comparison shows whether it held. */
  mendedFrom: ProofSide.nullable(),
});
export type ProofDifference = z.infer<typeof ProofDifference>;

export const ProofView = z.object({
  mark: ProofMark,
  casesHere: z.int(),
  casesThere: z.int(),
  areas: z.array(ProofArea),
  differences: z.array(ProofDifference),
});
export type ProofView = z.infer<typeof ProofView>;

export const proofContract = {
  view: { output: ProofView },
  compare: { output: ProofView },
  repair: {
    input: z.object({ caseId: z.uuid(), subject: DifferenceSubject, from: ProofSide }),
    output: ProofView,
  },
};
