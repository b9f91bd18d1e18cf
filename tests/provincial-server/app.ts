import { Hono } from 'hono';
import { compress } from 'hono/compress';
import type { Pool } from 'pg';
import { z } from 'zod';
import { openApiDocument } from '../../shared/provincial/openapi.ts';
import {
  BatchEnvelope,
  type Health,
  signatureHeader,
  signatureType,
  wireVersion,
} from '../../shared/provincial/wire.ts';
import { KelurahanCode } from '../../shared/domain/wilayah.ts';
import { chunkBytes, NumbersRequest } from '../../shared/provincial/down.ts';
import { RecapRequest } from '../../shared/provincial/recap.ts';
import { RecordHash } from '../../shared/provincial/record.ts';
import { acceptBatch } from './accept-batch.ts';
import { Admission } from './admission.ts';
import { connectionsAtWork } from './database.ts';
import { answerOf, attachmentState, takeChunk } from './attachments.ts';
import { signCourierKey } from './courier.ts';
import { noteTaken, readDown } from './down.ts';
import { grantNumbers } from './numbers.ts';
import { proveHeld, proveRw, readRecord } from './proof.ts';
import { authenticate, type EnrolledOffice, enrol, enrolmentWays, readEnrolRequest } from './offices.ts';
import { operatorRoutes } from './operator/routes.ts';
import { parse, parseQuery } from './parse-request.ts';
import { readBody } from './read-body.ts';
import { readRoutes } from './read-routes.ts';
import { Receivers, senders } from './receivers.ts';
import { takeRecap } from './recaps.ts';
import { Refusal } from './refusal.ts';
import { isSignedBy, type ServerKey } from './signing.ts';
import { Visit, type Visited } from './visit.ts';

export interface AppOptions {
  pool: Pool;
  serverKey: ServerKey;
  now?: () => Date;
  /** Requests worked on at once, beside those whose bodies arrive; the rest are asked to wait. */
  concurrency?: number;
  /** How it takes a batch; a test lets it do so as an older server did. */
  take?: typeof acceptBatch;
  /** Told of failures that are nobody's request's fault; never given personal data. */
  onFailure?: (cause: unknown) => void;
}

const DownQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  most: z.coerce.number().int().min(0).optional(),
  taken: z.uuid().optional(),
  knownKey: z.string().optional(),
  refused: z.string().optional(),
});
const FileQuery = z.object({ nonce: z.uuid().optional() });
const ChunkQuery = FileQuery.extend({ offset: z.coerce.number().int().min(0) });
const ProofQuery = z.object({ nonce: z.uuid() });
const RwQuery = ProofQuery.extend({ kelurahan: KelurahanCode, rw: z.coerce.number().int().positive() });

/** The provincial API. Holds no state between requests, so several processes may share one database. */
export function createApp({
  pool,
  serverKey,
  now = () => new Date(),
  concurrency = connectionsAtWork,
  take = acceptBatch,
  onFailure = () => {},
}: AppOptions): Hono<Visited> {
  const app = new Hono<Visited>();
  const admission = new Admission({ atOnce: concurrency, now: () => performance.now() });
  const receivers = new Receivers();

  app.onError((cause, c) => {
    const refusal = cause instanceof Refusal ? cause : classify(cause);
    if (refusal !== cause) onFailure(cause);
    if (refusal.retryAfter !== null) c.header('Retry-After', String(refusal.retryAfter));
    return c.json(refusal.toProblem(), refusal.status);
  });
  app.notFound((c) => c.json(new Refusal('unknown_path').toProblem(), 404));

  app.use(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    await next();
  });
  app.use('/v1/*', async (c, next) => {
    // Whoever only asks whether the server is there is told so, however full it is.
    if (c.req.path === '/v1/health' || c.req.path === '/v1/openapi.json') return await next();
    const visit = Visit.begin(admission, receivers);
    c.set('visit', visit);
    try {
      await next();
    } finally {
      visit.end();
    }
  });

  // What comes down is long and much alike: lists go as an eighth of their length, ranks as a third.
  app.use('/v1/down', compress({ encoding: 'gzip' }));

  app.get('/v1/health', async (c) => {
    await pool.query('SELECT 1');
    const health: Health = {
      wire: wireVersion,
      service: 'mutakhir-provincial',
      status: 'ok',
      serverTime: now().toISOString(),
    };
    return c.json(health);
  });

  app.get('/v1/openapi.json', (c) => c.json(openApiDocument()));

  app.post('/v1/enrol', async (c) => {
    const { bytes, json } = await readBody(c.get('visit'), c.req.raw, senders.enrolling);
    const request = await readEnrolRequest(enrolmentWays.line, bytes, json, c.req.header(signatureHeader));
    return c.json(await enrol(pool, request, serverKey, now()));
  });

  app.post('/v1/batches', async (c) => {
    const office = await authenticate(pool, c.req.header('authorization'));
    const { bytes, json } = await readBody(c.get('visit'), c.req.raw, senders.office(office.id));
    await checkSignature(office, c.req.header(signatureHeader), bytes, signatureType.batch);
    const batch = parse(BatchEnvelope, json);
    if (batch.officeId !== office.id) throw new Refusal('office_mismatch', { field: 'officeId' });
    return c.json(await take(pool, office, batch, serverKey, now()));
  });

  app.get('/v1/down', async (c) => {
    const office = await authenticate(pool, c.req.header('authorization'));
    const asked = parseQuery(DownQuery, c.req.query());
    const stands = await noteTaken(pool, office.id, { ...asked, refused: asked.refused === 'true' }, now());
    if (stands) return c.json(await readDown(pool, office, asked, serverKey, now()));
    const page = await readDown(pool, office, { ...asked, after: 0 }, serverKey, now());
    return c.json({ ...page, anew: true });
  });

  app.post('/v1/numbers', async (c) => {
    const office = await authenticate(pool, c.req.header('authorization'));
    const { bytes, json } = await readBody(c.get('visit'), c.req.raw, senders.office(office.id));
    await checkSignature(office, c.req.header(signatureHeader), bytes, signatureType.numbers);
    const request = parse(NumbersRequest, json);
    if (request.officeId !== office.id) throw new Refusal('office_mismatch', { field: 'officeId' });
    return c.json(await grantNumbers(pool, office, request, serverKey, now()));
  });

  app.get('/v1/attachments/:hash', async (c) => {
    const office = await authenticate(pool, c.req.header('authorization'));
    const { nonce } = parseQuery(FileQuery, c.req.query());
    return c.json(answerOf(await attachmentState(pool, office, hashIn(c.req.param('hash'))), nonce));
  });

  app.put('/v1/attachments/:hash', async (c) => {
    const office = await authenticate(pool, c.req.header('authorization'));
    const { offset, nonce } = parseQuery(ChunkQuery, c.req.query());
    const sender = { ...senders.office(office.id), most: chunkBytes };
    const bytes = await c.get('visit').receive(c.req.raw, sender);
    await checkSignature(office, c.req.header(signatureHeader), bytes, signatureType.chunk);
    const state = await takeChunk(pool, office, hashIn(c.req.param('hash')), offset, bytes, now());
    return c.json(answerOf(state, nonce));
  });

  app.get('/v1/proof', async (c) => {
    const office = await authenticate(pool, c.req.header('authorization'));
    const { nonce } = parseQuery(ProofQuery, c.req.query());
    return c.json(await proveHeld(pool, office, nonce, serverKey, now()));
  });

  app.get('/v1/proof/:kelurahan/:rw', async (c) => {
    const office = await authenticate(pool, c.req.header('authorization'));
    const { nonce, ...rw } = parseQuery(RwQuery, { ...c.req.query(), ...c.req.param() });
    return c.json(await proveRw(pool, office, rw, nonce, serverKey, now()));
  });

  app.get('/v1/courier-key', async (c) => {
    await authenticate(pool, c.req.header('authorization'));
    return c.json(await signCourierKey(pool, serverKey));
  });

  app.get('/v1/records/:key', async (c) => {
    const office = await authenticate(pool, c.req.header('authorization'));
    return c.json(await readRecord(pool, office, c.req.param('key'), serverKey));
  });

  app.post('/v1/recaps', async (c) => {
    const office = await authenticate(pool, c.req.header('authorization'));
    const { bytes, json } = await readBody(c.get('visit'), c.req.raw, senders.office(office.id));
    const signature = c.req.header(signatureHeader) ?? '';
    await checkSignature(office, signature, bytes, signatureType.recap);
    const request = parse(RecapRequest, json);
    if (request.officeId !== office.id) throw new Refusal('office_mismatch', { field: 'officeId' });
    return c.json(await takeRecap(pool, office, request, { bytes, signature }, serverKey, now()));
  });

  app.route('/v1/read', readRoutes({ pool, now }));
  app.route('/operator', operatorRoutes({ pool, now, receivers, onFailure }));

  return app;
}

async function checkSignature(
  office: EnrolledOffice,
  header: string | undefined,
  bytes: Uint8Array,
  type: string,
): Promise<void> {
  if (!(await isSignedBy(office.publicKey, header, bytes, type))) throw new Refusal('signature_invalid');
}

function hashIn(given: string): string {
  const hash = RecordHash.safeParse(given);
  if (!hash.success) throw new Refusal('attachment_unknown');
  return hash.data;
}

const WithCode = z.object({ code: z.string() }).catch({ code: '' });

/** A database that cannot be reached or is going away is a matter of waiting; anything else is a fault. */
function classify(cause: unknown): Refusal {
  const { code } = WithCode.parse(cause);
  const message = cause instanceof Error ? cause.message : '';
  // SQLSTATE classes 08 (connection), 53 (resources, disk full), 57 (operator intervention).
  const passing =
    /^(08|53|57)...$/.test(code) || /^E[A-Z]+$/.test(code) || /timeout|terminated/i.test(message);
  return passing ? new Refusal('unavailable', { retryAfter: 5 }) : new Refusal('internal');
}
