import type { Pool } from 'pg';
import { z } from 'zod';
import { KelurahanCode } from '../../shared/domain/wilayah.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import { type CourierHolds, type CourierProof, courierProofBytes } from '../../shared/provincial/courier.ts';
import {
  branchKey,
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
  const held = await inOneMoment(pool, (tx) => readHeld(tx, office, null));
  return await tellSum(pool, office, held, nonce, serverKey, now);
}

async function tellSum(
  tx: Tx,
  office: EnrolledOffice,
  held: readonly Held[],
  nonce: string,
  serverKey: ServerKey,
  now: Date,
): Promise<ProofResponse> {
  const missingFiles = await listMissingFiles(tx, office, hex(nonce), mostMissing);
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
  const held = await inOneMoment(pool, (tx) => readHeld(tx, office, rw));
  return tellRw(office, rw, held, nonce, serverKey, now);
}

function tellRw(
  office: EnrolledOffice,
  { kelurahan, rw }: Rw,
  held: readonly Held[],
  nonce: string,
  serverKey: ServerKey,
  now: Date,
): ProofResponse {
  const proof: ProofLeaves = {
    wire: wireVersion,
    officeId: office.id,
    nonce,
    serverTime: now.toISOString(),
    kelurahan,
    rw,
    leaves: held.map(({ leaf }) => bare(leaf)),
    words: wordsOf(held).map(bare),
  };
  return sign(serverKey, signatureType.proofLeaves, ProofLeaves.parse(proof));
}

/**
 * The proof as a courier takes it along: the sum, every RW, and the records that the office does not hold so, all as of one
 * moment. Nobody can be asked for them later.
 *
 * @param sent hash of each record of the bundle, by its key: what of them is held here, the office has itself
 * @param bytes most of bodies that come along; what is wanted goes first, then what the office has no receipt for any more
 */
export async function proveToCourier(
  pool: Pool,
  office: EnrolledOffice,
  {
    bundleId,
    holds,
    sent,
    bytes = courierProofBytes,
  }: {
    bundleId: string;
    holds: CourierHolds | null;
    sent: ReadonlyMap<string, unknown>;
    bytes?: number;
  },
  serverKey: ServerKey,
  now: Date,
): Promise<CourierProof> {
  return await inOneMoment(pool, async (tx) => {
    const held = await readHeld(tx, office, null);
    const { proof: summary } = await tellSum(tx, office, held, bundleId, serverKey, now);
    const areas = [...Map.groupBy(held, ({ leaf }) => branchKey(leaf)).values()].flatMap((group) =>
      group.slice(0, 1).map(({ leaf }) => tellRw(office, leaf, group, bundleId, serverKey, now).proof),
    );
    const differing = holds === null ? [] : differingFrom(holds, held, sent);
    const asked = { differing, unproven: holds?.unproven ?? [], proven: new Set(holds?.proven) };
    const { records, unknown } = await readDiffering(tx, office, asked, serverKey, bytes);
    return { summary, areas, records, unknown };
  });
}

/** A newest record that the office does not hold so. */
interface Differing {
  key: string;
  /** Whether it builds on others that the office may not hold either: back to `until`, what it has a receipt for, or the first. */
  chain: boolean;
  until: string | null;
  wanted: boolean;
}

function differingFrom(
  holds: CourierHolds,
  held: readonly Held[],
  sent: ReadonlyMap<string, unknown>,
): Differing[] {
  const [proven, wanted] = [new Set(holds.proven), new Set(holds.wanted)];
  const among = (theirs: CourierHolds['cases'], ours: readonly PlacedLeaf[], chain: boolean): Differing[] => {
    const known = new Map(theirs.map((leaf) => [leaf.caseId, leaf]));
    return ours.flatMap(({ caseId, key, hash }) => {
      const own = known.get(caseId);
      // One that it holds beside a newer one was lost here, and is none to take.
      if (own?.key === key ? own.hash === hash : proven.has(key)) return [];
      if (sent.get(key) === hash) return [];
      const isChain = chain && own?.key !== key;
      return [{ key, chain: isChain, until: own?.key ?? null, wanted: wanted.has(caseId) }];
    });
  };
  const leaves = held.map(({ leaf }) => leaf);
  return [...among(holds.cases, leaves, true), ...among(holds.words, wordsOf(held), false)];
}

async function readDiffering(
  tx: Tx,
  office: EnrolledOffice,
  {
    differing,
    unproven,
    proven,
  }: { differing: readonly Differing[]; unproven: readonly string[]; proven: ReadonlySet<string> },
  serverKey: ServerKey,
  bytes: number,
): Promise<Pick<CourierProof, 'records' | 'unknown'>> {
  const records = new Map<string, RecordResponse>();
  const unknown: string[] = [];
  const budget = { left: bytes };
  const take = async (key: string): Promise<RecordResponse | null> => {
    const found = await findRecord(tx, office, key, serverKey);
    if (found === null) return null;
    records.set(key, found);
    budget.left -= JSON.stringify(found.record.body).length;
    return found;
  };
  const takeDiffering = async ({ key, chain, until }: Differing): Promise<void> => {
    for (let next: string | null = key; next !== null && !records.has(next) && budget.left > 0;) {
      const found: RecordResponse | null = await take(next);
      const parent: string | null = found === null || !chain ? null : found.record.parent;
      next = parent === null || parent === until || proven.has(parent) ? null : parent;
    }
  };
  for (const one of differing.filter(({ wanted }) => wanted)) await takeDiffering(one);
  for (const key of unproven)
    if (budget.left > 0 && !records.has(key) && (await take(key)) === null) unknown.push(key);
  for (const one of differing) await takeDiffering(one);
  return { records: [...records.values()], unknown };
}

const wordsOf = (held: readonly Held[]): PlacedLeaf[] =>
  held.flatMap(({ word }) => (word === null ? [] : [word]));

const bare = ({ caseId, key, kind, number, rt, hash }: PlacedLeaf): ProofLeaf => ({
  caseId,
  key,
  kind,
  number,
  ...(rt === undefined ? {} : { rt }),
  hash,
});

/** One record of this office as it was sent. @throws Refusal `record_unknown`. */
export async function readRecord(
  pool: Pool,
  office: EnrolledOffice,
  key: string,
  serverKey: ServerKey,
): Promise<RecordResponse> {
  const found = await findRecord(pool, office, key, serverKey);
  if (found === null) throw new Refusal('record_unknown');
  return found;
}

async function findRecord(
  tx: Tx,
  office: EnrolledOffice,
  key: string,
  serverKey: ServerKey,
): Promise<RecordResponse | null> {
  const { rows } = isKey(key)
    ? await tx.query<{ envelope: Record<string, unknown>; body: unknown; receipt: string }>(
        'SELECT envelope, body, receipt FROM record WHERE office_id = $1 AND key = $2 AND city = $3',
        [office.id, key, office.city],
      )
    : { rows: [] };
  const row = rows[0];
  if (row === undefined) return null;
  const record = PushRecord.parse({ ...row.envelope, body: row.body });
  return { wire: wireVersion, record, receipt: signedNow(serverKey, signatureType.receipt, row.receipt) };
}

const LeafRow = z.object({
  case_id: z.string(),
  key: z.string(),
  kind: z.string(),
  body: z.looseObject({ case: z.looseObject({ number: z.string() }) }),
  address: z.looseObject({
    kelurahan: KelurahanCode,
    rw: z.int().positive(),
    rt: z.int().positive().optional().catch(undefined),
  }),
  word_key: z.string().nullable(),
  word_body: z.unknown(),
});

async function inOneMoment<Result>(pool: Pool, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return await inTransaction(pool, async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await work(tx);
  });
}

/** What is held of every case of the office; of one RW, or of all. */
async function readHeld(tx: Tx, office: EnrolledOffice, rw: Rw | null): Promise<Held[]> {
  const held: Held[] = [];
  for (let after: string | null = null; ;) {
    const page: Held[] = await readPage(tx, office, rw, after);
    held.push(...page);
    if (page.length < pageSize) return held;
    after = page.at(-1)?.leaf.caseId ?? null;
  }
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
    const place = {
      kelurahan: address.kelurahan,
      rw: address.rw,
      ...(address.rt === undefined ? {} : { rt: address.rt }),
    };
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
