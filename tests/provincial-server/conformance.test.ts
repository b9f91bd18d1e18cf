import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../../shared/provincial/openapi.ts';
import { conformanceChecks } from './conformance/checks.ts';
import type { Mutant } from './conformance/faulty-answers.ts';
import { mutants } from './conformance/mutants.ts';
import { publish } from './down.ts';
import { createEnrolmentCode } from './offices.ts';
import { createReadToken } from './read-tokens.ts';
import { announceKey, loadServerKey } from './server-keys.ts';
import { gambir, startTestProvince, type TestProvince } from './testing.ts';

const reader = { reader: 'Situs uji', role: 'provinsi', area: gambir, days: 1 } as const;

describe('the conformance suite', () => {
  let province: TestProvince;
  beforeAll(async () => {
    province = await startTestProvince();
    await announceKey(province.server.pool, new Date());
    for (const kind of ['uji.satu', 'uji.dua'])
      await publish(province.server.pool, {
        id: randomUUID(),
        to: { area: gambir },
        kind,
        issuedAt: new Date(),
        body: {},
      });
  });
  afterAll(() => province.stop());

  /** What fails, and what there was nothing to look at for. */
  async function failures(address: string, code: string, readToken: string | null = null): Promise<string[]> {
    const failed: string[] = [];
    for (const check of conformanceChecks({ address, code, area: gambir, readToken }))
      await check.run().then(
        (unseen) => unseen !== undefined && failed.push(`${check.name}: tidak diperiksa, ${unseen}`),
        (cause: unknown) => failed.push(`${check.name}: ${String(cause)}`),
      );
    return failed;
  }

  it('passes on the reference server, and calls every published operation', async () => {
    const { pool, address } = province.server;
    const code = await createEnrolmentCode(pool, gambir, new Date());
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

  it('says what it had nothing to look at for', async () => {
    const { pool, address } = province.server;
    const area = '31.72.01.1001';
    const code = await createEnrolmentCode(pool, area, new Date());
    const unseen: string[] = [];
    for (const check of conformanceChecks({ address, code, area, readToken: null }))
      if (/^(kantor terdaftar|kiriman turun|baca: keluarga)/.test(check.name))
        unseen.push((await check.run()) ?? 'sesuai');
    expect(unseen).toEqual([
      'sesuai',
      'tanpa --read-token',
      'tanpa --read-token',
      'kurang dari dua kiriman turun untuk wilayah kantor uji',
    ]);
  });

  it('says what a server does otherwise', async () => {
    expect((await failures(province.server.address, 'AAAA-AAAA-AAAA-AAAA')).length).toBeGreaterThan(5);
  });

  it('finds each server that is wrong in just one thing, and blames no sound one', async () => {
    const { pool, address } = province.server;
    const { token } = await createReadToken(pool, reader, new Date());
    const begin = async () => {
      const code = await createEnrolmentCode(pool, gambir, new Date());
      return conformanceChecks({ address, code, area: gambir, readToken: token });
    };
    const faulty = mutants(await loadServerKey(pool));
    const checks = await begin();
    expect(checks.map(({ name }) => name).toSorted()).toEqual(Object.keys(faulty).toSorted());

    const real = globalThis.fetch;
    const sound: Mutant = async (_, answer) => answer;
    let server = sound;
    const line = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      const { url, method } = new Request(input, init);
      return await server(new URL(url).pathname, await real(input, init), method);
    });
    const missed: string[] = [];
    for (const check of checks) {
      for (const [index, mutant] of (faulty[check.name] ?? []).entries()) {
        // Its code serves once, so that the check which enrols begins anew; any other runs again.
        const run = check.name.startsWith('kantor terdaftar')
          ? (await begin()).find(({ name }) => name === check.name)
          : check;
        server = mutant;
        await run?.run().then(
          () => missed.push(`${check.name}: ${index}`),
          () => {},
        );
      }
      server = sound;
      await check.run();
    }
    line.mockRestore();
    expect(missed).toEqual([]);
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
