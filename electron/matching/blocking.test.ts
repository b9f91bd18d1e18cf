import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { person, testKelurahan } from '../../tests/fixtures/memory-source.ts';
import { firstKeys, furtherKeys, storedKeys } from './blocking.ts';
import { type MatchInput, normalisePerson } from './normalise.ts';

/** Whether who is stored with one number is found by who was reported with another, and nothing else. */
function meet(stored: string, reported: string): boolean {
  const of = (nik: string) => normalisePerson(person({ name: '', nik }));
  const sought = new Set([...firstKeys(of(reported)), ...furtherKeys(of(reported), false)]);
  return storedKeys(of(stored)).some((key) => sought.has(key));
}

const nik = fc.stringMatching(/^[1-9]\d{14}[1-9]$/);

describe('the keys of a NIK', () => {
  it('find it with one digit wrong, missing or too many, whichever side has the slip', () => {
    fc.assert(
      fc.property(nik, fc.nat(15), fc.nat(9), (digits, at, digit) => {
        const wrong = digits.slice(0, at) + digit + digits.slice(at + 1);
        const short = digits.slice(0, at) + digits.slice(at + 1);
        const long = digits.slice(0, at) + digit + digits.slice(at);
        for (const slip of [wrong, short, long]) {
          expect(meet(digits, slip)).toBe(true);
          expect(meet(slip, digits)).toBe(true);
        }
      }),
    );
  });

  it('find it with two neighbours swapped', () => {
    fc.assert(
      fc.property(nik, fc.nat(14), (digits, at) => {
        const swapped = digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2);
        expect(meet(digits, swapped)).toBe(true);
      }),
    );
  });

  it('are few, and find no number that has two parts wrong', () => {
    expect(storedKeys(normalisePerson(person({ name: '', nik: '3171011708800001' })))).toHaveLength(5);
    expect(meet('3171011708800001', '3175011708800009')).toBe(false);
  });
});

describe('the keys of one name in a kelurahan', () => {
  const supartini = { name: 'SUPARTINI', sex: 'P' } as const;
  const dated = person({ ...supartini, birthDate: '1970-03-04' });
  const undated = person(supartini);
  const aged = person({ ...supartini, age: 45, ageOn: '2015-10-01' });
  const meets = (stored: MatchInput, reported: MatchInput, someUndated = true) => {
    const sought = furtherKeys(normalisePerson(reported), someUndated);
    return storedKeys(normalisePerson(stored)).some((key) => sought.includes(key));
  };

  it('find who has a date, or an age, by who has none, and the other way round', () => {
    for (const other of [dated, aged, undated]) expect(meets(other, undated)).toBe(true);
    for (const other of [dated, aged]) expect(meets(undated, other)).toBe(true);
  });

  it('find no stranger of another date, and ask for nobody undated where there is none', () => {
    expect(meets({ ...dated, birthDate: '1988-11-21' }, dated)).toBe(false);
    expect(meets(undated, dated, false)).toBe(false);
    expect(meets({ ...undated, name: 'SUPARTINI WATI' }, dated)).toBe(false);
    expect(meets({ ...undated, address: { ...undated.address, kelurahan: null } }, dated)).toBe(false);
  });
});

describe('the key of a birth date in a kelurahan', () => {
  const born = { birthDate: '1983-06-25' };
  const meets = (stored: MatchInput, reported: MatchInput) => {
    const sought = furtherKeys(normalisePerson(reported), false);
    return storedKeys(normalisePerson(stored)).some((key) => sought.includes(key));
  };

  it.each([
    ['SITI', 'SITI SUYATMI'],
    ['ABDUL LATIF', 'ABDUL'],
    ['JULAEHA', 'JULAEA'],
    ['AHMAD', 'AMHAD'],
    ['SHERLY SAFITRI', 'SHERLYSAFITRI'],
    ['YOSEF NUGROHO', 'YOSE FNUGROHO'],
  ])('finds "%s" by "%s", which have no other in common', (one, other) => {
    const [stored, reported] = [person({ name: one, ...born }), person({ name: other, ...born })];
    expect(meets(stored, reported)).toBe(true);
    expect(meets(reported, stored)).toBe(true);
    expect(meets({ ...stored, birthDate: '1983-06-24' }, reported)).toBe(false);
    for (const kelurahan of ['31.71.01.1002', null])
      expect(meets({ ...stored, address: { ...stored.address, kelurahan } }, reported)).toBe(false);
  });

  it('is none of those asked first: who is found surely is not looked for by it', () => {
    const siti = normalisePerson(person({ name: 'SITI', ...born }));
    const shared = storedKeys(normalisePerson(person({ name: 'BUDI', ...born })));
    expect(furtherKeys(siti, false).filter((key) => shared.includes(key))).toHaveLength(1);
    expect(firstKeys(siti).filter((key) => shared.includes(key))).toEqual([]);
  });
});

describe('the keys of a weak name beside a father', () => {
  const born = { birthDate: '1970-03-04', sex: 'L' } as const;
  const meets = (stored: string, reported: string) => {
    const one = normalisePerson(person({ ...born, name: stored }));
    // A day later: of one day they are found whatever their names.
    const other = normalisePerson(person({ ...born, name: reported, birthDate: '1970-03-05' }));
    const sought = [...firstKeys(other), ...furtherKeys(other, false)];
    return storedKeys(one).some((key) => sought.includes(key));
  };

  it.each([
    ['MUHAMMAD BIN SALEH', 'MUHAMMAD SALEH'],
    ['MUHAMMAD BIN SALEH', 'MOCH. SALEH'],
    ['SITI BINTI ABDUL', 'SITI ABDUL'],
    ['MUHAMMAD BIN SALEH', 'MUHAMMAD'],
  ])('find "%s" by "%s", whichever is stored', (one, other) => {
    expect(meets(one, other)).toBe(true);
    expect(meets(other, one)).toBe(true);
  });

  it('find no son by a brother’s name, nor by the father of another name', () => {
    expect(meets('HASAN BIN SALEH', 'BUDI BIN SALEH')).toBe(false);
    expect(meets('HASAN BIN SALEH', 'MUHAMMAD BIN SALEH')).toBe(false);
  });
});

describe('the keys of a family', () => {
  it('stand in few places: what is asked together is read together', () => {
    const address = { street: null, rt: 3, rw: 5, kelurahan: testKelurahan };
    const family = ['SUPARDI HIDAYAT', 'NENENG ROHMAH', 'ANISA PUTRI'].map((name, at) =>
      normalisePerson(
        person({
          name,
          nik: `317101170880000${1 + at}`,
          kk: '3171010101100002',
          birthDate: '1980-08-17',
          address,
        }),
      ),
    );
    const keys = new Set(family.flatMap((one) => [...firstKeys(one), ...furtherKeys(one, false)]));
    const places = new Set([...keys].map((key) => Math.floor(key / 2 ** 24)));
    expect(keys.size).toBeGreaterThan(40);
    expect(places.size).toBeLessThan(keys.size / 2.5);
  });
});
