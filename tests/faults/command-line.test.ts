import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';

/** What `npm run faults` answers to its caller. */
describe('the command', { timeout: 300_000 }, () => {
  it('names the seed of a run that fell, plays it again the same way, and ends with 1', async () => {
    const damaged = ['--damage', '--runs', '1', '--seed', '77', '--cases', '10', '--json'];
    const [first, again] = [await faults(...damaged), await faults(...damaged)];
    for (const { code, lines } of [first, again]) {
      expect(code).toBe(1);
      expect(lines).toMatchObject([
        { seed: 77, problems: [expect.stringContaining('the province does not hold it')] },
        { kind: 'simulated', runs: 1, seed: 77, failed: [77], pass: false, cases: 10 },
      ]);
    }
    const { counts, fates, trace } = first.lines[0] ?? {};
    expect([again.lines[0], trace]).toMatchObject([{ counts, fates, trace }, expect.any(String)]);
    // Nor does it matter which others are played in the same process meanwhile.
    const beside = await faults('--damage', '--runs', '4', '--seed', '75', '--cases', '10', '--json');
    expect(beside.lines.find(({ seed }) => seed === 77)).toMatchObject({ counts, fates, trace });
  });

  it('sums up and ends with 0 where all held', async () => {
    const { code, lines } = await faults('--runs', '2', '--seed', '77', '--cases', '10', '--json');
    expect([code, lines]).toMatchObject([
      0,
      [{ kind: 'simulated', runs: 2, failed: [], pass: true, cases: 20 }],
    ]);
  });

  it('sums up what was played when somebody ends it, and calls nothing fallen or held that was not', async () => {
    const forPeople = await endedAtOnce();
    expect(forPeople.code).not.toBe(0);
    expect(forPeople.printed).toMatch(/^0 runs from seed 77 .*: nothing was played\. Ended by SIGTERM/);
    const asJson = await endedAtOnce('--json');
    expect(asJson.code).not.toBe(0);
    expect(JSON.parse(asJson.printed)).toMatchObject({
      runs: 0,
      failed: [],
      pass: false,
      endedBy: 'SIGTERM',
    });
  });

  it('leaves no process and no folder behind when somebody ends it over real runs', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'mutakhir-uji-'));
    // PostgreSQL may run as an account of its own.
    chmodSync(scratch, 0o755);
    const args = ['--real', '--json', '--seed', '5', '--runs', '4', '--cases', '3'];
    const run = spawn(process.execPath, [join(import.meta.dirname, 'run.ts'), ...args], {
      env: { ...process.env, TMPDIR: scratch, TEMP: scratch },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let printed = '';
    run.stdout.on('data', (piece) => (printed += String(piece)));
    const exited = once(run, 'exit');
    const of = (children: readonly Child[], file: string) => children.some(({ args }) => args.includes(file));
    let children: Child[] = [];
    while (!of(children, 'electron/start.ts') || !of(children, 'provincial-server/main.ts')) {
      expect(run.exitCode).toBeNull();
      await pause(200);
      children = await childrenOf(run.pid);
    }
    run.kill('SIGTERM');
    await exited;
    expect(JSON.parse(printed)).toMatchObject({ kind: 'real', failed: [], pass: false, endedBy: 'SIGTERM' });
    await vi.waitFor(() => expect(children.filter(({ pid }) => isThere(pid))).toEqual([]), 5_000);
    expect(readdirSync(scratch).filter((name) => name.startsWith('mutakhir-'))).toEqual([]);
    rmSync(scratch, { recursive: true });
  });

  it.each([
    [['--runs', '0'], '--runs takes a whole number'],
    [['--cases', '201'], '--cases takes 200 at most'],
    [['--real', '--register'], 'choose one'],
    [['--register', '--cases', '5'], '--register knows no --cases'],
    [['--nothing'], '--nothing'],
  ])('refuses %j with 2', async (args, why) => {
    const { code, said } = await faults(...args);
    expect([code, said]).toEqual([2, expect.stringContaining(why)]);
  });
});

async function faults(
  ...args: string[]
): Promise<{ code: number; lines: Record<string, unknown>[]; said: string }> {
  return await new Promise((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, 'run.ts'), ...args], (error, printed, said) => {
      const lines = printed.split('\n').filter((line) => line.startsWith('{'));
      const code = error === null ? 0 : Number(error.code);
      resolve({ code, lines: lines.map((line) => JSON.parse(line)), said });
    });
  });
}

/** A run that somebody ends before it has played a seed. */
async function endedAtOnce(...args: string[]): Promise<{ code: number | null; printed: string }> {
  const run = spawn(process.execPath, [join(import.meta.dirname, 'run.ts'), '--seed', '77', ...args]);
  let printed = '';
  run.stdout.on('data', (piece) => (printed += String(piece)));
  const exited = once(run, 'exit');
  expect(String(await once(run.stderr, 'data'))).toBe('1000 runs from seed 77\n');
  run.kill('SIGTERM');
  await exited;
  return { code: run.exitCode, printed };
}

interface Child {
  pid: number;
  args: string;
}

/** Programs that this one started, detached or not. */
async function childrenOf(parent: number | undefined): Promise<Child[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, ppid, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(ppid) === parent ? [{ pid: Number(pid), args: args ?? '' }] : [];
  });
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
