import { z } from 'zod';
import { CaseAction, CaseState } from '../domain/case-flow.ts';
import { Address, Family, type Household, inspectHousehold } from '../domain/household.ts';
import { Answers } from '../domain/instrument.ts';
import { IsoDate, IsoInstant, Member } from '../domain/person.ts';
import { ReferenceSource } from '../domain/reference.ts';
import { IdentificationResult, PassiveGrounds, RegistrationMode } from '../domain/registration.ts';
import { Role } from '../domain/role.ts';

/**
 * What the office hands to the province, one schema a record kind. Objects are loose: a field that
 * this version does not know is kept and handed on, so that either end may be the newer one.
 */

/** SHA-256 of the canonical JSON, 64 lowercase hexadecimal digits. */
export const RecordHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'Sidik data terdiri dari 64 angka heksadesimal.');

/** A recorded step of the case: what was decided, by which role, when and why. */
export const WireDecision = z.looseObject({
  /** Id of the event in the office's journal. */
  eventId: z.uuid(),
  action: CaseAction,
  from: CaseState.nullable(),
  to: CaseState,
  at: IsoInstant,
  role: z.union([Role, z.literal('sistem')]),
  /** The office's id of the account, without a name; null for the office itself. */
  accountId: z.uuid().nullable(),
  reason: z.string().nullable(),
});
export type WireDecision = z.infer<typeof WireDecision>;

/** One person of a reference list whom the office holds to be this member. */
export const WireMatch = z.looseObject({
  memberId: z.uuid(),
  source: ReferenceSource,
  list: z.string(),
  listDate: z.string(),
  listVersion: z.int().positive(),
  householdSourceId: z.string(),
  personSourceId: z.string().nullable(),
});

export const WireIdentification = z.looseObject({
  result: IdentificationResult,
  /** What the program proposed; differs from the result only where a person decided otherwise. */
  proposed: IdentificationResult,
  overrideReason: z.string().nullable(),
  modelVersion: z.string(),
  decidedAt: IsoInstant,
  matches: z.array(WireMatch),
});

export const WireVisitCorrections = z.looseObject({
  /** As written beside what was printed, by field: `address.rt`, `families.1.kk`, `members.<id>.nik`. */
  fields: z.record(z.string(), z.string()),
  /** Members found besides those printed, by id. */
  found: z.array(z.uuid()),
  /** Members who were not found, by id. */
  notFound: z.array(z.uuid()),
});

export const WireVisit = z.looseObject({
  /** Result code of the visit (BDT 2015: 1–6); null where the instrument asks none. */
  result: z.string().nullable(),
  visitedOn: IsoDate.nullable(),
  enumerator: z.string().nullable(),
  note: z.string().nullable(),
  instrument: z.looseObject({ id: z.string(), version: z.string() }),
  /** Number of the case that is the same family, as it was typed; only where the result says so. */
  duplicateOf: z.string().optional(),
  /** What the visit found otherwise of the household itself; the case holds it already. */
  corrections: WireVisitCorrections.optional(),
  household: Answers,
  /** Answers by number of the family, where the instrument asks each family under the roof. */
  families: z.record(z.string().regex(/^[1-9]$/), Answers).optional(),
  /** Answers by member id. */
  members: z.record(z.uuid(), Answers),
});
export type WireVisit = z.infer<typeof WireVisit>;

export const WireSheet = z.looseObject({
  code: z.string().regex(/^\d{12}$/),
  printNo: z.int().positive(),
  /** Version of the case that was printed on it. */
  caseVersion: z.int().positive(),
  printedAt: IsoInstant,
});

/** A file that belongs to the case; its content follows by hash, after the record. */
export const WireAttachment = z.looseObject({
  hash: RecordHash,
  mediaType: z.string(),
  size: z.int().positive(),
  slot: z.string(),
});

/** Registration number of the province: running, without a date, so that one kept in reserve never ages. */
export const ProvinceNumber = z
  .string()
  .regex(/^[A-Z0-9]{2,8}-\d{6,12}$/, 'Nomor provinsi berbentuk JKT-00001234.');

/** Body of `case.legalised`: the case as the lurah signed it. */
export const CaseLegalisedBody = z.looseObject({
  case: z.looseObject({
    id: z.uuid(),
    serial: z.int().positive(),
    number: z.string().min(1),
    /** From a pool of the province; null or absent where the office had none left when it registered. */
    provinceNumber: ProvinceNumber.nullish(),
    mode: RegistrationMode,
    passive: z.looseObject(PassiveGrounds.shape).nullable(),
    periodId: z.string().regex(/^\d{4}-\d{2}$/),
    version: z.int().positive(),
    registeredAt: IsoInstant,
  }),
  household: z.looseObject({
    address: z.looseObject(Address.shape),
    phone: z.string().max(20).nullable(),
    families: z.array(z.looseObject(Family.shape)).min(1),
  }),
  members: z.array(z.looseObject(Member.shape)).min(1),
  identification: WireIdentification.nullable(),
  visit: WireVisit.nullable(),
  sheet: WireSheet.nullable(),
  attachments: z.array(WireAttachment),
  decisions: z.array(WireDecision).min(1),
});
export type CaseLegalisedBody = z.infer<typeof CaseLegalisedBody>;

/** Body of `case.corrected`: the whole case as it stands after a correction that the lurah approved. */
export const CaseCorrectedBody = CaseLegalisedBody.extend({
  correction: z.looseObject({
    /** The office's id of the correction record. */
    id: z.uuid(),
    reason: z.string().min(1),
    proposedAt: IsoInstant,
    decidedAt: IsoInstant,
  }),
});
export type CaseCorrectedBody = z.infer<typeof CaseCorrectedBody>;

/**
 * Body of `case.retracted`: the office takes back what it legalised, closes it after a rejection, or says
 * anew where it went; `decisions` tells which. The case's data do not travel again.
 */
export const CaseRetractedBody = z.looseObject({
  case: z.looseObject({ id: z.uuid(), number: z.string().min(1), version: z.int().positive() }),
  retraction: z.looseObject({
    reason: z.string().min(1),
    decidedAt: IsoInstant,
    /** The case that this one went into; null or absent where it was taken back as such. */
    mergedInto: z
      .looseObject({ caseId: z.uuid(), number: z.string().min(1), provinceNumber: ProvinceNumber.nullish() })
      .nullish(),
  }),
  decisions: z.array(WireDecision).min(1),
});
export type CaseRetractedBody = z.infer<typeof CaseRetractedBody>;

/**
 * Body of `family.consent`: what a family says of its data being shown to readers beyond the province's own
 * work (UU 27/2022 lets it withdraw its consent at any time). It needs no record of the case, and may come before the first one.
 */
export const FamilyConsentBody = z.looseObject({
  case: z.looseObject({ id: z.uuid(), number: z.string().min(1) }),
  consent: z.looseObject({
    /** Counts what the office has told of this family's consent, from 1. */
    version: z.int().positive(),
    sharing: z.enum(['given', 'refused']),
    /** How it was said, as the office's form numbers it; null where nothing is recorded any more. */
    code: z.string().min(1).max(20).nullable(),
    /** The office's clock. */
    recordedAt: IsoInstant,
  }),
});
export type FamilyConsentBody = z.infer<typeof FamilyConsentBody>;

/** The household of a body in the shape that the rules of `domain/household.ts` read. */
export function householdOf(body: CaseLegalisedBody): Household {
  return { ...body.household, members: body.members };
}

/** The rule between the fields of a case that a body breaks, as a sentence; null where it breaks none, or cannot be read. */
export function brokenRule(body: unknown): string | null {
  const read = CaseLegalisedBody.safeParse(body);
  if (!read.success) return null;
  return inspectHousehold(householdOf(read.data)).find(({ level }) => level === 'error')?.message ?? null;
}

/** Whether a body can be read as a case, and breaks none of the rules between its fields. */
export function isSoundCase(body: unknown): boolean {
  return CaseLegalisedBody.safeParse(body).success && brokenRule(body) === null;
}

/** Kinds that tell a case; each builds on the one before. */
export const CaseRecordKind = z.enum(['case.legalised', 'case.corrected', 'case.retracted']);
export type CaseRecordKind = z.infer<typeof CaseRecordKind>;

/** Kinds that this version can read. A later kind is no error: see `held` in wire.ts. */
export const RecordKind = z.enum([...CaseRecordKind.options, 'family.consent']);
export type RecordKind = z.infer<typeof RecordKind>;

/** What each kind carries. */
export const recordBodies = {
  'case.legalised': CaseLegalisedBody,
  'case.corrected': CaseCorrectedBody,
  'case.retracted': CaseRetractedBody,
  'family.consent': FamilyConsentBody,
} as const satisfies Record<RecordKind, z.ZodType>;

/** Written one way only, so that what is equal is equal as text. */
const Key = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'Kunci berupa UUID dengan huruf kecil.');

export const PushRecord = z.looseObject({
  /** Idempotency key, made and stored by the office before the first try. */
  key: Key,
  kind: z.string().min(1).max(60),
  caseId: Key,
  /**
   * Version of the case that the office knows the province to hold; 0 where it holds none. Of `family.consent`, the
   * version of what was told of that before.
   */
  baseVersion: z.int().min(0),
  /**
   * Key of the record that must have been accepted before this one; null where there is none. Of `family.consent`, the
   * one before as long as that has no answer.
   */
  parent: Key.nullable(),
  /** The office's clock; never used for order. */
  createdAt: IsoInstant,
  /** Of the canonical JSON of `body`. */
  hash: RecordHash,
  body: z.record(z.string(), z.unknown()),
});
export type PushRecord = z.infer<typeof PushRecord>;

/** What a record says of itself beside its body. */
export type RecordHead = Pick<
  PushRecord,
  'key' | 'kind' | 'caseId' | 'baseVersion' | 'parent' | 'createdAt' | 'hash'
>;
