import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { AppRouter } from '../electron/rpc/router.ts';
import { compiled } from './compiled.ts';

const serveFile = fileURLToPath(new URL('../electron/serve.ts', import.meta.url));

export interface ServeProcess {
  /** Ends in a slash: `http://127.0.0.1:43211/`. */
  address: string;
  process: ChildProcess;
  /** Everything it wrote so far, both streams. */
  output(): string;
  /** SIGTERM, then waits; the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
}

/** Starts the plain Node door on a free port and waits for its address. */
export async function startServe(dataFolder: string, ...flags: string[]): Promise<ServeProcess> {
  return await startDoor(serveFile, dataFolder, ...flags);
}

/** The same where the system has an environment of its own. */
export async function startServeIn(env: NodeJS.ProcessEnv, dataFolder: string): Promise<ServeProcess> {
  return await started(serveFile, env, '--data', dataFolder, '--no-open');
}

/** The same with the program that lies in `file`. */
export async function startDoor(file: string, dataFolder: string, ...flags: string[]): Promise<ServeProcess> {
  return await started(file, {}, '--data', dataFolder, '--no-open', ...flags);
}

async function started(file: string, env: NodeJS.ProcessEnv, ...flags: string[]): Promise<ServeProcess> {
  const { child, output } = spawnServe(file, env, ...flags);
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /^Mutakhir siap di (\S+)$/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`${file} ended with ${String(code)}: ${output()}`)));
  });
  return {
    address,
    process: child,
    output,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
    async kill() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** A session of an account of its office. */
export async function logIn(
  { address }: ServeProcess,
  account: { username: string; password: string },
): Promise<TRPCClient<AppRouter>> {
  const link = (token: string | null) =>
    createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: `${address}rpc`,
          methodOverride: 'POST',
          headers: token === null ? {} : { authorization: `Bearer ${token}` },
        }),
      ],
    });
  return link((await link(null).session.login.mutate(account)).token);
}

/** Runs the door where it is expected to end by itself; what it wrote and how it ended. */
export async function runServe(...flags: string[]): Promise<{ code: number | null; output: string }> {
  const { child, output } = spawnServe(serveFile, {}, ...flags);
  await once(child, 'close');
  return { code: child.exitCode, output: output() };
}

function spawnServe(file: string, env: NodeJS.ProcessEnv, ...flags: string[]) {
  const child = spawn(
    process.execPath,
    [file, ...(flags.includes('--port') ? [] : ['--port', '0']), ...flags],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: compiled, ...env },
    },
  );
  const pieces: string[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece.toString()));
  child.stderr.on('data', (piece: Buffer) => pieces.push(piece.toString()));
  return { child, output: () => pieces.join('') };
}
