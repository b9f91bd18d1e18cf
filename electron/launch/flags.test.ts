import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FlagError, readFlags, writeFlags } from './flags.ts';

describe('the command line', () => {
  test('without flags opens the usual place', () => {
    expect(readFlags([])).toEqual({ data: null, port: null, open: true, training: false });
  });

  test('is handed on to another process unchanged', () => {
    const flags = readFlags(['--data', 'berkas', '--port', '0', '--no-open', '--latihan']);
    expect(flags).toEqual({ data: resolve('berkas'), port: 0, open: false, training: true });
    expect(readFlags(writeFlags(flags))).toEqual(flags);
  });

  test.each([
    ['--port', 'delapan'],
    ['--port', '65536'],
    ['--port', '-1'],
    ['--port'],
    ['--data'],
    ['--data='],
    ['--terbang'],
    ['berkas'],
  ])('refuses what cannot be obeyed: %s %s', (...args) => expect(() => readFlags(args)).toThrow(FlagError));

  test('names the flag it does not know', () => {
    expect(() => readFlags(['--terbang'])).toThrow('--terbang');
  });

  test('lets the switches of Chromium pass in the window', () => {
    expect(readFlags(['--enable-logging', '--latihan', '.'], false)).toMatchObject({ training: true });
  });
});
