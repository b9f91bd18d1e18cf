import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimPlace } from './claim-place.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutakhir-claim-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('a place is one task’s at a time, whatever it is called, and another’s once that one has ended', async () => {
  const out = join(folder, 'l.csv');
  const release = await claimPlace(out);
  await symlink(folder, `${folder}/lain`);
  for (const same of [out, relative('.', out), join(folder, 'lain', 'l.csv')])
    await expect(claimPlace(same)).rejects.toThrow(`padanan lain sedang menulis hasilnya ke ${same}`);
  const beside = await claimPlace(join(folder, 'k.csv'));
  await release();
  const again = await claimPlace(out);
  await Promise.all([beside(), again()]);
});

it('a folder that is not there is told later', async () => {
  const release = await claimPlace(join(folder, 'tiada', 'l.csv'));
  await expect(release()).resolves.toBeUndefined();
});
