import type { Intake, RawRecord } from './accept-batch.ts';
import { mayBearNumber, sign } from './advance-case.ts';
import { factsIn, versionIn } from './case-versions.ts';
import { type FirstVersion, insertFirstVersions } from './first-versions.ts';
import { identityOf, type Readable } from './inspect-record.ts';

/**
 * Begins the cases of a batch whose record stands by itself, all in one statement: the first of its
 * case, on nothing before it, and the only one of that case and key in the batch. An office that comes
 * back after weeks sends little else.
 *
 * @returns their receipts by key. What is missing there is judged record by record, as is everything
 * where the database refuses any of it.
 */
export async function beginMany(intake: Intake, records: readonly RawRecord[]): Promise<Map<string, string>> {
  const firsts: FirstVersion[] = [];
  for (const raw of alone(records)) {
    if (intake.known.has(raw.key)) continue;
    const inspected = intake.inspect(raw);
    if (inspected.verdict === 'readable' && isFirst(intake, inspected.readable))
      firsts.push(first(intake, inspected.readable, identityOf(raw)));
  }
  if (firsts.length < 2) return new Map();
  const { tx, apart, office, now } = intake;
  const stored = await apart(async () => await insertFirstVersions(tx, office, firsts, now));
  if ('refusedBy' in stored) return new Map();
  return new Map(
    firsts
      .filter(({ record }) => stored.result.has(record.key))
      .map(({ record, signedReceipt }) => [record.key, signedReceipt]),
  );
}

/** Those that share neither key nor case with another of the batch. */
function alone(records: readonly RawRecord[]): RawRecord[] {
  const times = new Map<unknown, number>();
  for (const { key, caseId } of records)
    for (const id of [key, caseId]) times.set(id, (times.get(id) ?? 0) + 1);
  return records.filter(({ key, caseId }) => times.get(key) === 1 && times.get(caseId) === 1);
}

type First = Extract<Readable, { kind: 'case.legalised' }>;

function isFirst(intake: Intake, readable: Readable): readable is First {
  if (readable.kind !== 'case.legalised') return false;
  const { baseVersion, parent } = readable.record;
  return baseVersion === 0 && parent === null && mayBearNumber(intake, readable);
}

function first(intake: Intake, { record, body }: First, identity: Buffer): FirstVersion {
  const { receipt, signed } = sign(intake, record, versionIn(record), undefined);
  return { record, identity, facts: factsIn(body), receipt, signedReceipt: signed };
}
