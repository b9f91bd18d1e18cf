import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { AppError } from '../shared/errors.ts';
import { systemClock } from './clock.ts';
import { loopbackAddresses } from './door/address.ts';
import { createDoor } from './door/door.ts';
import { openBrowser } from './launch/browser.ts';
import { defaultDataFolder } from './launch/data-folder.ts';
import { FlagError, type Flags, readFlags } from './launch/flags.ts';
import { listenOnLoopback } from './launch/listen.ts';
import { endOnUncaught, runOffice, type RunningOffice } from './run-office.ts';

/** The plain Node door: the office on loopback HTTP, for any browser of this machine. */
const screen = fileURLToPath(new URL('../dist/renderer', import.meta.url));

/** How long an answer under way may still take once the program is told to end. */
const graceMilliseconds = 2000;

await main();

async function main(): Promise<void> {
  try {
    const flags = readFlags(process.argv.slice(2));
    if (!existsSync(screen)) throw new FlagError('Layar belum dibangun. Jalankan: npm run build');
    const folder =
      flags.data ?? defaultDataFolder({ platform: process.platform, env: process.env, home: homedir() });
    await serve(await runOffice(folder, flags.training), flags);
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'folder_in_use') {
      showRunning(cause, process.argv.includes('--no-open'));
    } else if (cause instanceof FlagError) {
      console.error(cause.message);
      process.exitCode = 2;
    } else if (cause instanceof AppError) {
      const { message, next } = cause.toProblem();
      console.error(`${message} ${next}`);
      process.exitCode = 1;
    } else {
      throw cause;
    }
  }
}

async function serve(office: RunningOffice, flags: Flags): Promise<void> {
  endOnUncaught(office.log);
  const door = createDoor({
    office,
    assets: screen,
    addresses: loopbackAddresses,
    clock: systemClock,
    log: office.log,
  });
  const server = createServer(
    getRequestListener(async (request) => closeAfterRefusal(await door.fetch(request))),
  );
  let port: number;
  try {
    port = await listenOnLoopback(server, flags.port);
  } catch (cause) {
    await office.close();
    throw portError(flags.port, cause);
  }
  const address = `http://127.0.0.1:${port}/`;

  async function stop(): Promise<void> {
    const quiet = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    // Answers under way are finished; a browser that keeps its connection does not hold the program.
    const hurry = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
    await quiet;
    clearTimeout(hurry);
    await office.close();
    process.exit(0);
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => void stop());

  office.announce(address);
  console.log(`Mutakhir siap di ${address}`);
  if (flags.open) openBrowser(address);
}

/** A body that was refused is not read to its end, so its connection is of no further use. */
function closeAfterRefusal(response: Response): Response {
  if (response.status === 413) response.headers.set('Connection', 'close');
  return response;
}

function portError(port: number | null, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'EADDRINUSE') {
    return new FlagError(
      `Porta ${String(port)} sedang dipakai program lain. Pilih porta lain, atau --port 0 untuk porta bebas mana saja.`,
    );
  }
  if (code === 'EACCES') {
    return new FlagError(`Porta ${String(port)} tidak boleh dipakai akun ini. Pilih porta di atas 1023.`);
  }
  return cause;
}

/** The program runs already: lead there instead of starting a second one on the same register. */
function showRunning(inUse: AppError, quiet: boolean): void {
  const address = String(inUse.details['address'] ?? '');
  if (address === '') {
    console.error(`${inUse.toProblem().message} ${inUse.toProblem().next}`);
    process.exitCode = 1;
    return;
  }
  console.log(`Mutakhir sudah berjalan di ${address}`);
  if (!quiet) openBrowser(address);
}
