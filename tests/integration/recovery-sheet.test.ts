import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestOffice, type TestOffice } from './office.ts';

let t: TestOffice;
beforeAll(async () => {
  t = await openTestOffice();
});
afterAll(() => t.close());

async function print(token: string | null, code: string): Promise<Response> {
  return t.office.fetch(
    new Request('http://localhost/files/document', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ kind: 'lembar_pemulihan', input: { code } }),
    }),
  );
}

describe('the recovery sheet', () => {
  it('prints as PDF for the administrator, and no answer may be stored', async () => {
    const response = await print(await t.tokenOf('administrator'), t.recoveryCode);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  it('is not printed with a code that opens nothing', async () => {
    const response = await print(await t.tokenOf('administrator'), 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA');
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ problem: { code: 'recovery_code_wrong' } });
  });

  it('is nobody else’s', async () => {
    for (const role of ['petugas_loket', 'petugas_verifikasi', 'lurah'] as const)
      expect((await print(await t.tokenOf(role), t.recoveryCode)).status, role).toBe(403);
    expect((await print(null, t.recoveryCode)).status).toBe(401);
  });
});
