import { describe, expect, it } from 'vitest';
import { Problem } from '../../shared/provincial/wire.ts';
import { legalised, startTestProvince, TestOffice } from './testing.ts';

describe('a server whose database is away', () => {
  it('says that it cannot store now, and when to come back', async () => {
    const province = await startTestProvince();
    const office = await TestOffice.enrolled(province.server);
    await province.stopDatabase();
    for (const response of [
      await fetch(`${province.server.address}/v1/health`),
      await office.push(province.server, [legalised()]),
    ]) {
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('5');
      expect(Problem.parse(await response.json()).error.code).toBe('unavailable');
    }
    await province.stop();
  });
});
