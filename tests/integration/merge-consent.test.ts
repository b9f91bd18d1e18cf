import { describe, expect, it } from 'vitest';
import type { Consent } from '../../shared/domain/consent.ts';
import { codeOf } from './office.ts';
import { lendOffice, type PushingOffice } from './pushing.ts';

describe('a refusal and the cases that go into another', () => {
  let o: PushingOffice;
  lendOffice(
    (lent) => {
      o = lent.o;
    },
    { enrolled: false },
  );

  const consentOf = async (caseId: string) =>
    (await (await o.t.as('petugas_loket')).cases.get.query({ caseId })).consent;

  /** Later, so that no order hangs on one millisecond. */
  async function say(caseId: string, kind: Consent): Promise<void> {
    o.t.clock.advance(1_000);
    await (await o.t.as('petugas_loket')).cases.recordConsent.mutate({ caseId, kind });
  }

  async function said(n: number, kind: Consent): Promise<string> {
    const { caseId } = await o.registered(n);
    await say(caseId, kind);
    return caseId;
  }

  async function merge(keptId: string, otherId: string): Promise<string> {
    o.t.clock.advance(1_000);
    const officer = await o.t.as('petugas_verifikasi');
    const { kept, other } = await officer.merge.compare.query({ keptId, otherId });
    const { mergeId } = await officer.merge.merge.mutate({
      kept: { caseId: kept.caseId, version: kept.version },
      other: { caseId: other.caseId, version: other.version },
      plan: { choices: {}, same: [], joining: [] },
      reason: 'Keluarga yang sama',
    });
    return mergeId;
  }

  async function separate(mergeId: string): Promise<void> {
    o.t.clock.advance(1_000);
    const officer = await o.t.as('petugas_verifikasi');
    await officer.merge.separate.mutate({ mergeId, reason: 'Ternyata dua keluarga' });
  }

  it('holds while one of those that refused is merged still, in whatever order they go', async () => {
    for (const [n, order] of [
      [1, [0, 1, 2]],
      [5, [2, 1, 0]],
      [9, [1, 0, 2]],
    ] as const) {
      const kept = await said(n, '2');
      const merges: string[] = [];
      for (const nth of [1, 2, 3]) merges.push(await merge(kept, await said(n + nth, '4')));
      const words: unknown[] = [];
      for (const at of order) {
        await separate(merges[at] ?? '');
        words.push(await consentOf(kept));
      }
      expect(words, String(order)).toEqual(['4', '4', '2']);
    }
  });

  it('of one that came earlier stays below what the kept case said after it', async () => {
    const kept = await said(1, '1');
    await merge(kept, await said(2, '4'));
    await say(kept, '3');
    const later = await merge(kept, await said(3, '4'));
    expect(await consentOf(kept)).toBe('4');
    await separate(later);
    expect(await consentOf(kept)).toBe('3');
  });

  it('goes from every case further on where one is separated in the middle, unless another there refuses still', async () => {
    for (const [n, others, expected] of [
      [1, '2', ['2', '3']],
      [10, '4', ['4', '4']],
    ] as const) {
      const [middle, last] = [await said(n, '2'), await said(n + 1, '3')];
      const end = await said(n + 2, '1');
      await merge(middle, await said(n + 3, others));
      const parting = await merge(middle, await said(n + 4, '4'));
      await merge(last, middle);
      await merge(end, last);
      expect(await Promise.all([middle, last, end].map(consentOf))).toEqual(['4', '4', '4']);
      await separate(parting);
      expect(await Promise.all([middle, last].map(consentOf))).toEqual(expected);
      expect(await consentOf(end)).toBe(others === '4' ? '4' : '1');
    }
  });

  it('stays further on where a family there said it itself since', async () => {
    const [middle, end] = [await said(1, '2'), await said(2, '1')];
    const parting = await merge(middle, await said(3, '4'));
    await merge(end, middle);
    await say(end, '4');
    await separate(parting);
    expect([await consentOf(middle), await consentOf(end)]).toEqual(['2', '4']);
  });

  it('is the own one of the kept case where its family says it too, and stays when the other goes', async () => {
    const kept = await said(1, '2');
    const merged = await merge(kept, await said(2, '4'));
    await say(kept, '4');
    await separate(merged);
    expect(await consentOf(kept)).toBe('4');
  });

  it('is not recorded at one that went away, where it would hide nobody: the kept one is named', async () => {
    const [gone, between, kept] = [await said(1, '1'), await said(2, '1'), await said(3, '1')];
    const first = await merge(between, gone);
    await merge(kept, between);
    const clerk = await o.t.as('petugas_loket');
    const refuse = () => clerk.cases.recordConsent.mutate({ caseId: gone, kind: '4' });
    const { case: keptCase } = await clerk.cases.get.query({ caseId: kept });
    await expect(refuse()).rejects.toMatchObject({
      data: { problem: { code: 'consent_merged', next: expect.stringContaining(keptCase.number) } },
    });
    expect(await codeOf(refuse())).toBe('consent_merged');
    expect(await consentOf(gone)).toBe('1');
    await say(kept, '4');
    expect(await consentOf(kept)).toBe('4');
    await separate(first);
    await say(gone, '4');
    expect(await consentOf(gone)).toBe('4');
  });
});
