import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { courierLimit } from '../shared/contract/courier.ts';
import { uploadLimit } from '../shared/contract/reference.ts';
import { AppError } from '../shared/errors.ts';
import { configureIssueWords } from '../shared/issue-words.ts';
import { LocalOffice, type OfficeOptions } from './office-host.ts';
import { tokenOf } from './rpc/context.ts';
import { createFiles } from './rpc/files.ts';
import { appRouter } from './rpc/router.ts';
import { startPush } from './services/sync-push.ts';
import { systemNetwork } from './sync/network-watch.ts';
import { trustingSystem } from './sync/system-authorities.ts';

/** The whole program behind one function. Every door (window, browser, LAN) calls `fetch`. */
export interface Office {
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

const rpcLimit = 2 * 1024 * 1024;
/** Each kind of file has a limit of its own within this one. */
const fileLimit = Math.max(uploadLimit, courierLimit);

export async function createOffice(options: OfficeOptions): Promise<Office> {
  configureIssueWords();
  const provinceFetch = options.provinceFetch ?? trustingSystem(fetch, options.log);
  const host = new LocalOffice({
    startBackground: (register) =>
      startPush(register, {
        fetch: provinceFetch,
        log: options.log,
        watchNetwork: systemNetwork,
      }),
    ...options,
  });
  await host.prepare();
  const app = new Hono();

  app.all('/rpc/*', async (context) => {
    const request = await readWithin(context.req.raw, rpcLimit);
    if (request === null) return problem(new AppError('body_too_large'));
    const response = await fetchRequestHandler({
      endpoint: '/rpc',
      req: request,
      router: appRouter,
      // Queries come as POST too: a name in an address would end in logs and histories.
      allowMethodOverride: true,
      createContext: () => ({ host, token: tokenOf(request.headers) }),
    });
    response.headers.set('cache-control', 'no-store');
    host.answered();
    return response;
  });

  app.use('/files/*', limitBody(fileLimit));
  app.route('/files', createFiles(host));
  app.notFound(() => problem(new AppError('not_found')));

  return { fetch: async (request) => app.fetch(request), close: () => host.close() };
}

/**
 * A call with its body, read as far as it may be; null where it is larger. What was read is handed on with the request
 * as it is: tRPC asks it for JSON and for nothing else, and a request made anew costs more than a small query.
 */
async function readWithin(request: Request, most: number): Promise<Request | null> {
  if (Number(request.headers.get('content-length')) > most) return null;
  if (request.body === null) return request;
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.body) {
    bytes += piece.byteLength;
    if (bytes > most) return null;
    pieces.push(piece);
  }
  return Object.defineProperty(request, 'json', {
    value: async (): Promise<unknown> => JSON.parse(Buffer.concat(pieces).toString()),
  });
}

function limitBody(maxSize: number) {
  return bodyLimit({ maxSize, onError: () => problem(new AppError('body_too_large')) });
}

function problem(error: AppError): Response {
  return Response.json(
    { problem: { ...error.toProblem(), fields: [] } },
    { status: error.status, headers: { 'cache-control': 'no-store' } },
  );
}
