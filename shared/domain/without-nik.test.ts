import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectNik } from './nik.ts';
import { ProvisionalCode, provisionalCode } from './without-nik.ts';

describe('a provisional identity', () => {
  it('can never be read as a NIK, whatever it was drawn from', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (random) => {
        const code = provisionalCode(random);
        expect(ProvisionalCode.safeParse(code).success).toBe(true);
        expect(code).not.toMatch(/\d/);
        expect(inspectNik(code, { today: '2026-11-22' }).errors.map((error) => error.code)).toEqual([
          'nik_bukan_angka',
        ]);
      }),
    );
  });
});
