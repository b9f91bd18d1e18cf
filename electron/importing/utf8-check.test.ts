import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Utf8Check } from './utf8-check.ts';

function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const text = fc.string({ unit: 'binary', maxLength: 20 }).map((some) => new TextEncoder().encode(some));

describe('bytes in pieces', () => {
  it('are UTF-8 where the whole can be decoded, wherever it is broken', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 4, arbitrary: text }, fc.uint8Array({ maxLength: 4 })), { maxLength: 5 }),
        fc.integer({ min: 1, max: 7 }),
        (parts, size) => {
          const bytes = Buffer.concat(parts);
          const check = new Utf8Check();
          for (let at = 0; at < bytes.length; at += size) check.add(bytes.subarray(at, at + size));
          expect(check.isUtf8).toBe(decodes(bytes));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('are not where a character is broken off at the end, or begins with its middle', () => {
    for (const bytes of [[0xc3], [0x41, 0xf0, 0x9f, 0x98], [0xa9], [0x41, 0x80, 0x80, 0x80]]) {
      const check = new Utf8Check();
      check.add(Uint8Array.from(bytes));
      expect(check.isUtf8).toBe(false);
    }
  });
});
