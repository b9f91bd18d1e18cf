import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conformanceChecks } from './conformance/checks.ts';
import { createEnrolmentCode } from './offices.ts';
import { gambir, startTestProvince, type TestProvince } from './testing.ts';

describe('the conformance suite', () => {
  let province: TestProvince;
  beforeAll(async () => {
    province = await startTestProvince();
  });
  afterAll(() => province.stop());

  async function failures(address: string, code: string): Promise<string[]> {
    const failed: string[] = [];
    for (const check of conformanceChecks({ address, code, area: gambir }))
      await check.run().catch((cause: unknown) => failed.push(`${check.name}: ${String(cause)}`));
    return failed;
  }

  it('passes on the reference server', async () => {
    const code = await createEnrolmentCode(province.server.pool, gambir, new Date());
    expect(await failures(province.server.address, code)).toEqual([]);
  });

  it('says what a server does otherwise', async () => {
    expect((await failures(province.server.address, 'AAAA-AAAA-AAAA-AAAA')).length).toBeGreaterThan(5);
  });
});
