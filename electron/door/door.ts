import { Hono } from 'hono';
import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { logFailure, type Log } from '../log.ts';
import { findForeignCaller } from './address.ts';
import { createAssets } from './assets.ts';
import { securityHeaders } from './headers.ts';
import { problemResponse } from './problem.ts';
import { createRateLimit, type RateLimit } from './rate.ts';

export interface DoorOptions {
  /** The office behind the door: answers /rpc/* and /files/*, limits bodies, checks who is calling. */
  office: { fetch(request: Request): Promise<Response> };
  /** Absolute path of the built screen (dist/renderer). */
  assets: string;
  /** Scheme and host name this door is called by, without port; see `findForeignCaller`. */
  addresses: readonly string[];
  clock: Clock;
  log: Log;
  rate?: RateLimit;
}

export interface Door {
  fetch(request: Request): Promise<Response>;
}

/**
 * What all doors share, whoever opens them: the screen's files, the security headers, which pages
 * may call and how often, and the one error shape. A door holds no rules of the work.
 */
export function createDoor({ office, assets, addresses, clock, log, rate }: DoorOptions): Door {
  const mayPass = createRateLimit(clock, rate);
  const door = new Hono();

  door.use(securityHeaders);
  door.use(async (c, next) => {
    const refusal = findForeignCaller(c.req.raw, addresses);
    if (refusal !== null) throw new AppError(refusal);
    await next();
  });
  for (const path of ['/rpc/*', '/files/*']) {
    door.all(path, async (c) => {
      if (!mayPass()) throw new AppError('rate_limited');
      const response = await office.fetch(c.req.raw);
      // Nothing the office says may stay in a cache, whatever it was.
      response.headers.set('Cache-Control', 'no-store');
      return response;
    });
  }
  // Printing and saving at the workstation belong to the door that stands there, never to the office.
  door.all('/workstation/*', () => problemResponse(new AppError('not_found')));
  door.route('/', createAssets(assets));

  door.onError((cause) => {
    if (cause instanceof AppError) return problemResponse(cause);
    return problemResponse(new AppError('internal', { reference: logFailure(log, cause) }));
  });

  return { fetch: async (request) => door.fetch(request) };
}
