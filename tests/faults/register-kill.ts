import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { openConnection, type ReadableDb } from '../../electron/store/connection.ts';
import { verifyJournal } from '../../electron/store/journal.ts';
import { Random } from '../../electron/training/random.ts';
import { type FolderTemplate, makeFolderTemplate } from './office-template.ts';
import { type ChildOrder, findSave, Save } from './register-save.ts';
import { type Played, playSeed } from './sum.ts';

/** A register lives through so many kills, then a fresh one takes its place. */
const killsOfOneRegister = 20;
/** Milliseconds after the first save within which the copy is taken, and again until the kill. */
const longestWait = 400;

/**
 * Kills a program that writes into its register, `runs` times: SIGKILL of its process group at a
 * random moment, and before that a copy of its files as they lie there at another. Both must open,
 * hold every save that was acknowledged, and bear an unbroken journal.
 */
export async function runRegisterKills(
  { runs, seed }: { runs: number; seed: number },
  tell: (result: Played) => void,
): Promise<void> {
  const office = await makeFolderTemplate(0);
  const template = { ...office, accountId: findClerk(office) };
  try {
    const waiting = registersFor({ runs, seed });
    const lane = async (): Promise<void> => {
      for (let share = waiting.shift(); share !== undefined; share = waiting.shift())
        for (let at = share.from; at < share.until;) at = await oneRegister(template, at, share.until, tell);
    };
    await Promise.all(Array.from({ length: availableParallelism() }, lane));
  } finally {
    office.close();
  }
}

/** The seeds that each register lives through; every seed belongs to one of them. */
export function registersFor({
  runs,
  seed,
}: {
  runs: number;
  seed: number;
}): { from: number; until: number }[] {
  return Array.from({ length: Math.ceil(runs / killsOfOneRegister) }, (_, index) => {
    const from = seed + index * killsOfOneRegister;
    return { from, until: Math.min(from + killsOfOneRegister, seed + runs) };
  });
}

interface RegisterTemplate {
  /** With the register and its keyring. */
  folder: string;
  key: Buffer;
  accountId: string;
}

export function findClerk({ folder, key }: Pick<FolderTemplate, 'folder' | 'key'>): string {
  const db = openConnection(join(folder, 'register.db'), { key });
  const account = db.prepare(`SELECT id FROM account WHERE username = 'petugas_loket1'`).get();
  db.close();
  return z.object({ id: z.string() }).parse(account).id;
}

/**
 * Plays the seeds on one register.
 *
 * @returns the seed to go on from with a fresh one: a register over which a kill threw is not used again
 */
export async function oneRegister(
  template: RegisterTemplate,
  from: number,
  until: number,
  tell: (result: Played) => void,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'mutakhir-padam-'));
  try {
    cpSync(template.folder, folder, { recursive: true });
    const before: Save[] = [];
    for (let seed = from; seed < until; seed += 1) {
      let whole = false;
      const played = await playSeed(seed, async () => {
        const { saves, problems } = await oneKill(template, folder, new Random(seed), before);
        before.push(...saves);
        whole = true;
        return { seed, counts: { kills: 1, copies: 1, saves: saves.length }, fates: {}, hits: {}, problems };
      });
      tell(played);
      if (!whole) return seed + 1;
    }
    return until;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The program that writes until it is killed, as the leader of a process group of its own. */
export function spawnWriter(folder: string) {
  return spawn(process.execPath, [join(import.meta.dirname, 'register-child.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
}

async function oneKill(
  { key, accountId }: RegisterTemplate,
  folder: string,
  random: Random,
  before: readonly Save[],
): Promise<{ saves: Save[]; problems: string[] }> {
  const child = spawnWriter(folder);
  const exited = once(child, 'exit');
  const saves: Save[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => saves.push(Save.parse(JSON.parse(line))));
  const from = before.length;
  child.stdin.end(`${JSON.stringify({ key: key.toString('hex'), accountId, from } satisfies ChildOrder)}\n`);
  const drained = once(lines, 'close');
  let known = 0;
  try {
    await Promise.race([once(lines, 'line'), exited]);
    if (child.exitCode !== null) throw new Error(`The writing program ended with ${child.exitCode}.`);
    await pause(random.int(0, longestWait));
    known = copyFiles(child, folder, saves.length);
    await pause(random.int(0, longestWait));
  } finally {
    if (child.exitCode === null) killGroup(child, 'SIGKILL');
    await Promise.all([exited, drained]);
  }
  const problems = [
    ...examine(join(folder, 'salinan'), key, [...before, ...saves.slice(0, known)]).map(
      (what) => `copy: ${what}`,
    ),
    ...examine(folder, key, [...before, ...saves]),
  ];
  rmSync(join(folder, 'salinan'), { recursive: true });
  return { saves, problems };
}

/** The files as they lie there at one instant: nothing writes while they are copied. */
function copyFiles(child: ChildProcess, folder: string, known: number): number {
  killGroup(child, 'SIGSTOP');
  const copy = join(folder, 'salinan');
  mkdirSync(copy);
  for (const name of ['register.db', 'register.db-wal'])
    if (existsSync(join(folder, name))) cpSync(join(folder, name), join(copy, name));
  killGroup(child, 'SIGCONT');
  return known;
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) throw new Error('The writing program never started.');
  process.kill(-pid, signal);
}

/** Opens a register as it was left, and looks whether all of it is there. */
export function examine(folder: string, key: Buffer, saves: readonly Save[]): string[] {
  const db = openConnection(join(folder, 'register.db'), { key });
  try {
    const problems = saves.flatMap((save) => lookFor(db, save));
    const whole = db.pragma('integrity_check', { simple: true });
    if (whole !== 'ok') problems.push(`the file is damaged: ${String(whole)}`);
    const journal = verifyJournal(db);
    if (!journal.intact) problems.push(`journal: broken at ${journal.seq} (${journal.why})`);
    return problems;
  } finally {
    db.close();
  }
}

function lookFor(db: ReadableDb, save: Save): string[] {
  const found = findSave(db, save);
  const whose = `${save.what} ${save.id}`;
  if (found === null || found.version < save.version) return [`${whose}: an acknowledged save is gone`];
  // What was typed on since has contents of its own.
  if (found.version > save.version || found.content === save.content) return [];
  return [`${whose}: it holds something else than was saved`];
}
