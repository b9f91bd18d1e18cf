import { describe, expect, it } from 'vitest';
import { type Linked, linkRows, others, type Row } from '../../../tests/fixtures/linked-rows.ts';

const home = {
  kk: '3171010101100001',
  address: 'Jl Melati No 3',
  rt: '1',
  rw: '2',
  kelurahan: 'K1',
};
const moved = { ...home, kk: '3171010101109982', address: 'Jl Dahlia No 71', rt: '8', rw: '6' };
const father = { name: 'BAMBANG WIJAYA', sex: 'L', dob: '1980-02-03', nik: '3171010302800001' };
const mother = { name: 'SARI WULANDARI', sex: 'P', dob: '1982-05-06', nik: '3171014605820002' };
const risma = { name: 'RISMA WIJAYA', sex: 'P', dob: '2012-07-08' };
const columns = ['name', 'sex', 'dob', 'nik', 'kk', 'address', 'rt', 'rw', 'kelurahan'] as const;
const rest = others(40, columns);
const references: Row[] = [
  { id: 'p1', ...father, ...home },
  { id: 'p2', ...mother, ...home },
  { id: 'p3', ...risma, ...home },
  ...rest,
];
const unknown = others(70, columns).slice(40);
const unrelated = others(400, columns).slice(100);

/** What becomes of a child that comes with its parents: alone in their file, and in one whose others the list does not know. */
async function childOf(child: Omit<Row, 'id'>, lives = home) {
  const family: Row[] = [
    { id: 'a', ...father, ...lives },
    { id: 'b', ...mother, ...lives },
    { id: 'c', ...lives, ...child },
  ];
  const runs = [await linkRows(references, family), await linkRows(references, [...family, ...unknown])];
  return runs.map((found) => found.get('c'));
}

describe('a child whose parents are found', () => {
  it('is as likely the one of their household, however few of the file the list knows', async () => {
    const [alone, among] = await childOf({ name: 'RESTI WIJAYA', sex: 'P', dob: '2012-07-09' }, moved);
    expect(alone?.probability).toBeCloseTo(among?.probability ?? 0, 2);
  });

  it.each([
    ['born another year', '2014-03-21', 'review'],
    ['of no birth date', '', 'review'],
    ['born a digit apart', '2017-07-08', 'review'],
    ['born that day, as a twin would be', '2012-07-08', 'review'],
  ] as const)('is asked about where a letter of the name differs: %s', async (_, dob, decision) => {
    for (const child of await childOf({ name: 'RISKA WIJAYA', sex: 'P', dob }))
      expect(child).toMatchObject({ reference: 'p3', decision });
  });

  it.each([
    ['DINA', 'DIAN'],
    ['ALYA', 'AYLA'],
    ['RAFA', 'RAVA'],
    ['YULI', 'YULIA'],
  ])('is %s and not the twin %s, who alone is listed', async (name, twin) => {
    const list = references.filter(({ id }) => id !== 'p3');
    for (const [one, other] of [
      [name, twin],
      [twin, name],
    ] as const) {
      const born = { sex: 'P', dob: '2012-07-08', ...home };
      const family: Row[] = [
        { id: 'a', ...father, ...home },
        { id: 'b', ...mother, ...home },
        { id: 'c', ...born, name: `${one} WIJAYA` },
      ];
      const decisionBeside = async (listed: string) =>
        (await linkRows([...list, { id: 'p3', ...born, name: `${listed} WIJAYA` }], family)).get('c');
      expect(await decisionBeside(other)).toMatchObject({ reference: 'p3', decision: 'review' });
      expect(await decisionBeside(one)).toMatchObject({ reference: 'p3', decision: 'auto' });
    }
  });

  it('is taken for the one of the household where the name is spelt otherwise, or one digit is wrong', async () => {
    for (const facts of [
      { name: 'RISMA WIDJAJA' },
      { dob: '2012-07-09' },
      { name: 'RISMAA WIJAYA', dob: '2012-07-09' },
    ])
      for (const child of await childOf({ ...risma, ...facts }))
        expect(child).toMatchObject({ reference: 'p3', decision: 'auto' });
  });

  it('is any one of their household as likely as the only one, however many are left there', async () => {
    const likelihood = async (free: number) => {
      const children = Array.from({ length: free }, (_, no) => ({ id: `child${no}`, ...home }));
      const found = await linkRows(
        [...references.filter(({ id }) => id !== 'p3'), ...children],
        [
          { id: 'a', ...father, ...moved },
          { id: 'b', ...mother, ...moved },
          { id: 'c', ...moved },
        ],
      );
      return free * (found.get('c')?.probability ?? 0);
    };
    const one = await likelihood(1);
    expect(one).toBeCloseTo(0.8, 1);
    for (const free of [2, 4]) expect(await likelihood(free)).toBeCloseTo(one, 2);
  });

  it('is likelier there where the files show that hardly anybody of a family is missing', async () => {
    const families = Array.from({ length: 60 }, (_, no) => {
      const [one, two, child, stranger] = [0, 1, 2, 3].map((nth) => unrelated[no * 4 + nth]);
      const kk = `31710102020${String(1000 + no * 13)}`;
      return {
        one: { ...one, kk },
        two: { ...two, kk },
        child: { ...child, kk },
        stranger: { ...stranger, kk },
      };
    });
    const found = async (whole: boolean): Promise<Linked | undefined> => {
      const right = families.flatMap(({ one, two, child }) => [one, two, child]) as Row[];
      const left = families.flatMap(({ one, two, child, stranger }) => [
        one,
        two,
        whole ? child : stranger,
      ]) as Row[];
      const family = [
        { id: 'a', ...father, ...moved },
        { id: 'b', ...mother, ...moved },
        { id: 'c', ...moved },
      ];
      return (await linkRows([...references, ...right], [...left, ...family])).get('c');
    };
    const [whole, half] = [await found(true), await found(false)];
    expect(whole?.probability).toBeGreaterThan(0.87);
    expect(half?.probability).toBeLessThan(0.82);
  });
});
