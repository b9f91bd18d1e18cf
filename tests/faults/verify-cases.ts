import { z } from 'zod';
import type { Register } from '../../electron/services/register.ts';
import { bodyOf } from '../../electron/services/sync-body.ts';
import { findCase } from '../../electron/store/cases.ts';
import { listRecordsOfCase } from '../../electron/store/proof.ts';
import { diffFields, sameValue } from '../../shared/provincial/merge.ts';
import { CaseLegalisedBody } from '../../shared/provincial/record.ts';
import { factsIn } from '../provincial-server/case-versions.ts';
import type { Tx } from '../provincial-server/database.ts';
import { type ProvinceRecord, takenBack } from './verify.ts';

const Standing = z.object({
  case_id: z.string(),
  record_key: z.string(),
  retracted: z.boolean(),
  body: CaseLegalisedBody,
  provinceNumber: z.string().nullable(),
  kelurahan: z.string(),
  rw: z.number(),
  rt: z.number(),
  street: z.string(),
  headName: z.string(),
  memberNames: z.string(),
  periodId: z.string(),
  result: z.string().nullable(),
});
type Standing = z.infer<typeof Standing>;

/** What each side says of itself, or goes on with: its versions, and the office its steps and files. */
const ownOfEach = /^(case\.version|decisions|attachments|correction|retraction)(\.|$)/;

/** A version that was sent as it stands has the body of its record. */
const Sent = z.object({ office_id: z.string(), city: z.string(), record_key: z.string() });

/**
 * Holds every case of the register against the same case at the province as it stands there, field by field:
 * what a record says that nobody applied, or applied otherwise, is found though its hash is right.
 *
 * @param records what `readRecords` read
 * @returns what does not hold, in sentences without personal data; empty where all does
 */
export async function findCaseFaults(
  { register, pool }: { register: Register; pool: Tx },
  records: readonly ProvinceRecord[],
): Promise<string[]> {
  const { rows } = await pool.query(
    `SELECT stands.case_id, stands.record_key, stands.retracted_at IS NOT NULL AS retracted, held.body,
            jsonb_build_object('office_id', held.office_id, 'city', held.city, 'record_key', held.record_key) AS sent,
            province_number AS "provinceNumber", kelurahan, rw, rt, street, head_name AS "headName",
            member_names AS "memberNames", period_id AS "periodId", result
     FROM province_case AS stands
     JOIN case_version AS held ON held.case_id = stands.case_id AND held.version = stands.version`,
  );
  const bodies = new Map(
    records.map(({ office_id, city, key, body }) => [placeOf({ office_id, city, record_key: key }), body]),
  );
  const standing = z
    .array(Standing)
    .parse(rows.map((row) => ({ ...row, body: row.body ?? bodies.get(placeOf(Sent.parse(row.sent))) })));
  return standing.flatMap((held) => faultsOf(register, held).map((what) => `case ${held.case_id}: ${what}`));
}

function placeOf({ office_id, city, record_key }: z.infer<typeof Sent>): string {
  return `${office_id} ${city} ${record_key}`;
}

function faultsOf(register: Register, held: Standing): string[] {
  const here = findCase(register.db, held.case_id);
  if (here === null) return ['the office has no such case'];
  const found: string[] = [];
  const body = CaseLegalisedBody.parse(bodyOf(register, here));
  const facts = factsIn(held.body);
  for (const [name, value] of Object.entries(facts))
    if (!sameValue(value, Object.entries(held).find(([column]) => column === name)?.[1]))
      found.push(`the province lists another ${name} than its record says`);
  if (held.retracted !== takenBack.some((state) => state === here.state))
    found.push(
      `stands at ${here.state}, and the province ${held.retracted ? 'has' : 'has not'} given it back`,
    );
  const newest = listRecordsOfCase(register.db, held.case_id)
    .filter(({ state }) => state === 'diterima')
    .toSorted((one, other) => (other.version ?? 0) - (one.version ?? 0))[0];
  if (newest?.key !== held.record_key) found.push('another record than the newest stands at the province');
  // What was changed here of a case that was given back goes up when it is given anew.
  if (held.retracted) return found;
  for (const { path } of diffFields(held.body, body))
    if (!ownOfEach.test(path)) found.push(`${path} is another here`);
  const [steps, files] = [
    new Set(body.decisions.map(({ eventId }) => eventId)),
    new Set(body.attachments.map(({ hash }) => hash)),
  ];
  if (held.body.decisions.some(({ eventId }) => !steps.has(eventId)))
    found.push('the province holds a step that was never taken');
  if (held.body.attachments.some(({ hash }) => !files.has(hash)))
    found.push('the province holds a file that hangs on no such case');
  return found;
}
