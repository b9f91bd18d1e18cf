import { z } from 'zod';
import { IsoInstant } from '../domain/person.ts';
import { AttachmentState, NumbersRequest, NumbersResponse } from './down.ts';
import { ProofLeaf } from './proof.ts';
import { PushRecord, RecordHash } from './record.ts';
import { RecapResponse } from './recap.ts';
import { BatchResponseEnvelope } from './wire.ts';

/**
 * The wire without a line: the same records, answers and items in a file that a courier carries. A
 * bundle is a compact JWE (ECDH-ES with X25519, A256GCM) for the reader's key; inside is a compact JWS
 * by the sender's Ed25519 key over gzipped JSON. What the header says in clear (which office, which
 * bundle, how long) lets a reader say what is wrong with a file that it cannot open.
 *
 * Every bundle holds all that waits, so a later one stands in for an earlier one, and none is lost
 * when a stick is.
 */

/** X25519 public key as JWK (RFC 8037): bundles are encrypted to it. */
export const EncryptionKey = z.looseObject({
  kty: z.literal('OKP'),
  crv: z.literal('X25519'),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type EncryptionKey = z.infer<typeof EncryptionKey>;

/** Both halves; never in a bundle. */
export const DecryptionKey = EncryptionKey.extend({ d: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
export type DecryptionKey = z.infer<typeof DecryptionKey>;

export const courierDirection = { up: 'mutakhir-kurir-naik', down: 'mutakhir-kurir-turun' } as const;

/** Protected header of a bundle, readable by anyone. */
export const CourierHeader = z.looseObject({
  typ: z.enum([courierDirection.up, courierDirection.down]),
  officeId: z.uuid(),
  /** Counts the bundles of an office, from 1; an answer bears the number of its question. */
  number: z.int().positive(),
  /** Bytes of the encrypted content: a shorter file was cut off. */
  size: z.int().positive(),
  /** As in `DownPage`: what is inside may be signed by a key that the office has not met. */
  keys: z.array(z.string()).optional(),
});
export type CourierHeader = z.infer<typeof CourierHeader>;

const envelope = {
  wire: z.int().positive(),
  bundleId: z.uuid(),
  officeId: z.uuid(),
  number: z.int().positive(),
  madeAt: IsoInstant,
};

/** Most bytes of files in one bundle: a minute of a slow stick. What is left goes with the next. */
export const courierFileBytes = 48 * 1024 * 1024;

/** Part of a file that a record names, of this bundle or an earlier one. */
export const CourierPiece = z.looseObject({
  hash: RecordHash,
  /** Of its first byte in the file. */
  offset: z.int().min(0),
  bytes: z.string().regex(/^[\w-]+$/),
});
export type CourierPiece = z.infer<typeof CourierPiece>;

/** How much of a file the province holds. */
export const CourierFile = AttachmentState.pick({ hash: true, received: true, complete: true }).loose();
export type CourierFile = z.infer<typeof CourierFile>;

/** Numbers of a closed period, as `POST /v1/recaps` takes them: the request's own bytes, and the detached signature over them. */
export const CourierRecap = z.looseObject({
  request: z.string().regex(/^[\w-]+$/),
  signature: z.string(),
});
export type CourierRecap = z.infer<typeof CourierRecap>;

/** What the province says of such numbers: its signed receipt, or why it does not take them. */
export const CourierRecapAnswer = z.looseObject({
  periodId: z.string(),
  receipt: RecapResponse.shape.receipt.optional(),
  refused: z.looseObject({ code: z.string(), sentence: z.string() }).optional(),
});
export type CourierRecapAnswer = z.infer<typeof CourierRecapAnswer>;

const CourierLeaf = ProofLeaf.pick({ caseId: true, key: true, hash: true }).loose();

/** What the office holds receipts for as it makes the bundle, so that the answer brings the records in which the two sides differ. */
export const CourierHolds = z.looseObject({
  /** As in the tree of the proof: the newest record of each case, its body hashed now. */
  cases: z.array(CourierLeaf),
  /** What each of their families said last. */
  words: z.array(CourierLeaf),
  /** Keys of records that stand there as received, and whose receipt is gone. */
  unproven: z.array(z.uuid()),
  /** Keys of all records with a receipt, older ones too: none of those need come; absent from an older office. */
  proven: z.array(z.uuid()).optional(),
  /** Ids of cases of which somebody asked for a record that the answer before had not brought: they come first; absent from an older office. */
  wanted: z.array(z.uuid()).optional(),
});
export type CourierHolds = z.infer<typeof CourierHolds>;

/** Most bytes of bodies that come along with one proof; what is more comes with the next. */
export const courierProofBytes = 24 * 1024 * 1024;

/**
 * What the province holds of the office once it has taken the bundle in, in the words of `/v1/proof`, all of one moment. The
 * `nonce` of each is the bundle's id.
 */
export const CourierProof = z.looseObject({
  /** `mutakhir-proof` */
  summary: z.string(),
  /** `mutakhir-proof-rw`, of every RW. */
  areas: z.array(z.string()),
  /** `RecordResponse` of what the office does not hold as the province does, each case back to a record that the office holds. */
  records: z.array(z.looseObject({ record: z.looseObject({ key: z.uuid() }), receipt: z.string() })),
  /** Of `unproven`, what the province does not hold. */
  unknown: z.array(z.uuid()),
});
export type CourierProof = z.infer<typeof CourierProof>;

/** From the office: everything that waits. */
export const CourierUp = z.looseObject({
  ...envelope,
  /** The answer is encrypted to it. */
  replyKey: EncryptionKey,
  /** How far the office has taken what came down. */
  downAfter: z.int().min(0),
  /** Id of the item that it took last; absent where it took none, and from an older office. */
  downTaken: z.uuid().optional(),
  /** As in the question for what comes down (`x` of the newest key of the province that is known); absent from an older office. */
  knownKey: z.string().optional(),
  /** Asks for registration numbers, where few are left. */
  numbers: NumbersRequest.nullable(),
  records: z.array(PushRecord.pick({ key: true }).loose()),
  /** Taken after the records, in this order; absent from an older office. */
  pieces: z.array(CourierPiece).optional(),
  /** Of every closed period that has neither a receipt nor a refusal, oldest first; absent from an older office. */
  recaps: z.array(CourierRecap).optional(),
  /** Absent from an older office. */
  holds: CourierHolds.optional(),
});
export type CourierUp = z.infer<typeof CourierUp>;

/** From the province: an answer to each record, and what came down. */
export const CourierDown = z.looseObject({
  ...envelope,
  answers: BatchResponseEnvelope.shape.answers,
  /** As in `DownPage`. */
  items: z.array(z.string()),
  /** As in `DownPage`; the items are all from the start then. */
  anew: z.boolean().optional(),
  numbers: NumbersResponse.shape.pool.nullable(),
  /** Of each file that pieces came of; absent from an older province. */
  files: z.array(CourierFile).optional(),
  /** Of each recap, in the same order; absent from an older province. */
  recaps: z.array(CourierRecapAnswer).optional(),
  /** Absent from an older province. */
  proof: CourierProof.optional(),
});
export type CourierDown = z.infer<typeof CourierDown>;

/** Payload of the signed answer (`typ` `mutakhir-courier-key`) to "how do I encrypt to you?". */
export const CourierKey = z.looseObject({ wire: z.int().positive(), key: EncryptionKey });
export type CourierKey = z.infer<typeof CourierKey>;

export const CourierKeyResponse = z.looseObject({
  wire: z.int().positive(),
  key: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
});
export type CourierKeyResponse = z.infer<typeof CourierKeyResponse>;
