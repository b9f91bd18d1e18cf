import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { part } from '../fixtures/person-tables.ts';

let folder = '';
const at = (name: string) => join(folder, name);
const persons = 1300;
const header = 'no,nama,lahir,nik,kk\n';

/** Families of four; every third person is written with a slip, every seventh without a number. */
function row(no: number, anew: boolean): string {
  const slip = anew && no % 3 === 0;
  const name = `${part(no * 7919)} ${part(no * 911 + 5)}`;
  const born = `19${50 + (no % 50)}-0${1 + (no % 9)}-${10 + (no % 18)}`;
  const nik = anew && no % 7 === 0 ? '' : `317101${String(no * 6151).padStart(10, '0')}`;
  const kk = `317102${String(Math.floor(no / 4) * 7411).padStart(10, '0')}`;
  return `${anew ? 'c' : 'r'}${no},${slip ? name.slice(0, -1) : name},${born},${nik},${kk}\n`;
}
const rows = (from: number, to: number, anew: boolean) =>
  Array.from({ length: to - from }, (_, index) => row(from + index, anew)).join('');

let linking: string[] = [];
let deduping: string[] = [];
/** What unbroken runs write and say. */
const whole = { link: { result: '', summary: '' }, dedupe: { result: '', summary: '' } };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutakhir-resume-'));
  await writeFile(at('r.csv'), header + rows(0, persons, false));
  await writeFile(at('c.csv'), header + rows(100, persons + 100, true));
  await writeFile(at('f.csv'), header + rows(0, 900, false) + rows(500, 900, true));
  await writeFile(at('map.json'), '{"id":"no","name":"nama","dob":"lahir","nik":"nik","kk":"kk"}');
  linking = ['--reference', at('r.csv'), '--cases', at('c.csv'), '--map', at('map.json')];
  deduping = ['--dedupe', at('f.csv'), '--map', at('map.json')];
  for (const [kind, args] of [['link', linking] as const, ['dedupe', deduping] as const]) {
    const { said } = await run(args, 'whole.csv');
    whole[kind] = { summary: summaryOf(said), result: await readFile(at('whole.csv'), 'utf8') };
  }
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

/** @param ends how the n-th write of the checkpoint ends in its middle. */
function run(
  args: readonly string[],
  out: string,
  ends: { KILL_AT?: number; FULL_AT?: number } = {},
): Promise<{ code: number | null; signal: string | null; said: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [
        '--import',
        './tests/fixtures/checkpoint-writes.ts',
        'electron/link-files/main.ts',
        ...args,
        '--out',
        at(out),
      ],
      { env: { ...process.env, ...ends } as NodeJS.ProcessEnv },
      (_, __, said) => resolve({ code: child.exitCode, signal: child.signalCode, said }),
    );
  });
}

const left = async (out: string) => (await readdir(folder)).filter((name) => name.startsWith(`${out}.`));
/** Without how far it came, which is told by the clock, and that it went on. */
const summaryOf = (said: string) => said.replace(/^.* orang sudah dibandingkan.*\n/gm, '');
const goesOn = /^link: melanjutkan yang terhenti; (\d+) dari \d+ orang sudah dibandingkan sebelumnya\.\n/m;

describe('npm run link, killed and started again', { timeout: 120_000 }, () => {
  it('goes on from where it was, however often it is killed', async () => {
    // In the head; in what was learnt; in the third piece, then in the third of those that are left.
    const done: (string | undefined)[] = [];
    for (const KILL_AT of [1, 2, 3, 3]) {
      const killed = await run(linking, 'l.csv', { KILL_AT });
      expect(killed.signal).toBe('SIGKILL');
      expect(await left('l.csv')).toEqual(['l.csv.lanjutan']);
      done.push(goesOn.exec(killed.said)?.[1]);
    }
    expect(done).toEqual([undefined, undefined, undefined, '256']);
    const ended = await run(linking, 'l.csv');
    expect(goesOn.exec(ended.said)?.[1]).toBe('768');
    expect(summaryOf(ended.said)).toBe(whole.link.summary);
    expect(await readFile(at('l.csv'), 'utf8')).toBe(whole.link.result);
    expect(await left('l.csv')).toEqual([]);
  });

  it('goes on with one file laid beside itself', async () => {
    expect((await run(deduping, 'd.csv', { KILL_AT: 5 })).signal).toBe('SIGKILL');
    const ended = await run(deduping, 'd.csv');
    expect(goesOn.exec(ended.said)?.[1]).toBe('512');
    expect(summaryOf(ended.said)).toBe(whole.dedupe.summary);
    expect(await readFile(at('d.csv'), 'utf8')).toBe(whole.dedupe.result);
    expect(await left('d.csv')).toEqual([]);
  });

  it('goes on from before the place where the checkpoint was cut', async () => {
    await run(linking, 'cut.csv', { KILL_AT: 5 });
    const { size } = await stat(at('cut.csv.lanjutan'));
    await truncate(at('cut.csv.lanjutan'), Math.floor(size / 2));
    expect((await run(linking, 'cut.csv')).said).toMatch(goesOn);
    expect(await readFile(at('cut.csv'), 'utf8')).toBe(whole.link.result);
  });

  it('begins anew where a file was changed meanwhile', async () => {
    await writeFile(at('changed.csv'), header + rows(101, persons + 101, true));
    const args = linking.with(linking.indexOf(at('c.csv')), at('changed.csv'));
    await run(args, 'x.csv', { KILL_AT: 5 });
    await copyFile(at('c.csv'), at('changed.csv'));
    const again = await run(args, 'x.csv');
    expect(again.said).toContain('masukan, program, atau harinya lain; dimulai dari awal');
    expect(again.said).not.toMatch(goesOn);
    expect(await readFile(at('x.csv'), 'utf8')).toBe(whole.link.result);
    expect(await left('x.csv')).toEqual([]);
  });

  it('ends well where the disk is full for the checkpoint, and says so', async () => {
    const full = await run(linking, 'full.csv', { FULL_AT: 4 });
    expect([full.code, full.said.match(/dihentikan \(disk penuh\)/g)?.length]).toEqual([0, 1]);
    expect(await readFile(at('full.csv'), 'utf8')).toBe(whole.link.result);
    expect(await left('full.csv')).toEqual([]);
  });
});
