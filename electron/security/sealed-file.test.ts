import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRange } from '../importing/source.ts';
import { sealedSource, sealFile, type SealedFile } from './sealed-file.ts';
import { Uploads } from './uploads.ts';

let folder = '';
let made = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-segel-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const piece = 64 * 1024;

async function* chunks(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

function seal(content: Uint8Array, chunk = 10_000): Promise<SealedFile> {
  made += 1;
  return sealFile(join(folder, String(made)), chunks(content, chunk));
}

function counting(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 7 + (index >> 8)) % 251));
}

it('gives any part of the content back, however it came in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 3 * piece + 5 }),
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 0, max: 3 * piece }),
      fc.integer({ min: 0, max: 3 * piece }),
      async (length, chunk, start, span) => {
        const content = counting(length);
        const file = await seal(content, chunk);
        expect(file.size).toBe(length);
        const part = await readRange(sealedSource(file), Math.min(start, length), start + span);
        expect(part.equals(content.subarray(start, start + span))).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});

it('gives a part back that stands in more pieces than are read at once, and begins and ends in the middle of one', async () => {
  const content = counting(20 * piece + 5);
  const source = sealedSource(await seal(content, piece));
  for (const [start, end] of [
    [piece / 2, 17 * piece + 3],
    [8 * piece, 16 * piece],
    [7 * piece + 1, content.length + 1],
  ] as const)
    expect((await readRange(source, start, end)).equals(content.subarray(start, end))).toBe(true);
});

it('names the SHA-256 of the content', async () => {
  const { sha256 } = await seal(Buffer.from('abc'));
  expect(sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

it('has nothing of the content on the disk, and another key each time', async () => {
  const content = Buffer.from('NIK 3171014101800001 '.repeat(10_000));
  const [one, two] = [await seal(content), await seal(content)];
  expect(readFileSync(one.path).includes('3171014101800001')).toBe(false);
  expect(readFileSync(one.path).equals(readFileSync(two.path))).toBe(false);
  expect(one.key.equals(two.key)).toBe(false);
});

it('refuses a piece that was changed, moved or cut off', async () => {
  const file = await seal(counting(3 * piece));
  const whole = readFileSync(file.path);
  const sealedPiece = piece + 16;
  const damaged = [
    Buffer.concat([whole.subarray(0, 100), Buffer.from([(whole[100] ?? 0) ^ 1]), whole.subarray(101)]),
    Buffer.concat([
      whole.subarray(sealedPiece, 2 * sealedPiece),
      whole.subarray(0, sealedPiece),
      whole.subarray(2 * sealedPiece),
    ]),
    whole.subarray(0, 2 * sealedPiece),
  ];
  for (const bytes of damaged) {
    writeFileSync(file.path, bytes);
    await expect(readRange(sealedSource(file), 0, file.size)).rejects.toThrow(
      /authenticate|out of range|Invalid/,
    );
  }
});

async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('a part');
  throw new Error('the line broke');
}

it('leaves no file where the content breaks off', async () => {
  const uploads = new Uploads(folder, { now: () => new Date(0) });
  await expect(uploads.take('ani', 'daftar.csv', broken())).rejects.toThrow('the line broke');
  expect(readdirSync(folder)).toEqual([]);
});
