import { z } from 'zod';
import { IsoDate, IsoInstant } from '../domain/person.ts';
import { ReferenceHousehold, ReferencePerson, ReferenceSource } from '../domain/reference.ts';
import { ProvinceNumber, RecordHash } from './record.ts';
import { WireEdit } from './wire.ts';

/**
 * What the province sends down: decisions, tasks, lists and settings, in the order it issued them.
 * Each item is a compact JWS by the server's key (`typ` `mutakhir-down`) with a {@link DownItem} as
 * payload. An office asks for what comes after its cursor, and takes a page whole or not at all.
 */

const period = z.string().regex(/^\d{4}-\d{2}$/);

/** Of a case, a member or a record, as the offices write it; worksheets and other programs write ids in capitals as well. */
const idOfOffice = z.uuid().toLowerCase();

const someId = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/** A path by identity, with ids as the offices write them. */
const pathOfOffice = z.string().overwrite((path) => path.replaceAll(someId, (id) => id.toLowerCase()));

/** A province's word on one case: is the household officially on the list? */
export const PenetapanBody = z.looseObject({
  caseId: idOfOffice,
  periodId: period,
  outcome: z.enum(['ditetapkan', 'tidak_ditetapkan']),
  /** Number and date of the decree. */
  decree: z.string().min(1),
  decidedOn: IsoDate,
  note: z.string().nullable(),
});

/** Official ranks, as the province computed them; never computed by an office. */
export const RankBody = z.looseObject({
  periodId: period,
  model: z.string().min(1),
  /** Families that were ranked in all; where it is left out, nobody can tell: an office gets its own of them, of a list that may come in parts. */
  of: z.int().positive().optional(),
  ranks: z
    .array(
      z.looseObject({
        caseId: idOfOffice,
        rank: z.int().positive(),
        desil: z.int().min(1).max(10).nullable(),
      }),
    )
    .min(1),
});

export const RecipientsBody = z.looseObject({
  periodId: period,
  program: z.looseObject({ id: z.string().min(1), name: z.string().min(1) }),
  recipients: z
    .array(
      z.looseObject({
        caseId: idOfOffice,
        /** The member who receives it; null for the household. */
        memberId: idOfOffice.nullable(),
        status: z.enum(['menerima', 'tidak_menerima', 'dihentikan']),
        from: IsoDate.nullable(),
        until: IsoDate.nullable(),
      }),
    )
    .min(1),
});

/** The province found something wrong in a record that it had accepted; a task for the office. */
export const RejectedBody = z.looseObject({
  caseId: idOfOffice,
  /** Key of the record; null where it is the case as a whole. */
  key: idOfOffice.nullable(),
  code: z.string().min(1),
  /** Path by identity, `members.<id>.nik`. */
  field: pathOfOffice.nullable(),
  sentence: z.string().min(1),
  by: z.string().min(1),
});

/** The province's copy changed otherwise than by this office's records. */
export const CaseChangedBody = z.looseObject({
  caseId: idOfOffice,
  baseVersion: z.int().positive(),
  version: z.int().positive(),
  reason: z.string().min(1),
  edits: z.array(WireEdit.extend({ path: pathOfOffice.min(1) })).min(1),
});

const DownHousehold = z.looseObject(ReferenceHousehold.shape).extend({
  persons: z.array(z.looseObject(ReferencePerson.shape)),
});

/**
 * A reference list, or what changed in it. A list travels in parts, each an item of its own; nobody
 * sees it before its last part. A difference names the list it builds on, and holds the
 * households that are new or changed, whole, and the ids of those that are gone.
 */
export const ReferenceBody = z.looseObject({
  listId: z.uuid(),
  source: ReferenceSource,
  name: z.string().min(1),
  listDate: IsoDate,
  version: z.int().positive(),
  /** The list that a difference builds on; null for a whole list. */
  baseListId: z.uuid().nullable(),
  part: z.int().positive(),
  parts: z.int().positive(),
  households: z.array(DownHousehold).max(2_000),
  removed: z.array(z.string()),
});
export type ReferenceBody = z.infer<typeof ReferenceBody>;

/** What the province sets for its offices. `content` is read by the setting's own schema. */
export const SettingBody = z.looseObject({
  setting: z.enum(['kalender', 'instrumen', 'aturan_program', 'model_skor']),
  /** Of one instrument, program or model; empty for the calendar. */
  id: z.string(),
  version: z.string().min(1),
  title: z.string().min(1),
  effectiveFrom: IsoDate,
  content: z.record(z.string(), z.unknown()),
});

export type SettingBody = z.infer<typeof SettingBody>;

/** Content of an `aturan_program`: who is entitled, in sentences that a clerk can read out. */
export const ProgramRule = z.looseObject({
  program: z.looseObject({ id: z.string().min(1), name: z.string().min(1) }),
  sentences: z.array(z.string().trim().min(1).max(400)).min(1).max(40),
});

/** Content of a `model_skor`: what counts in the province's ranks, and how much, so that an office can read it. */
export const ScoreModel = z.looseObject({
  /** Points by field of the questionnaire; below 0 where it speaks against need. */
  weights: z
    .record(z.string().min(1).max(120), z.number())
    .refine((weights) => Object.keys(weights).length > 0, 'Model skor perlu paling sedikit satu bobot.'),
  /** The same in words, where the province gives them. */
  sentences: z.array(z.string().trim().min(1).max(400)).max(40).optional(),
});
export type ScoreModel = z.infer<typeof ScoreModel>;

export const downBodies = {
  'decision.penetapan': PenetapanBody,
  'decision.rank': RankBody,
  'decision.recipients': RecipientsBody,
  'record.rejected': RejectedBody,
  'case.changed': CaseChangedBody,
  'reference.list': ReferenceBody,
  'setting.published': SettingBody,
} as const;
export const DownKind = z.enum([
  'decision.penetapan',
  'decision.rank',
  'decision.recipients',
  'record.rejected',
  'case.changed',
  'reference.list',
  'setting.published',
]);
export type DownKind = z.infer<typeof DownKind>;

/** Payload of one item. */
export const DownItem = z.looseObject({
  wire: z.int().positive(),
  id: z.uuid(),
  /** The cursor after this item; grows from item to item. */
  cursor: z.int().positive(),
  /** The office it is for; null for every office of `area`. */
  officeId: z.uuid().nullable(),
  /** Code of the province, a city, a kecamatan or a kelurahan. */
  area: z.string().nullable(),
  /** A kind that an office does not know is kept, and applied after its update. */
  kind: z.string().min(1).max(60),
  issuedAt: IsoInstant,
  body: z.record(z.string(), z.unknown()),
});
export type DownItem = z.infer<typeof DownItem>;

const jws = z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);

/** Bytes of items, each counted by its body as JSON. */
export const downLimits = {
  /** Most of a page; one item is always sent. */
  page: 2 * 1024 * 1024,
  /** An office that got no page asks for half, down to this. */
  leastPage: 16 * 1024,
  /** Most of one item: a minute and a half of a line of 512 kbit/s. */
  item: 4 * 1024 * 1024,
  /** Of a part of a list, which can be cut anywhere. */
  listPart: 512 * 1024,
} as const;

export const DownPage = z.looseObject({
  wire: z.int().positive(),
  items: z.array(jws),
  /** Where to go on; the asked cursor again where there is nothing new. */
  next: z.int().min(0),
  more: z.boolean(),
  /**
   * The item that the office says it took last does not stand where it says: the province put back an older copy of
   * what it had issued, and counts on from there. These are the items from the start; what the office has is not
   * applied twice.
   */
  anew: z.boolean().optional(),
  serverTime: IsoInstant,
  /** Each a `KeyVoucher`; absent where the province has announced no other key, and from an older server. */
  keys: z.array(jws).optional(),
});
export type DownPage = z.infer<typeof DownPage>;

// Reserved numbers --------------------------------------------------------------------------------

/** Asks for a pool. */
export const NumbersRequest = z.looseObject({
  wire: z.int().positive(),
  officeId: z.uuid(),
  /** Made before the first try: the same request gets the same pool again. */
  requestId: z.uuid(),
  count: z.int().min(1).max(1_000),
  /**
   * How many lent numbers the office has given to no case yet. The province sees a number only with its legalised case, and
   * never one that went with a register or a case that was closed; absent from an older office.
   */
  left: z.int().min(0).optional(),
});

/** Payload of the signed grant (`typ` `mutakhir-numbers`). */
export const NumberPool = z.looseObject({
  wire: z.int().positive(),
  poolId: z.uuid(),
  requestId: z.uuid(),
  officeId: z.uuid(),
  prefix: z.string().regex(/^[A-Z0-9]{2,8}$/),
  /** Digits after the prefix, padded with zeros. */
  digits: z.int().min(6).max(12),
  from: z.int().positive(),
  /** Inclusive. */
  to: z.int().positive(),
  grantedAt: IsoInstant,
});
export type NumberPool = z.infer<typeof NumberPool>;

export type NumbersRequest = z.infer<typeof NumbersRequest>;

export const NumbersResponse = z.looseObject({ wire: z.int().positive(), pool: jws });
export type NumbersResponse = z.infer<typeof NumbersResponse>;

export function writeProvinceNumber(pool: Pick<NumberPool, 'prefix' | 'digits'>, number: number): string {
  return ProvinceNumber.parse(`${pool.prefix}-${String(number).padStart(pool.digits, '0')}`);
}

// Attachments -------------------------------------------------------------------------------------

/** Most bytes of an attachment in one request. */
export const chunkBytes = 256 * 1024;

/** How much of an attachment the province holds: an upload goes on from there. */
export const AttachmentState = z.looseObject({
  wire: z.int().positive(),
  hash: RecordHash,
  size: z.int().positive(),
  received: z.int().min(0),
  complete: z.boolean(),
  /** Of the request it answers, so that what was said earlier is no answer; an older server leaves it out. */
  nonce: z.uuid().optional(),
});
export type AttachmentState = z.infer<typeof AttachmentState>;
