import { describe, expect, it } from 'vitest';
import { daughter, door, father, kk, mother } from '../../tests/fixtures/family-of-three.ts';
import { memorySource, person } from '../../tests/fixtures/memory-source.ts';
import { storedKeys } from './blocking.ts';
import type { CandidateSource } from './candidate-source.ts';
import { compare } from './compare.ts';
import { decide, type Decision, type Doubt, hasTwin, isTwinRisk, type Standing } from './decide.ts';
import { type HouseholdMatch, matchHousehold } from './match-household.ts';
import { defaultModel } from './model.ts';
import { type MatchInput, normalisePerson } from './normalise.ts';
import { type EvidenceGroup, type Weight } from './weigh.ts';

const { autoProbability, reviewProbability, gapBits, groups } = defaultModel.decision;
const allGroups: EvidenceGroup[] = ['id', 'name', 'household', 'birth'];
const least = 1e-9;

/** A pair of which nothing is wrong but what a test says of it. */
function verdict(
  own: Partial<Omit<Standing, 'weight'>> & {
    weight?: Partial<Weight>;
    left?: MatchInput;
    right?: MatchInput;
  },
  model = defaultModel,
): Decision {
  const { weight, left = father, right = father, ...standing } = own;
  const comparison = compare(normalisePerson(left), normalisePerson(right));
  return decide(
    {
      comparison,
      runnerUp: null,
      circumstances: [],
      ...standing,
      weight: { parts: [], bits: 40, probability: 1, groups: allGroups.slice(0, groups), ...weight },
    },
    model,
  );
}

const sure: Decision = { outcome: 'auto', doubts: [] };
const doubted = (...doubts: Doubt[]): Decision => ({ outcome: 'review', doubts });

describe('a pair', () => {
  it('is sure where nothing speaks against it', () => {
    expect(verdict({})).toEqual(sure);
  });

  it('is doubted below the probability of the sure, and passed over below that of the asked', () => {
    expect(verdict({ weight: { probability: autoProbability } })).toEqual(sure);
    expect(verdict({ weight: { probability: autoProbability - least } })).toEqual(doubted('probability'));
    expect(verdict({ weight: { probability: reviewProbability } })).toEqual(doubted('probability'));
    expect(verdict({ weight: { probability: reviewProbability - least } })).toEqual({
      outcome: 'none',
      doubts: [],
    });
  });

  it('is doubted where nothing but name and birth date agrees, unless those are very rare', () => {
    const { namesakeProbability: rare } = defaultModel.decision;
    const namesake = (probability: number, also: EvidenceGroup[] = [], model = defaultModel) =>
      verdict({ weight: { probability, groups: ['birth', 'name', ...also] } }, model);
    expect(rare).toBeGreaterThan(autoProbability);
    expect(namesake(rare - least)).toEqual(doubted('namesake'));
    expect(namesake(autoProbability - least)).toEqual(doubted('probability'));
    expect(namesake(rare)).toEqual(sure);
    expect(namesake(rare - least, ['household'])).toEqual(sure);
    expect(namesake(rare - least, ['id'])).toEqual(sure);
    const moved = {
      ...defaultModel,
      decision: { ...defaultModel.decision, namesakeProbability: autoProbability },
    };
    expect(namesake(rare - least, [], moved)).toEqual(sure);
  });

  it('is no namesake where the mother is the same', () => {
    const one = { ...father, motherName: 'Kartini' };
    const weight: Partial<Weight> = { probability: autoProbability, groups: ['birth', 'name'] };
    expect(verdict({ weight, left: one, right: one })).toEqual(sure);
    expect(verdict({ weight, left: one, right: { ...one, motherName: 'Maemunah' } })).toEqual(
      doubted('namesake'),
    );
  });

  it('is doubted where the next best is near', () => {
    expect(verdict({ runnerUp: 40 - gapBits })).toEqual(sure);
    expect(verdict({ runnerUp: 40 - gapBits + least })).toEqual(doubted('runner_up'));
    expect(verdict({ runnerUp: null })).toEqual(sure);
  });

  it('is doubted where one kind of evidence alone speaks for it', () => {
    expect(verdict({ weight: { groups: allGroups.slice(0, groups - 1) } })).toEqual(
      doubted('one_kind_of_evidence'),
    );
    expect(groups).toBe(2);
  });

  it.each<[string, Partial<MatchInput>, Doubt | null]>([
    ['another sex', { sex: 'P' }, 'sex_conflict'],
    ['a sex that is not known', { sex: null }, null],
    ['another NIK', { nik: '3275094501900003' }, 'nik_conflict'],
    ['two wrong digits in the NIK', { nik: '3171021708800002' }, null],
    ['the NIK of another area', { nik: '3275021708800001' }, null],
    ['a NIK that is none', { nik: '3275094501900000' }, null],
    ['no NIK', { nik: null }, null],
    ['another part of the name', { name: 'SUPARDI GUNAWAN' }, 'name_conflict'],
    ['another father', { name: 'SUPARDI HIDAYAT BIN HASAN' }, 'name_conflict'],
    ['a part of the name as its initial', { name: 'SUPARDI H' }, null],
    ['a part of the name missing', { name: 'SUPARDI' }, null],
    ['a birth date with nothing in common', { nik: null, birthDate: '1983-12-29' }, 'birth_conflict'],
    ['only the year of birth in common', { nik: null, birthDate: '1980-12-29' }, null],
    ['thirteen years between', { nik: null, birthDate: '1993-12-29' }, 'birth_conflict'],
    ['fourteen years between', { nik: null, birthDate: '1994-12-29' }, 'generation'],
    ['an age three years off', { birthDate: null, age: 32, ageOn: '2015-11-01' }, null],
    ['an age four years off', { birthDate: null, age: 31, ageOn: '2015-11-01' }, 'birth_conflict'],
    ['an age thirteen years off', { birthDate: null, age: 22, ageOn: '2015-11-01' }, 'birth_conflict'],
    ['an age fourteen years off', { birthDate: null, age: 21, ageOn: '2015-11-01' }, 'generation'],
  ])('with %s: %s', (_, other, doubt) => {
    const named = doubt === null || !other.name?.includes(' BIN ') ? father.name : `${father.name} BIN ALI`;
    expect(verdict({ left: { ...father, name: named }, right: { ...father, ...other } })).toEqual(
      doubt === null ? sure : doubted(doubt),
    );
  });

  it.each<Doubt>([
    'deceased',
    'twin',
    'nik_swapped',
    'assigned_elsewhere',
    'said_not_same',
    'linked_elsewhere',
  ])('is doubted where its surroundings say %s', (doubt) => {
    expect(verdict({ circumstances: [doubt] })).toEqual(doubted(doubt));
  });

  it.each<[string, string, Partial<MatchInput>, boolean]>([
    ['one letter another, of no birth date', 'RISKA HIDAYAT', { birthDate: null }, true],
    ['one letter another, of another date', 'RISKA HIDAYAT', { birthDate: '1980-12-29' }, true],
    ['one letter another, one digit of the date off', 'RISKA HIDAYAT', { birthDate: '1980-08-27' }, true],
    ['a letter too many, of no birth date', 'RISMAN HIDAYAT', { birthDate: null }, true],
    ['a letter too many, one digit of the date off', 'RISMAN HIDAYAT', { birthDate: '1980-08-27' }, false],
    ['two letters exchanged, of no birth date', 'RIMSA HIDAYAT', { birthDate: null }, true],
    ['two letters exchanged, one digit of the date off', 'RIMSA HIDAYAT', { birthDate: '1980-08-27' }, false],
    ['another spelling, of no birth date', 'RISMA HIDAJAT', { birthDate: null }, false],
    ['a NIK one digit off', 'RISKA HIDAYAT', { birthDate: null, nik: '3171011708800007' }, false],
  ])('of one home may be a sister where the name has %s', (_, name, facts, doubt) => {
    const left = { ...father, nik: facts.nik === undefined ? null : father.nik, name: 'RISMA HIDAYAT' };
    const right = { ...father, nik: null, ...facts, name };
    const found = (kinds: EvidenceGroup[]) => verdict({ left, right, weight: { groups: kinds } });
    expect(found(['name', 'household'])).toEqual(doubt ? doubted('sibling') : sure);
    expect(found(['name', 'birth'])).toEqual(sure);
  });

  it.each<[string, string, Partial<MatchInput>, boolean]>([
    ['another letter', 'RISKA HIDAYAT', {}, true],
    ['two letters exchanged', 'RIMSA HIDAYAT', {}, true],
    ['a letter too many', 'RISMAN HIDAYAT', {}, true],
    ['another letter, day and month exchanged', 'RISKA HIDAYAT', { birthDate: '1980-07-08' }, true],
    ['another spelling', 'RISMA HIDAJAT', {}, false],
    ['a letter twice', 'RISSMA HIDAYAT', {}, false],
    ['letters exchanged as nobody says them', 'RSIMA HIDAYAT', {}, false],
    ['letters exchanged within a long part', 'RISMA HIADYAT', {}, false],
    ['letters exchanged at the end of a long part', 'RISMA HIDAYTA', {}, true],
    ['another letter and the same NIK', 'RISKA HIDAYAT', { nik: father.nik }, false],
    ['another letter and a NIK one digit off', 'RISKA HIDAYAT', { nik: '3171011708810001' }, false],
  ])(
    'born the same day may be a twin where the name has %s, whoever lives where',
    (_, name, facts, doubt) => {
      const left = { ...father, birthDate: '1980-08-07', nik: facts.nik === undefined ? null : father.nik };
      const right = { ...left, nik: null, ...facts, name };
      const found = (kinds: EvidenceGroup[]) =>
        verdict({ left: { ...left, name: 'RISMA HIDAYAT' }, right, weight: { groups: kinds } });
      expect(found(['name', 'household'])).toEqual(doubt ? doubted('twin') : sure);
      expect(found(['name', 'birth'])).toEqual(doubt ? doubted('twin') : sure);
    },
  );

  it('is no sister’s for another letter in the name of the father, whom sisters share', () => {
    const named = (father: string) => ({ name: `RISMA BINTI ${father}`, nik: null, birthDate: null });
    expect(
      verdict({
        left: { ...father, ...named('SUKARDI') },
        right: { ...father, ...named('SUKARTI') },
        weight: { groups: ['name', 'household'] },
      }),
    ).toEqual(sure);
  });

  it('bears every doubt once, and all of them', () => {
    expect(
      verdict({
        right: { ...father, sex: 'P' },
        weight: { probability: 0.5 },
        circumstances: ['twin', 'twin'],
      }),
    ).toEqual(doubted('probability', 'sex_conflict', 'twin'));
  });
});

describe('twins', () => {
  const risk = (left: MatchInput, right: MatchInput) => {
    const [one, other] = [normalisePerson(left), normalisePerson(right)];
    return isTwinRisk(one, other, compare(one, other));
  };
  const hasan = { ...father, name: 'HASAN BASRI' };
  const husen = { ...father, name: 'HUSEN BASRI', nik: '3171011708800002' };

  it('are feared where two NIK share area and date', () => {
    expect(risk(hasan, husen)).toBe(true);
    expect(risk(hasan, { ...husen, nik: '3171011808800002' })).toBe(false);
    expect(risk(hasan, { ...husen, nik: '317101170880002' })).toBe(false);
    expect(risk(hasan, { ...husen, nik: null })).toBe(false);
    expect(risk(hasan, { ...husen, nik: hasan.nik })).toBe(false);
    expect(risk(hasan, { ...husen, name: hasan.name })).toBe(false);
  });

  it('are two of one day and one card, or one of which the card is not known', () => {
    const twins = (other: Partial<MatchInput>) => {
      const one = normalisePerson(hasan);
      return hasTwin(one, [one, normalisePerson({ ...husen, ...other })]);
    };
    expect(twins({})).toBe(true);
    expect(twins({ kk: null })).toBe(true);
    expect(twins({ kk: '3171010101250009' })).toBe(false);
    expect(twins({ birthDate: '1980-08-18' })).toBe(false);
    expect(twins({ birthDate: null })).toBe(false);
    const undated = normalisePerson({ ...hasan, birthDate: null });
    expect(hasTwin(undated, [undated, normalisePerson({ ...husen, birthDate: null })])).toBe(false);
    const aged = (age: number, more: Partial<MatchInput> = {}) =>
      normalisePerson({ ...husen, birthDate: null, age, ageOn: '2015-10-01', ...more });
    const one = aged(35);
    expect(hasTwin(one, [one, aged(35)])).toBe(true);
    expect(hasTwin(one, [one, aged(34)])).toBe(false);
    expect(hasTwin(one, [one, aged(35, { sex: 'P' })])).toBe(false);
    expect(hasTwin(one, [one, aged(35, { sex: null })])).toBe(true);
    expect(hasTwin(one, [one, aged(35, { kk: '3171010101250009' })])).toBe(false);
    expect(hasTwin(one, [one, normalisePerson(husen)])).toBe(false);
  });
});

describe('the surroundings of a pair', () => {
  function match(
    reported: MatchInput[],
    source: CandidateSource,
    more: Omit<Parameters<typeof matchHousehold>[2], 'model'> = {},
  ): HouseholdMatch {
    const members = reported.map((input, index) => ({ id: 'abc'.charAt(index), input, unit: '' }));
    return matchHousehold(members, source, { model: defaultModel, ...more });
  }
  const doubtsOf = ({ links }: HouseholdMatch) =>
    Object.fromEntries(
      links.map(({ memberId, candidate, decision }) => [`${memberId} ${candidate.id}`, decision.doubts]),
    );

  it('say that somebody else took the better candidate', () => {
    const unnumbered = { ...father, nik: null };
    const doubts = (second: MatchInput) =>
      doubtsOf(match([father, unnumbered], memorySource({ keluarga: [father, second] })))['b keluarga.2'];
    expect(doubts({ ...unnumbered, birthDate: '1980-08-07' })).toContain('assigned_elsewhere');
    expect(doubts(unnumbered)).not.toContain('assigned_elsewhere');
  });

  it('say that one is dead, a twin, or bears the NIK of another member', () => {
    const doubts = (reported: MatchInput[], list: MatchInput[]) =>
      doubtsOf(match(reported, memorySource({ keluarga: list })))['a keluarga.1'];
    expect(doubts([father], [{ ...father, name: 'ALM. SUPARDI HIDAYAT' }])).toEqual(['deceased']);
    const brother = { ...father, name: 'SUPRAPTO HIDAYAT', nik: '3171011708800002' };
    expect(doubts([father, brother], [father, brother])).toEqual([]);
    expect(doubts([{ ...father, nik: null }], [father, brother])).toContain('twin');
    const swapped = [
      { ...father, nik: mother.nik },
      { ...mother, nik: father.nik },
    ];
    expect(doubts(swapped, [father, mother])).toContain('nik_swapped');
    expect(doubts([{ ...father, nik: daughter.nik }, mother], [father, mother])).not.toContain('nik_swapped');
  });

  it('say what was decided before', () => {
    const source = memorySource({ keluarga: [father] });
    expect(doubtsOf(match([father], source))).toEqual({ 'a keluarga.1': [] });
    for (const doubt of ['said_not_same', 'linked_elsewhere'] as const)
      expect(doubtsOf(match([father], source, { circumstancesOf: () => [doubt] }))).toEqual({
        'a keluarga.1': [doubt],
      });
    expect(doubtsOf(match([father], source, { cannotLink: () => true }))).toEqual({});
  });

  it('say whose search left out what too many bear, and who may have been overlooked by it', () => {
    const source = memorySource({ keluarga: [father] });
    const stranger = person({ name: 'WAHYU NUGROHO', kk, address: door });
    const search = (common: (key: number) => boolean) => {
      const { searchedInPart, overlooked } = match([father, stranger], {
        ...source,
        find: (keysOf) => ({ ...source.find(keysOf), capped: keysOf.flat().filter(common) }),
      });
      return { searchedInPart: [...searchedInPart], overlooked };
    };
    expect(search(() => false)).toEqual({ searchedInPart: [], overlooked: [] });
    // Who was found is not overlooked, however common the name.
    expect(search(() => true)).toEqual({ searchedInPart: ['a', 'b'], overlooked: ['WAHYU NUGROHO'] });
    const own = new Set(storedKeys(normalisePerson(person({ name: '', nik: father.nik }))));
    expect(search((key) => own.has(key))).toEqual({ searchedInPart: ['a'], overlooked: [] });
  });
});
