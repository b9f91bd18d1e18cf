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
  receipt: 'mutakhir-receipt',
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

const answered = { key: z.uuid() };
const receipt = z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);

export const AcceptedAnswer = z.looseObject({ ...answered, status: z.literal('accepted'), receipt });
/** The key was accepted before, with this very record: the same receipt again. */
export const DuplicateAnswer = z.looseObject({ ...answered, status: z.literal('duplicate'), receipt });
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

export const RecordAnswer = z.discriminatedUnion('status', [
  AcceptedAnswer,
  DuplicateAnswer,
  RejectedAnswer,
  HeldAnswer,
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
  /** Version of the case that the province holds from now on. */
  version: z.int().positive(),
  hash: RecordHash,
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
