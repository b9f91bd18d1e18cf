import { z } from 'zod';
import { IsoInstant } from '../domain/person.ts';
import { OfficeAreaCode } from '../domain/wilayah.ts';
import { PushRecord, RecordHash } from './record.ts';

/**
 * The envelopes of the provincial API; decisions behind them: docs/adr/0004-provincial-wire.md.
 * Every message carries `wire`; a change that an older end could misread raises it.
 */
export const wireVersion = 1;
const wire = z.int().positive();

/** Header of a request's detached signature: compact JWS (RFC 7515, Appendix F), payload left out. */
export const signatureHeader = 'mutakhir-signature';

/** `typ` of each signed thing, so that one can never be passed off as another. */
export const signatureType = {
  batch: 'mutakhir-batch',
  enrolment: 'mutakhir-enrolment',
  courierEnrolment: 'mutakhir-courier-enrolment',
  receipt: 'mutakhir-receipt',
  conflict: 'mutakhir-conflict',
  chunk: 'mutakhir-chunk',
  numbers: 'mutakhir-numbers',
  down: 'mutakhir-down',
  proof: 'mutakhir-proof',
  proofLeaves: 'mutakhir-proof-rw',
  recap: 'mutakhir-recap',
  courierKey: 'mutakhir-courier-key',
  serverKey: 'mutakhir-server-key',
} as const;

export const wireLimits = {
  /** Records in one batch. */
  records: 200,
  /** Bytes of a request as sent (compressed, where it is). */
  requestBytes: 4 * 1024 * 1024,
  /** Bytes of a request once decompressed. */
  inflatedBytes: 32 * 1024 * 1024,
} as const;

/** Public half of an Ed25519 key as JWK (RFC 8037). */
export const PublicKey = z.looseObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type PublicKey = z.infer<typeof PublicKey>;

/** The whole key pair of an office. Never on the wire; kept in its encrypted register. */
export const PrivateKey = PublicKey.extend({ d: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
export type PrivateKey = z.infer<typeof PrivateKey>;

export const EnrolRequest = z.looseObject({
  wire,
  code: z.string().trim().min(4).max(64),
  office: z.looseObject({ name: z.string().trim().min(1).max(120), area: OfficeAreaCode }),
  publicKey: PublicKey,
  /**
   * Who it was before its enrolment was withdrawn: of several offices of an area each comes back as itself. The code is what
   * entitles it. Absent from an older office.
   */
  formerOfficeId: z.uuid().optional(),
});
export type EnrolRequest = z.infer<typeof EnrolRequest>;

export const EnrolResponse = z.looseObject({
  wire,
  officeId: z.uuid(),
  /** Bearer token; names the office. Shown once: the server keeps only its hash. */
  credential: z.string().min(20).max(200),
  /** Verifies every receipt from now on; the office pins it. */
  serverKey: PublicKey,
  serverTime: IsoInstant,
});
export type EnrolResponse = z.infer<typeof EnrolResponse>;

/**
 * Payload of a voucher (compact JWS, `typ` `mutakhir-server-key`): whoever signed it holds this key for the
 * province's as well, as the one that follows (`next`) or as one of before (`earlier`). A key has one successor, and
 * a new one names all that were before it, so that from any of them all others are known. What stands in another
 * relation counts for nothing.
 */
export const KeyVoucher = z.looseObject({
  wire,
  key: PublicKey,
  relation: z.enum(['next', 'earlier']),
  vouchedAt: IsoInstant,
});
export type KeyVoucher = z.infer<typeof KeyVoucher>;

export const Batch = z.looseObject({
  wire,
  batchId: z.uuid(),
  officeId: z.uuid(),
  sentAt: IsoInstant,
  records: z.array(PushRecord).min(1).max(wireLimits.records),
});
export type Batch = z.infer<typeof Batch>;

/**
 * As much of a batch as must be right for anything to be answered: a record with a mistake further
 * in is answered by its key, and the others go through.
 */
export const BatchEnvelope = Batch.extend({
  records: z
    .array(PushRecord.pick({ key: true }).loose())
    .min(1)
    .max(wireLimits.records),
});

/** Who changed a field, and when. */
export const WireAuthor = z.looseObject({
  side: z.enum(['kantor', 'provinsi']),
  /** Of the office or the unit; never of a person. */
  name: z.string(),
  at: IsoInstant,
});
export type WireAuthor = z.infer<typeof WireAuthor>;

/** One field of a case that the other side changed. Null stands for "nothing there". */
export const WireEdit = z.looseObject({
  /** Path into the body by identity, not by place: `members.<id>.nik`, `household.address.rt`. */
  path: z.string().min(1),
  before: z.unknown(),
  after: z.unknown(),
  by: WireAuthor,
});
export type WireEdit = z.infer<typeof WireEdit>;

/** The same field, changed by both sides since the version both knew. */
export const WireClash = z.looseObject({
  path: z.string().min(1),
  base: z.unknown(),
  /** What this record says. */
  ours: z.unknown(),
  /** What the province holds. */
  theirs: z.unknown(),
  /** Who wrote what the province holds. */
  by: WireAuthor,
});
export type WireClash = z.infer<typeof WireClash>;

const answered = { key: z.uuid() };
const jws = z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);
const receipt = jws;

/**
 * A parallel update: the province held a later version than the record was built on, but no field was
 * changed by both. `theirs` is what the record's office did not know yet; it also comes down the line.
 * It is believed under the receipt's `mergedHash` only.
 */
export const MergeNote = z.looseObject({
  version: z.int().positive(),
  baseVersion: z.int().min(0),
  theirs: z.array(WireEdit),
});
export type MergeNote = z.infer<typeof MergeNote>;
const merged = MergeNote.optional();

export const AcceptedAnswer = z.looseObject({ ...answered, status: z.literal('accepted'), receipt, merged });
/** The key was accepted before, with this very record: the same receipt again. */
export const DuplicateAnswer = z.looseObject({
  ...answered,
  status: z.literal('duplicate'),
  receipt,
  merged,
});
/** Final for this key: what is mended is sent under a new one. */
export const RejectedAnswer = z.looseObject({
  ...answered,
  status: z.literal('rejected'),
  code: z.string(),
  /** Path into the record, `body.members.0.nik`; null where it is no single field's fault. */
  field: z.string().nullable(),
  /** Plain Indonesian, for the clerk. */
  sentence: z.string(),
});
/** Neither accepted nor rejected yet: the office sends it again later. */
export const HeldAnswer = z.looseObject({
  ...answered,
  status: z.literal('held'),
  code: z.string(),
  /** Key of the record that is waited for. */
  parent: z.uuid().nullable(),
  sentence: z.string(),
});

/**
 * The same field was changed by both sides: nothing of the record was applied, and nothing is lost.
 * Final for this key; what a person decides is sent under a new one, on `version`.
 */
export const ConflictAnswer = z.looseObject({
  ...answered,
  status: z.literal('conflict'),
  code: z.string(),
  /** Version of the case that the province holds. */
  version: z.int().positive(),
  clashes: z.array(WireClash).min(1),
  /** Fields that only the province changed. */
  theirs: z.array(WireEdit),
  sentence: z.string(),
  /** Compact JWS (`typ` `mutakhir-conflict`) with a {@link ConflictProof}; an older server has none, and is not believed. */
  proof: jws.optional(),
});
export type ConflictAnswer = z.infer<typeof ConflictAnswer>;

/** Payload of a conflict's signature: the record that is meant, and all that is said of it. */
export const ConflictProof = z.looseObject({
  wire,
  officeId: z.uuid(),
  key: z.uuid(),
  caseId: z.uuid(),
  /** Of the record. */
  hash: RecordHash,
  /** SHA-256 over the canonical JSON of the answer without its `proof`. */
  answerHash: RecordHash,
});
export type ConflictProof = z.infer<typeof ConflictProof>;

export const RecordAnswer = z.discriminatedUnion('status', [
  AcceptedAnswer,
  DuplicateAnswer,
  RejectedAnswer,
  HeldAnswer,
  ConflictAnswer,
]);
export type RecordAnswer = z.infer<typeof RecordAnswer>;

export const BatchResponse = z.looseObject({
  wire,
  batchId: z.uuid(),
  serverTime: IsoInstant,
  answers: z.array(RecordAnswer),
});
export type BatchResponse = z.infer<typeof BatchResponse>;

/** A response as an office reads it: an answer of a kind it does not know leaves that record waiting. */
export const BatchResponseEnvelope = BatchResponse.extend({ answers: z.array(z.looseObject(answered)) });

/** Payload of a receipt (compact JWS, signed by the server's key, `typ` `mutakhir-receipt`). */
export const Receipt = z.looseObject({
  wire,
  receiptId: z.uuid(),
  officeId: z.uuid(),
  key: z.uuid(),
  kind: z.string(),
  caseId: z.uuid(),
  /** Version of the case that the province holds from now on; above the record's own after a merge. */
  version: z.int().positive(),
  hash: RecordHash,
  /** SHA-256 over the canonical JSON of the answer's `merged`; absent where nothing was merged. */
  mergedHash: RecordHash.optional(),
  /** When the record was committed, by the server's clock. */
  serverTime: IsoInstant,
});
export type Receipt = z.infer<typeof Receipt>;

export const Health = z.looseObject({
  wire,
  /** Told apart by this from the page of a captive portal. */
  service: z.literal('mutakhir-provincial'),
  status: z.literal('ok'),
  serverTime: IsoInstant,
});
export type Health = z.infer<typeof Health>;

/** Why a whole request was refused; nothing of it was stored. */
export const Problem = z.looseObject({
  wire,
  error: z.looseObject({ code: z.string(), sentence: z.string(), field: z.string().nullable() }),
});
export type Problem = z.infer<typeof Problem>;
