import { describe, expect, it } from 'vitest';
import { stepsFrom } from '../../../shared/domain/case-flow.ts';
import { Role } from '../../../shared/domain/role.ts';
import { queues, waitingCount } from './queues.ts';

describe('what waits for whom', () => {
  it('leads only to states in which the role can take a step', () => {
    for (const role of Role.options) {
      for (const queue of queues[role])
        expect(stepsFrom(queue.state, role).length, `${role} ${queue.state}`).toBeGreaterThan(0);
    }
  });

  it('counts what waits for this role and nothing else', () => {
    const counts = { byState: { MENUNGGU_LURAH: 3, DIPERIKSA: 2, TERDAFTAR: 50 } };
    expect(waitingCount(counts, 'lurah')).toBe(5);
    expect(waitingCount(counts, 'petugas_verifikasi')).toBe(50);
    expect(waitingCount(counts, 'administrator')).toBe(0);
  });
});
