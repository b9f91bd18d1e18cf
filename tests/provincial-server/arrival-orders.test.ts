import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readField } from '../../shared/provincial/merge.ts';
import type { PushRecord } from '../../shared/provincial/record.ts';
import { corrected, legalised, startTestProvince, TestOffice, type TestProvince } from './testing.ts';

const rt = 'household.address.rt';
const phone = 'household.phone';

describe('a case, a correction, and a correction of that, in every order of arrival', () => {
  let province: TestProvince;
  let office: TestOffice;

  beforeAll(async () => {
    province = await startTestProvince();
    office = await TestOffice.enrolled(province.server);
  });
  afterAll(() => province.stop());

  const answersTo = (records: PushRecord[]) => office.answers(province.server, records);

  /** What the province holds: the case, its versions by record, and what it took in. */
  async function held({ caseId }: PushRecord) {
    const { rows } = await province.server.pool.query(
      `SELECT version, (SELECT body FROM record WHERE key = record_key) AS body,
              (SELECT array_agg(record_key::text ORDER BY version) FROM case_version WHERE case_id = $1) AS versions,
              (SELECT count(*)::int FROM record WHERE case_id = $1) AS records
       FROM province_case WHERE case_id = $1`,
      [caseId],
    );
    return rows.map(({ body, ...row }) => ({
      ...row,
      rt: readField(body, rt),
      phone: readField(body, phone),
    }));
  }

  it.each([
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ])('%i, %i, %i: comes to the same, each record once, one by one and in one batch', async (...order) => {
    for (const together of [false, true]) {
      const first = legalised();
      const second = corrected(first, [[rt, 9]]);
      const third = corrected(second, [
        [rt, 10],
        [phone, '021-555'],
      ]);
      const records = [first, second, third];
      const arriving = order.flatMap((index) => records.slice(index, index + 1));
      const at = (index: number) => arriving.findIndex(({ key }) => key === records[index]?.key);
      // Taken in as soon as everything before it is there: else it waits, and says for what.
      const waits = (index: number) =>
        index > 0 && records.slice(0, index).some((_, before) => at(before) > at(index));
      const early = together ? await answersTo(arriving) : await oneByOne(arriving);
      expect(early).toMatchObject(
        order.map((index) =>
          waits(index)
            ? { status: 'held', code: 'parent_missing', parent: records[index - 1]?.key }
            : { status: 'accepted' },
        ),
      );
      // The office asks again for what was held; everything has its receipt, whatever it was before.
      const again = await answersTo(arriving);
      expect(again.map(({ status }) => status)).toEqual(['duplicate', 'duplicate', 'duplicate']);
      expect(await held(first)).toEqual([
        { version: 3, versions: records.map(({ key }) => key), records: 3, rt: 10, phone: '021-555' },
      ]);
      expect(await answersTo(arriving)).toEqual(again);
    }
  });

  async function oneByOne(records: readonly PushRecord[]) {
    const answers = [];
    for (const record of records) answers.push(...(await answersTo([record])));
    return answers;
  }
});
