import type { Pool } from 'pg';
import { z } from 'zod';
import { KelurahanCode } from '../../shared/domain/wilayah.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import {
  mostMissing,
  type PlacedLeaf,
  type ProofLeaf,
  ProofLeaves,
  type ProofResponse,
  ProofSummary,
  type RecordResponse,
  treeOf,
} from '../../shared/provincial/proof.ts';
import { PushRecord, type RecordKind } from '../../shared/provincial/record.ts';
import { signatureType, wireVersion } from '../../shared/provincial/wire.ts';
import { listMissingFiles } from './attachments.ts';
import { inTransaction, type Tx } from './database.ts';
import type { EnrolledOffice } from './offices.ts';
import { isKey } from './records.ts';
import { Refusal } from './refusal.ts';
import { sha256, type ServerKey, signCompact, signedNow } from './signing.ts';

/** What the province holds of an office, proven: computed from the bodies each time it is asked for. */

interface Rw {
  kelurahan: string;
  rw: number;
}

/** What is held of a case: its newest record, and what its family said last of being shown. */
interface Held {
  leaf: PlacedLeaf;
  word: PlacedLeaf | null;
}

const hex = (text: string): string => sha256(text).toString('hex');

/** Bodies read at once; an office of any size is hashed in the memory of this many. */
const pageSize = 500;

export async function proveHeld(
  pool: Pool,
  office: EnrolledOffice,
  nonce: string,
  serverKey: ServerKey,
  now: Date,
): Promise<ProofResponse> {
  const held = await readHeld(pool, office, null);
  const missingFiles = await listMissingFiles(pool, office, hex(nonce), mostMissing);
  const summary: ProofSummary = {
    wire: wireVersion,
    officeId: office.id,
    nonce,
    serverTime: now.toISOString(),
    ...treeOf(
      held.map(({ leaf }) => leaf),
      hex,
    ),
    // Nothing is said of files where all are here.
    ...(missingFiles.length === 0 ? {} : { missingFiles }),
    words: treeOf(wordsOf(held), hex),
  };
  return sign(serverKey, signatureType.proof, ProofSummary.parse(summary));
}

export async function proveRw(
  pool: Pool,
  office: EnrolledOffice,
  rw: Rw,
  nonce: string,
  serverKey: ServerKey,
  now: Date,
): Promise<ProofResponse> {
  const held = await readHeld(pool, office, rw);
  const proof: ProofLeaves = {
    wire: wireVersion,
    officeId: office.id,
    nonce,
    serverTime: now.toISOString(),
    ...rw,
    leaves: held.map(({ leaf }) => bare(leaf)),
    words: wordsOf(held).map(bare),
  };
  return sign(serverKey, signatureType.proofLeaves, ProofLeaves.parse(proof));
}

const wordsOf = (held: readonly Held[]): PlacedLeaf[] =>
  held.flatMap(({ word }) => (word === null ? [] : [word]));

const bare = ({ caseId, key, kind, number, hash }: PlacedLeaf): ProofLeaf => ({
  caseId,
  key,
  kind,
  number,
  hash,
});

/** One record of this office as it was sent. @throws Refusal `record_unknown`. */
export async function readRecord(
  pool: Pool,
  office: EnrolledOffice,
  key: string,
  serverKey: ServerKey,
): Promise<RecordResponse> {
  const { rows } = isKey(key)
    ? await pool.query<{ envelope: Record<string, unknown>; body: unknown; receipt: string }>(
        'SELECT envelope, body, receipt FROM record WHERE office_id = $1 AND key = $2 AND city = $3',
        [office.id, key, office.city],
      )
    : { rows: [] };
  const row = rows[0];
  if (row === undefined) throw new Refusal('record_unknown');
  const record = PushRecord.parse({ ...row.envelope, body: row.body });
  return { wire: wireVersion, record, receipt: signedNow(serverKey, signatureType.receipt, row.receipt) };
}

const LeafRow = z.object({
  case_id: z.string(),
  key: z.string(),
  kind: z.string(),
  body: z.looseObject({ case: z.looseObject({ number: z.string() }) }),
  address: z.looseObject({ kelurahan: KelurahanCode, rw: z.int().positive() }),
  word_key: z.string().nullable(),
  word_body: z.unknown(),
});

/** What is held of every case of the office, as of one moment; of one RW, or of all. */
async function readHeld(pool: Pool, office: EnrolledOffice, rw: Rw | null): Promise<Held[]> {
  return await inTransaction(pool, async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const held: Held[] = [];
    for (let after: string | null = null; ;) {
      const page: Held[] = await readPage(tx, office, rw, after);
      held.push(...page);
      if (page.length < pageSize) return held;
      after = page.at(-1)?.leaf.caseId ?? null;
    }
  });
}

/**
 * The city is named outright: of all partitions, only that of the office's own is read. A word by which readers are
 * shown something else than it says is held no more.
 */
export const pageOfLeaves = `SELECT * FROM (
       SELECT held.case_id, newest.key, newest.kind, newest.body, coalesce(newest.body #> '{household,address}', (
         SELECT earlier.body #> '{household,address}' FROM record AS earlier
         WHERE earlier.case_id = held.case_id AND earlier.office_id = held.office_id AND earlier.city = $6 AND earlier.body ? 'household'
         ORDER BY earlier.version DESC LIMIT 1)) AS address, word.key AS word_key, word.body AS word_body
       FROM province_case AS held
       JOIN record AS newest ON newest.office_id = held.office_id AND newest.key = held.record_key AND newest.city = $6
       LEFT JOIN family_consent AS said ON said.office_id = held.office_id AND said.case_id = held.case_id
       LEFT JOIN record AS word ON word.office_id = said.office_id AND word.key = said.record_key AND word.city = $6
         AND word.body #>> '{consent,sharing}' = said.sharing
       WHERE held.office_id = $1 AND ($2::uuid IS NULL OR held.case_id > $2)) AS leaf
     WHERE $3::text IS NULL OR (address ->> 'kelurahan' = $3 AND address -> 'rw' = to_jsonb($4::integer))
     ORDER BY case_id LIMIT $5`;

async function readPage(
  tx: Tx,
  office: EnrolledOffice,
  rw: Rw | null,
  after: string | null,
): Promise<Held[]> {
  const { rows } = await tx.query(pageOfLeaves, [
    office.id,
    after,
    rw?.kelurahan ?? null,
    rw?.rw ?? null,
    pageSize,
    office.city,
  ]);
  return rows.map((raw) => {
    const {
      case_id: caseId,
      key,
      kind,
      body,
      address,
      word_key: wordKey,
      word_body: said,
    } = LeafRow.parse(raw);
    const place = { kelurahan: address.kelurahan, rw: address.rw };
    const { number } = body.case;
    return {
      leaf: { caseId, key, kind, number, hash: hex(canonicalJson(body)), ...place },
      word:
        wordKey === null
          ? null
          : { caseId, key: wordKey, kind: wordKind, number, hash: hex(canonicalJson(said)), ...place },
    };
  });
}

const wordKind: RecordKind = 'family.consent';

function sign(key: ServerKey, typ: string, payload: unknown): ProofResponse {
  return { wire: wireVersion, proof: signCompact(key, typ, payload) };
}
