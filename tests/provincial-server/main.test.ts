import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { Health } from '../../shared/provincial/wire.ts';

describe('npm run provincial-server', () => {
  const data = join(tmpdir(), `mutakhir-provinsi-main-${process.pid}`);

  afterAll(() => {
    rmSync(data, { recursive: true, force: true });
  });

  /** @param lines said before it may be ended: its address, and a code */
  async function run({ lines: awaited = 2 } = {}): Promise<{
    address: string;
    code: string;
    kill(signal: NodeJS.Signals): Promise<number | null>;
  }> {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'main.ts'), '--port', '0', '--data', data],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const exited = once(child, 'exit');
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (lines.length === awaited) break;
    }
    return {
      address: /^Server provinsi: (http:\/\/127\.0\.0\.1:\d+)$/.exec(lines[0] ?? '')?.[1] ?? '',
      code: /^Kode pendaftaran kantor \(sekali pakai\): ([0-9A-Z-]{19})$/.exec(lines[1] ?? '')?.[1] ?? '',
      kill: async (signal) => {
        child.kill(signal);
        const [code] = await exited;
        return code;
      },
    };
  }

  it('prints its address and a code, serves, and stops cleanly on SIGTERM', async () => {
    const server = await run();
    expect(server.code).not.toBe('');
    const health = await fetch(`${server.address}/v1/health`);
    expect(Health.parse(await health.json()).status).toBe('ok');
    // An office looks every five seconds, on the same line.
    expect(health.headers.get('keep-alive')).toBe('timeout=65');
    // A line on which nothing is asked does not hold the server, nor one that broke off in mid-request.
    const port = Number(new URL(server.address).port);
    const [silent, half] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    await Promise.all([once(silent, 'connect'), once(half, 'connect')]);
    half.on('error', () => {});
    half.write('POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n');
    half.write('Content-Length: 100\r\nExpect: 100-continue\r\n\r\n');
    // The server has read its head, and waits for the rest.
    await once(half, 'data');
    half.write('{');
    expect(await server.kill('SIGTERM')).toBe(0);
    silent.destroy();
    half.destroy();
    expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('comes up again after it was killed, on the database that was left running', async () => {
    const killed = await run();
    await killed.kill('SIGKILL');
    expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(true);
    const server = await run();
    expect((await fetch(`${server.address}/v1/health`)).status).toBe(200);
    expect(await server.kill('SIGTERM')).toBe(0);
  });

  it('stops cleanly also where it is told the moment it says its address', async () => {
    const server = await run({ lines: 1 });
    expect(await server.kill('SIGTERM')).toBe(0);
  });
});
