import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

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
  });

  it('sums up and ends with 0 where all held', async () => {
    const { code, lines } = await faults('--runs', '2', '--seed', '77', '--cases', '10', '--json');
    expect([code, lines]).toMatchObject([
      0,
      [{ kind: 'simulated', runs: 2, failed: [], pass: true, cases: 20 }],
    ]);
  });

  it('sums up what was played when somebody ends it, and calls nothing fallen that was not', async () => {
    const run = spawn(process.execPath, [join(import.meta.dirname, 'run.ts'), '--json', '--seed', '77']);
    let printed = '';
    run.stdout.on('data', (piece) => (printed += String(piece)));
    const exited = once(run, 'exit');
    expect(String(await once(run.stderr, 'data'))).toBe('1000 runs from seed 77\n');
    run.kill('SIGTERM');
    await exited;
    expect(run.exitCode).not.toBe(0);
    expect(JSON.parse(printed)).toMatchObject({ runs: 0, failed: [], pass: false, endedBy: 'SIGTERM' });
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
