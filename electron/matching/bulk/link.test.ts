import { describe, expect, it } from 'vitest';
import { type Facts, part, strangers, tableOf } from '../../../tests/fixtures/person-tables.ts';
import { linkRows, others, type Row } from '../../../tests/fixtures/linked-rows.ts';
import { clusterFile } from './cluster.ts';
import { Decided } from './decided.ts';
import type { Found } from './found.ts';
import { hashText } from './hash.ts';
import { Households } from './households.ts';
import { decide, linkFiles } from './link.ts';
import { SharedWords } from './person-table.ts';

const fathers = [
  'SUPARMAN',
  'JUNAEDI',
  'WAGIMIN',
  'TARMIDI',
  'KOSASIH',
  'MISBAH',
  'PONIRAN',
  'DAHLAN',
  'ZAKARIA',
];
const wives = [
  'ROHAYATI',
  'SUMIYATI',
  'KURNIASI',
  'MARWATI',
  'JUBAIDI',
  'NURLELI',
  'PARTINI',
  'DASIMI',
  'TUMINI',
];

/** A family of its own household, with names, dates and numbers of its own. */
function familyOf(no: number) {
  const kk = `31710102022${String(no * 7411).padStart(5, '0')}`;
  const one = (id: string, name: string, sex: 'L' | 'P', born: string, serial: number): Facts => {
    const [year = '', month = '', day = ''] = born.split('-');
    const coded = sex === 'L' ? day : String(Number(day) + 40);
    const nik = `317101${coded}${month}${year.slice(2)}${String(no * 611 + serial).padStart(4, '0')}`;
    return { id: `${id}${no}`, name, sex, born, nik, kk };
  };
  const father = fathers[no % fathers.length] ?? '';
  const month = `0${1 + (no % 9)}`;
  return {
    father: one('father', father, 'L', `196${no % 10}-${month}-04`, 1),
    son: one('son', father, 'L', `199${no % 10}-${month}-09`, 2),
    hasan: one('hasan', `HASAN ${part(no * 53)}`, 'L', `200${no % 10}-${month}-17`, 3),
    husen: one('husen', `HUSEN ${part(no * 53)}`, 'L', `200${no % 10}-${month}-17`, 4),
    wife: one('wife', wives[no % wives.length] ?? '', 'P', `196${no % 10}-${month}-18`, 5),
  };
}

const bare = (person: Facts): Facts => ({ ...person, nik: null });
const stranger = (index: number): Facts => {
  const found = strangers[index];
  if (found === undefined) throw new RangeError(`No stranger ${index}.`);
  return found;
};
const withoutLetter = (name: string) => `${name.slice(0, -3)}${name.slice(-2)}`;
const withDoubleLetter = (name: string) => `${name.slice(0, 3)}${name.slice(2)}`;
const elsewhere = (person: Facts): Facts => ({ ...person, kk: `4${person.kk?.slice(1)}` });
const [missing, both, junior, swapped, slipped, twin, letter, moved, left, told, doubled] = [
  familyOf(1),
  familyOf(2),
  familyOf(3),
  familyOf(4),
  familyOf(5),
  familyOf(6),
  familyOf(7),
  familyOf(8),
  familyOf(9),
  familyOf(10),
  familyOf(11),
] as const;
const nobody = (no: number, kk: string | null): Facts => ({
  ...bare(stranger(580 + no)),
  id: `nobody${no}`,
  kk,
});

/** Each with the persons of the reference and the cases that it plants. */
const planted: { references: Facts[]; cases: Facts[] }[] = [
  { references: [], cases: [{ ...bare(stranger(310)), id: 'bare' }] },
  {
    references: [missing.father, missing.wife, missing.hasan],
    cases: [missing.father, missing.wife, bare(missing.husen)],
  },
  { references: [both.hasan, both.husen], cases: [both.husen, both.hasan] },
  { references: [junior.father], cases: [bare(junior.son)] },
  {
    references: [swapped.father, swapped.wife],
    cases: [
      { ...swapped.father, nik: swapped.wife.nik },
      { ...swapped.wife, nik: swapped.father.nik },
    ],
  },
  {
    references: [slipped.father, slipped.wife],
    cases: [slipped.father, bare({ ...slipped.wife, name: withoutLetter(slipped.wife.name) })],
  },
  {
    references: [doubled.father, doubled.wife],
    cases: [doubled.father, bare({ ...doubled.wife, name: withDoubleLetter(doubled.wife.name) })],
  },
  {
    references: [twin.father, twin.hasan, twin.husen],
    cases: [twin.father, bare({ ...twin.hasan, name: twin.hasan.name.slice(0, -1) })],
  },
  { references: [letter.wife], cases: [bare({ ...letter.wife, name: `${letter.wife.name.slice(0, -1)}A` })] },
  {
    references: [moved.father, moved.wife, moved.hasan],
    cases: [moved.father, moved.hasan, bare({ ...moved.wife, born: moved.wife.born.replace(/8$/, '9') })].map(
      elsewhere,
    ),
  },
  {
    references: [left.father, left.wife, left.hasan],
    cases: [
      elsewhere(bare(left.hasan)),
      nobody(1, elsewhere(left.hasan).kk),
      nobody(2, elsewhere(left.hasan).kk),
    ],
  },
  { references: [told.father, told.wife], cases: [told.wife, { ...nobody(3, null), id: 'alias' }] },
  {
    references: [],
    cases: [
      { ...stranger(400), id: 'one' },
      { ...stranger(400), id: 'two', name: `${stranger(400).name.slice(0, -1)}X` },
    ],
  },
];

/** The decision and best reference of each case: the planted ones beside three hundred ordinary ones, in one run. */
function linkPlanted(): Map<string, string> {
  const words = new SharedWords(0);
  const references = tableOf([...strangers, ...planted.flatMap((one) => one.references)], words);
  const ordinary = strangers.slice(0, 300).map((person) => ({ ...person, id: `c${person.id}` }));
  const cases = tableOf([...ordinary, ...planted.flatMap((one) => one.cases)], words);
  const decisions = [
    { of: told.wife.id, as: told.wife.id, same: false },
    { of: 'alias', as: told.father.id, same: true },
  ].map(({ of, as, same }) => ({ left: cases.ids.indexOf(of), right: references.ids.indexOf(as), same }));
  const { links } = linkFiles(cases, references, { decisions });
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

describe('linking two files', () => {
  const found = linkPlanted();
  const decisionOn = (person: Facts) => found.get(person.id);

  it('links ordinary persons by themselves, with NIK and without', () => {
    expect(found.get('bare')).toBe('auto r310');
    const right = [...found].filter(([id, link]) => link === `auto ${id.slice(1)}`);
    expect(right).toHaveLength(300);
  });

  it('never takes a brother for the one who is missing: twins, siblings', () => {
    expect(decisionOn(missing.husen)).not.toMatch(/^auto/);
  });

  it('tells twins apart where both stand there', () => {
    expect(decisionOn(both.hasan)).toBe(`auto ${both.hasan.id}`);
    expect(decisionOn(both.husen)).toBe(`auto ${both.husen.id}`);
  });

  it('never takes a father for his son of the same name', () => {
    expect(decisionOn(junior.son)).not.toMatch(/^auto/);
  });

  it('leaves spouses with each other’s NIK to a person, each beside their own row', () => {
    expect(decisionOn(swapped.father)).toBe(`review ${swapped.father.id}`);
    expect(decisionOn(swapped.wife)).toBe(`review ${swapped.wife.id}`);
  });

  it('takes a letter written twice for the name itself, and asks where one is lost: it may be the twin whom nobody names', () => {
    expect(decisionOn(doubled.wife)).toBe(`auto ${doubled.wife.id}`);
    expect(decisionOn(slipped.wife)).toBe(`review ${slipped.wife.id}`);
    expect(decisionOn(twin.hasan)).toBe(`review ${twin.hasan.id}`);
  });

  it('asks about another letter in the name where nobody says who else lives there', () => {
    expect(decisionOn(letter.wife)).toBe(`review ${letter.wife.id}`);
  });

  it('lets the family speak for one of them: moved together, one with a wrong birth date', () => {
    expect(decisionOn(moved.wife)).toBe(`auto ${moved.wife.id}`);
  });

  it('asks where somebody lives elsewhere and none of the family came along', () => {
    expect(decisionOn(left.hasan)).toBe(`review ${left.hasan.id}`);
  });

  it('gives one person of the reference to one case only', () => {
    expect([found.get('one'), found.get('two')].filter((link) => link?.startsWith('auto'))).toHaveLength(1);
  });

  it('keeps to what a person said before', () => {
    expect(decisionOn(told.wife)).not.toContain(told.wife.id);
    expect(found.get('alias')).toBe(`auto ${told.father.id}`);
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
    const family = Object.values(familyOf(0));
    const table = tableOf([...strangers, ...slips, ...family], new SharedWords(0));
    const said = (one: string, other: string, same: boolean) => ({
      left: table.ids.indexOf(one),
      right: table.ids.indexOf(other),
      same,
    });
    // One slip that a person says is somebody else, two strangers that a person says are one.
    const { clusters } = clusterFile(table, {
      decisions: [said('r0', 'r0-again', false), said('r500', 'r501', true)],
    });
    const clusterOf = (id: string) => clusters[table.ids.indexOf(id)] ?? -1;
    for (const { id } of strangers.slice(1, 150)) expect(clusterOf(`${id}-again`)).toBe(clusterOf(id));
    expect(new Set(family.map(({ id }) => clusterOf(id))).size).toBe(5);
    expect(clusterOf('r0-again')).not.toBe(clusterOf('r0'));
    expect(clusterOf('r501')).toBe(clusterOf('r500'));
    expect(new Set(strangers.map(({ id }) => clusterOf(id))).size).toBe(599);
  });
});

describe('files without numbers', () => {
  const everybody = others(40, ['name', 'sex', 'dob', 'kelurahan']);
  const linked = async (reference: Omit<Row, 'id'>, one: Omit<Row, 'id'>) => {
    const found = await linkRows(
      [...everybody, { id: 'r', sex: 'L', kelurahan: 'K1', ...reference }],
      [...everybody.slice(20), { id: 'c', sex: 'L', kelurahan: 'K1', ...one }],
    );
    return found.get('c');
  };

  it('never take the sons of two fathers for one by name and birth date', async () => {
    const ahmad = { name: 'AHMAD BIN ALI', dob: '1970-03-04' };
    expect(await linked(ahmad, ahmad)).toMatchObject({ reference: 'r', decision: 'auto' });
    expect((await linked(ahmad, { ...ahmad, name: 'AHMAD BIN HASAN' }))?.decision).not.toBe('auto');
  });

  it('find who is named with the father in one of them only, where the own name is weak', async () => {
    const [one, other] = ['MUHAMMAD BIN SALEHUDIN', 'MOCH. SALEHUDIN'];
    for (const [reference, name] of [
      [one, other],
      [other, one],
    ] as const)
      expect(await linked({ name: reference, dob: '1970-03-04' }, { name, dob: '1970-03-05' })).toMatchObject(
        { reference: 'r' },
      );
  });

  it('find who bears one name where one of them has no birth date, whichever', async () => {
    const dated = { name: 'SUPARTONO', dob: '1970-03-04' };
    const undated = { name: 'SUPARTONO', dob: '' };
    for (const [reference, one] of [
      [dated, undated],
      [undated, dated],
    ] as const)
      expect(await linked(reference, one)).toMatchObject({ reference: 'r', decision: 'review' });
  });
});

describe('whatever the order of the rows', () => {
  /** The same rows in an order of their own. */
  const shuffled = (rows: readonly Facts[], seed: number) =>
    rows.toSorted((one, other) => hashText(`${seed} ${one.id}`) - hashText(`${seed} ${other.id}`));
  const references = [...planted.flatMap((one) => one.references), ...strangers.slice(0, 290)];
  const cases = [...planted.flatMap((one) => one.cases), ...strangers.slice(100, 290).map(bare)];
  const linked = (left: readonly Facts[], right: readonly Facts[]) => {
    const words = new SharedWords(0);
    const [others_, ones] = [tableOf(right, words), tableOf(left, words)];
    const { links } = linkFiles(ones, others_);
    return links
      .map((candidates, row) => [
        ones.ids[row],
        ...candidates.map(({ reference, decision, probability }) =>
          [others_.ids[reference], decision, probability.toFixed(9)].join(' '),
        ),
      ])
      .toSorted(([one = ''], [other = '']) => one.localeCompare(other));
  };

  it('the decisions are the same, and how likely each is', () => {
    const plain = linked(cases, references);
    expect(plain.flat().filter((text) => text?.includes('auto')).length).toBeGreaterThan(100);
    expect(linked(shuffled(cases, 101), references)).toEqual(plain);
    expect(linked(cases, shuffled(references, 103))).toEqual(plain);
    expect(linked(shuffled(cases, 107), shuffled(references, 109))).toEqual(plain);
  });

  it('the groups of a file are the same', () => {
    const rows = [...references, ...cases.map((one) => ({ ...one, id: `${one.id} lagi` }))];
    const groups = (people: readonly Facts[]) => {
      const table = tableOf(people, new SharedWords(0));
      const { clusters } = clusterFile(table);
      return [...Map.groupBy(table.ids, (_, row) => clusters[row]).values()]
        .map((ids) => ids.toSorted().join(', '))
        .toSorted();
    };
    const plain = groups(rows);
    expect(plain.length).toBeLessThan(rows.length - 100);
    expect(groups(shuffled(rows, 101))).toEqual(plain);
    expect(groups(shuffled(rows, 307))).toEqual(plain);
  });
});

describe('what a person said', () => {
  it('earns no link of the program its place among those of which one in thousands is wrong', () => {
    const columns = tableOf(strangers.slice(0, 40), new SharedWords(0)).columns();
    const households = { cases: new Households(columns, -1), references: new Households(columns, -1) };
    const rows = Array.from({ length: 40 }, (_, row) => {
      const found: Found = {
        reference: row,
        bits: 11,
        probability: 0.9995,
        evidence: { sound: true, groups: 3, home: false, numberAgrees: false, twinLike: false },
        missed: false,
      };
      return { best: [found], rest: 0 };
    });
    const said = Array.from({ length: 30 }, (_, row) => ({ left: row, right: row, same: true }));
    const autoOf = (decisions: typeof said) =>
      decide(rows, households, new Decided(decisions), columns.contents).flatMap(([first], row) =>
        first?.decision === 'auto' ? row : [],
      );
    expect(autoOf([])).toHaveLength(1);
    expect(autoOf(said)).toHaveLength(31);
  });
});
