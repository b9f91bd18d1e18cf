import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Refusal } from './refusal.ts';
import { taskOf, unchanging } from './task.ts';

let folder = '';
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutakhir-task-'));
  await writeFile(at('a'), 'no\n1\n');
  await writeFile(at('b'), 'no\n2\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('the task of a run', () => {
  it('is the same for the same bytes, and another one for anything else', async () => {
    const task = await taskOf('link', [at('a'), at('b'), null]);
    expect(task).toMatch(/^[0-9a-f]{64}$/);
    expect(await taskOf('link', [at('a'), at('b'), null])).toBe(task);
    const others = [
      await taskOf('dedupe', [at('a'), at('b'), null]),
      await taskOf('link', [at('b'), at('a'), null]),
      await taskOf('link', [at('a'), at('b'), at('b')]),
      await taskOf('link', [at('a'), at('b'), at('gone')]),
    ];
    await writeFile(at('b'), 'no\n3\n');
    others.push(await taskOf('link', [at('a'), at('b'), null]));
    expect(new Set([task, ...others]).size).toBe(6);
  });

  it('is another one on another day: nobody is born after it', async () => {
    const task = await taskOf('link', [at('a')]);
    vi.useFakeTimers({ now: Date.now() + 3 * 86_400_000, toFake: ['Date'] });
    try {
      expect(await taskOf('link', [at('a')])).not.toBe(task);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('files that are read', () => {
  it('are refused where one of them is another by the time all is read', async () => {
    const files = [at('a'), at('gone'), null];
    const same = await unchanging(files);
    await expect(same()).resolves.toBeUndefined();
    await writeFile(at('new'), 'other');
    await rename(at('new'), at('a'));
    await expect(same()).rejects.toThrow(Refusal);
    await expect(same()).rejects.toThrow(`berkas ${at('a')} berubah selagi dibaca`);
    const written = await unchanging(files);
    await writeFile(at('gone'), 'came');
    await expect(written()).rejects.toThrow(`berkas ${at('gone')} berubah`);
  });
});
