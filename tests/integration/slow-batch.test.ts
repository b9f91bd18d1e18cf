import { describe, expect, it } from 'vitest';
import { leaseLength } from '../../electron/services/sync-push.ts';
import { onBatches } from './line.ts';
import { lendOffice, type PushingOffice } from './pushing.ts';

describe('a batch that a slow line carries for longer than its lease', () => {
  let o: PushingOffice;
  lendOffice((lent) => ({ o } = lent));

  it('goes once: it is not taken again before what it was answered is written down', async () => {
    o.line.fault = onBatches(async (_, pass) => {
      const answer = await pass();
      o.t.clock.advance(leaseLength + 1);
      return answer;
    });
    const caseId = await o.accepted(1);
    await o.accepted(2);
    expect(o.line.count('/v1/batches')).toBe(2);
    expect(o.stateOf(caseId)).toBe('DITERIMA');
  });
});
