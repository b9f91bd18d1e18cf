import { expect, it } from 'vitest';
import type { TestProvince } from '../provincial-server/testing.ts';
import { issueTo, lendOffice, type PushingOffice, takenDown } from './pushing.ts';

let province: TestProvince;
let o: PushingOffice;
lendOffice((lent) => ({ province, o } = lent));

it('a score model of the province is read, the weightiest first; one that cannot be read waits and says so', async () => {
  const issue = (version: string, content: Record<string, unknown>) =>
    issueTo(o, province, 'setting.published', {
      setting: 'model_skor',
      id: 'pmt',
      version,
      title: `PMT ${version}`,
      effectiveFrom: '2026-11-01',
      content,
    });
  await issue('1', { weights: { lantai: 1, dinding: -2.5 }, sentences: ['Rumah dan aset.'], baru: true });
  for (const [version, content] of [
    ['2', {}],
    ['3', { weights: {} }],
    ['4', { weights: { lantai: 'berat' } }],
    ['5', { weights: { lantai: 1 }, sentences: [7] }],
  ] as const)
    await issue(version, content);
  await takenDown(o, province);
  const settings = await (await o.t.as('lurah')).sync.settings.query();
  const byVersion = settings.toSorted((a, b) => a.version.localeCompare(b.version));
  expect(byVersion[0]).toMatchObject({
    standing: 'berlaku',
    unusable: null,
    sentences: ['Rumah dan aset.', 'dinding: bobot -2,5', 'lantai: bobot 1'],
  });
  expect(byVersion).toHaveLength(5);
  for (const one of byVersion.slice(1))
    expect(one, one.version).toMatchObject({
      standing: 'menunggu',
      unusable: expect.stringContaining('disimpan sampai diperbarui'),
      sentences: [],
    });
});
