import { z } from 'zod';
import { CourierKeyResponse, EncryptionKey } from './courier.ts';
import { EnrolRequest } from './wire.ts';

/**
 * The enrolment of an office that has no line, in two files on a stick: what `POST /v1/enrol` asks there, its answer
 * back. Each is a compact JWE (`dir`, A256GCM) over JSON, under a key that both ends derive from the code of
 * enrolment, HKDF-SHA256 (RFC 5869) without a salt from its hash: 32 bytes with `info` = the `typ` of the file.
 * The hash is SHA-256 over its plain form (`plainCode`), as the province keeps it.
 */
export const enrolmentDirection = { up: 'mutakhir-kurir-daftar', down: 'mutakhir-kurir-terdaftar' } as const;

/** `info` of the 16 bytes by which a file says which code it is sealed with. */
export const enrolmentCodeId = 'mutakhir-kurir-kode';

const keyX = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** Protected header, readable by anyone. */
export const EnrolmentHeader = z.looseObject({
  typ: z.enum([enrolmentDirection.up, enrolmentDirection.down]),
  wire: z.int().positive(),
  /** Which code it is sealed with; base64url of 16 bytes. */
  kid: z.string().regex(/^[\w-]{22}$/),
  /** `x` of the public key that asks. */
  key: keyX,
  /** Bytes of the encrypted content: a shorter file was cut off. */
  size: z.int().positive(),
});
export type EnrolmentHeader = z.infer<typeof EnrolmentHeader>;

/**
 * What the office asks. Signed for a purpose of its own: `POST /v1/enrol` answers in clear, so it takes nothing that
 * came out of a file.
 */
export const CourierEnrolRequest = EnrolRequest.extend({
  /** The credential is encrypted to it, so that who keeps the files and gets the code one day does not read it. */
  replyKey: EncryptionKey,
  /** From an office for training, that no real province enrols. */
  training: z.boolean(),
});
export type CourierEnrolRequest = z.infer<typeof CourierEnrolRequest>;

/** From the office. */
export const EnrolmentAsked = z.looseObject({
  wire: z.int().positive(),
  /** Bytes of a `CourierEnrolRequest` as JSON, base64url. */
  request: z.string().regex(/^[\w-]+$/),
  /** Detached, over these bytes (`typ` `mutakhir-courier-enrolment`). */
  signature: z.string(),
});
export type EnrolmentAsked = z.infer<typeof EnrolmentAsked>;

/** From the province. */
export const EnrolmentTold = z.looseObject({
  wire: z.int().positive(),
  /** `x` of the public key that was enrolled. */
  key: keyX,
  /** Where the province is found once there is a line. */
  address: z.string().min(1).max(200),
  /** Compact JWE (ECDH-ES, A256GCM) for the request's `replyKey` over an `EnrolResponse` as JSON. */
  enrolled: z.string().regex(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/),
  /** As `GET /v1/courier-key` tells it: from now on bundles can be made. */
  courierKey: CourierKeyResponse.shape.key,
});
export type EnrolmentTold = z.infer<typeof EnrolmentTold>;
