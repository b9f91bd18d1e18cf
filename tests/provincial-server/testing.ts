import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CompactSign, exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import { z } from 'zod';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import { writeField } from '../../shared/provincial/merge.ts';
import type { CaseLegalisedBody, FamilyConsentBody, PushRecord } from '../../shared/provincial/record.ts';
import {
  type Batch,
  BatchResponse,
  EnrolResponse,
  PublicKey,
  type RecordAnswer,
  signatureHeader,
  signatureType,
  wireVersion,
} from '../../shared/provincial/wire.ts';
import { versionIn } from './case-versions.ts';
import { openPool } from './database.ts';
import { migrate } from './migrate.ts';
import { createEnrolmentCode } from './offices.ts';
import { startPostgres } from './postgres.ts';
import { type ProvincialServer, startProvincialServer } from './start.ts';

/** What tests of the wire need: a server on a PostgreSQL of its own, offices, and synthetic records. */

export interface TestProvince {
  databaseUrl: string;
  server: ProvincialServer;
  /** Starts another process' worth of server on the same database. */
  startAnother(options?: Parameters<typeof startProvincialServer>[1]): Promise<ProvincialServer>;
  /** Takes the database away from under the servers. */
  stopDatabase(): Promise<void>;
  stop(): Promise<void>;
}

export async function startTestProvince(
  options: Parameters<typeof startProvincialServer>[1] = {},
): Promise<TestProvince> {
  const postgres = await startPostgres(join(tmpdir(), `mutakhir-provinsi-${randomUUID()}`), {
    persistent: false,
    inMemory: true,
    fill: bringUpToDate,
  });
  const server = await startProvincialServer(postgres.url, options);
  const others: ProvincialServer[] = [];
  return {
    databaseUrl: postgres.url,
    server,
    startAnother: async (more = {}) => {
      const another = await startProvincialServer(postgres.url, more);
      others.push(another);
      return another;
    },
    stopDatabase: postgres.stop,
    stop: async () => {
      for (const running of [server, ...others]) await running.close();
      await postgres.stop();
    },
  };
}

/** What the server does to an empty database, and takes as long as starting PostgreSQL. */
async function bringUpToDate(databaseUrl: string): Promise<void> {
  const pool = openPool(databaseUrl);
  await migrate(pool).finally(() => pool.end());
}

export const gambir = '31.71.01.1001';

/** All that an office needs to know of a server. */
type Reachable = Pick<ProvincialServer, 'address'>;

/** An office as the province sees it: a key, a credential, and signed requests. */
export class TestOffice {
  readonly privateKey: CryptoKey;
  readonly publicKey: PublicKey;
  id = '';
  credential = '';

  private constructor(privateKey: CryptoKey, publicKey: PublicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  static async create(): Promise<TestOffice> {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    return new TestOffice(privateKey, PublicKey.parse(await exportJWK(publicKey)));
  }

  static async enrolled(
    server: ProvincialServer,
    area = gambir,
    now: Date = new Date(),
  ): Promise<TestOffice> {
    const office = await TestOffice.create();
    const response = await office.enrol(server, await createEnrolmentCode(server.pool, area, now), area);
    if (response.status !== 200) throw new Error(`Enrolment was refused: ${await response.text()}`);
    const enrolled = EnrolResponse.parse(await response.json());
    office.id = enrolled.officeId;
    office.credential = enrolled.credential;
    return office;
  }

  /** @param former whom it says that it was */
  async enrol(
    server: Reachable,
    code: string,
    area = gambir,
    former?: TestOffice,
    signAs: string = signatureType.enrolment,
  ): Promise<Response> {
    const body = JSON.stringify({
      wire: wireVersion,
      code,
      office: { name: 'Kelurahan Gambir', area },
      publicKey: this.publicKey,
      formerOfficeId: former?.id,
    });
    const headers = {
      'content-type': 'application/json',
      [signatureHeader]: await detached(this.privateKey, body, signAs),
    };
    return await fetch(`${server.address}/v1/enrol`, { method: 'POST', headers, body });
  }

  async push(server: Reachable, records: readonly unknown[], change: PushChange = {}): Promise<Response> {
    const batch = {
      wire: wireVersion,
      batchId: randomUUID(),
      officeId: this.id,
      sentAt: new Date().toISOString(),
      records,
      ...change.envelope,
    } satisfies Record<keyof Batch, unknown>;
    return await this.send(server, JSON.stringify(batch), change);
  }

  /** Sends any text as a batch, signed. */
  async send(
    server: Reachable,
    body: string,
    { headers = {}, gzip = false, signWith = this.privateKey, signAs = signatureType.batch }: PushChange = {},
  ): Promise<Response> {
    return await fetch(`${server.address}/v1/batches`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.credential}`,
        [signatureHeader]: await detached(signWith, body, signAs),
        ...(gzip ? { 'content-encoding': 'gzip' } : {}),
        ...headers,
      },
      body: gzip ? gzipSync(body) : body,
    });
  }

  /** Pushes and expects to be answered record by record. */
  async answers(server: Reachable, records: readonly unknown[]): Promise<RecordAnswer[]> {
    const response = await this.push(server, records);
    if (response.status !== 200)
      throw new Error(`The batch was refused: ${response.status} ${await response.text()}`);
    return BatchResponse.parse(await response.json()).answers;
  }
}

export interface PushChange {
  envelope?: Record<string, unknown>;
  headers?: Record<string, string>;
  gzip?: boolean;
  signWith?: CryptoKey;
  signAs?: string;
}

export async function detached(key: CryptoKey, body: string | Uint8Array, typ: string): Promise<string> {
  const jws = await new CompactSign(typeof body === 'string' ? new TextEncoder().encode(body) : body)
    .setProtectedHeader({ alg: 'EdDSA', typ })
    .sign(key);
  return jws.replace(/\.[^.]+\./, '..');
}

/** A record of a legalised case of one person, with whatever is to be different. */
export function legalised(
  change: { record?: Partial<PushRecord>; body?: (body: CaseLegalisedBody) => void } = {},
): PushRecord {
  const caseId = change.record?.caseId ?? randomUUID();
  const body = legalisedBody(caseId);
  change.body?.(body);
  return {
    key: randomUUID(),
    kind: 'case.legalised',
    caseId,
    baseVersion: 0,
    parent: null,
    createdAt: '2026-11-22T02:10:00.000Z',
    hash: hashOf(body),
    body,
    ...change.record,
  };
}

/** The case of a record with these fields changed, on the record's version unless told otherwise. */
export function corrected(
  before: PushRecord,
  edits: readonly (readonly [path: string, value: unknown])[],
  change: Partial<PushRecord> & { version?: number } = {},
): PushRecord {
  const { version = versionIn(before) + 1, ...rest } = change;
  const correction = {
    id: randomUUID(),
    reason: 'Salah tulis di loket',
    proposedAt: '2026-11-23T02:00:00.000Z',
    decidedAt: '2026-11-23T03:00:00.000Z',
  };
  const body = edits.reduce<unknown>(
    (value, [path, after]) => writeField(value, path, after),
    writeField({ ...(change.body ?? before.body), correction }, 'case.version', version),
  );
  return follow(before, 'case.corrected', body, { baseVersion: versionIn(before), ...rest });
}

/** Takes back the case of a record. */
export function retracted(before: PushRecord, change: Partial<PushRecord> = {}): PushRecord {
  const { id, number } = legalisedBody(before.caseId).case;
  const body = {
    case: { id, number, version: versionIn(before) + 1 },
    retraction: { reason: 'Salah keluarga', decidedAt: '2026-11-23T03:00:00.000Z' },
    decisions: before.body['decisions'],
  };
  return follow(before, 'case.retracted', body, { baseVersion: versionIn(before), ...change });
}

/** What the family of a case says of being shown. */
export function consent(
  caseId: string,
  sharing: FamilyConsentBody['consent']['sharing'],
  { version = 1, ...change }: Partial<PushRecord> & { version?: number } = {},
): PushRecord {
  const code = sharing === 'refused' ? '4' : '2';
  const body: FamilyConsentBody = {
    case: { id: caseId, number: 'MPM-1' },
    consent: { version, sharing, code, recordedAt: '2026-11-23T02:00:00.000Z' },
  };
  return {
    key: randomUUID(),
    kind: 'family.consent',
    caseId,
    baseVersion: version - 1,
    parent: null,
    createdAt: '2026-11-23T03:00:00.000Z',
    hash: hashOf(body),
    body,
    ...change,
  };
}

function follow(before: PushRecord, kind: string, body: unknown, change: Partial<PushRecord>): PushRecord {
  const whole = z.record(z.string(), z.unknown()).parse(body);
  return {
    key: randomUUID(),
    caseId: before.caseId,
    parent: before.key,
    createdAt: '2026-11-23T03:00:00.000Z',
    baseVersion: 0,
    ...change,
    kind,
    hash: hashOf(whole),
    body: whole,
  };
}

export function hashOf(body: unknown): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex');
}

function legalisedBody(caseId: string): CaseLegalisedBody {
  const memberId = randomUUID();
  const serial = randomBytes(2).readUInt16BE() + 1;
  return {
    case: {
      id: caseId,
      serial,
      number: `MPM-${serial}`,
      mode: 'aktif',
      passive: null,
      periodId: '2026-11',
      version: 1,
      registeredAt: '2026-11-20T03:00:00.000Z',
    },
    household: {
      address: { street: 'Jl. Percobaan 7', rt: 4, rw: 2, kelurahan: gambir },
      phone: null,
      families: [{ no: 1, kk: '3171010101010001' }],
    },
    members: [
      {
        id: memberId,
        name: 'Siti Percobaan',
        nik: '3171014101800001',
        nikNote: null,
        sex: 'P',
        birthPlace: 'Jakarta',
        birthDate: '1980-01-01',
        relation: '1',
        familyNo: 1,
        familyRelation: '1',
        motherName: null,
      },
    ],
    identification: {
      result: 'baru',
      proposed: 'baru',
      overrideReason: null,
      modelVersion: '1',
      decidedAt: '2026-11-20T04:00:00.000Z',
      matches: [],
    },
    visit: {
      result: '1',
      visitedOn: '2026-11-21',
      enumerator: 'Budi',
      note: null,
      instrument: { id: 'bdt2015', version: '1' },
      household: { lantai: '6' },
      members: { [memberId]: { sekolah: '0' } },
    },
    sheet: { code: '000000010011', printNo: 1, caseVersion: 1, printedAt: '2026-11-20T05:00:00.000Z' },
    attachments: [],
    decisions: [
      {
        eventId: randomUUID(),
        action: 'sahkan',
        from: 'DIPERIKSA',
        to: 'DISAHKAN',
        at: '2026-11-22T02:10:00.000Z',
        role: 'lurah',
        accountId: randomUUID(),
        reason: null,
      },
    ],
  };
}
