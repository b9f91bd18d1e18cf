import { describe, expect, it } from 'vitest';
import { daughter, door, father, mother } from '../../tests/fixtures/family-of-three.ts';
import { listSource, memorySource, person } from '../../tests/fixtures/memory-source.ts';
import { briefOf } from './brief.ts';
import { kkKey } from './blocking.ts';
import type { CandidateSource } from './candidate-source.ts';
import { explainLink } from './explain.ts';
import { type HouseholdMatch, matchHousehold } from './match-household.ts';
import { defaultModel } from './model.ts';
import { type MatchInput, normalisePerson } from './normalise.ts';
import { countPeople, householdAtMost } from './shared-card.ts';

const card = '3171010101990077';
const atDoor = { ...door, street: 'Jl. Panti Asih No. 1' };
const given = ['WAHYU', 'RATNA', 'DEDI', 'SLAMET', 'YATI', 'BUDI', 'ENDANG', 'JOKO', 'LESTARI', 'MAMAN'];
const family = ['NUGROHO', 'SIREGAR', 'WIJAYA', 'PRATAMA', 'LUBIS', 'SANTOSO', 'HALIM'];

/** Who lives in a panti: one card, one door, and nothing else in common. */
const residents = (size: number, kkOf: string | null = card): MatchInput[] =>
  Array.from({ length: size }, (_, at) => {
    const [month, day, year] = [1 + (at % 12), 1 + (at % 27), 40 + (at % 50)];
    const two = (number: number) => String(number).padStart(2, '0');
    return person({
      name: `${given[at % 10]} ${family[at % 7]}`,
      nik: `317101${two(day)}${two(month)}${two(year)}${String(1 + at).padStart(4, '0')}`,
      kk: kkOf,
      sex: at % 2 === 0 ? 'L' : 'P',
      birthDate: `19${two(year)}-${two(month)}-${two(day)}`,
      address: atDoor,
    });
  });

/** A list of families where each has an id of its own, or one where all of a card are one household. */
const apart = (people: readonly MatchInput[]) =>
  Object.fromEntries(people.map((one, at) => [`orang${at}`, [one]]));
const [resident] = residents(1);
if (resident === undefined) throw new Error('Nobody lives there.');
const stranger = person({ name: 'ARIFIN', kk: card, sex: 'L', birthDate: '1971-10-30', address: atDoor });

function match(reported: readonly MatchInput[], source: CandidateSource): HouseholdMatch {
  const members = reported.map((input, index) => ({ id: 'abcdefg'.charAt(index), input, unit: '' }));
  return matchHousehold(members, source, { model: defaultModel });
}

const linksOf = ({ links }: HouseholdMatch) =>
  links.map(({ memberId, candidate, decision }) => `${memberId} ${candidate.id} ${decision.outcome}`);

/** What a match asks of its source. */
function watched(source: CandidateSource) {
  const read = { fetched: 0, opened: [] as number[], searches: 0 };
  const watching: CandidateSource = {
    ...source,
    find: (keysOf) => {
      read.searches += 1;
      return source.find(keysOf);
    },
    fetch: (ids) => {
      const persons = source.fetch(ids);
      read.fetched += persons.length;
      return persons;
    },
    household: (id, most) => {
      const persons = source.household(id, most);
      read.opened.push(persons.length);
      return persons;
    },
  };
  return { read, watching };
}

describe('a No KK that more share than live together', () => {
  it('links nobody, and it is told whose it is', () => {
    const found = match([father, stranger], memorySource({ ...apart(residents(300)), keluarga: [father] }));
    expect(linksOf(found)).toEqual(['a keluarga.1 auto']);
    expect(found).toMatchObject({ crowded: ['ARIFIN'], overlooked: [], sure: false });
    expect(found.candidates.get('b')?.filter(({ candidate }) => candidate.id.startsWith('orang'))).toEqual(
      [],
    );
  });

  it.each([
    ['whose names begin alike', (letters: string) => `MUHAMMAD ${letters}MAN`],
    ['whose names begin alike, of fathers', (letters: string) => `MUHAMMAD ${letters}MAN BIN ALI`],
    ['who are told apart by their fathers alone', (letters: string) => `MUHAMMAD BIN ${letters}MAN`],
  ])('is one of thirty of one year %s', (_, nameOf) => {
    const santri = residents(30).map((one, at) => ({
      ...one,
      nik: null,
      birthDate: null,
      age: 14,
      ageOn: '2025-07-01',
      name: nameOf(String.fromCharCode(65 + (at % 26), 65 + Math.floor(at / 26))),
    }));
    const renamed = person({ name: 'ARIFIN BIN ALI', kk: card, sex: 'L', birthDate: '2011-01-02' });
    const list = santri.map((input, at) => ({
      id: `orang${at}`,
      list: 'daftar',
      persons: [{ id: `${at}`, input }],
    }));
    expect(match([renamed], listSource(list)).crowded).toEqual(['ARIFIN BIN ALI']);
  });

  it('is a family’s up to twenty', () => {
    const renamed = { ...resident, nik: null, name: 'WAHYUDI', birthDate: '1940-01-02' };
    const bits = (size: number) => {
      const found = match([renamed], memorySource(apart(residents(size))));
      const [best] = found.candidates.get('a') ?? [];
      return { kk: best?.comparison.kk, crowded: found.crowded };
    };
    expect(bits(householdAtMost)).toEqual({ kk: 'equal', crowded: [] });
    expect(bits(householdAtMost + 1)).toEqual({ kk: 'missing', crowded: ['WAHYUDI'] });
  });

  it('hides no resident who is found by number, name and birth date', () => {
    for (const list of [apart(residents(300)), { panti: residents(300) }]) {
      const found = match([resident], memorySource(list));
      expect(linksOf(found)).toEqual([expect.stringMatching(/^a (orang0|panti)\.1 auto$/)]);
      expect(found).toMatchObject({ crowded: ['WAHYU NUGROHO'], sure: false });
    }
    const unnumbered = match([{ ...resident, nik: null }], memorySource(apart(residents(300))));
    expect(linksOf(unnumbered)).toEqual([expect.stringMatching(/^a orang0\.1 /)]);
  });

  it('is said to be no evidence, and nobody is sent to look whether it is the same', () => {
    const here = { ...father, kk: card };
    const source = memorySource({ ...apart(residents(30)), orang: [here] });
    const found = match([{ ...here, nik: null, birthDate: null }], source);
    const [link] = found.links;
    if (link === undefined) throw new Error('Nobody was found.');
    const { frequency, population } = source;
    const { lines, whatIf } = explainLink(link, { model: defaultModel, frequency, population });
    expect(lines.filter(({ text }) => text.includes('KK'))).toEqual([]);
    expect(whatIf.join()).toMatch(/^Bila NIK-nya ternyata sama.*tanggal lahirnya ternyata sama/);
    expect(whatIf.filter((text) => text.includes('No KK'))).toEqual([]);
    // What was reported stays as it was, for the clerk to compare.
    expect(link.member.kk.digits).toBe(card);
  });

  it('is known where the list leaves its key out for the many that bear it, and nobody is called a namesake', () => {
    const source = memorySource(apart(residents(30)));
    const key = kkKey(normalisePerson(stranger).kk);
    const found = match([stranger], {
      ...source,
      find: (keysOf) => ({ glimpses: keysOf.map(() => []), capped: key === null ? [] : [key] }),
    });
    expect(found).toMatchObject({ links: [], crowded: ['ARIFIN'], overlooked: [], sure: false });
    expect(found.searchedInPart.size).toBe(0);
  });

  it('is told from others of no sixteen digits, which a brief does not tell apart', () => {
    const odd = '317101010199007';
    // Found by the name and the day of birth.
    const others = Array.from({ length: 60 }, (_, at) => ({
      ...stranger,
      birthDate: `${1930 + at}-10-30`,
      kk: `31710101019${1000 + at}`,
    }));
    const alike = [stranger, resident].map((one) => ({ ...one, kk: odd }));
    expect(match(alike, memorySource({ ...apart(others), rumah: alike })).crowded).toEqual([]);
    expect(match(alike, memorySource(apart(residents(30, odd)))).crowded).toHaveLength(2);
  });

  it('is not one that a family of a few has in every list of a source', () => {
    const seven = residents(7);
    /** One list writes dates of birth, one ages, and one neither. */
    const writes: ((one: MatchInput) => MatchInput)[] = [
      (one) => one,
      (one) => ({
        ...one,
        birthDate: null,
        age: 2015 - Number(one.birthDate?.slice(0, 4)),
        ageOn: '2015-11-01',
      }),
      (one) => ({ ...one, birthDate: null, name: `${one.name} S` }),
    ];
    const lists = writes.map((write, list) => ({
      id: `daftar${list}`,
      list: `daftar${list}`,
      persons: seven.map((one, at) => ({ id: `${list} ${at}`, input: write(one) })),
    }));
    const [first] = seven;
    if (first === undefined) throw new Error('Nobody lives there.');
    const found = match([first], listSource(lists));
    expect(found.crowded).toEqual([]);
    expect(found.candidates.get('a')?.[0]?.comparison.kk).toBe('equal');
  });

  it('is counted once for who stands in the cases of several periods, in one register', () => {
    const glimpses = [father, mother, father].map((one, at) => ({
      id: String(at),
      list: '',
      briefs: briefOf(normalisePerson(one)),
      at: 0,
    }));
    expect(countPeople(glimpses)).toBe(2);
    const named = [father, father].map((one, at) => ({
      id: String(at),
      list: '',
      briefs: briefOf(normalisePerson({ ...one, name: `${one.name} BIN ALI` })),
      at: 0,
    }));
    expect(countPeople(named)).toBe(1);
    /** Seven whose years of birth alone are known, in cases of three periods. */
    const ofPeriods = (list: string) =>
      [2024, 2025, 2026].flatMap((period) =>
        ['ALI', 'BADU', 'CICI', 'DEDI', 'ENDANG', 'FARIDA', 'GUNAWAN'].map((name, child) => ({
          id: `${period} ${child}`,
          list,
          briefs: briefOf(
            normalisePerson({
              ...father,
              name: `${name} BIN HASAN`,
              nik: null,
              birthDate: null,
              age: period - 2000 - child,
              ageOn: `${period}-11-01`,
            }),
          ),
          at: 0,
        })),
      );
    expect(countPeople(ofPeriods(''))).toBe(7);
    // A list says each of its people once.
    expect(countPeople(ofPeriods('daftar'))).toBe(21);
    expect(countPeople([])).toBe(0);
  });
});

describe('a household of the list that more stand in than live together', () => {
  const panti = residents(300, null);
  const child = person({ name: 'ICHA', sex: 'P', birthDate: '2010-07-15', kk: null, address: door });
  /** Likely enough to be linked by the household of the others, and by nothing else. */
  const listed = { ...child, name: 'ICHA KIRANA', sex: null, birthDate: '2010-07-28' };
  const elsewhere = { ...door, rt: 9, street: 'Gg. Lain' };

  it('brings nobody in company', () => {
    const family = [father, mother, listed].map((one) => ({ ...one, kk: null, address: elsewhere }));
    const reported = [father, mother, child].map((one) => ({ ...one, kk: null }));
    const alone = match(reported, memorySource({ rumah: family }));
    expect(linksOf(alone)).toHaveLength(3);
    const among = match(reported, memorySource({ panti: [...family, ...panti] }));
    expect(linksOf(among)).toEqual(['a panti.1 auto', 'b panti.2 auto']);
    expect(among.links.map(({ comparison }) => comparison.companions)).toEqual(['missing', 'missing']);
    expect(among).toMatchObject({ crowded: [father.name, mother.name], sure: false });
  });

  it('makes no twins of two who were born on one day', () => {
    const other = { ...father, name: 'WAHYU NUGROHO', nik: '3171011708800009', kk: null };
    const doubts = (people: MatchInput[]) =>
      match(
        [{ ...father, name: 'SUPARDI HIDAJAT', kk: null }],
        memorySource({ rumah: people }),
      ).links.flatMap(({ decision }) => decision.doubts);
    const listedFather = { ...father, kk: null };
    expect(doubts([listedFather, other])).toContain('twin');
    expect(doubts([listedFather, other, ...panti])).not.toContain('twin');
  });
});

describe('what is read of a list', () => {
  it('is no more for a panti than for a family', () => {
    for (const list of [apart(residents(900)), { panti: residents(900) }]) {
      const { read, watching } = watched({ ...memorySource(list, 1_000_000) });
      match([stranger, resident], watching);
      expect(read.fetched).toBeLessThanOrEqual(40);
      for (const rows of read.opened) expect(rows).toBeLessThanOrEqual(householdAtMost + 1);
    }
  });

  it('is the same for a family as before', () => {
    const { read, watching } = watched(
      listSource([
        {
          id: 'keluarga',
          persons: [father, mother, daughter].map((input, at) => ({ id: String(at), input })),
        },
        { id: 'lain', persons: residents(50, null).map((input, at) => ({ id: `l${at}`, input })) },
      ]),
    );
    const found = match([father, mother, daughter], watching);
    expect(found).toMatchObject({ sure: true, crowded: [] });
    expect(read).toEqual({ searches: 1, fetched: 3, opened: [3] });
  });
});
