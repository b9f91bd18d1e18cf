import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { inspectHousehold } from '../../shared/domain/household.ts';
import { liesIn } from '../../shared/domain/wilayah.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import { rejections, type RejectionCode } from '../../shared/provincial/problems.ts';
import { CaseLegalisedBody, householdOf, PushRecord, RecordKind } from '../../shared/provincial/record.ts';

export interface Rejection {
  code: RejectionCode;
  field: string | null;
  sentence: string;
}

export type Inspected =
  | { verdict: 'readable'; record: PushRecord; body: CaseLegalisedBody }
  | { verdict: 'kind_unknown' }
  | { verdict: 'rejected'; rejection: Rejection };

/** Judges one record by itself: its shape, its hash, its content, and whether the office may send it. */
export function inspectRecord(raw: unknown, area: string): Inspected {
  const parsed = PushRecord.safeParse(raw);
  if (!parsed.success) return rejected('invalid_record', ...firstIssue(parsed.error, []));
  const record = parsed.data;
  if (!RecordKind.safeParse(record.kind).success) return { verdict: 'kind_unknown' };
  if (hashOf(record.body) !== record.hash) return rejected('hash_mismatch', 'hash');

  const read = CaseLegalisedBody.safeParse(record.body);
  if (!read.success) return rejected('invalid_record', ...firstIssue(read.error, ['body']));
  const body = read.data;
  if (body.case.id !== record.caseId) return rejected('case_mismatch', 'body.case.id');
  if (body.case.version <= record.baseVersion) return rejected('base_version', 'body.case.version');
  const finding = inspectHousehold(householdOf(body)).find((candidate) => candidate.level === 'error');
  if (finding) return rejected('invalid_record', householdField(finding.field), finding.message);
  if (!liesIn(body.household.address.kelurahan, area))
    return rejected('outside_area', 'body.household.address.kelurahan');
  return { verdict: 'readable', record, body };
}

export function rejectionOf(code: RejectionCode, field: string | null = null, detail?: string): Rejection {
  return { code, field, sentence: detail === undefined ? rejections[code] : `${rejections[code]} ${detail}` };
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
