import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Register } from '../../electron/services/register.ts';
import { registerActive, syntheticFamily } from '../integration/families.ts';
import { openTestOffice, type TestOffice } from '../integration/office.ts';
import { makeFolderTemplate } from './office-template.ts';
import {
  examine,
  findClerk,
  oneRegister,
  registersFor,
  runRegisterKills,
  spawnWriter,
} from './register-kill.ts';
import { findSave, Save } from './register-save.ts';
import type { Played } from './sum.ts';

/** A small slice of `npm run faults -- --register`. */
it('keeps every acknowledged save of a program that is killed', async () => {
  const played: Played[] = [];
  await runRegisterKills({ runs: 3, seed: 1 }, (result) => void played.push(result));
  expect(played.flatMap(({ problems }) => problems)).toEqual([]);
  expect(played.map(({ counts }) => (counts['saves'] ?? 0) > 0)).toEqual([true, true, true]);
});

it('kills a program that has written of every kind: drafts, cases, visits, what is legalised, merges', async () => {
  const { folder, key, close } = await makeFolderTemplate(0);
  const child = spawnWriter(folder);
  const exited = once(child, 'exit');
  const order = { key: key.toString('hex'), accountId: findClerk({ folder, key }), from: 0 };
  child.stdin.end(`${JSON.stringify(order)}\n`);
  const saves: Save[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    saves.push(Save.parse(JSON.parse(line)));
    if (saves.at(-1)?.what === 'merged') break;
  }
  child.kill('SIGKILL');
  await exited;
  expect(examine(folder, key, saves)).toEqual([]);
  expect(new Set(saves.map(({ what }) => what))).toEqual(new Set(Save.shape.what.options));
  close();
});

it('plays every seed once, however many registers and lanes there are', () => {
  const played = registersFor({ runs: 45, seed: 100 }).map(({ from, until }) => [from, until]);
  expect(played).toEqual([
    [100, 120],
    [120, 140],
    [140, 145],
  ]);
});

it('tells the seed over which the writing program ended, and goes on with a fresh register', async () => {
  const template = await makeFolderTemplate(0);
  const played: Played[] = [];
  const broken = { folder: template.folder, key: template.key, accountId: 'nobody' };
  const next = await oneRegister(broken, 7, 20, (result) => void played.push(result));
  template.close();
  expect([next, played]).toMatchObject([
    8,
    [{ seed: 7, problems: [expect.stringContaining('The writing program ended with 1.')] }],
  ]);
});

describe('the look at a register that was killed', () => {
  let t: TestOffice;
  let register: Register;
  let caseId: string;
  beforeAll(async () => {
    t = await openTestOffice({
      startBackground: (opened) => {
        register = opened;
        return { stop: () => Promise.resolve() };
      },
    });
    ({ caseId } = await registerActive(await t.as('petugas_loket'), syntheticFamily(1)));
  });
  afterAll(() => t.close());

  function savedCase(): Save {
    const save = findSave(register.db, { what: 'case', id: caseId });
    if (save === null) throw new Error('The case is not there.');
    return save;
  }

  it('finds nothing where all is there', () => {
    expect(examine(t.dataDir, register.key, [savedCase()])).toEqual([]);
  });

  it('would notice a save that holds something else', () => {
    expect(examine(t.dataDir, register.key, [{ ...savedCase(), content: 'other' }])).toEqual([
      `case ${caseId}: it holds something else than was saved`,
    ]);
  });

  it('would notice each kind of save that is gone', () => {
    const id = randomUUID();
    expect(
      examine(t.dataDir, register.key, [
        { what: 'draft', id, version: 1, content: '' },
        { what: 'case', id, version: 1, content: '' },
        { what: 'legalised', id: caseId, version: 1, content: '' },
      ]),
    ).toEqual([
      `draft ${id}: an acknowledged save is gone`,
      `case ${id}: an acknowledged save is gone`,
      `legalised ${caseId}: an acknowledged save is gone`,
    ]);
  });

  it('would notice a broken chain', () => {
    register.db
      .prepare('DELETE FROM event_payload WHERE event_id = (SELECT id FROM event WHERE case_id = ?)')
      .run(caseId);
    expect(examine(t.dataDir, register.key, [])).toEqual([
      expect.stringMatching(/^journal: broken at \d+ \(hilang\)$/),
    ]);
  });
});
