import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { legalised, startTestProvince, TestOffice, type TestProvince } from '../testing.ts';
import { prepareBodies, type PublishKind } from './publications.ts';

describe('what operators issue from a file', () => {
  let province: TestProvince;
  let caseIds: string[];

  beforeAll(async () => {
    province = await startTestProvince();
    const office = await TestOffice.enrolled(province.server);
    const records = [legalised(), legalised(), legalised()];
    await office.answers(province.server, records);
    caseIds = records.map(({ caseId }) => caseId);
  });
  afterAll(async () => {
    await province.stop();
  });

  const prepare = async (kind: PublishKind, bodies: unknown) =>
    await prepareBodies(province.server.pool, kind, '31', JSON.stringify(bodies));

  describe('a list of ranks', () => {
    const list = (more: object, ...ranks: readonly number[]) => ({
      periodId: '2026-11',
      model: 'pmt-1',
      ...more,
      ranks: ranks.map((rank) => ({ caseId: caseIds[(rank - 1) % 3], rank, desil: 1 })),
    });
    const toldOf = async (...bodies: object[]) => {
      const prepared = await prepare('decision.rank', bodies);
      return 'items' in prepared ? prepared.items.map(({ body }) => body['of']) : prepared.mistakes;
    };

    it('is of as many as it ranks, the lists of one file together', async () => {
      expect(await toldOf(list({}, 1, 2, 3))).toEqual([3]);
      expect(await toldOf(list({}, 1, 2), list({}, 3))).toEqual([3, 3]);
      expect(await toldOf(list({}, 1, 2), list({ model: 'pmt-2' }, 1))).toEqual([2, 1]);
      expect(await toldOf(list({}, 1, 2), list({ periodId: '2026-12' }, 1))).toEqual([2, 1]);
    });

    it('counts a family once that stands in two lists', async () => {
      expect(await toldOf(list({}, 1, 2), list({}, 2, 3))).toEqual([3, 3]);
    });

    it('says nothing of how many where it is a part of a longer one', async () => {
      expect(await toldOf(list({}, 301, 302))).toEqual([undefined]);
      expect(await toldOf(list({}, 1, 2), list({}, 9_000))).toEqual([undefined, undefined]);
    });

    it('says what the file says, of its other parts too', async () => {
      expect(await toldOf(list({ of: 9_000 }, 1, 2, 3))).toEqual([9_000]);
      expect(await toldOf(list({}, 1, 2), list({ of: 9_000 }, 3))).toEqual([9_000, 9_000]);
    });

    it('that is too long is to say in each part how long it is', async () => {
      const [mistake] = await toldOf({ ...list({}, 1), note: 'x'.repeat(4 * 1024 * 1024) });
      expect(mistake).toContain('(of)');
    });
  });

  // As worksheets and other programs write them.
  it('writes ids in small letters, of a member and in a path too', async () => {
    const [caseId = ''] = caseIds;
    const [memberId, key] = [crypto.randomUUID(), crypto.randomUUID()];
    const capital = (id: string) => id.toUpperCase();
    const bodyOf = async (kind: PublishKind, body: object) => {
      const prepared = await prepare(kind, body);
      return 'items' in prepared ? prepared.items.map((item) => item.body) : prepared.mistakes;
    };

    const recipient = { status: 'dihentikan', from: null, until: null };
    const program = { periodId: '2026-11', program: { id: 'KJP', name: 'KJP Plus' } };
    const grants = (ids: object) => ({ ...program, recipients: [{ ...recipient, ...ids }] });
    expect(
      await bodyOf('decision.recipients', grants({ caseId: capital(caseId), memberId: capital(memberId) })),
    ).toEqual([grants({ caseId, memberId })]);

    const task = { code: 'NIK_PADAN', sentence: 'Periksa NIK.', by: 'Dukcapil', berkas: 'A/7' };
    expect(
      await bodyOf('record.rejected', {
        ...task,
        caseId: capital(caseId),
        key: capital(key),
        field: `members.${capital(memberId)}.kkStatus`,
      }),
    ).toEqual([{ ...task, caseId, key, field: `members.${memberId}.kkStatus` }]);

    const decided = { periodId: '2026-11', outcome: 'ditetapkan', decree: 'A/7', decidedOn: '2026-11-09' };
    const penetapan = { ...decided, note: null };
    expect(await bodyOf('decision.penetapan', { ...penetapan, caseId: capital(caseId) })).toEqual([
      { ...penetapan, caseId },
    ]);
  });
});
