import { describe, expect, it } from 'vitest';
import { daughter, door, father, kk, mother } from '../../tests/fixtures/family-of-three.ts';
import { memorySource, person } from '../../tests/fixtures/memory-source.ts';
import { type HouseholdMatch, matchHousehold, type ProposedLink } from './match-household.ts';
import { blendFrequency, defaultModel } from './model.ts';
import type { MatchInput } from './normalise.ts';

/** Looks for the reported persons `a`, `b`, … in a list of households. */
function match(reported: MatchInput[], list: Record<string, MatchInput[]>): HouseholdMatch {
  const members = reported.map((input, index) => ({ id: 'abcdefg'.charAt(index), input, unit: '' }));
  return matchHousehold(members, memorySource(list), {
    model: defaultModel,
  });
}

function linkOf(found: HouseholdMatch, memberId: string): ProposedLink | undefined {
  return found.links.find((link) => link.memberId === memberId);
}

function outcome(found: HouseholdMatch, memberId = 'a'): string {
  const link = linkOf(found, memberId);
  return link === undefined ? 'none' : `${link.candidate.id} ${link.decision.outcome}`;
}

describe('a person of a list', () => {
  it('is found surely when everything agrees', () => {
    const found = match([father, mother, daughter], { keluarga: [father, mother, daughter] });
    expect(found).toMatchObject({ households: new Map([['', 'keluarga']]), sure: true });
    expect(found.links).toHaveLength(3);
  });

  it('is not found in a list of others', () => {
    const other = person({
      name: 'AGUS SETIAWAN',
      nik: '3275094501900003',
      sex: 'L',
      birthDate: '1990-01-05',
      address: { ...door, rt: 9 },
    });
    expect(match([father], { lain: [other] })).toMatchObject({
      households: new Map(),
      sure: false,
      links: [],
    });
  });

  it.each([
    ['one wrong digit in the NIK', { nik: '3171011708800007' }],
    ['two swapped digits in the NIK', { nik: '3171017108800001' }],
    ['a digit left out of the NIK', { nik: '317101170880001' }],
    ['no NIK', { nik: null }],
    ['day and month swapped', { birthDate: '1980-08-07', nik: null }, { birthDate: '1980-07-08' }],
    ['another spelling of the name', { name: 'SOEPARDI HIDAJAT' }],
    ['gelar and the name turned round', { name: 'H. HIDAYAT SUPARDI, S.Pd.' }],
    [
      'a new KK and address',
      { kk: '3171010101250009', address: { ...door, street: 'Gg. Mawar', rt: 1, rw: 1 } },
    ],
    ['no birth date', { birthDate: null }],
  ])('is found surely in spite of %s', (_, slip: Partial<MatchInput>, inList: Partial<MatchInput> = {}) => {
    expect(outcome(match([{ ...father, ...slip }], { keluarga: [{ ...father, ...inList }, mother] }))).toBe(
      'keluarga.1 auto',
    );
  });

  it('is found without NIK and KK by name and birth date, after moving too', () => {
    const moved = {
      ...father,
      nik: null,
      kk: null,
      address: { ...door, rt: 11, rw: 2, street: 'Gg. Buntu' },
    };
    expect(outcome(match([moved], { keluarga: [father, mother, daughter] }))).toBe('keluarga.1 auto');
  });

  it('is found in a list that has only ages, by NIK and name', () => {
    const aged = {
      ...father,
      birthDate: null,
      age: 35,
      ageOn: '2015-10-01',
      kk: null,
      address: { ...door, rt: null, rw: null },
    };
    expect(outcome(match([father], { ruta: [aged] }))).toBe('ruta.1 auto');
  });

  it('is proposed for review in a list that has only ages and no NIK', () => {
    const aged = {
      ...father,
      nik: null,
      birthDate: null,
      age: 34,
      ageOn: '2015-10-01',
      kk: null,
      address: { ...door, street: 'Kebon Sirih', rt: null, rw: null },
    };
    expect(outcome(match([father], { ruta: [aged] }))).toBe('ruta.1 review');
  });

  it.each(['SULASTRI', 'SULASTRY', 'SULASTRIE', 'SULLASTRI', 'SULASTRRII'])(
    'is no rarer for a slip in a common name (%s), and is left to a person by name and birth date alone',
    (name) => {
      const sulastri = person({ name: 'SULASTRI', sex: 'P', birthDate: '1980-08-17' });
      const shares = (canon: string) => blendFrequency(canon, canon === 'SULASTRI' ? 1800 : 0, 1_000_000);
      const bits = (reported: string, listed: string) => {
        const found = matchHousehold(
          [{ id: 'a', input: { ...sulastri, name: reported }, unit: '' }],
          { ...memorySource({ keluarga: [{ ...sulastri, name: listed }] }, 1_000_000), frequency: shares },
          { model: defaultModel },
        );
        expect(outcome(found)).toBe('keluarga.1 review');
        return linkOf(found, 'a')?.weight.bits ?? 0;
      };
      expect(bits(name, 'SULASTRI')).toBeLessThanOrEqual(bits('SULASTRI', 'SULASTRI'));
      expect(bits('SULASTRI', name)).toBe(bits(name, 'SULASTRI'));
    },
  );

  it('is left to a person where it may be the sister: of no birth date, a letter of the name another', () => {
    const risma = person({ name: 'RISMA WIJAYA', sex: 'P', kk, birthDate: '2012-07-08', address: door });
    const reported = (name: string): MatchInput => ({ ...risma, name, birthDate: null });
    expect(outcome(match([reported('RISMA WIJAYA')], { keluarga: [risma, father] }))).toBe('keluarga.1 auto');
    const found = match([reported('RISKA WIJAYA')], { keluarga: [risma, father] });
    expect(outcome(found)).toBe('keluarga.1 review');
    expect(linkOf(found, 'a')?.decision.doubts).toContain('sibling');
  });

  it('is left to a person when two are about as good', () => {
    const namesake = { ...father, nik: null, kk: null };
    const found = match([{ ...father, nik: null, kk: null }], { satu: [namesake], dua: [namesake] });
    expect(linkOf(found, 'a')?.decision).toMatchObject({
      outcome: 'review',
      doubts: expect.arrayContaining(['runner_up']),
    });
  });
});

describe('one-word names and abbreviations', () => {
  const single = person({
    name: 'SUPARNO',
    nik: '3171010202550001',
    kk,
    sex: 'L',
    birthDate: '1955-02-02',
    address: door,
  });

  it('are not sure by name and birth date alone', () => {
    const stranger = { ...single, nik: null, kk: null, address: { ...door, rt: 10, street: 'Gg. Lain' } };
    expect(linkOf(match([stranger], { keluarga: [single] }), 'a')?.decision.outcome).not.toBe('auto');
  });

  it('are sure with the NIK', () => {
    expect(outcome(match([single], { keluarga: [single] }))).toBe('keluarga.1 auto');
  });

  it('Muh. is Muhammad', () => {
    const short = { ...father, name: 'Muh. Yusuf', nik: null };
    const long = { ...father, name: 'MUHAMMAD JUSUF', nik: null };
    expect(outcome(match([short], { keluarga: [long] }))).toBe('keluarga.1 auto');
  });
});

describe('people who are easily mistaken for each other', () => {
  const hasan = person({
    name: 'HASAN BASRI',
    nik: '3171010506050001',
    kk,
    sex: 'L',
    birthDate: '2005-06-05',
    address: door,
  });
  const husen = { ...hasan, name: 'HUSEN BASRI', nik: '3171010506050002' };

  it('never links twins by itself, whichever of them is reported', () => {
    expect(linkOf(match([hasan], { keluarga: [husen] }), 'a')?.decision.outcome ?? 'none').not.toBe('auto');
    const both = match(
      [
        { ...hasan, nik: null },
        { ...husen, nik: null },
      ],
      { keluarga: [hasan, husen] },
    );
    expect([outcome(both, 'a'), outcome(both, 'b')]).toEqual(['keluarga.1 review', 'keluarga.2 review']);
    expect(linkOf(both, 'a')?.decision.doubts).toContain('twin');
  });

  it('lets twins pass whose NIK and name are both quite the same', () => {
    const both = match([hasan, husen], { keluarga: [hasan, husen] });
    expect([outcome(both, 'a'), outcome(both, 'b')]).toEqual(['keluarga.1 auto', 'keluarga.2 auto']);
  });

  it('never links a twin who took the other one’s NIK', () => {
    expect(
      linkOf(match([{ ...hasan, nik: husen.nik }], { keluarga: [husen] }), 'a')?.decision.outcome ?? 'none',
    ).not.toBe('auto');
  });

  it('leaves father and son of one name to a person while only one of them is in the list', () => {
    const son = { ...father, birthDate: '2006-02-20', nik: '3171012002060001' };
    const onlyFather = match([son], { keluarga: [father] });
    expect(linkOf(onlyFather, 'a')?.decision.outcome ?? 'none').not.toBe('auto');
    const sonWithoutNik = match([{ ...son, nik: null }], { keluarga: [father] });
    expect(linkOf(sonWithoutNik, 'a')?.decision.outcome ?? 'none').not.toBe('auto');
  });

  it('tells father and son of one name apart when both are in the list', () => {
    const son = { ...father, birthDate: '2006-02-20', nik: '3171012002060001' };
    const found = match([father, son], { keluarga: [son, father] });
    expect([outcome(found, 'a'), outcome(found, 'b')]).toEqual(['keluarga.2 auto', 'keluarga.1 auto']);
  });

  it('does not take a sibling for the child that is missing in the list', () => {
    const brother = person({ name: 'ANDI HIDAYAT', kk, sex: 'L', birthDate: '2008-11-23', address: door });
    const sister = person({ name: 'ANITA HIDAYAT', kk, sex: 'P', birthDate: '2012-04-02', address: door });
    const found = match([father, sister], { keluarga: [father, brother] });
    expect(outcome(found, 'a')).toBe('keluarga.1 auto');
    expect(linkOf(found, 'b')).toBeUndefined();
  });

  it('pairs spouses with each other’s NIK by who they are, and leaves both to a person', () => {
    const found = match(
      [
        { ...father, nik: mother.nik },
        { ...mother, nik: father.nik },
      ],
      { keluarga: [father, mother] },
    );
    expect([outcome(found, 'a'), outcome(found, 'b')]).toEqual(['keluarga.1 review', 'keluarga.2 review']);
    expect(linkOf(found, 'a')?.decision.doubts).toContain('nik_swapped');
    expect(found.sure).toBe(false);
  });

  it('leaves somebody marked as deceased to a person', () => {
    const found = match([father], { keluarga: [{ ...father, name: 'SUPARDI HIDAYAT (ALM)' }] });
    expect(linkOf(found, 'a')?.decision).toMatchObject({ outcome: 'review', doubts: ['deceased'] });
  });

  it('does not take namesakes for one whose NIK and birth date differ by the same digit', () => {
    const namesake = {
      ...father,
      nik: '3171011908800001',
      birthDate: '1980-08-19',
      kk: null,
      address: { ...door, rt: 9, street: 'Gg. Lain' },
    };
    const link = linkOf(match([namesake], { keluarga: [{ ...father, kk: null }] }), 'a');
    expect(link?.decision.outcome ?? 'none').not.toBe('auto');
    const aged = {
      ...father,
      birthDate: null,
      age: 35,
      ageOn: '2015-10-01',
      kk: null,
      address: { ...door, rt: 9, street: 'Gg. Lain' },
    };
    expect(
      linkOf(match([{ ...namesake, address: door }], { ruta: [aged] }), 'a')?.decision.outcome ?? 'none',
    ).not.toBe('auto');
  });

  it('does not take the NIK alone for a proof', () => {
    const borrowed = person({
      name: 'AGUS SETIAWAN',
      nik: father.nik,
      sex: 'L',
      birthDate: '1991-12-02',
      address: { ...door, rt: 8 },
    });
    expect(linkOf(match([borrowed], { keluarga: [father] }), 'a')?.decision.outcome ?? 'none').not.toBe(
      'auto',
    );
  });
});

describe('a household', () => {
  it('finds a member by the household of the others (associative pass), for a person to look at', () => {
    const renamed = person({ name: 'ICHA', sex: 'P', birthDate: '2010-07-15', kk, address: door });
    const found = match([father, mother, renamed], {
      keluarga: [father, mother, { ...daughter, nik: null, name: 'ICHA KIRANA', birthDate: '2010-07-05' }],
    });
    expect(outcome(found, 'c')).toBe('keluarga.3 review');
    expect(found.households.get('')).toBe('keluarga');
  });

  it('is the one that most members speak for, and not sure when one stands elsewhere', () => {
    const found = match([father, mother, daughter], {
      lama: [father, mother],
      baru: [{ ...daughter, kk: '3171010101200008' }],
    });
    expect(found).toMatchObject({ households: new Map([['', 'lama']]), sure: false });
    expect(found.links).toHaveLength(3);
  });

  it('has one household for each family in a list of families', () => {
    const members = [
      { id: 'a', input: father, unit: '1' },
      { id: 'b', input: mother, unit: '1' },
      { id: 'c', input: { ...daughter, kk: '3171010101200008' }, unit: '2' },
    ];
    const list = memorySource({ tua: [father, mother], muda: [{ ...daughter, kk: '3171010101200008' }] });
    const found = matchHousehold(members, list, { model: defaultModel });
    expect(found).toMatchObject({
      sure: true,
      households: new Map([
        ['1', 'tua'],
        ['2', 'muda'],
      ]),
    });
  });

  it('links each person of the list once', () => {
    const found = match([father, { ...father }], { keluarga: [father] });
    expect(found.links).toHaveLength(1);
  });
});

describe('the candidates that stay openable', () => {
  it('are the best five who are more than strangers or of the same card, whichever was found first', () => {
    const namesake = { ...father, nik: null, kk: null, address: { ...door, rt: 9 } };
    const list = (order: readonly string[]) =>
      Object.fromEntries(
        order.map((id) => [
          id,
          [id === 'asing' ? { ...namesake, name: 'YUSUF', sex: 'P' as const } : namesake],
        ]),
      );
    const names = ['f', 'b', 'asing', 'd', 'a', 'c', 'e'];
    const ids = (order: readonly string[]) =>
      match([father], list(order))
        .candidates.get('a')
        ?.map(({ candidate }) => candidate.id);
    expect(ids(names)).toEqual(['a.1', 'b.1', 'c.1', 'd.1', 'e.1']);
    expect(ids(names.toReversed())).toEqual(ids(names));
    expect(ids(['a', 'asing'])).toEqual(['a.1']);
    const card = match([father, daughter], { keluarga: [father, mother, daughter] }).candidates.get('b');
    expect(card?.map(({ candidate }) => candidate.id)).toEqual(['keluarga.3', 'keluarga.2', 'keluarga.1']);
  });
});
