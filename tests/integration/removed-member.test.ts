import { describe, expect, it } from 'vitest';
import { getCase } from '../../electron/services/case-steps.ts';
import { openClashes } from '../../electron/services/clashes.ts';
import { retryNow } from '../../electron/services/sync.ts';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import { transaction } from '../../electron/store/connection.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { choose, theDinas, waitingIn } from './choosing.ts';
import { cut, notYet } from './line.ts';
import { codeOf } from './office.ts';
import { changesThere, changeThere, lendOffice, type PushingOffice, takenDown } from './pushing.ts';

describe('what the province says', () => {
  let province: TestProvince;
  let o: PushingOffice;

  lendOffice((lent) => ({ province, o } = lent));

  /** The office calls the third member otherwise and then takes them out, while the province changes their name. */
  async function removedMeanwhile(n: number) {
    const caseId = await o.accepted(n);
    const member = getCase(o.register(), caseId).household.members[2];
    if (member === undefined) throw new Error('The family has three members.');
    o.line.fault = cut;
    const phone = { motherName: 'IBU KANTOR' };
    await o.correct(caseId, (body) =>
      Object.assign(body.members[2] ?? {}, { name: 'NAMA KANTOR', ...phone }),
    );
    await o.correct(caseId, (body) => body.members.splice(2, 1));
    await changeThere(province, caseId, `members.${member.id}.name`, 'NAMA PROVINSI');
    o.line.fault = null;
    retryNow(o.register());
    await o.until(({ waiting }) => waiting === 0);
    expect(waitingIn(o, caseId)).toMatchObject([{ ours: null, theirs: 'NAMA PROVINSI' }]);
    return { caseId, member };
  }

  const membersThere = async (caseId: string): Promise<unknown[]> => {
    const { rows } = await province.server.pool.query(
      `SELECT body -> 'members' AS members FROM province_case JOIN record ON key = record_key WHERE province_case.case_id = $1`,
      [caseId],
    );
    return rows[0].members;
  };

  it('of somebody whom the office has removed since brings them back as they were told last, where the province is followed', async () => {
    const { caseId, member } = await removedMeanwhile(1);
    const [item] = await (await o.t.as('lurah')).attention.list.query();
    expect(item).toMatchObject({ fields: [{ label: 'nama NAMA KANTOR, yang sudah dikeluarkan di sini' }] });
    await choose(o, waitingIn(o, caseId), 'provinsi');
    await o.until(({ waiting }) => waiting === 0);
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    const back = { ...member, name: 'NAMA PROVINSI', motherName: 'IBU KANTOR' };
    expect(getCase(o.register(), caseId).household.members).toContainEqual(back);
    expect(await membersThere(caseId)).toContainEqual(back);
  });

  it('of somebody whom the office has removed since leaves them out on both sides, where the office is', async () => {
    const { caseId, member } = await removedMeanwhile(1);
    await choose(o, waitingIn(o, caseId), 'kantor');
    await o.until(({ waiting }) => waiting === 0);
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    const without = expect.not.arrayContaining([expect.objectContaining({ id: member.id })]);
    expect(getCase(o.register(), caseId).household.members).toEqual(without);
    expect(await membersThere(caseId)).toEqual(without);
  });

  it('of somebody whom the office has removed since is chosen as it stands by then, where the province changes it again', async () => {
    const { caseId, member } = await removedMeanwhile(1);
    await changeThere(province, caseId, `members.${member.id}.name`, 'NAMA KEDUA');
    await takenDown(o, province);
    expect(waitingIn(o, caseId)).toMatchObject([{ ours: null, theirs: 'NAMA KEDUA' }]);
    await choose(o, waitingIn(o, caseId), 'provinsi');
    await o.until(({ waiting }) => waiting === 0);
    const back = { ...member, name: 'NAMA KEDUA', motherName: 'IBU KANTOR' };
    expect(getCase(o.register(), caseId).household.members).toContainEqual(back);
    expect(await membersThere(caseId)).toContainEqual(back);
  });

  it('of somebody whom the office has removed, and changes again before the office is heard, still waits for a choice', async () => {
    const caseId = await o.accepted(1);
    const path = `members.${getCase(o.register(), caseId).household.members[2]?.id}.name`;
    o.line.fault = cut;
    await o.correct(caseId, (body) => body.members.splice(2, 1));
    o.line.fault = notYet;
    for (const name of ['NAMA PROVINSI', 'NAMA KEDUA']) {
      await changeThere(province, caseId, path, name);
      await takenDown(o, province);
      expect(waitingIn(o, caseId)).toMatchObject([{ path, origin: 'turun', ours: null, theirs: name }]);
    }
  });

  it('of somebody whom the office has removed waits for a choice, also in a field that nobody had filled in', async () => {
    const caseId = await o.accepted(1);
    const member = getCase(o.register(), caseId).household.members[2];
    o.line.fault = cut;
    await o.correct(caseId, (body) => body.members.splice(2, 1));
    await changeThere(province, caseId, `members.${member?.id}.catatan`, 'Cacat netra');
    o.line.fault = notYet;
    await takenDown(o, province);
    expect(waitingIn(o, caseId)).toMatchObject([
      { path: `members.${member?.id}.catatan`, theirs: 'Cacat netra' },
    ]);
  });

  it('brings somebody whom the office has removed back with what followed the province since they were told last', async () => {
    const caseId = await o.accepted(1);
    const member = getCase(o.register(), caseId).household.members[2];
    o.line.fault = notYet;
    // Two, of which the later one builds on the earlier, which got no answer.
    for (const phone of ['021-1', '021-2']) await o.correct(caseId, (body) => Object.assign(body, { phone }));
    await changeThere(province, caseId, `members.${member?.id}.name`, 'NAMA PROVINSI');
    await takenDown(o, province);
    expect(getCase(o.register(), caseId).household.members[2]?.name).toBe('NAMA PROVINSI');
    await o.correct(caseId, (body) => body.members.splice(2, 1));
    await changeThere(province, caseId, `members.${member?.id}.motherName`, 'IBU PROVINSI');
    await takenDown(o, province);
    await choose(o, waitingIn(o, caseId), 'provinsi');
    const back = { ...member, name: 'NAMA PROVINSI', motherName: 'IBU PROVINSI' };
    expect(getCase(o.register(), caseId).household.members).toContainEqual(back);
  });

  const intoOwnFamily = (kk: string) => (body: DraftHousehold) => {
    body.families.push({ no: 2, kk });
    Object.assign(body.members[2] ?? {}, { familyNo: '2', familyRelation: '1' });
  };

  /** The third member is told in a family of their own, which the office then removes with them, after `meanwhile`. */
  async function removedWithFamily(kk = '', meanwhile?: (caseId: string) => Promise<void>) {
    const caseId = await o.accepted(1);
    await o.correct(caseId, intoOwnFamily(kk));
    await o.until(({ waiting }) => waiting === 0);
    const member = getCase(o.register(), caseId).household.members[2];
    await meanwhile?.(caseId);
    o.line.fault = cut;
    await o.correct(caseId, (body) => {
      body.members.splice(2, 1);
      body.families.splice(1, 1);
    });
    await changeThere(province, caseId, `members.${member?.id}.name`, 'NAMA PROVINSI');
    return { caseId, member };
  }

  const comesDown = async () => {
    o.line.fault = notYet;
    await takenDown(o, province);
  };

  const givenThere = (caseId: string, kk: string) =>
    changeThere(province, caseId, 'household.families.2.kk', kk);

  it.each([
    ['as it was told', null],
    ['with the card that it has from the province', '3171010101240004'],
  ])(
    'brings the family of somebody who comes back with them %s, where the office has removed both',
    async (_, kk) => {
      const { caseId } = await removedWithFamily('3171010101240003', async (id) => {
        if (kk === null) return;
        await givenThere(id, kk);
        await takenDown(o, province);
      });
      await comesDown();
      await choose(o, waitingIn(o, caseId), 'provinsi');
      const { families, members } = getCase(o.register(), caseId).household;
      expect(families.at(-1)).toEqual({ no: 2, kk: kk ?? '3171010101240003' });
      expect(members.at(-1)).toMatchObject({ name: 'NAMA PROVINSI', familyNo: 2 });
    },
  );

  it('brings the family of somebody who comes back with them with the card that is chosen beside that', async () => {
    const { caseId } = await removedWithFamily('3171010101240003');
    await givenThere(caseId, '3171010101240004');
    await comesDown();
    const waiting = waitingIn(o, caseId);
    expect(waiting.map(({ path }) => path)).toContain('household.families.2.kk');
    await choose(o, waiting, 'provinsi');
    const { families, members } = getCase(o.register(), caseId).household;
    expect(families.at(-1)).toEqual({ no: 2, kk: '3171010101240004' });
    expect(members.at(-1)).toMatchObject({ name: 'NAMA PROVINSI', familyNo: 2 });
  });

  it('brings the family of somebody who comes back a second time with what followed since the first', async () => {
    const { caseId, member } = await removedWithFamily('3171010101240003');
    await comesDown();
    await choose(o, waitingIn(o, caseId), 'provinsi');
    await givenThere(caseId, '3171010101240004');
    await takenDown(o, province);
    await o.correct(caseId, (body) => {
      body.members.splice(2, 1);
      body.families.splice(1, 1);
    });
    await changeThere(province, caseId, `members.${member?.id}.motherName`, 'IBU PROVINSI');
    await takenDown(o, province);
    await choose(o, waitingIn(o, caseId), 'provinsi');
    const { families, members } = getCase(o.register(), caseId).household;
    expect(families.at(-1)).toEqual({ no: 2, kk: '3171010101240004' });
    expect(members.at(-1)).toMatchObject({ name: 'NAMA PROVINSI', motherName: 'IBU PROVINSI' });
  });

  it('brings somebody back into their own family that others live in by now, by the card that it has from the province', async () => {
    const caseId = await o.accepted(1);
    await o.correct(caseId, intoOwnFamily('3171010101240003'));
    await o.until(({ waiting }) => waiting === 0);
    const member = getCase(o.register(), caseId).household.members[2];
    await givenThere(caseId, '3171010101240004');
    await takenDown(o, province);
    o.line.fault = cut;
    await o.correct(caseId, (body) => {
      body.members.splice(2, 1);
      Object.assign(body.members[1] ?? {}, { familyNo: '2', familyRelation: '1' });
    });
    await changeThere(province, caseId, `members.${member?.id}.name`, 'NAMA PROVINSI');
    await comesDown();
    await choose(o, waitingIn(o, caseId), 'provinsi');
    const { members } = getCase(o.register(), caseId).household;
    expect(members).toContainEqual({ ...member, name: 'NAMA PROVINSI' });
  });

  it.each([
    ['without a card', ''],
    ['with another card', '3171010101240002'],
  ])('brings nobody back into a family %s that has been given the number of theirs', async (_, kk) => {
    const { caseId, member } = await removedWithFamily();
    await o.correct(caseId, (body) => {
      body.families.push({ no: 2, kk });
      Object.assign(body.members[1] ?? {}, { familyNo: '2', familyRelation: '1' });
    });
    await comesDown();
    const before = getCase(o.register(), caseId).household;
    expect(await codeOf(choose(o, waitingIn(o, caseId), 'provinsi'))).toBe('clash_breaks');
    expect(getCase(o.register(), caseId).household).toEqual(before);
    await choose(o, waitingIn(o, caseId), 'kantor');
    expect(waitingIn(o, caseId)).toEqual([]);
    // Nor where all of them is the choice.
    const whole = { path: `members.${member?.id}`, base: member, ours: null, theirs: member, by: theDinas };
    transaction(o.register().db, () => openClashes(o.register(), caseId, 'turun', [whole]));
    expect(await codeOf(choose(o, waitingIn(o, caseId), 'provinsi'))).toBe('clash_breaks');
    expect(getCase(o.register(), caseId).household).toEqual(before);
  });

  /** The third member and their family are removed, which the province is told; it restores both, with a card, after `meanwhile`. */
  async function restoredThere(kk: string, meanwhile: (caseId: string) => Promise<void>) {
    const { caseId, member } = await removedWithFamily('3171010101240003');
    o.line.fault = null;
    retryNow(o.register());
    await o.until(({ waiting }) => waiting === 0);
    await choose(o, waitingIn(o, caseId), 'kantor');
    await o.until(({ waiting }) => waiting === 0);
    o.line.fault = cut;
    await meanwhile(caseId);
    await changesThere(province, caseId, [
      { path: 'household.families.2', value: { no: 2, kk } },
      { path: `members.${member?.id}`, value: member },
    ]);
    await comesDown();
    return { caseId, member };
  }

  const othersInSecond = (body: DraftHousehold) => {
    body.families.push({ no: 2, kk: '3171010101240002' });
    Object.assign(body.members[1] ?? {}, { familyNo: '2', familyRelation: '1' });
  };

  it('of somebody who was removed and is restored there waits for a choice, where others have been given the number of their family', async () => {
    const { caseId, member } = await restoredThere('3171010101240003', (id) => o.correct(id, othersInSecond));
    const { families, members } = getCase(o.register(), caseId).household;
    expect(families.at(-1)).toEqual({ no: 2, kk: '3171010101240002' });
    expect(members.map(({ id }) => id)).not.toContain(member?.id);
    const paths = ['household.families.2', `members.${member?.id}`];
    expect(
      waitingIn(o, caseId)
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(paths);
    // Nor do the others become their family by its card.
    expect(await codeOf(choose(o, waitingIn(o, caseId), 'provinsi'))).toBe('clash_breaks');
    await choose(o, waitingIn(o, caseId), 'kantor');
    expect(waitingIn(o, caseId)).toEqual([]);
  });

  it('of somebody who was removed and is restored there waits for a choice, also where the others have their card from the province', async () => {
    const { caseId, member } = await restoredThere('3171010101240004', async (id) => {
      o.line.fault = null;
      await o.correct(id, othersInSecond);
      await o.until(({ waiting }) => waiting === 0);
      await givenThere(id, '3171010101240004');
      await takenDown(o, province);
    });
    const { families } = getCase(o.register(), caseId).household;
    expect(families.at(-1)).toEqual({ no: 2, kk: '3171010101240004' });
    expect(waitingIn(o, caseId)).toMatchObject([{ path: `members.${member?.id}`, ours: null }]);
    expect(await codeOf(choose(o, waitingIn(o, caseId), 'provinsi'))).toBe('clash_breaks');
  });

  it('of somebody who was removed and is restored there with their family is followed, also where that has another card since', async () => {
    const { caseId, member } = await restoredThere('3171010101240004', () => Promise.resolve());
    expect(waitingIn(o, caseId)).toEqual([]);
    const { families, members } = getCase(o.register(), caseId).household;
    expect(families.at(-1)).toEqual({ no: 2, kk: '3171010101240004' });
    expect(members).toContainEqual(member);
  });

  it('brings somebody back into their own family, also where that has another card since', async () => {
    const caseId = await o.accepted(1);
    const member = getCase(o.register(), caseId).household.members[2];
    o.line.fault = cut;
    await o.correct(caseId, (body) => {
      body.members.splice(2, 1);
      Object.assign(body.families[0] ?? {}, { kk: '3171010101240002' });
    });
    await changeThere(province, caseId, `members.${member?.id}.name`, 'NAMA PROVINSI');
    await comesDown();
    await choose(o, waitingIn(o, caseId), 'provinsi');
    const { families, members } = getCase(o.register(), caseId).household;
    expect(families).toEqual([{ no: 1, kk: '3171010101240002' }]);
    expect(members).toContainEqual({ ...member, name: 'NAMA PROVINSI' });
  });

  it('of what is not here and was never told from here is refused with what can be done', async () => {
    const caseId = await o.accepted(1);
    for (const path of ['members.0198a000-0000-7000-8000-000000000001.name', 'sheet.printNo']) {
      const clash = { path, base: null, ours: null, theirs: 'X', by: theDinas };
      transaction(o.register().db, () => openClashes(o.register(), caseId, 'turun', [clash]));
      expect(await codeOf(choose(o, waitingIn(o, caseId), 'provinsi'))).toBe('clash_breaks');
      await choose(o, waitingIn(o, caseId), 'kantor');
      await o.until(({ waiting }) => waiting === 0);
    }
  });
});
