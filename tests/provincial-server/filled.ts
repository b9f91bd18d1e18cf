import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import type { Pool } from 'pg';
import { makeOfficeKey } from '../../electron/sync/signatures.ts';
import type { PushRecord } from '../../shared/provincial/record.ts';
import { type Receipt, signatureType, wireVersion } from '../../shared/provincial/wire.ts';
import { writeField } from '../../shared/provincial/merge.ts';
import { identityOf } from './inspect-record.ts';
import { migrations } from './migrate.ts';
import { type ServerKey, sha256, signCompact, toServerKey } from './signing.ts';
import { consent, corrected, gambir, legalised, retracted, TestOffice } from './testing.ts';

/** A database of an older version of the server, filled as that version filled it. */
export interface Filled {
  office: TestOffice;
  /** Accepted: a case that the province changed since, and one that was taken back. */
  standing: PushRecord;
  withdrawn: PushRecord;
  /** Accepted as well; its family refuses to be shown, where the version knew of that. */
  refusing: PushRecord;
  receipts: Map<string, string>;
  /** Not yet accepted: the record that {@link held} waits for. */
  parent: PushRecord;
  held: PushRecord;
  rejected: PushRecord;
}

const at = '2026-11-22T03:00:00.000Z';
const names = ['M.Yusuf Percobaan', 'Siti Uji'];

/** What each migration made room for, as rows; a migration that is not named here has not been thought of. */
const fillers: Record<string, (pool: Pool, filled: Filled) => Promise<void>> = {
  '0001-base.sql': fillBase,
  '0002-down.sql': async (pool, { office, standing, parent }) => {
    const files = [sha256('a').toString('hex'), sha256('b').toString('hex')];
    await pool.query('UPDATE office SET down_cursor = 1 WHERE id = $1', [office.id]);
    const edits = [{ path: 'household.phone', before: null, after: '021', by: by('provinsi') }];
    await insert(pool, 'down_item', [
      {
        id: randomUUID(),
        office_id: office.id,
        kind: 'case.changed',
        issued_at: at,
        body: { caseId: standing.caseId, baseVersion: 1, version: 2, reason: 'Padan', edits },
      },
      {
        id: randomUUID(),
        area: '31.71',
        kind: 'uji.lama',
        issued_at: at,
        body: { caseId: parent.caseId, masaDepan: [1, null] },
      },
    ]);
    await insert(pool, 'number_pool', [
      {
        id: randomUUID(),
        office_id: office.id,
        request_id: randomUUID(),
        first: 1,
        last: 50,
        granted_at: at,
      },
    ]);
    await insert(
      pool,
      'attachment',
      files.map((hash, index) => ({
        office_id: office.id,
        hash,
        size: 4,
        media_type: 'image/jpeg',
        received: index === 0 ? 4 : 2,
        complete_at: index === 0 ? at : null,
      })),
    );
    await insert(
      pool,
      'attachment_chunk',
      files.map((hash) => ({ office_id: office.id, hash, first_byte: 0, bytes: Buffer.from([0, 255]) })),
    );
  },
  '0003-read.sql': async (pool, filled) => {
    // As that version kept names; the families of before it never had any.
    const other = legalised({ body: ({ members }) => Object.assign(members[0] ?? {}, { name: names[0] }) });
    await insertCase(pool, filled, other, { member_names: names[0] });
    const token = randomUUID();
    await insert(pool, 'read_token', [
      {
        id: token,
        reader: 'Situs uji',
        role: 'provinsi',
        area: '31',
        secret_hash: randomBytes(32),
        created_at: at,
        expires_at: '2036-01-01T00:00:00.000Z',
      },
    ]);
    await insert(pool, 'read_access', [
      {
        at,
        token_id: token,
        what: 'lihat_keluarga',
        criteria: { caseId: other.caseId },
        rows: 1,
        case_ids: [other.caseId],
      },
    ]);
  },
  '0004-operators.sql': async (pool) => {
    const operator = randomUUID();
    await insert(pool, 'operator', [{ id: operator, name: 'uji', password_hash: 'x', created_at: at }]);
    await insert(pool, 'operator_session', [
      { token_hash: randomBytes(32), operator_id: operator, form_token: 'x', opened_at: at, used_at: at },
    ]);
    await insert(pool, 'login_try', [{ name: 'uji', at }]);
    await insert(pool, 'operator_action', [{ at, operator_id: operator, action: 'masuk', about: {} }]);
    await insert(pool, 'publication', [
      {
        id: randomUUID(),
        operator_id: operator,
        kind: 'setting.published',
        items: JSON.stringify([{ id: randomUUID(), to: { area: '31' }, body: {} }]),
        prepared_at: at,
      },
    ]);
  },
  '0005-recaps.sql': async (pool, { office }) =>
    await insert(pool, 'period_recap', [
      {
        office_id: office.id,
        period_id: '2026-05',
        hash: sha256('rekap').toString('hex'),
        recap: { cells: [] },
        signature: 'x..y',
        request: Buffer.from('{}'),
        receipt: 'x.y.z',
        received_at: at,
      },
    ]),
  '0006-courier.sql': async (pool, { office }) => {
    await insert(pool, 'courier_key', [{ private_jwk: { kty: 'OKP', crv: 'X25519' } }]);
    await insert(pool, 'courier_bundle', [
      { office_id: office.id, bundle_id: randomUUID(), number: 1, made_at: at, records: 2, read_at: at },
    ]);
  },
  '0007-name-words.sql': async () => {},
  // Since then every family has its names.
  '0008-names-of-before.sql': async (pool) =>
    void (await pool.query(
      readFileSync(join(import.meta.dirname, 'migrations/0008-names-of-before.sql'), 'utf8'),
    )),
  // Takes away, and makes nothing.
  '0009-refused-while-held.sql': async () => {},
  // An index alone.
  '0010-records-with-files.sql': async () => {},
  '0011-key-change.sql': async (pool) => {
    const shown = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) };
    await insert(pool, 'signing_key', [
      { kid: 'dahulu', private_jwk: shown, created_at: at, active_at: at, retired_at: at },
    ]);
  },
  // A column, and relations that none of these has.
  '0012-keys-got-out.sql': async () => {},
  '0013-operators-end.sql': async (pool) => {
    const { rows } = await pool.query('SELECT id FROM operator');
    await insert(pool, 'operator_address', [{ operator_id: rows[0].id, address: '192.0.2.1', seen_at: at }]);
  },
  '0014-family-consent.sql': async (pool, filled) => {
    const word = consent(filled.refusing.caseId, 'refused');
    await insertRecord(pool, filled, word, 1);
    await insert(pool, 'family_consent', [
      {
        office_id: filled.office.id,
        case_id: word.caseId,
        city: '31.71',
        record_key: word.key,
        version: 1,
        sharing: 'refused',
        received_at: at,
      },
    ]);
  },
  // It makes room for nothing, and changes what was issued.
  '0015-small-ids.sql': async () => {},
  '0016-case-numbers.sql': async (pool, { standing }) =>
    await insert(pool, 'case_number', [{ number: 'JKT-90000001', case_id: standing.caseId }]),
  '0017-refusing-offices.sql': async () => {},
};

/** Fills what these migrations have made. */
export async function fill(pool: Pool, known: readonly string[]): Promise<Filled> {
  const office = await TestOffice.create();
  office.id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  office.credential = `${office.id}.${secret}`;
  const [standing, withdrawn, refusing, parent] = [family(), family(), family(), family()];
  const filled: Filled = {
    office,
    standing,
    withdrawn,
    refusing,
    receipts: new Map(),
    parent,
    held: corrected(parent, [['household.phone', '021']]),
    rejected: legalised(),
  };
  await insert(pool, 'office', [
    {
      id: office.id,
      name: 'Kelurahan Gambir',
      area: gambir,
      public_key: office.publicKey,
      credential_hash: sha256(secret),
      enrolled_at: at,
    },
  ]);
  for (const name of known) await (fillers[name] ?? fail(name))(pool, filled);
  return filled;
}

function family(): PushRecord {
  return legalised({
    body: ({ members }) =>
      members.push({
        ...Object.assign(members[0] ?? fail(), { name: names[0] }),
        id: randomUUID(),
        nik: null,
        nikNote: 'Belum punya KTP',
        name: names[1] ?? '',
        relation: '3',
        familyRelation: '3',
      }),
  });
}

/** Every migration but the newest has been what an older server ran on. */
export const older: readonly string[] = migrations.slice(0, -1);

async function fillBase(pool: Pool, filled: Filled): Promise<void> {
  const { office, standing, withdrawn, refusing, held, rejected } = filled;
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  await insert(pool, 'signing_key', [
    { kid: 'lama', private_jwk: await exportJWK(privateKey), created_at: at, retired_at: at },
  ]);
  await insert(pool, 'enrolment_code', [
    { code_hash: randomBytes(32), area: gambir, created_at: at, expires_at: at },
    {
      code_hash: randomBytes(32),
      area: null,
      created_at: at,
      expires_at: at,
      used_at: at,
      office_id: office.id,
    },
  ]);
  await insertCase(pool, filled, standing, {});
  await insert(pool, 'case_version', [
    {
      case_id: standing.caseId,
      version: 2,
      city: '31.71',
      side: 'provinsi',
      author: 'Dinas',
      made_at: at,
      body: writeField(writeField(standing.body, 'household.phone', '021'), 'case.version', 2),
    },
  ]);
  await pool.query('UPDATE province_case SET version = 2 WHERE case_id = $1', [standing.caseId]);
  await insertCase(pool, filled, withdrawn, {});
  await insertCase(pool, filled, refusing, {});
  const back = retracted(withdrawn);
  await insertRecord(pool, filled, back, 2);
  await insertVersion(pool, filled, back, 2, withdrawn.body);
  await pool.query(
    'UPDATE province_case SET version = 2, record_key = $2, retracted_at = $3 WHERE case_id = $1',
    [withdrawn.caseId, back.key, at],
  );
  await insert(pool, 'held_record', [
    {
      office_id: office.id,
      key: held.key,
      parent: held.parent,
      identity: identityOf(held),
      record: held,
      received_at: at,
    },
  ]);
  await insert(pool, 'rejection', [
    {
      office_id: office.id,
      key: rejected.key,
      identity: identityOf(rejected),
      code: 'invalid_record',
      field: 'body.members.0.nik',
      sentence: 'NIK terdiri dari 16 angka.',
      case_id: rejected.caseId,
      received_at: at,
    },
  ]);
}

/** A case by its first record. */
async function insertCase(
  pool: Pool,
  filled: Filled,
  record: PushRecord,
  more: Record<string, unknown>,
): Promise<void> {
  await insertRecord(pool, filled, record, 1);
  await insertVersion(pool, filled, record, 1, null);
  await insert(pool, 'province_case', [
    {
      case_id: record.caseId,
      office_id: filled.office.id,
      city: '31.71',
      record_key: record.key,
      version: 1,
      kelurahan: gambir,
      rw: 2,
      rt: 4,
      street: 'Jl. Percobaan 7',
      head_name: names[0],
      period_id: '2026-11',
      result: 'baru',
      ...more,
    },
  ]);
}

/** The key as every version of the schema keeps it. */
async function signingKey(pool: Pool): Promise<ServerKey> {
  const { rows } = await pool.query('SELECT private_jwk FROM signing_key WHERE retired_at IS NULL');
  if (rows[0] !== undefined) return await toServerKey(rows[0].private_jwk);
  const made = await makeOfficeKey();
  const key = await toServerKey(made);
  await pool.query('INSERT INTO signing_key (kid, private_jwk) VALUES ($1, $2)', [key.kid, made]);
  return key;
}

async function insertRecord(
  pool: Pool,
  { office, receipts }: Filled,
  record: PushRecord,
  version: number,
): Promise<void> {
  const key = await signingKey(pool);
  const receipt: Receipt = {
    wire: wireVersion,
    receiptId: randomUUID(),
    officeId: office.id,
    key: record.key,
    kind: record.kind,
    caseId: record.caseId,
    version,
    hash: record.hash,
    serverTime: at,
  };
  const signed = signCompact(key, signatureType.receipt, receipt);
  receipts.set(record.key, signed);
  const { body: sent, ...envelope } = record;
  await insert(pool, 'record', [
    {
      office_id: office.id,
      key: record.key,
      city: '31.71',
      kind: record.kind,
      case_id: record.caseId,
      base_version: record.baseVersion,
      version,
      parent: record.parent,
      hash: record.hash,
      identity: identityOf(record),
      envelope,
      body: sent,
      received_at: at,
      receipt_id: receipt.receiptId,
      receipt: signed,
    },
  ]);
}

async function insertVersion(
  pool: Pool,
  { office }: Filled,
  record: PushRecord,
  version: number,
  body: unknown,
): Promise<void> {
  await insert(pool, 'case_version', [
    {
      case_id: record.caseId,
      version,
      city: '31.71',
      side: 'kantor',
      author: 'Kelurahan Gambir',
      made_at: at,
      office_id: office.id,
      record_key: record.key,
      body,
    },
  ]);
}

async function insert(pool: Pool, table: string, rows: Record<string, unknown>[]): Promise<void> {
  for (const row of rows) {
    const columns = Object.keys(row);
    await pool.query(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_, n) => `$${n + 1}`).join(', ')})`,
      columns.map((column) => row[column]),
    );
  }
}

function by(side: 'kantor' | 'provinsi') {
  return { side, name: 'Dinas', at };
}

function fail(what = 'that'): never {
  throw new Error(`Nothing is filled for ${what}.`);
}
