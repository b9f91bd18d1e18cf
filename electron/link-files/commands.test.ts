import { appendFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { claimPlace } from './claim-place.ts';
import { dedupe, link } from './commands.ts';
import { Refusal } from './refusal.ts';

let folder = '';
const at = (name: string) => join(folder, name);
const orders = () => {
  const common = { map: at('m.json'), out: at('out.csv'), decisions: null };
  return [
    { kind: 'link', reference: at('r.csv'), cases: at('c.csv'), ...common },
    { kind: 'dedupe', file: at('c.csv'), ...common },
  ] as const;
};
const run = (order: ReturnType<typeof orders>[number]) =>
  order.kind === 'link' ? link(order) : dedupe(order);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutakhir-commands-'));
  await writeFile(at('m.json'), '{"id":"no","name":"nama","dob":"lahir"}');
  await writeFile(at('r.csv'), 'no,nama,lahir\n1,SITI AMINAH,1980-08-17\n');
  await writeFile(at('c.csv'), 'no,nama,lahir\n7,SITI AMINAH,1980-08-17\n8,BUDI,kapan\n');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

it('a result that another task writes is refused before anything is read, and made once that one has ended', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  for (const order of orders()) {
    const release = await claimPlace(order.out);
    await expect(run(order)).rejects.toThrow(Refusal);
    expect(await readdir(folder)).not.toContain('out.csv');
    await release();
    await run(order);
    await expect(run(order)).resolves.not.toThrow();
    await rm(order.out);
  }
});

it('a file that is written while it is read is refused, and leaves no result', async () => {
  for (const order of orders()) {
    const said = vi.spyOn(console, 'error').mockImplementation((line: string) => {
      // What could not be read is told as the file has been read.
      if (line.includes('tidak terbaca')) appendFileSync(at('c.csv'), '9,TONO,1970-01-02\n');
    });
    await expect(run(order)).rejects.toThrow(`berkas ${at('c.csv')} berubah selagi dibaca`);
    expect(said).toHaveBeenCalledTimes(1);
    expect((await readdir(folder)).toSorted()).toEqual(['c.csv', 'm.json', 'r.csv']);
    said.mockRestore();
  }
});
