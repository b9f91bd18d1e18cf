import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { MergeComparison } from '../../shared/contract/merge.ts';
import { maskNumbers } from '../../shared/domain/mask.ts';
import { maskNumber } from '../../shared/domain/nik.ts';
import type { Household } from '../../shared/domain/household.ts';
import { firstChoices, mergeFields, type MergePlan } from '../../shared/domain/merge.ts';
import { registerActive } from './families.ts';
import { family } from './listed-families.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';

let t: TestOffice;
let clerk: Client;
let officer: Client;

beforeAll(async () => {
  t = await openTestOffice();
  clerk = await t.as('petugas_loket');
  officer = await t.as('petugas_verifikasi');
});
afterAll(() => t.close());

/** The same family, as a neighbour reported it: another street name, the mother's NIK unknown, a grandmother more. */
function reportedTwice(n: number): [Household, Household] {
  const first = family(n);
  const grandmother = {
    ...family(n + 6).members[1],
    name: 'Mbah Minah',
    nik: null,
    relation: '6',
    familyRelation: '6',
  };
  return [
    {
      ...first,
      members: first.members.map((member, index) => (index === 1 ? { ...member, nik: null } : member)),
    },
    {
      ...first,
      phone: '08123',
      address: { ...first.address, street: 'Gang Mawar No. 9' },
      members: [...first.members, grandmother as Household['members'][number]],
    },
  ];
}

async function registerTwice(n: number): Promise<MergeComparison> {
  const [one, two] = reportedTwice(n);
  const kept = await registerActive(clerk, one);
  const other = await registerActive(clerk, two);
  return officer.merge.compare.query({ keptId: kept.caseId, otherId: other.caseId });
}

function merge(seen: MergeComparison, plan: MergePlan) {
  const ref = ({ caseId, version }: MergeComparison['kept']) => ({ caseId, version });
  return officer.merge.merge.mutate({
    kept: ref(seen.kept),
    other: ref(seen.other),
    plan,
    reason: 'Terdaftar dua kali',
  });
}

/** As the screen opens it: the kept case's values, the other's where it has none, and everyone comes along. */
function planOf({ kept, other, same }: MergeComparison): MergePlan {
  const matched = new Set(same.map(({ otherId }) => otherId));
  return {
    choices: firstChoices(mergeFields(kept.household, other.household, same)),
    same,
    joining: other.household.members.filter(({ id }) => !matched.has(id)).map(({ id }) => id),
  };
}

async function get(caseId: string) {
  return (await officer.cases.get.query({ caseId })).case;
}

const names = (household: Household) => household.members.map((member) => member.name);

describe('two cases of one family', () => {
  it('in which the program takes brothers for one say that it is not sure; taken apart, both stay', async () => {
    const withSon = (name: string, birthDate: string) => {
      const { members, ...household } = family(11);
      const child = { ...members[2], id: uuid(), nik: null, nikNote: null, sex: 'L', name, birthDate };
      return { ...household, members: [...members.slice(0, 2), child as Household['members'][number]] };
    };
    const kept = await registerActive(clerk, withSon('Hasan', '2012-03-04'));
    const other = await registerActive(clerk, withSon('Husen', '2012-03-04'));
    const seen = await officer.merge.compare.query({ keptId: kept.caseId, otherId: other.caseId });
    expect(seen.same.map(({ sure }) => sure)).toEqual([true, true, false]);
    const [, , husen] = seen.other.household.members;
    const apart = { ...seen, same: seen.same.filter(({ otherId }) => otherId !== husen?.id) };
    await merge(seen, planOf(apart));
    expect(names((await get(kept.caseId)).household).slice(2)).toEqual(['Hasan', 'Husen']);
  });

  it('are found, become one with a choice for each field, and are given back as they were', async () => {
    const seen = await registerTwice(0);
    const { kept, other } = seen;
    expect(seen).toMatchObject({ editable: true, obstacle: null });
    expect(seen.same.map(({ sure }) => sure)).toEqual([true, true, true]);
    const { likely } = await officer.merge.ofCase.query({ caseId: kept.caseId });
    expect(likely).toMatchObject([{ caseId: other.caseId, verdict: 'Hampir pasti keluarga yang sama.' }]);
    const plan = planOf(seen);
    const { mergeId } = await merge(seen, {
      ...plan,
      choices: { ...plan.choices, 'address.street': 'digabung' },
    });

    const merged = await get(kept.caseId);
    expect(merged).toMatchObject({ state: 'TERDAFTAR', version: 2 });
    expect(merged.household.address.street).toBe('Gang Mawar No. 9');
    expect(merged.household.phone).toBe('08123');
    expect(merged.household.members[1]?.nik).toBe(maskNumber(other.household.members[1]?.nik ?? ''));
    expect(names(merged.household)).toContain('Mbah Minah');
    expect((await get(other.caseId)).state).toBe('DIGABUNG');
    expect(await officer.merge.ofCase.query({ caseId: kept.caseId })).toMatchObject({
      merges: [{ mergeId, role: 'tetap', otherNumber: other.number }],
      likely: [],
    });
    const { history } = await officer.cases.get.query({ caseId: kept.caseId });
    expect(history.at(-1)).toMatchObject({
      label: 'Berkas lain digabung ke sini',
      reason: 'Terdaftar dua kali',
    });

    await officer.merge.separate.mutate({ mergeId, reason: 'Ternyata dua rumah tangga' });
    expect(await get(kept.caseId)).toMatchObject({ household: maskNumbers(kept.household), version: 3 });
    expect(await get(other.caseId)).toMatchObject({
      state: 'TERDAFTAR',
      household: maskNumbers(other.household),
      version: other.version,
    });
    expect(await codeOf(officer.merge.separate.mutate({ mergeId, reason: 'Lagi' }))).toBe('not_found');
  });

  it('lose nothing that was corrected while they were one', async () => {
    const seen = await registerTwice(1);
    const { kept, other } = seen;
    const { mergeId } = await merge(seen, planOf(seen));
    const draft = await clerk.intake.correct.mutate({ caseId: kept.caseId });
    const members = draft.body.members.map((member) => {
      if (member.name === 'Mbah Minah') return { ...member, birthPlace: 'Solo' };
      return member.relation === '1' ? { ...member, motherName: 'Sutinah' } : member;
    });
    const body = { ...draft.body, members };
    const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
    await clerk.intake.register.mutate({ draftId: draft.id, version });

    await officer.merge.separate.mutate({ mergeId, reason: 'Dua rumah tangga' });
    const [first, second] = [await get(kept.caseId), await get(other.caseId)];
    expect(first.household.members[0]?.motherName).toBe('Sutinah');
    expect(names(first.household)).not.toContain('Mbah Minah');
    expect(second.household.members.find(({ name }) => name === 'Mbah Minah')?.birthPlace).toBe('Solo');
  });

  it('stay one where the case that would return is no household, and say what breaks it', async () => {
    const seen = await registerTwice(5);
    const { kept, other } = seen;
    const [, mother] = other.household.members;
    const plan = planOf(seen);
    const own = `members.${kept.household.members[1]?.id}.nik`;
    const { mergeId } = await merge(seen, { ...plan, choices: { ...plan.choices, [own]: 'tetap' } });
    const giveNik = async (nik: string) => {
      const draft = await clerk.intake.correct.mutate({ caseId: kept.caseId });
      const members = draft.body.members.map((member) =>
        member.name === 'Mbah Minah' ? { ...member, nik, nikNote: 'Sesuai KTP' } : member,
      );
      const body = { ...draft.body, members };
      const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
      await clerk.intake.register.mutate({ draftId: draft.id, version });
    };
    await giveNik(mother?.nik ?? '');

    const separate = () => officer.merge.separate.mutate({ mergeId, reason: 'Dua rumah tangga' });
    const message = expect.stringContaining(`NIK ini sudah dipakai ${mother?.name}`) as unknown;
    await expect(separate()).rejects.toMatchObject({
      data: { problem: { code: 'merge_breaks_household', details: { number: other.number, message } } },
    });
    expect((await get(other.caseId)).state).toBe('DIGABUNG');
    expect(names((await get(kept.caseId)).household)).toContain('Mbah Minah');
    await giveNik('');
    await separate();
    expect((await get(other.caseId)).state).toBe('TERDAFTAR');
  });

  it('leave nothing of each other where two went into one, in whatever order they are separated', async () => {
    const own = { ...family(11), phone: '0810' };
    const kept = await registerActive(clerk, own);
    const before = await get(kept.caseId);
    const absorb = async (phone: string, motherName: string) => {
      const members = own.members.map((member, index) => (index === 2 ? { ...member, motherName } : member));
      const other = await registerActive(clerk, { ...own, phone, members });
      const seen = await officer.merge.compare.query({ keptId: kept.caseId, otherId: other.caseId });
      const choices = Object.fromEntries(
        mergeFields(seen.kept.household, seen.other.household, seen.same).map(({ path }) => [
          path,
          'digabung' as const,
        ]),
      );
      return (await merge(seen, { ...planOf(seen), choices })).mergeId;
    };
    for (const order of [
      [0, 1, 2],
      [1, 0, 2],
      [2, 1, 0],
    ]) {
      const merges = [
        await absorb('0811', 'Ratna'),
        await absorb('0812', 'Dewi'),
        await absorb('0813', 'Sari'),
      ];
      expect(await get(kept.caseId)).toMatchObject({ household: { phone: '0813' } });
      t.clock.advance(1000);
      for (const index of order)
        await officer.merge.separate.mutate({ mergeId: merges[index] ?? '', reason: 'Bukan satu keluarga' });
      expect((await get(kept.caseId)).household).toEqual(before.household);
      t.clock.advance(1000);
    }
  });

  it('take nothing with them that another brought', async () => {
    const own = family(10);
    const aunt = { ...reportedTwice(4)[1].members[3], name: 'Bibi Wati', birthPlace: null };
    const withAunt = (birthPlace: string | null): Household => ({
      ...own,
      phone: '0815',
      members: [...own.members, { ...aunt, birthPlace } as Household['members'][number]],
    });
    const kept = await registerActive(clerk, own);
    const absorb = async (household: Household) => {
      const other = await registerActive(clerk, household);
      const seen = await officer.merge.compare.query({ keptId: kept.caseId, otherId: other.caseId });
      return { other, mergeId: (await merge(seen, planOf(seen))).mergeId };
    };
    const first = await absorb(withAunt(null));
    const before = await get(first.other.caseId);
    await absorb(withAunt('Solo'));
    expect((await get(kept.caseId)).household.members[3]?.birthPlace).toBe('Solo');
    await officer.merge.separate.mutate({ mergeId: first.mergeId, reason: 'Bukan satu keluarga' });
    expect((await get(first.other.caseId)).household).toEqual(before.household);
  });

  it('return to the state they came from, and keep a case that is past correction as it is', async () => {
    const seen = await registerTwice(2);
    const { kept, other } = seen;
    for (const { caseId } of [kept, other]) await identifyAsNew(caseId);
    const now = await officer.merge.compare.query({ keptId: kept.caseId, otherId: other.caseId });
    expect(now.editable).toBe(false);
    expect(await codeOf(merge(now, planOf(now)))).toBe('case_not_editable');
    const { mergeId } = await merge(now, { choices: {}, same: now.same, joining: [] });
    expect((await get(kept.caseId)).version).toBe(kept.version);
    await officer.merge.separate.mutate({ mergeId, reason: 'Keliru' });
    expect(await get(other.caseId)).toMatchObject({ state: 'TERIDENTIFIKASI', result: 'baru' });
  });

  async function identifyAsNew(caseId: string) {
    const { version } = await get(caseId);
    await officer.identification.decide.mutate({
      caseId,
      version,
      pairs: [],
      result: 'baru',
      overrideReason: 'Daftar belum ada',
    });
  }

  it('are refused where it makes no sense, with what to do', async () => {
    const seen = await registerTwice(3);
    const { kept, other } = seen;
    const plan = planOf(seen);
    expect(await codeOf(officer.merge.compare.query({ keptId: kept.caseId, otherId: kept.caseId }))).toBe(
      'merge_same_case',
    );
    expect(await codeOf(merge({ ...seen, kept: { ...kept, version: 9 } }, plan))).toBe('version_conflict');
    const headless = `members.${kept.household.members[0]?.id}.relation`;
    const noHead = {
      ...plan,
      same: [
        { memberId: kept.household.members[0]?.id ?? '', otherId: other.household.members[1]?.id ?? '' },
      ],
      joining: [],
      choices: { [headless]: 'digabung' as const },
    };
    expect(await codeOf(merge(seen, noHead))).toBe('merge_breaks_household');
    expect((await get(other.caseId)).state).toBe('TERDAFTAR');
    await merge(seen, plan);
    const after = await officer.merge.compare.query({ keptId: kept.caseId, otherId: other.caseId });
    expect(after.obstacle).toContain('Digabung ke berkas lain');
    expect(await codeOf(merge(after, plan))).toBe('merge_not_possible');
    expect(await codeOf(clerk.merge.compare.query({ keptId: kept.caseId, otherId: other.caseId }))).toBe(
      'not_allowed',
    );
  });

  it('are not proposed again once somebody said that they are two families', async () => {
    const { kept, other } = await registerTwice(4);
    await officer.merge.decline.mutate({
      caseId: kept.caseId,
      otherId: other.caseId,
      reason: 'Adik iparnya',
    });
    const seenFromOther = await officer.merge.ofCase.query({ caseId: other.caseId });
    expect(seenFromOther).toMatchObject({
      likely: [],
      declined: [{ otherId: kept.caseId, reason: 'Adik iparnya', byName: 'petugas_verifikasi 1' }],
    });
    const verdictId = seenFromOther.declined[0]?.verdictId ?? '';
    const withdrawn = { caseId: other.caseId, verdictId, reason: 'Ternyata satu dapur' };
    await officer.merge.restore.mutate(withdrawn);
    expect(await codeOf(officer.merge.restore.mutate(withdrawn))).toBe('not_found');
    const { history } = await officer.cases.get.query({ caseId: other.caseId });
    expect(history.at(-1)).toMatchObject({ type: 'bukan_sama_ditarik', reason: 'Ternyata satu dapur' });
    expect((await officer.merge.ofCase.query({ caseId: kept.caseId })).likely).toHaveLength(1);
  });

  it('take nobody in twice: who is a person of the kept case does not join it, nor twice', async () => {
    const seen = await registerTwice(5);
    const plan = planOf(seen);
    const [pair] = plan.same;
    const [joining] = plan.joining;
    if (pair === undefined || joining === undefined) throw new Error('no pair');
    const twice: MergePlan[] = [
      { ...plan, joining: [...plan.joining, joining] },
      { ...plan, same: [...plan.same, { ...pair, otherId: joining }], joining: [] },
      { ...plan, same: [...plan.same, { ...pair, memberId: 'orang-lain' }] },
      { ...plan, same: [...plan.same, { memberId: 'orang-lain', otherId: joining }] },
    ];
    for (const odd of twice) expect(await codeOf(merge(seen, odd))).toBe('invalid_input');
    expect(await get(seen.kept.caseId)).toMatchObject({ household: { members: { length: 3 } } });
    await merge(seen, plan);
    expect(names((await get(seen.kept.caseId)).household)).toHaveLength(4);
  });
});
