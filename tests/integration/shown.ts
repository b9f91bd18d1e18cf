import { FamilyPage } from '../../shared/provincial/read.ts';
import { createReadToken } from '../provincial-server/read-tokens.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { kelurahan } from './office.ts';
import { provinceTime } from './pushing.ts';

/** Ids of the families that a website of the province lists in the kelurahan. */
export async function shownBy({ server }: TestProvince): Promise<string[]> {
  const reader = { reader: 'Situs', role: 'kelurahan', area: kelurahan, days: 1 } as const;
  const { token } = await createReadToken(server.pool, reader, provinceTime);
  const response = await fetch(`${server.address}/v1/read/families`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ wire: 1, kelurahan, limit: 100 }),
  });
  return FamilyPage.parse(await response.json()).families.map(({ caseId }) => caseId);
}
