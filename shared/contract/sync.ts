import { z } from 'zod';
import { OutboxState } from '../domain/outbox.ts';
import { HeldNews } from './attention.ts';
import { ProofMark } from './proof.ts';

/** Whether the province can be reached just now. */
export const ConnectionState = z.enum(['belum_terdaftar', 'memeriksa', 'tersambung', 'terputus', 'ditolak']);
export type ConnectionState = z.infer<typeof ConnectionState>;

/** The promise in the foot of every screen, and the head of the outbox. */
export const SyncStatus = z.object({
  /** Where this office is enrolled; null before. */
  province: z.object({ address: z.string(), enrolledAt: z.string() }).nullable(),
  connection: ConnectionState,
  /** What it means and what to do, where there is something to say. */
  sentence: z.string().nullable(),
  /** When the province last answered, by this computer's clock. */
  lastContactAt: z.string().nullable(),
  /** Changes saved in the register since it was made. */
  saved: z.int(),
  /** Cases that the province has not confirmed yet. */
  waiting: z.int(),
  confirmed: z.int(),
  rejected: z.int(),
  lastConfirmedAt: z.string().nullable(),
  /** Files that still follow their confirmed record, and their bytes; how many of them do not get there by themselves. */
  files: z.object({ waiting: z.int(), bytes: z.int(), failing: z.int() }),
  /** Numbers of the province that are left in reserve; null before the first were lent. */
  numbersLeft: z.int().nullable(),
  /** What came down last does not prove to be the province's own, and was refused whole. */
  downRefused: z.boolean(),
  /** What came down and could not be applied, by a mistake of this program: kept, and tried again at each start. */
  downFailed: z.int(),
  /** Why what the province says cannot be written down here, since longer than a passing moment; null where it is. */
  downTrouble: HeldNews.shape.why.nullable(),
  /** Whether both sides hold the same, as of the last comparison. */
  proof: ProofMark,
  /** How many items wait in "Perlu perhatian". */
  attention: z.int(),
  /** Minutes this computer's clock is ahead (or, below 0, behind); null while it is near enough. */
  clockOffMinutes: z.int().nullable(),
});
export type SyncStatus = z.infer<typeof SyncStatus>;

export const OutboxItem = z.object({
  id: z.string(),
  caseId: z.string(),
  number: z.string(),
  headName: z.string(),
  rt: z.int(),
  rw: z.int(),
  state: OutboxState,
  /** What is the matter, in plain words; for every state. */
  sentence: z.string(),
  /** The field the province named, in words. */
  field: z.string().nullable(),
  tries: z.int(),
  /** It stands in "Perlu perhatian" until a person mends it, or chooses. */
  toMend: z.boolean(),
  /** It waits, and may go: trying again now can help. */
  mayRetry: z.boolean(),
  queuedAt: z.string(),
  updatedAt: z.string(),
  hash: z.string(),
  /** The bundle that carries it, while no answer has come; null where it waits for the line alone. */
  courier: z.object({ number: z.int(), madeAt: z.string() }).nullable(),
  receipt: z.object({ id: z.string(), serverTime: z.string(), receivedAt: z.string() }).nullable(),
  /** What it tells of the family being shown; null where it is a record of its case. */
  sharing: z.enum(['given', 'refused']).nullable(),
});
export type OutboxItem = z.infer<typeof OutboxItem>;

/** Parts of the outbox, as the screen offers them. */
export const OutboxPart = z.enum(['semua', 'menunggu', 'ditolak', 'diterima']);
export type OutboxPart = z.infer<typeof OutboxPart>;

/** What the province has set for its offices. */
export const ProvinceSetting = z.object({
  /** `lain` is of a kind that this version does not know, `daftar` a reference list that cannot move in. */
  setting: z.enum(['kalender', 'instrumen', 'aturan_program', 'model_skor', 'lain', 'daftar']),
  title: z.string(),
  version: z.string(),
  effectiveFrom: z.string(),
  /** Whether its day has come, and nothing of the same has taken its place. */
  standing: z.enum(['menunggu', 'berlaku', 'digantikan']),
  /** Why this version of the program cannot use it; null where it can. */
  unusable: z.string().nullable(),
  /** What a program asks for, or a score model counts, in sentences; empty for the others. */
  sentences: z.array(z.string()),
});
export type ProvinceSetting = z.infer<typeof ProvinceSetting>;

/** The province's word on a case. */
export const ProvinceDecision = z.object({
  matter: z.enum(['penetapan', 'peringkat', 'program']),
  /** Whom of the case it is about; null where it is all. */
  memberId: z.uuid().nullable(),
  periodId: z.string(),
  title: z.string(),
  sentence: z.string(),
  issuedAt: z.string(),
});
export type ProvinceDecision = z.infer<typeof ProvinceDecision>;

export const Enrolment = z.object({
  address: z.string().trim().min(1, 'Isi alamat server provinsi.').max(200),
  code: z.string().trim().min(4, 'Isi kode pendaftaran dari provinsi.').max(64),
});

export const syncContract = {
  status: { output: SyncStatus },
  list: {
    input: z.object({ part: OutboxPart, offset: z.int().min(0), limit: z.int().min(1).max(200) }),
    output: z.object({ total: z.int(), rows: z.array(OutboxItem) }),
  },
  ofCase: { input: z.object({ caseId: z.uuid() }), output: z.array(OutboxItem) },
  settings: { output: z.array(ProvinceSetting) },
  decisions: { input: z.object({ caseId: z.uuid() }), output: z.array(ProvinceDecision) },
  retryItem: { input: z.object({ itemId: z.uuid() }), output: SyncStatus },
  retryNow: { output: SyncStatus },
  enrol: { input: Enrolment, output: SyncStatus },
};
