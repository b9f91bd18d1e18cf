import { describe, expect, it } from 'vitest';
import { normaliseAddress } from '../addresses.ts';
import { normaliseName } from '../names.ts';
import { clusterFile } from './cluster.ts';
import { linkFiles } from './link.ts';
import { PersonTable, SharedWords } from './person-table.ts';

interface Facts {
  id: string;
  name: string;
  sex: 'L' | 'P';
  born: string;
  nik: string | null;
  kk: string | null;
}

const sounds = [
  'WAR',
  'DI',
  'SUN',
  'TO',
  'RIN',
  'KA',
  'MUL',
  'YO',
  'HES',
  'PRA',
  'LIN',
  'GU',
  'BAM',
  'ZA',
  'FER',
  'NO',
];
const part = (seed: number) => [seed, seed >> 4, seed >> 8].map((bits) => sounds[bits & 15] ?? '').join('');

/** Six hundred strangers, each with a name, a birth date, a NIK and a KK of their own. */
const strangers = Array.from({ length: 600 }, (_, index): Facts => {
  const [year, month, day] = [1950 + (index % 50), 1 + (index % 12), 1 + (index % 28)];
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    id: `r${index}`,
    name: `${part(index * 37 + 5)} ${part(index * 101 + 11)}`,
    sex: index % 2 === 0 ? 'L' : 'P',
    born: `${year}-${two(month)}-${two(day)}`,
    nik: `317101${two(index % 2 === 0 ? day : day + 40)}${two(month)}${two(year % 100)}${String(1000 + index)}`,
    kk: `3171010101${String(100_000 + index * 7)}`,
  };
});

function tableOf(people: readonly Facts[], words: SharedWords): PersonTable {
  const table = new PersonTable(words);
  for (const { id, name, sex, born, nik, kk } of people)
    table.add({
      id,
      name: normaliseName(name, sex),
      number: nik,
      household: kk,
      sex,
      birthDate: born,
      address: normaliseAddress({ street: null, rt: 3, rw: 5, kelurahan: null }),
      texts: [],
    });
  return table;
}

/** The decision and best reference of each planted case, beside three hundred ordinary ones. */
function linkPlanted(planted: { references: Facts[]; cases: Facts[] }): Map<string, string> {
  const words = new SharedWords(0);
  const references = tableOf([...strangers, ...planted.references], words);
  const ordinary = strangers.slice(0, 300).map((person) => ({ ...person, id: `c${person.id}` }));
  const cases = tableOf([...ordinary, ...planted.cases], words);
  const { links } = linkFiles(cases, references);
  return new Map(
    links.map((candidates, row): [string, string] => {
      const [first] = candidates;
      return [
        cases.ids[row] ?? '',
        first === undefined ? 'none' : `${first.decision} ${references.ids[first.reference] ?? ''}`,
      ];
    }),
  );
}

const home = { kk: '3171010202200001' };
const father: Facts = {
  id: 'father',
  name: 'SUPARMAN',
  sex: 'L',
  born: '1960-03-04',
  nik: '3171010403600001',
  ...home,
};
const son: Facts = {
  id: 'son',
  name: 'SUPARMAN',
  sex: 'L',
  born: '1990-07-09',
  nik: '3171010907900002',
  ...home,
};
const hasan: Facts = {
  id: 'hasan',
  name: 'HASAN WIJAYA',
  sex: 'L',
  born: '2001-05-06',
  nik: '3171010605010003',
  ...home,
};
const husen: Facts = {
  id: 'husen',
  name: 'HUSEN WIJAYA',
  sex: 'L',
  born: '2001-05-06',
  nik: '3171010605010004',
  ...home,
};
const wife: Facts = {
  id: 'wife',
  name: 'ROHAYATI',
  sex: 'P',
  born: '1964-09-10',
  nik: '3171015009640005',
  ...home,
};

describe('linking two files', () => {
  it('links ordinary persons by themselves, with NIK and without', () => {
    const [bare] = strangers.slice(310, 311).map((person) => ({ ...person, id: 'bare', nik: null }));
    const found = linkPlanted({ references: [], cases: bare === undefined ? [] : [bare] });
    expect(found.get('bare')).toBe('auto r310');
    const right = [...found].filter(([id, link]) => link === `auto ${id.slice(1)}`);
    expect(right).toHaveLength(300);
  });

  it('never takes a brother for the one who is missing: twins, siblings', () => {
    const found = linkPlanted({ references: [hasan], cases: [{ ...husen, nik: null }] });
    expect(found.get('husen')).not.toMatch(/^auto/);
  });

  it('tells twins apart where both stand there', () => {
    const found = linkPlanted({ references: [hasan, husen], cases: [husen, hasan] });
    expect([found.get('hasan'), found.get('husen')]).toEqual(['auto hasan', 'auto husen']);
  });

  it('never takes a father for his son of the same name', () => {
    const found = linkPlanted({ references: [father], cases: [{ ...son, nik: null }] });
    expect(found.get('son')).not.toMatch(/^auto/);
  });

  it('leaves spouses with each other’s NIK to a person, each beside their own row', () => {
    const cases = [
      { ...father, nik: wife.nik },
      { ...wife, nik: father.nik },
    ];
    const found = linkPlanted({ references: [father, wife], cases });
    expect([found.get('father'), found.get('wife')]).toEqual([
      expect.stringMatching(/father$/),
      expect.stringMatching(/wife$/),
    ]);
  });

  it('gives one person of the reference to one case only', () => {
    const again = strangers.slice(400, 401).flatMap((person) => [
      { ...person, id: 'one' },
      { ...person, id: 'two', name: `${person.name.slice(0, -1)}X` },
    ]);
    const found = linkPlanted({ references: [], cases: again });
    expect([found.get('one'), found.get('two')].filter((link) => link?.startsWith('auto'))).toHaveLength(1);
  });
});

describe('finding who stands in a file twice', () => {
  it('joins slips of one person and keeps a family apart', () => {
    const slips = strangers.slice(0, 150).map((person) => ({
      ...person,
      id: `${person.id}-again`,
      name: person.name.replace('A', 'E'),
      nik: null,
    }));
    const table = tableOf([...strangers, ...slips, father, son, hasan, husen, wife], new SharedWords(0));
    const { clusters } = clusterFile(table);
    const clusterOf = new Map(table.ids.map((id, row): [string, number] => [id, clusters[row] ?? -1]));
    for (const { id } of strangers.slice(0, 150))
      expect(clusterOf.get(`${id}-again`)).toBe(clusterOf.get(id));
    const family = [father, son, hasan, husen, wife].map(({ id }) => clusterOf.get(id));
    expect(new Set(family).size).toBe(5);
    expect(new Set(strangers.map(({ id }) => clusterOf.get(id))).size).toBe(600);
  });
});
