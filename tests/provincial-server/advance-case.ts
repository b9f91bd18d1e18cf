import { randomUUID } from 'node:crypto';
import { conflicts } from '../../shared/provincial/problems.ts';
import { readField, writeField } from '../../shared/provincial/merge.ts';
import type { PushRecord } from '../../shared/provincial/record.ts';
import {
  type ConflictAnswer,
  type MergeNote,
  type Receipt,
  signatureType,
  type WireEdit,
  wireVersion,
} from '../../shared/provincial/wire.ts';
import type { Intake } from './accept-batch.ts';
import {
  authorOf,
  factsIn,
  factsOf,
  findSentBody,
  insertVersion,
  listVersionsFrom,
  lockCase,
  type StandingCase,
  versionIn,
} from './case-versions.ts';
import { type ReadableCase, type Rejection, rejectionOf } from './inspect-record.ts';
import { mergeCase } from './merge-case.ts';
import { isGranted } from './numbers.ts';
import { isCaseOfOtherOffice } from './province-cases.ts';
import { digestOf, signCompact } from './signing.ts';

export type Advanced =
  | { outcome: 'accepted'; receipt: string; merged: MergeNote | undefined }
  | { outcome: 'rejected'; rejection: Rejection }
  | { outcome: 'conflict'; answer: ConflictAnswer };

/**
 * Takes a record into its case: as it is where it builds on what the province holds; merged field by
 * field where the province's copy has moved on; not at all where both changed the same field, or what both
 * changed makes no case together.
 */
export async function advanceCase(
  intake: Intake,
  readable: ReadableCase,
  identity: Buffer,
): Promise<Advanced> {
  const { record } = readable;
  if (!mayBearNumber(intake, readable) && !(await isItsOwn(intake, readable)))
    return rejected('number_not_granted', 'body.case.provinceNumber');
  const first = record.baseVersion === 0;
  if (first && readable.kind !== 'case.retracted') return await begin(intake, readable, identity);
  const standing = await lockCase(intake.tx, record.caseId);
  // Closed by an office whose records of it were all rejected.
  if (standing === null && first) return rejected('nothing_to_retract', null);
  if (standing === null) return rejected('case_unknown', 'baseVersion');
  if (standing.officeId !== intake.office.id) return rejected('case_of_other_office', 'caseId');
  if (standing.retracted && readable.kind === 'case.corrected') return rejected('case_retracted', null);
  if (first || record.baseVersion > standing.version) return rejected('base_version', 'baseVersion');
  return record.baseVersion === standing.version
    ? await keep(intake, readable, identity, standing, null)
    : await mergeInto(intake, readable, identity, standing);
}

/** Whether the case bears no number, or one that offices of this area hold. */
export function mayBearNumber({ pools }: Intake, readable: ReadableCase): boolean {
  if (readable.kind === 'case.retracted') return true;
  const number = readable.body.case.provinceNumber ?? null;
  return number === null || isGranted(pools, number);
}

/** A record that leaves its case standing there. */
type Standing = Exclude<ReadableCase, { kind: 'case.retracted' }>;

/** Whether the province gave the case its number itself, which no pool holds. */
async function isItsOwn({ tx }: Intake, readable: ReadableCase): Promise<boolean> {
  const number = readable.kind === 'case.retracted' ? null : readable.body.case.provinceNumber;
  const own = 'SELECT 1 FROM case_number WHERE number = $1 AND case_id = $2';
  return (await tx.query(own, [number, readable.record.caseId])).rows.length > 0;
}

async function begin(intake: Intake, { record, body }: Standing, identity: Buffer): Promise<Advanced> {
  const version = versionIn(record);
  const { receipt, signed } = sign(intake, record, version, undefined);
  const kept = await insertVersion(intake.tx, {
    record,
    from: 0,
    version,
    city: intake.office.city,
    authorName: intake.office.name,
    identity,
    receipt,
    signedReceipt: signed,
    body: null,
    facts: factsIn(body),
    merged: undefined,
  });
  if (kept) return { outcome: 'accepted', receipt: signed, merged: undefined };
  return (await isCaseOfOtherOffice(intake.tx, intake.office.id, record.caseId))
    ? rejected('case_of_other_office', 'caseId')
    : rejected('base_version', 'baseVersion');
}

async function mergeInto(
  intake: Intake,
  readable: ReadableCase,
  identity: Buffer,
  standing: StandingCase,
): Promise<Advanced> {
  const { tx, office } = intake;
  const { record } = readable;
  const versions = await listVersionsFrom(tx, record.caseId, record.baseVersion);
  const current = versions.at(-1);
  // What the office had in hand: its own record before this one, where the province merged that.
  const base =
    (record.parent === null ? null : await findSentBody(tx, office.id, record.parent, record.baseVersion)) ??
    versions.find((version) => version.version === record.baseVersion)?.body;
  if (current === undefined || base === undefined || base === null)
    return rejected('base_version', 'baseVersion');

  // A retraction says nothing of any field, so whatever the province changed speaks against it.
  const ours = readable.kind === 'case.retracted' ? base : record.body;
  const merged = mergeCase(unversioned(base), unversioned(ours), unversioned(current.body));
  const theirs: WireEdit[] = merged.taken.map(({ path, before, after }) => ({
    path,
    before: before ?? null,
    after: after ?? null,
    by: authorOf(versions, path),
  }));
  const clashes =
    readable.kind === 'case.retracted'
      ? theirs.map(({ path, before, after, by }) => ({ path, base: before, ours: null, theirs: after, by }))
      : merged.clashes.map((clash) => ({
          path: clash.path,
          base: clash.base ?? null,
          ours: clash.ours ?? null,
          theirs: clash.theirs ?? null,
          by: authorOf(versions, clash.path),
        }));
  if (clashes.length === 0)
    return await keep(intake, readable, identity, standing, { value: merged.value, theirs });
  return {
    outcome: 'conflict',
    answer: {
      key: record.key,
      status: 'conflict',
      code: 'same_field',
      version: standing.version,
      clashes,
      theirs: readable.kind === 'case.retracted' ? [] : theirs,
      sentence: conflicts.same_field,
    },
  };
}

async function keep(
  intake: Intake,
  readable: ReadableCase,
  identity: Buffer,
  standing: StandingCase,
  merge: { value: unknown; theirs: WireEdit[] } | null,
): Promise<Advanced> {
  const { tx, office } = intake;
  const { record } = readable;
  // A merge stands above the record's own version: what the office queued on that knows nothing of it.
  const own = versionIn(record) + (merge === null ? 0 : 1);
  const version = Math.max(standing.version + 1, own);
  const merged: MergeNote | undefined =
    merge === null ? undefined : { version, baseVersion: record.baseVersion, theirs: merge.theirs };
  const { receipt, signed } = sign(intake, record, version, merged);
  const body =
    readable.kind === 'case.retracted'
      ? (await listVersionsFrom(tx, record.caseId, standing.version))[0]?.body
      : merge === null
        ? null
        : writeField(merge.value, 'case.version', version);
  const kept = await insertVersion(tx, {
    record,
    from: standing.version,
    version,
    city: standing.city,
    authorName: office.name,
    identity,
    receipt,
    signedReceipt: signed,
    body,
    facts: readable.kind === 'case.retracted' ? null : body === null ? factsIn(readable.body) : factsOf(body),
    merged,
  });
  return kept ? { outcome: 'accepted', receipt: signed, merged } : rejected('base_version', 'baseVersion');
}

export function sign(
  { office, serverKey, now }: Pick<Intake, 'office' | 'serverKey' | 'now'>,
  record: PushRecord,
  version: number,
  merged: MergeNote | undefined,
): { receipt: Receipt; signed: string } {
  const receipt: Receipt = {
    wire: wireVersion,
    receiptId: randomUUID(),
    officeId: office.id,
    key: record.key,
    kind: record.kind,
    caseId: record.caseId,
    version,
    hash: record.hash,
    ...(merged === undefined ? {} : { mergedHash: digestOf(merged) }),
    serverTime: now.toISOString(),
  };
  return { receipt, signed: signCompact(serverKey, signatureType.receipt, receipt) };
}

/** Each side counts its own versions, and says of itself what a correction is: neither is a field of the case. */
function unversioned(body: unknown): unknown {
  const bare = writeField(writeField(body, 'correction', undefined), 'retraction', undefined);
  return readField(bare, 'case.version') === undefined ? bare : writeField(bare, 'case.version', undefined);
}

function rejected(code: Parameters<typeof rejectionOf>[0], field: string | null): Advanced {
  return { outcome: 'rejected', rejection: rejectionOf(code, field) };
}
