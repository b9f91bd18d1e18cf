import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Checkpoint } from './checkpoint.ts';
import { Refusal } from './refusal.ts';
import { writeResult } from './write-result.ts';

let folder = '';
let path = '';
let told: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutakhir-checkpoint-'));
  path = join(folder, 'l.csv.lanjutan');
  told = [];
});
afterEach(() => rm(folder, { recursive: true }));

const open = (task = 'a'.repeat(64)) => new Checkpoint(path, task, (line) => told.push(line));
const pieces = [{ learnt: Float64Array.of(0.1, 1 / 3) }, [{ bits: -0.5, rest: 1e-30 }], [], { last: true }];

/** Asks for each piece. @returns what came, and how many had to be made. */
function run(checkpoint: Checkpoint) {
  let made = 0;
  const came = pieces.map((value) =>
    checkpoint.piece((): unknown => {
      made += 1;
      return value;
    }),
  );
  return { came, made };
}

describe('what a stopped run leaves', () => {
  it('is an empty file where it was killed before it wrote: begun anew, said so, and gone on with', async () => {
    await writeFile(path, '', { mode: 0o644 });
    const anew = open();
    expect(anew.earlier).toBe(0);
    expect(told).toEqual([`link: ${path} masih kosong; padanan ini dimulai dari awal dan mencatat di situ.`]);
    expect(run(anew)).toEqual({ came: pieces, made: 4 });
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect(run(open())).toEqual({ came: pieces, made: 0 });
    expect(told).toHaveLength(1);
  });

  it('comes back equal, is nobody else’s to read, and is gone once it is removed', async () => {
    expect(run(open())).toEqual({ came: pieces, made: 4 });
    expect((await stat(path)).mode & 0o077).toBe(0);
    const again = open();
    expect(again.earlier).toBe(4);
    expect(run(again)).toEqual({ came: pieces, made: 0 });
    expect([again.remove(), again.remove()]).toEqual([true, false]);
    expect(await readdir(folder)).toEqual([]);
    expect(told).toEqual([]);
  });

  it('is good up to the first piece that is not whole, wherever it was cut', async () => {
    run(open());
    const whole = await readFile(path);
    let earlier = 4;
    for (let size = whole.length - 1; size > 0; size -= 1) {
      await writeFile(path, whole);
      await truncate(path, size);
      const cut = open();
      expect(cut.earlier).toBeLessThanOrEqual(earlier);
      earlier = cut.earlier;
      expect([size, run(cut)]).toEqual([size, { came: pieces, made: 4 - earlier }]);
      expect(await readFile(path)).toEqual(whole);
    }
    expect(earlier).toBe(0);
  });

  it('drops a piece of which a byte is another one, with all that follow', async () => {
    run(open());
    const whole = await readFile(path);
    for (let at = 'mutakhir-link\n'.length + 65; at < whole.length; at += 1) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      await writeFile(path, damaged);
      expect([at, run(open()).came]).toEqual([at, pieces]);
      expect(await readFile(path)).toEqual(whole);
    }
  });

  it('keeps nothing that an earlier run left after a piece which was not whole', async () => {
    run(open());
    const damaged = await readFile(path);
    damaged[damaged.indexOf('bits')] = 0;
    await writeFile(path, damaged);
    const stopped = open();
    for (const value of pieces.slice(0, 2)) stopped.piece((): unknown => value);
    expect(open().earlier).toBe(2);
  });

  it('is not taken for what holes leave that a crash of the computer makes: zeros', async () => {
    run(open());
    const whole = await readFile(path);
    await writeFile(path, Buffer.concat([whole.subarray(0, 79), Buffer.alloc(whole.length - 79)]));
    expect(open().earlier).toBe(0);
  });

  it('of another task is begun anew, and said so', async () => {
    run(open());
    const other = open('b'.repeat(64));
    expect(other.earlier).toBe(0);
    expect(run(other).made).toBe(4);
    expect(told).toEqual([
      'link: yang terhenti tidak dapat dilanjutkan karena masukan, program, atau harinya lain; dimulai dari awal.',
    ]);
    expect(open('b'.repeat(64)).earlier).toBe(4);
  });

  it('is never written over somebody’s file, nor removes it', async () => {
    await writeFile(path, 'no,nama\n1,Siti\n');
    const checkpoint = open();
    expect(run(checkpoint)).toEqual({ came: pieces, made: 4 });
    expect(checkpoint.remove()).toBe(false);
    expect(await readFile(path, 'utf8')).toBe('no,nama\n1,Siti\n');
    expect(told).toEqual([expect.stringContaining('bukan catatan pekerjaan')]);
  });

  it('cannot be kept in the place of a folder: the run goes on, and it is said once', async () => {
    await mkdir(path);
    expect(run(open())).toEqual({ came: pieces, made: 4 });
    expect(told).toEqual([expect.stringContaining('tidak dapat dibaca atau ditulis')]);
  });

  it('is read as far as it goes where somebody cuts it in the middle of a run', async () => {
    run(open());
    const whole = await readFile(path);
    const checkpoint = open();
    await truncate(path, whole.length - 40);
    const { came, made } = run(checkpoint);
    expect(came).toEqual(pieces);
    expect(made).toBeGreaterThan(0);
    expect(await readFile(path)).toEqual(whole);
  });
});

describe('the result', () => {
  const out = () => join(folder, 'l.csv');
  const failing = (code: string, times: number) => {
    let tries = 0;
    return function* rows(): Iterable<string[]> {
      yield ['1'];
      tries += 1;
      if (tries <= times) throw Object.assign(new Error(code), { code });
    };
  };

  it('takes the room of the checkpoint on a disk that is full', async () => {
    const checkpoint = open();
    run(checkpoint);
    await writeResult(out(), ['id'], checkpoint, failing('ENOSPC', 1));
    expect(await readFile(out(), 'utf8')).toBe('id\n1\n');
    expect(await readdir(folder)).toEqual(['l.csv']);
  });

  it('that cannot be written leaves the checkpoint to go on from', async () => {
    const checkpoint = open();
    run(checkpoint);
    await expect(writeResult(out(), ['id'], checkpoint, failing('EACCES', 1))).rejects.toThrow(Refusal);
    expect(await readdir(folder)).toEqual(['l.csv.lanjutan']);
    expect(open().earlier).toBe(4);
  });

  it('is refused where the room of the checkpoint does not help', async () => {
    const checkpoint = open();
    await expect(writeResult(out(), ['id'], checkpoint, failing('ENOSPC', 2))).rejects.toThrow(Refusal);
    expect(await readdir(folder)).toEqual([]);
  });
});
