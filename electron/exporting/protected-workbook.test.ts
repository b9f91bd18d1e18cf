import agile from 'officecrypto-tool/src/crypto/ecma376_agile.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { agileKeys } from './agile-key.ts';
import { lockWorkbook } from './protected-workbook.ts';

const salt = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const blocks = ['146e0be7abacd0d6', 'fea7d2763b4b9e79'].map((hex) => Buffer.from(hex, 'hex'));

describe('the lock of a workbook', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each(['kuda laut makan bubur', 'é 漢字'])('has the keys that Office makes of "%s"', (password) => {
    const key = agileKeys();
    for (const [rounds, keyBits] of [
      [0, 256],
      [1_000, 256],
      [1_000, 128],
    ] as const)
      for (const block of blocks)
        expect(key(password, 'SHA512', salt, rounds, keyBits, block)).toEqual(
          agile.convertPasswordToKey(password, 'SHA512', salt, rounds, keyBits, block),
        );
  });

  it('keeps the keys of another password, salt or number of rounds apart', () => {
    const key = agileKeys();
    const made = [
      key('satu', 'SHA512', salt, 10, 256, salt),
      key('dua', 'SHA512', salt, 10, 256, salt),
      key('satu', 'SHA512', Buffer.alloc(16), 10, 256, salt),
      key('satu', 'SHA512', salt, 11, 256, salt),
    ].map((bytes) => bytes.toString('hex'));
    expect(new Set(made).size).toBe(4);
  });

  it('goes through the rounds once for all the keys of a password', () => {
    const round = vi.spyOn(Buffer.prototype, 'writeUInt32LE');
    const key = agileKeys();
    for (const block of blocks) key('satu', 'SHA512', salt, 1_000, 256, block);
    expect(round).toHaveBeenCalledTimes(1_000);
  });

  it('is closed with them, and never with the library’s own', () => {
    const slow = vi.spyOn(agile, 'convertPasswordToKey');
    lockWorkbook(Buffer.alloc(5_000, 7), 'kuda laut');
    expect(slow).not.toHaveBeenCalled();
  });
});
