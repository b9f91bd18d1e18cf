import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../../shared/provincial/openapi.ts';
import { conformanceChecks } from './conformance/checks.ts';
import { createEnrolmentCode } from './offices.ts';
import { createReadToken } from './read-tokens.ts';
import { gambir, startTestProvince, type TestProvince } from './testing.ts';

describe('the conformance suite', () => {
  let province: TestProvince;
  beforeAll(async () => {
    province = await startTestProvince();
  });
  afterAll(() => province.stop());

  async function failures(address: string, code: string, readToken: string | null = null): Promise<string[]> {
    const failed: string[] = [];
    for (const check of conformanceChecks({ address, code, area: gambir, readToken }))
      await check.run().catch((cause: unknown) => failed.push(`${check.name}: ${String(cause)}`));
    return failed;
  }

  it('passes on the reference server, and calls every published operation', async () => {
    const { pool, address } = province.server;
    const code = await createEnrolmentCode(pool, gambir, new Date());
    const reader = { reader: 'Situs uji', role: 'provinsi', area: gambir, days: 1 } as const;
    const { token } = await createReadToken(pool, reader, new Date());
    const calls = vi.spyOn(globalThis, 'fetch');
    expect(await failures(address, code, token)).toEqual([]);

    const made = calls.mock.calls.map(([url, init]) => {
      const { method, url: whole } = new Request(url, init);
      return `${method.toLowerCase()} ${new URL(whole).pathname}`;
    });
    calls.mockRestore();
    const untouched = operations().filter((operation) => {
      const shape = new RegExp(`^${operation.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
      return !made.some((call) => shape.test(call));
    });
    expect(untouched).toEqual([]);
  });

  it('says what a server does otherwise', async () => {
    expect((await failures(province.server.address, 'AAAA-AAAA-AAAA-AAAA')).length).toBeGreaterThan(5);
  });
});

/** Published operations, as `get /v1/records/{key}`. */
function operations(): string[] {
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(openApiDocument());
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
}
