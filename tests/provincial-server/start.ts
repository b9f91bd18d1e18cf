import { createAdaptorServer } from '@hono/node-server';
import type { Pool } from 'pg';
import { type AppOptions, createApp } from './app.ts';
import { openPool } from './database.ts';
import { migrate } from './migrate.ts';
import { loadServerKey } from './server-keys.ts';

/**
 * Milliseconds a line may lie idle. Longer than an office's rhythm of five seconds: a line that is let
 * go just as the next request sets out on it looks to the office as if nobody were there.
 */
const lineKept = 65_000;

/** Milliseconds for what stands before a body. */
const longestHead = 60_000;

/** Milliseconds that an answer under way may still take once the server is told to stop. */
const longestAnswer = 10_000;

export interface ProvincialServer {
  /** Base address without a trailing slash. */
  address: string;
  pool: Pool;
  close(): Promise<void>;
}

/** Opens the database, brings it up to date, and serves the API on loopback. Port 0 takes a free one. */
export async function startProvincialServer(
  databaseUrl: string,
  options: { port?: number } & Pick<AppOptions, 'now' | 'concurrency' | 'onFailure' | 'take'> = {},
): Promise<ProvincialServer> {
  const pool = openPool(databaseUrl);
  try {
    await migrate(pool);
    const app = createApp({ ...options, pool, serverKey: await loadServerKey(pool) });
    const server = createAdaptorServer({
      fetch: app.fetch,
      // How long a body may take is a matter of its line (`Receivers`), not of five minutes in all.
      serverOptions: { keepAliveTimeout: lineKept, headersTimeout: longestHead, requestTimeout: 0 },
    });
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve),
    );
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error('The server has no port.');
    const underWay = new Set<{ complete: boolean }>();
    server.on('request', (request, response) => {
      underWay.add(request);
      response.once('close', () => underWay.delete(request));
    });
    let closing: Promise<void> | null = null;
    return {
      address: `http://127.0.0.1:${bound.port}`,
      pool,
      close: () => (closing ??= close()),
    };

    async function close(): Promise<void> {
      const closed = new Promise((resolve) => server.close(resolve));
      // What is being worked on is answered, unless nobody takes the answer; then every line is let go, also
      // one on which nothing was ever asked, or only half: to Node that is no idle line, and it would hold
      // the server for minutes. What has not come whole changes nothing, and is sent again.
      const end = performance.now() + longestAnswer;
      const letGo = setInterval(() => {
        const answering = [...underWay].some(({ complete }) => complete) && performance.now() < end;
        if ('closeAllConnections' in server && !answering) server.closeAllConnections();
      }, 20);
      await closed;
      clearInterval(letGo);
      await pool.end();
    }
  } catch (cause) {
    await pool.end();
    throw cause;
  }
}
