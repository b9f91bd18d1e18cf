import { describe, expect, it } from 'vitest';
import { words } from './words.ts';

describe('what an answer of the courier is said to prove', () => {
  it('calls every case the same only where all were compared', () => {
    expect(words.proof.cocok('10.00', null, null)).toBe(
      'Cocok dengan provinsi per 10.00: setiap berkas yang diterimanya sama isinya.',
    );
    expect(words.proof.cocok('10.00', null, '2')).toBe(
      'Yang dibandingkan cocok dengan provinsi per 10.00; 2 berkas dibandingkan pada paket berikutnya.',
    );
  });
});
