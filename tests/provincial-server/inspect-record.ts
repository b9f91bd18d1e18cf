import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { inspectHousehold } from '../../shared/domain/household.ts';
import { liesIn } from '../../shared/domain/wilayah.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import { rejections, type RejectionCode } from '../../shared/provincial/problems.ts';
import {
  type CaseCorrectedBody,
  type CaseLegalisedBody,
  type CaseRetractedBody,
  type FamilyConsentBody,
  householdOf,
  PushRecord,
  recordBodies,
  RecordKind,
} from '../../shared/provincial/record.ts';
import { isStorable } from '../../shared/provincial/storable.ts';

export interface Rejection {
  code: RejectionCode;
  field: string | null;
  sentence: string;
}

/** A readable record of a case; a retraction carries no household. */
export type ReadableCase = { record: PushRecord } & (
  | { kind: 'case.legalised'; body: CaseLegalisedBody }
  | { kind: 'case.corrected'; body: CaseCorrectedBody }
  | { kind: 'case.retracted'; body: CaseRetractedBody }
);

/** Any readable record. */
export type Readable = ReadableCase | { record: PushRecord; kind: 'family.consent'; body: FamilyConsentBody };

export type Inspected =
  | { verdict: 'readable'; readable: Readable }
  | { verdict: 'kind_unknown' }
  | { verdict: 'rejected'; rejection: Rejection };

/** Judges one record by itself: its shape, its hash, its content, and whether the office may send it. */
export function inspectRecord(raw: unknown, area: string): Inspected {
  const parsed = PushRecord.safeParse(raw);
  if (!parsed.success) return rejected('invalid_record', ...firstIssue(parsed.error, []));
  const record = parsed.data;
  const unstorable = unstorableIn(record);
  if (unstorable !== null) return rejected('unstorable', unstorable);
  const kind = RecordKind.safeParse(record.kind);
  if (!kind.success) return { verdict: 'kind_unknown' };
  if (hashOf(record.body) !== record.hash) return rejected('hash_mismatch', 'hash');

  const read = readBodyOf(kind.data, record);
  if ('error' in read) return rejected('invalid_record', ...firstIssue(read.error, ['body']));
  const { body } = read;
  if (body.case.id !== record.caseId) return rejected('case_mismatch', 'body.case.id');
  if (read.kind === 'family.consent')
    return read.body.consent.version <= record.baseVersion
      ? rejected('base_version', 'body.consent.version')
      : { verdict: 'readable', readable: read };
  if (read.body.case.version <= record.baseVersion) return rejected('base_version', 'body.case.version');
  if (kind.data === 'case.corrected' && record.baseVersion === 0)
    return rejected('case_unknown', 'baseVersion');
  if (read.kind === 'case.retracted') return { verdict: 'readable', readable: read };
  const finding = inspectHousehold(householdOf(read.body)).find((candidate) => candidate.level === 'error');
  if (finding) return rejected('invalid_record', householdField(finding.field), finding.message);
  if (!liesIn(read.body.household.address.kelurahan, area))
    return rejected('outside_area', 'body.household.address.kelurahan');
  return { verdict: 'readable', readable: read };
}

function readBodyOf(kind: RecordKind, record: PushRecord): Readable | { error: z.ZodError } {
  switch (kind) {
    case 'case.legalised': {
      const { data: body, error } = recordBodies[kind].safeParse(record.body);
      return error ? { error } : { kind, record, body };
    }
    case 'case.corrected': {
      const { data: body, error } = recordBodies[kind].safeParse(record.body);
      return error ? { error } : { kind, record, body };
    }
    case 'case.retracted': {
      const { data: body, error } = recordBodies[kind].safeParse(record.body);
      return error ? { error } : { kind, record, body };
    }
    case 'family.consent': {
      const { data: body, error } = recordBodies[kind].safeParse(record.body);
      return error ? { error } : { kind, record, body };
    }
    default:
      return assertNever(kind);
  }
}

export function rejectionOf(code: RejectionCode, field: string | null = null, detail?: string): Rejection {
  return { code, field, sentence: detail === undefined ? rejections[code] : `${rejections[code]} ${detail}` };
}

/**
 * The first field whose text is held nowhere (see {@link isStorable}). Known before anything is written, it stops no other record of its batch.
 */
function unstorableIn(value: unknown, at: readonly string[] = []): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : at.join('.');
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const found = isStorable(name) ? unstorableIn(inner, [...at, name]) : at.join('.');
    if (found !== null) return found;
  }
  return null;
}

/** SHA-256 over the canonical JSON, or null where the value has none. */
export function hashOf(value: unknown): string | null {
  try {
    return createHash('sha256').update(canonicalJson(value)).digest('hex');
  } catch {
    return null;
  }
}

/** What makes two sendings under one key the same record, whatever else an envelope carries. */
export function identityOf(raw: Record<string, unknown>): Buffer {
  const told = [raw['kind'], raw['caseId'], raw['baseVersion'], raw['parent'], raw['hash']].map(
    (value) => value ?? null,
  );
  return createHash('sha256').update(JSON.stringify(told)).digest();
}

function rejected(code: RejectionCode, field: string | null, detail?: string): Inspected {
  return { verdict: 'rejected', rejection: rejectionOf(code, field, detail) };
}

/** The messages of our own schemas are sentences for the clerk; zod's are not, and stay out. */
function firstIssue(error: z.ZodError, prefix: string[]): [field: string, detail: string | undefined] {
  const issue = error.issues[0];
  return [
    [...prefix, ...(issue?.path ?? [])].join('.'),
    issue?.message.endsWith('.') ? issue.message : undefined,
  ];
}

/** Household findings name `members.2.nik` or `address.rt`; on the wire members stand beside the household. */
function householdField(field: string): string {
  return field.startsWith('members.') ? `body.${field}` : `body.household.${field}`;
}
