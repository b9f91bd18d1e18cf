import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { getCase } from '../../electron/services/case-steps.ts';
import { openClashes } from '../../electron/services/clashes.ts';
import { retryNow } from '../../electron/services/sync.ts';
import { transaction } from '../../electron/store/connection.ts';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { choose, theDinas, waitingIn } from './choosing.ts';
import { cut, notYet } from './line.ts';
import { codeOf } from './office.ts';
import { changesThere, changeThere, lendOffice, type PushingOffice, takenDown } from './pushing.ts';

const [card, othersCard] = ['3171010101240003', '3171010101240002'];

describe('a number of a family that is given to others here', () => {
  let province: TestProvince;
  let o: PushingOffice;
  let caseId: string;

  lendOffice((lent) => ({ province, o } = lent));
  beforeEach(async () => {
    caseId = await o.accepted(1);
  });

  const household = () => getCase(o.register(), caseId).household;
  const paths = () => waitingIn(o, caseId).map(({ path }) => path);
  const standsIn = (no: number) =>
    household().members.flatMap(({ id, familyNo }) => (familyNo === no ? [id] : []));

  /** A person whom this office was never told of. */
  const another = (familyNo: number, familyRelation = '3') => ({
    ...household().members[1],
    id: randomUUID(),
    name: 'BAYI PROVINSI',
    nik: null,
    relation: '3',
    familyNo,
    familyRelation,
  });

  const comesDown = async () => {
    o.line.fault = notYet;
    await takenDown(o, province);
  };

  const intoSecond = (at: number, kk: string) => (body: DraftHousehold) => {
    body.families.push({ no: 2, kk });
    Object.assign(body.members[at] ?? {}, { familyNo: '2', familyRelation: '1' });
  };

  /** The third member is told as the second family; here they go, and the second member becomes the second family. */
  async function givenAnew({ before = card, after = othersCard } = {}) {
    await o.correct(caseId, intoSecond(2, before));
    await o.until(({ waiting }) => waiting === 0);
    o.line.fault = cut;
    await o.correct(caseId, (body) => {
      body.families.splice(1, 1);
      intoSecond(1, after)(body);
      body.members.splice(2, 1);
    });
    return standsIn(2);
  }

  it('takes in nobody whom the province adds to the family that had it', async () => {
    const others = await givenAnew();
    const newborn = another(2);
    await changeThere(province, caseId, `members.${newborn.id}`, newborn);
    await comesDown();
    expect(paths()).toEqual([`members.${newborn.id}`]);
    expect(standsIn(2)).toEqual(others);
    expect(await codeOf(choose(o, waitingIn(o, caseId), 'provinsi'))).toBe('clash_breaks');
    expect(standsIn(2)).toEqual(others);
    await choose(o, waitingIn(o, caseId), 'kantor');
    expect(waitingIn(o, caseId)).toEqual([]);
  });

  it('takes in nobody whom the province moves to the family that had it', async () => {
    const sibling = another(1);
    await changeThere(province, caseId, `members.${sibling.id}`, sibling);
    await takenDown(o, province);
    const others = await givenAnew();
    await changesThere(province, caseId, [
      { path: `members.${sibling.id}.familyNo`, value: 2 },
      { path: `members.${sibling.id}.name`, value: 'NAMA PROVINSI' },
    ]);
    await comesDown();
    expect(paths()).toEqual([`members.${sibling.id}.familyNo`]);
    expect(standsIn(2)).toEqual(others);
    expect(household().members).toContainEqual({ ...sibling, name: 'NAMA PROVINSI' });
    expect(await codeOf(choose(o, waitingIn(o, caseId), 'provinsi'))).toBe('clash_breaks');
  });

  it('gives the others no card that the province gives the family that had it', async () => {
    await givenAnew({ before: '', after: '' });
    await changeThere(province, caseId, 'household.families.2.kk', card);
    await comesDown();
    expect(paths()).toEqual(['household.families.2.kk']);
    expect(household().families.at(-1)).toEqual({ no: 2, kk: null });
  });

  it('takes in nobody of a family that the province adds under it at the same time', async () => {
    o.line.fault = cut;
    await o.correct(caseId, intoSecond(1, othersCard));
    const others = standsIn(2);
    const newcomer = another(2, '1');
    await changesThere(province, caseId, [
      { path: 'household.families.2', value: { no: 2, kk: card } },
      { path: `members.${newcomer.id}`, value: newcomer },
    ]);
    await comesDown();
    expect(paths().toSorted()).toEqual(['household.families.2', `members.${newcomer.id}`]);
    expect(standsIn(2)).toEqual(others);
    // Nor where the province's family is chosen without its card.
    expect(await codeOf(choose(o, waitingIn(o, caseId), 'provinsi'))).toBe('clash_breaks');
    await choose(o, waitingIn(o, caseId), 'kantor');
    expect(standsIn(2)).toEqual(others);
  });

  it('takes in whom the province adds to a family of which somebody is still in it', async () => {
    await o.correct(caseId, intoSecond(2, card));
    await o.until(({ waiting }) => waiting === 0);
    o.line.fault = cut;
    await o.correct(caseId, (body) => Object.assign(body.families[1] ?? {}, { kk: othersCard }));
    const newborn = another(2);
    await changeThere(province, caseId, `members.${newborn.id}`, newborn);
    await comesDown();
    expect(paths()).toEqual([]);
    expect(standsIn(2)).toContain(newborn.id);
  });

  it('makes no family of both at the province either, where the record meets what was added there', async () => {
    const others = await givenAnew();
    const newborn = another(2);
    await changeThere(province, caseId, `members.${newborn.id}`, newborn);
    o.line.fault = null;
    retryNow(o.register());
    await o.until(({ waiting }) => waiting === 0);
    expect(o.item(caseId)?.state).toBe('bertentangan');
    expect(paths()).toContain(`members.${newborn.id}`);
    expect(standsIn(2)).toEqual(others);
    await choose(o, waitingIn(o, caseId), 'kantor');
    await o.until(({ waiting }) => waiting === 0);
    expect(o.stateOf(caseId)).toBe('DITERIMA');
    expect(standsIn(2)).toEqual(others);
  });

  it('brings nobody of two families back under it together', async () => {
    const leaves = (body: DraftHousehold) => {
      body.families.splice(1, 1);
      body.members.splice(body.members.length - 1, 1);
    };
    const gone = [];
    for (const [at, kk] of [
      [2, card],
      [1, othersCard],
    ] as const) {
      await o.correct(caseId, intoSecond(at, kk));
      gone.push(household().members[at]);
      await o.correct(caseId, leaves);
    }
    await o.until(({ waiting }) => waiting === 0);
    o.line.fault = cut;
    const clashes = gone.map((member) => ({
      path: `members.${member?.id}.motherName`,
      base: null,
      ours: null,
      theirs: 'IBU PROVINSI',
      by: theDinas,
    }));
    transaction(o.register().db, () => openClashes(o.register(), caseId, 'turun', clashes));
    const before = household();
    expect(await codeOf(choose(o, waitingIn(o, caseId), 'provinsi'))).toBe('clash_breaks');
    expect(household()).toEqual(before);
  });
});
