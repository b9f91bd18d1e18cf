import type { CandidateSource } from '../../electron/matching/candidate-source.ts';
import { type LearntModel, learnModel } from '../../electron/matching/learn-model.ts';
import { matchHousehold } from '../../electron/matching/match-household.ts';
import { defaultModel, type Model } from '../../electron/matching/model.ts';
import { type MatchInput, memberInput } from '../../electron/matching/normalise.ts';
import type { ReportedPerson } from '../../electron/matching/score-board.ts';
import { slipDate, slipName, slipNumber } from '../../electron/training/noise.ts';
import { Random } from '../../electron/training/random.ts';
import { type ListedHousehold, listSource } from '../fixtures/memory-source.ts';
import { makeCity } from './linkage-city.ts';
import { usualDirt } from './linkage-kelurahan.ts';
import type { Measurement } from './suite.ts';

/** How often something is wrong, on top of what the made-up city does itself. */
interface Dirt {
  nikLost: number;
  nikWrong: number;
  kkLost: number;
  kkWrong: number;
  /** Of a whole family. */
  kkNew: number;
  moved: number;
  name: number;
  mother: number;
  date: number;
  dateLost: number;
}

const clean: Dirt = {
  nikLost: 0,
  nikWrong: 0,
  kkLost: 0,
  kkWrong: 0,
  kkNew: 0,
  moved: 0,
  name: 0,
  mother: 0,
  date: 0,
  dateLost: 0,
};
const usual: Dirt = { ...clean, ...usualDirt, mother: usualDirt.name };

/** Offices whose counter and list are wrong in ways of their own. */
const noises: Record<string, { counter: Dirt; list: Dirt }> = {
  usual: { counter: usual, list: clean },
  names: { counter: { ...usual, name: 0.5, mother: 0.5 }, list: { ...clean, name: 0.25, mother: 0.25 } },
  gaps: {
    counter: { ...usual, nikLost: 0.3, dateLost: 0.1 },
    list: { ...clean, nikLost: 0.4, dateLost: 0.4 },
  },
  cards: { counter: usual, list: { ...clean, kkNew: 0.5, moved: 0.4 } },
  digits: {
    counter: { ...usual, nikWrong: 0.3, kkWrong: 0.2, date: 0.2 },
    list: { ...clean, nikWrong: 0.1, date: 0.1 },
  },
};

interface Family {
  members: ReportedPerson[];
  /** Id of a member to the id of the person of the list; who does not stand in it is absent. */
  truth: Map<string, string>;
}

/**
 * What a register gains where a list is learnt beside the cases (`electron/store/list-model.ts`): half of the families
 * are learnt from, the others judged by the shipped model and by the learnt one.
 *
 * @param persons of the list, which lies in memory with the same keys and rarity as in the register.
 */
export async function measureLearnt(persons: number): Promise<Measurement[]> {
  const measured = [];
  for (const [name, noise] of Object.entries(noises)) {
    const { source, families } = await makeOffice(persons, noise);
    const learnt = learnFrom(
      source,
      families.filter((_, at) => at % 4 < 2),
    );
    const others = families.filter((_, at) => at % 4 >= 2);
    measured.push(
      { metric: `learnt_${name}_persons`, value: learnt.persons, unit: 'persons' },
      { metric: `learnt_${name}_refused`, value: learnt.refused === null ? 0 : 1, unit: '' },
      ...judge(`learnt_${name}_shipped`, others, source, defaultModel),
      ...judge(`learnt_${name}`, others, source, learnt.model),
    );
  }
  return measured;
}

function learnFrom(source: CandidateSource, families: readonly Family[]): LearntModel {
  const { frequency, population } = source;
  const found = families.flatMap(({ members }) =>
    [...matchHousehold(members, source, { model: defaultModel }).candidates.values()].map((some) =>
      some.map(({ comparison }) => ({ ...comparison, companions: 'missing' as const })),
    ),
  );
  return learnModel(found, { model: defaultModel, frequency, population });
}

function judge(
  name: string,
  families: readonly Family[],
  source: CandidateSource,
  model: Model,
): Measurement[] {
  const counts = { members: 0, true: 0, linked: 0, right: 0, review: 0, sure: 0, expected: 0 };
  for (const { members, truth } of families) {
    const { links, candidates, sure } = matchHousehold(members, source, { model });
    if (sure || links.length === 0) counts.sure += 1;
    for (const { id } of members) {
      const link = links.find(({ memberId }) => memberId === id);
      counts.members += 1;
      counts.expected += candidates.get(id)?.[0]?.weight.probability ?? 0;
      if (truth.has(id)) counts.true += 1;
      if (link?.decision.outcome === 'review') counts.review += 1;
      if (link?.decision.outcome !== 'auto') continue;
      counts.linked += 1;
      if (link.candidate.id === truth.get(id)) counts.right += 1;
    }
  }
  const percent = (metric: string, value: number): Measurement => ({
    metric: `${name}_${metric}`,
    value: 100 * value,
    unit: '%',
  });
  return [
    percent('precision', counts.right / Math.max(1, counts.linked)),
    percent('recall', counts.right / counts.true),
    percent('review_share', counts.review / counts.members),
    percent('sure_cases', counts.sure / families.length),
    { metric: `${name}_calibration`, value: counts.expected / counts.true, unit: '', decimals: 3 },
  ];
}

async function makeOffice(
  persons: number,
  noise: { counter: Dirt; list: Dirt },
): Promise<{ source: CandidateSource; families: Family[] }> {
  const listed = new Map<string, { id: string; input: MatchInput }[]>();
  const city = await makeCity(persons, async (row) => {
    const at = (field: string) => (row[field] == null ? null : String(row[field]));
    const [id, kk] = [at('id_dtks') ?? '', at('nomor_kk') ?? ''];
    const input: MatchInput = {
      name: at('nama') ?? '',
      nik: at('nomor_nik'),
      kk,
      sex: at('jenis_kelamin') === 'PEREMPUAN' ? 'P' : 'L',
      birthDate: at('tanggal_lahir'),
      age: null,
      ageOn: null,
      motherName: at('nama_ibu_kandung'),
      address: {
        street: at('alamat'),
        rt: Number(at('rt')),
        rw: Number(at('rw')),
        kelurahan: id.slice(5, 15).replace(/^(..)(..)(..)/, '$1.$2.$3.'),
      },
    };
    listed.set(kk, [...(listed.get(kk) ?? []), { id, input }]);
  });
  const random = new Random(99);
  let before: MatchInput['address'] | null = null;
  const households = [...listed].map(([id, people]): ListedHousehold => {
    const household = { id, persons: dirtied(random, people, noise.list, before) };
    before = people[0]?.input.address ?? null;
    return household;
  });
  const families = city.cases.map(({ household, truth }): Family => {
    const cardOf = (no: number) => household.families.find((family) => family.no === no)?.kk ?? null;
    const people = household.members.map((member) => ({
      id: member.id,
      unit: String(member.familyNo),
      input: memberInput(member, household.address, cardOf(member.familyNo)),
    }));
    return {
      members: dirtied(random, people, noise.counter, null),
      truth: new Map(
        truth.members.flatMap(({ memberId, dtksId }): [string, string][] =>
          dtksId === null ? [] : [[memberId, dtksId]],
        ),
      ),
    };
  });
  return { source: listSource(households), families };
}

/** @param elsewhere where the family lives if it moved. */
function dirtied<Person extends { input: MatchInput }>(
  random: Random,
  people: readonly Person[],
  dirt: Dirt,
  elsewhere: MatchInput['address'] | null,
): Person[] {
  const cards = new Map<string | null, string | null>();
  const isNew = random.chance(dirt.kkNew);
  const moved = random.chance(dirt.moved) ? elsewhere : null;
  const cardOf = (kk: string | null) => {
    const known = cards.get(kk);
    if (known !== undefined) return known;
    const card =
      kk !== null && isNew ? kk.slice(0, 6) + String(random.int(100_000, 999_999)) + kk.slice(12) : kk;
    const { value } = slipNumber(random, card, { lost: dirt.kkLost, wrong: dirt.kkWrong });
    cards.set(kk, value);
    return value;
  };
  return people.map((person): Person => {
    const { input } = person;
    const { birthDate, motherName } = input;
    const isLost = birthDate === null || random.chance(dirt.dateLost);
    return {
      ...person,
      input: {
        ...input,
        name: slipName(random, asWritten(input.name), dirt.name).value,
        motherName: motherName === null ? null : slipName(random, asWritten(motherName), dirt.mother).value,
        nik: slipNumber(random, input.nik, { lost: dirt.nikLost, wrong: dirt.nikWrong }).value,
        kk: cardOf(input.kk),
        birthDate: isLost ? null : slipDate(random, birthDate, dirt.date).value,
        address: moved ?? input.address,
      },
    };
  });
}

/** The slips know names in small letters. */
function asWritten(name: string): string {
  return name.replace(/\B\p{L}+/gu, (letters) => letters.toLowerCase());
}
