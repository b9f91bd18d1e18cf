import { Hono } from 'hono';
import type { Pool } from 'pg';
import { z } from 'zod';
import { openApiDocument } from '../../shared/provincial/openapi.ts';
import {
  BatchEnvelope,
  EnrolRequest,
  type Health,
  signatureHeader,
  signatureType,
  wireVersion,
} from '../../shared/provincial/wire.ts';
import { acceptBatch } from './accept-batch.ts';
import { authenticate, enrol } from './offices.ts';
import { readBody } from './read-body.ts';
import { Refusal } from './refusal.ts';
import { isSignedBy, type ServerKey } from './signing.ts';

export interface AppOptions {
  pool: Pool;
  serverKey: ServerKey;
  now?: () => Date;
  /** Requests worked on at once; the rest are asked to wait. */
  concurrency?: number;
  /** Told of failures that are nobody's request's fault; never given personal data. */
  onFailure?: (cause: unknown) => void;
}

/** The provincial API. Holds no state between requests, so several processes may share one database. */
export function createApp({
  pool,
  serverKey,
  now = () => new Date(),
  concurrency = 32,
  onFailure = () => {},
}: AppOptions): Hono {
  const app = new Hono();
  const document = openApiDocument();
  let busy = 0;

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
  app.post('/v1/*', async (_, next) => {
    if (busy >= concurrency) throw new Refusal('busy', { retryAfter: 1 + Math.floor(Math.random() * 5) });
    busy += 1;
    try {
      await next();
    } finally {
      busy -= 1;
    }
  });

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

  app.get('/v1/openapi.json', (c) => c.json(document));

  app.post('/v1/enrol', async (c) => {
    const { bytes, json } = await readBody(c.req.raw);
    const request = parse(EnrolRequest, json);
    // Proof that the sender holds the private half of the key that is being enrolled.
    if (!(await isSignedBy(request.publicKey, c.req.header(signatureHeader), bytes, signatureType.enrolment)))
      throw new Refusal('signature_invalid');
    return c.json(await enrol(pool, request, serverKey, now()));
  });

  app.post('/v1/batches', async (c) => {
    const office = await authenticate(pool, c.req.header('authorization'));
    const { bytes, json } = await readBody(c.req.raw);
    if (!(await isSignedBy(office.publicKey, c.req.header(signatureHeader), bytes, signatureType.batch)))
      throw new Refusal('signature_invalid');
    const batch = parse(BatchEnvelope, json);
    if (batch.officeId !== office.id) throw new Refusal('office_mismatch', { field: 'officeId' });
    return c.json(await acceptBatch(pool, office, batch, serverKey, now()));
  });

  return app;
}

function parse<Schema extends z.ZodType<{ wire: number }>>(schema: Schema, json: unknown): z.infer<Schema> {
  const version = z.looseObject({ wire: z.int().positive() }).safeParse(json);
  if (version.success && version.data.wire > wireVersion)
    throw new Refusal('wire_unsupported', { field: 'wire' });
  const parsed = schema.safeParse(json);
  if (!parsed.success)
    throw new Refusal('invalid_request', { field: parsed.error.issues[0]?.path.join('.') ?? null });
  return parsed.data;
}

/** A database that cannot be reached or is going away is a matter of waiting; anything else is a fault. */
function classify(cause: unknown): Refusal {
  const { code } = z.object({ code: z.string() }).catch({ code: '' }).parse(cause);
  const message = cause instanceof Error ? cause.message : '';
  // SQLSTATE classes 08 (connection), 53 (resources, disk full), 57 (operator intervention).
  const passing =
    /^(08|53|57)...$/.test(code) || /^E[A-Z]+$/.test(code) || /timeout|terminated/i.test(message);
  return passing ? new Refusal('unavailable', { retryAfter: 5 }) : new Refusal('internal');
}
