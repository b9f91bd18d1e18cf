import { systemTimers, type Timers } from '../../electron/sync/timers.ts';

/** The line between an office and the province, with the faults that lines have. */
export class Line {
  /** Requests that reached the far end. */
  readonly delivered: string[] = [];
  /** Decides what happens to the next requests; the plain line when null. */
  fault: Fault | null = null;

  readonly fetch: typeof fetch = async (input, init) => {
    const request = { url: String(input), init: init ?? {} };
    const pass = async (): Promise<Response> => {
      this.delivered.push(new URL(request.url).pathname);
      return await fetch(request.url, request.init);
    };
    return this.fault ? await this.fault(request, pass) : await pass();
  };

  /** How often this path was called. */
  count(path: string): number {
    return this.delivered.filter((delivered) => delivered === path).length;
  }
}

export type Fault = (
  request: { url: string; init: RequestInit },
  pass: () => Promise<Response>,
) => Promise<Response>;

/** The cable is out. */
export const cut: Fault = () => Promise.reject(new TypeError('fetch failed'));

/** The far end commits; its answer never arrives. */
export const answerLost: Fault = async (_, pass) => {
  const response = await pass();
  await response.arrayBuffer();
  throw new TypeError('fetch failed');
};

/** The answer breaks off in the middle. */
export const halfAnswer: Fault = async (_, pass) => {
  const response = await pass();
  const text = await response.text();
  return new Response(text.slice(0, Math.floor(text.length / 2)), {
    status: response.status,
    headers: response.headers,
  });
};

/** A network that wants a log-in first answers everything itself, with a page. */
export const captivePortal: Fault = () =>
  Promise.resolve(
    new Response('<!doctype html><title>Wi-Fi Gratis</title>', {
      status: 200,
      headers: { 'content-type': 'text/html' },
    }),
  );

/** Changes what the far end answered to a batch. */
export function altering(change: (answer: unknown) => unknown): Fault {
  return async (request, pass) => {
    const response = await pass();
    if (!request.url.endsWith('/v1/batches')) return response;
    return Response.json(change(await response.json()), { status: response.status });
  };
}

/** A fault for the batches alone; looks whether the province is there go through, or have their own. */
export function onBatches(fault: Fault, otherwise: Fault = (_, pass) => pass()): Fault {
  return (request, pass) => (request.url.endsWith('/v1/batches') ? fault : otherwise)(request, pass);
}

/** Nothing goes up, while what the province has to say comes down. */
export const notYet = onBatches(() => {
  const error = { code: 'not_yet', sentence: 'Belum bisa.', field: null };
  return Promise.resolve(Response.json({ wire: 1, error }, { status: 422 }));
});

/** Keeps the answers to a path to itself until they are let go. */
export function holding(path: string): { fault: Fault; holds: Promise<void>; letGo: () => void } {
  const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const fault: Fault = async ({ url }, pass) => {
    const response = await pass();
    if (!url.includes(path)) return response;
    begun.resolve();
    await over.promise;
    return response;
  };
  return { fault, holds: begun.promise, letGo: over.resolve };
}

/** A fault for the first `times` calls only. */
export function firstTimes(times: number, fault: Fault): Fault {
  let left = times;
  return (request, pass) => {
    left -= 1;
    return left >= 0 ? fault(request, pass) : pass();
  };
}

/** Time that runs so many times faster, so that waits of seconds take none. */
export function fastTimers(factor: number): Timers {
  return {
    now: () => performance.now() * factor,
    after: (delay, work) => {
      const timer = setTimeout(work, delay / factor);
      return () => clearTimeout(timer);
    },
    beside: systemTimers.beside,
  };
}
