import { expect, it, vi } from 'vitest';
import type { TestProvince } from '../provincial-server/testing.ts';
import { altering } from './line.ts';
import { codeOf } from './office.ts';
import { lendOffice, type PushingOffice, patient } from './pushing.ts';

let province: TestProvince;
let o: PushingOffice;
lendOffice((lent) => ({ province, o } = lent), { enrolled: false });

it('one item is tried at once where somebody does not want to wait, and the others keep their turn', async () => {
  const officer = await o.t.as('petugas_verifikasi');
  const [first, second] = [await o.legalise(1), await o.legalise(2)];
  const itemId = o.item(first)?.id ?? '';
  expect(o.item(first)).toMatchObject({ state: 'menunggu', mayRetry: true });
  expect(await codeOf(officer.sync.retryItem.mutate({ itemId }))).toBe('not_enrolled');

  // The answers do not come: both wait longer than this test's clock, which stands, ever shows.
  o.line.fault = altering((answer) => ({ ...Object(answer), answers: [] }));
  await o.enrol(province.server);
  for (const caseId of [first, second])
    await vi.waitFor(() => expect(o.item(caseId)?.sentence).toContain('Dikirim lagi sendiri'), patient);
  o.line.fault = null;
  await officer.sync.retryItem.mutate({ itemId });
  await o.until(({ confirmed }) => confirmed === 1);
  expect(o.item(first)).toMatchObject({ state: 'diterima', mayRetry: false });
  expect(o.item(second)).toMatchObject({ state: 'menunggu', mayRetry: true });

  expect(await codeOf(officer.sync.retryItem.mutate({ itemId }))).toBe('not_found');
  const clerk = await o.t.as('petugas_loket');
  expect(await codeOf(clerk.sync.retryItem.mutate({ itemId: o.item(second)?.id ?? '' }))).toBe('not_allowed');
});
