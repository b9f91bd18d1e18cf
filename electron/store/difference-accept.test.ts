import { beforeEach, describe, expect, it } from 'vitest';
import { type Household, LaidLists, numbers } from '../../tests/fixtures/laid-lists.ts';
import type { ReferencePerson } from '../../shared/domain/reference.ts';
import { computeDifference } from './difference-compute.ts';

const laid = new LaidLists();
const list = laid.list.bind(laid);
const accept = laid.accept.bind(laid);
const clear = laid.clear.bind(laid);

describe('somebody who moved to another card', () => {
  it('leaves the household that a partial list does not mention, and its row says so', () => {
    const { households, rows } = accept([['R1', 'ANI', 'BUDI']], [['R2', 'BUDI']]);
    expect(households.toSorted()).toEqual(['R1: ANI', 'R2: BUDI']);
    expect(rows.toSorted()).toEqual(['baru, BUDI, BUDI masuk R1', 'berubah, ANI, BUDI keluar R2']);
  });

  it('leaves a household that the list mentions without them, in part or whole, also one whose row was refused', () => {
    const [before, now]: [Household[], Household[]] = [
      [['R1', 'ANI', 'BUDI']],
      [
        ['R1', 'ANI'],
        ['R2', 'BUDI'],
      ],
    ];
    for (const complete of [true, false])
      for (const refused of [[], ['ANI']]) {
        const { households, rows } = accept(before, now, { complete, refused });
        expect(households).toEqual(['R1: ANI', 'R2: BUDI']);
        expect(rows).toEqual(['berubah, ANI, BUDI keluar R2', 'baru, BUDI, BUDI masuk R1']);
        clear();
      }
  });

  it('stays where they were, where the household they come with is refused', () => {
    const before: Household[] = [
      ['R1', 'ANI', 'BUDI'],
      ['R3', 'CICI'],
    ];
    const now: Household[] = [
      ['R1', 'ANI'],
      ['R2', 'BUDI', 'CICI'],
    ];
    const { households } = accept(before, now, { complete: true, refused: ['BUDI'] });
    expect(households.toSorted()).toEqual(['R1: ANI BUDI', 'R3: CICI']);
  });

  it('stays where they were, where who comes with their NIK is somebody else: one of the two is typed wrong', () => {
    const born = { name: 'BUDI', nik: numbers['BUDI'] ?? null, birthDate: '1985-02-02' };
    const child = { name: 'CICI', nik: numbers['BUDI'] ?? null, birthDate: '2019-03-03' };
    const whole = accept(
      [['R1', 'ANI', born]],
      [
        ['R1', 'ANI'],
        ['R2', child],
      ],
      { complete: true },
    );
    // The list is the whole: who is not in it is gone, and no other household is named for it.
    expect(whole.households).toEqual(['R1: ANI', 'R2: CICI']);
    expect(whole.rows).toEqual(['berubah, ANI, BUDI keluar', 'baru, CICI']);
    clear();
    const part = accept(
      [
        ['R1', 'ANI', born],
        ['R3', 'CICI'],
      ],
      [
        ['R1', 'ANI'],
        ['R2', child],
      ],
    );
    expect(part.households.toSorted()).toEqual(['R1: ANI BUDI', 'R2: CICI', 'R3: CICI']);
    expect(part.rows.toSorted()).toEqual(['baru, CICI', 'sama, ANI', 'sama, CICI']);
    clear();
    const unmentioned = accept([['R1', 'ANI', born]], [['R2', child]]);
    expect(unmentioned.households.toSorted()).toEqual(['R1: ANI BUDI', 'R2: CICI']);
    expect(unmentioned.rows.toSorted()).toEqual(['baru, CICI', 'sama, ANI']);
    clear();
    const refused = accept(
      [['R1', 'ANI', born]],
      [
        ['R1', 'ANI'],
        ['R2', child],
      ],
      {
        complete: true,
        refused: ['CICI'],
      },
    );
    expect(refused.households).toEqual(['R1: ANI']);
  });

  it.each([
    ['name', { name: 'Budy', birthDate: '1986-02-02' }],
    ['birth date', { name: 'SANTOSO', birthDate: '1985-02-02' }],
  ])('is known by the %s where the rest was corrected', (_, own) => {
    const born = { name: 'BUDI', nik: numbers['BUDI'] ?? null, birthDate: '1985-02-02' };
    const { households } = accept([['R1', 'ANI', born]], [['R2', { ...born, ...own }]]);
    expect(households.toSorted()).toEqual(['R1: ANI', `R2: ${own.name}`]);
  });

  it('leaves a household that is gone, whether that was refused or accepted: nobody stands twice', () => {
    const before: Household[] = [
      ['R1', 'ANI', 'BUDI'],
      ['R3', 'CICI'],
    ];
    const now: Household[] = [['R3', 'CICI', 'BUDI']];
    const refused = accept(before, now, { complete: true, refused: ['ANI'] });
    expect(refused.households.toSorted()).toEqual(['R1: ANI', 'R3: CICI BUDI']);
    clear();
    expect(accept(before, now, { complete: true }).households).toEqual(['R3: CICI BUDI']);
  });

  it('leaves no household behind that has nobody any more, and no stranger without a NIK moves', () => {
    const nameless = { name: 'DODI', nik: null };
    const { households } = accept(
      [
        ['R1', 'BUDI'],
        ['R3', nameless],
      ],
      [['R2', 'BUDI', nameless]],
      {},
    );
    expect(households.toSorted()).toEqual(['R3: DODI', 'R2: BUDI DODI'].toSorted());
  });
});

describe('what the later list leaves blank of somebody who comes from another household', () => {
  const budi: Partial<ReferencePerson> = {
    name: 'BUDI',
    nik: numbers['BUDI'] ?? null,
    birthDate: '1985-02-02',
    motherName: 'SITI',
    age: 41,
    kk: '3171010101200001',
    relation: '3',
    familyNo: 2,
    answers: { jenis_cacat: '3', hubungan_asal: 'Menantu' },
  };
  const now = { name: 'BUDI', nik: numbers['BUDI'] ?? null };
  const kept = {
    birthDate: '1985-02-02',
    motherName: 'SITI',
    age: 42,
    // Their place in the other household is no longer theirs.
    kk: null,
    relation: null,
    familyNo: null,
    answers: { jenis_cacat: '3' },
  };

  it.each([
    [
      'a new household',
      [
        ['R1', 'ANI'],
        ['R2', now],
      ],
    ],
    [
      'one that stood already',
      [
        ['R1', 'ANI'],
        ['R3', 'CICI', now],
      ],
    ],
  ] satisfies [string, Household[]][])('is kept, in %s', (_, later) => {
    for (const complete of [true, false]) {
      const { persons } = accept(
        [
          ['R1', 'ANI', budi],
          ['R3', 'CICI'],
        ],
        later,
        { complete, years: 1 },
      );
      expect(persons.filter(({ name }) => name === 'BUDI')).toMatchObject([kept]);
      clear();
    }
  });

  it('is emptied by its mark, and not taken from another who bears the NIK by mistake', () => {
    const marked = { ...now, cleared: ['mother_name'] };
    const { persons } = accept([['R1', 'ANI', budi]], [['R2', marked]]);
    expect(persons.find(({ name }) => name === 'BUDI')).toMatchObject({ ...kept, age: 41, motherName: null });
    clear();
    const other = accept([['R1', 'ANI', budi]], [['R2', { ...now, name: 'CICI' }]]);
    expect(other.persons.find(({ name }) => name === 'CICI')).toMatchObject({ birthDate: null, answers: {} });
  });

  it('is no difference in its row, but what else it says of them is', () => {
    const { changes } = accept(
      [['R1', 'ANI', budi]],
      [['R2', { ...now, motherName: 'SITI AMINAH', relation: '1' }]],
    );
    const came = changes.flatMap(({ persons }) => persons).find(({ kind }) => kind === 'masuk');
    expect(came).toMatchObject({
      elsewhere: 'R1',
      fields: [{ field: 'mother_name', before: 'SITI', after: 'SITI AMINAH' }],
    });
  });
});

it('an age grows with the list it is taken over into, whether its household is mentioned or not', () => {
  const aged = (name: string, age: number | null) => ({ name, nik: numbers[name] ?? null, age });
  const before: Household[] = [
    ['R1', aged('ANI', 35)],
    ['R2', aged('BUDI', 60)],
    ['R3', aged('CICI', 4)],
  ];
  const now: Household[] = [
    ['R1', aged('ANI', null)],
    ['R2', aged('BUDI', 70)],
  ];
  const { households, rows } = accept(before, now, { years: 11 });
  expect(households.toSorted()).toEqual(['R1: ANI46', 'R2: BUDI70', 'R3: CICI15']);
  expect(rows.toSorted()).toEqual(['sama, ANI', 'sama, BUDI', 'sama, CICI']);
});

it('an age never falls below zero, where the later list is of an earlier date', () => {
  const { households } = accept(
    [['R1', { name: 'CICI', nik: numbers['CICI'] ?? null, age: 4 }]],
    [['R2', 'ANI']],
    {
      years: -11,
    },
  );
  expect(households.toSorted()).toEqual(['R1: CICI0', 'R2: ANI']);
});

it('what was refused stays so beside another version, also of households that the file has not', () => {
  const before: Household[] = [
    ['R1', 'ANI', 'BUDI'],
    ['R3', 'CICI'],
    ['baris 4', { name: 'DODI' }],
    ['baris 5', { name: 'EKO' }],
  ];
  list('dahulu', before);
  list('menjadi', [...before.slice(0, 3), ['baris 5', { name: 'FAJAR' }], ['R6', { name: 'GITA' }]]);
  list('kini', [['R2', 'BUDI']]);
  const compared = (
    id: string,
    baseList: string,
    complete: boolean,
    instead: { insteadOf?: string } = {},
  ) => {
    const earlier = [{ id: baseList, years: 0 }];
    const how = { id, baseList, earlier, list: 'kini', complete, labelOf: String, at: '', ...instead };
    for (const _ of computeDifference(laid.db, how));
  };
  const heads = (refused: 0 | 1) =>
    laid.db
      .prepare(`SELECT kind || ' ' || head_name FROM reference_change
                WHERE difference_id = 'kedua' AND kind <> 'sama'
                  AND (id IN (SELECT change_id FROM reference_refusal)) = ? ORDER BY 1`)
      .pluck()
      .all(refused);
  for (const [complete, still, anew] of [
    [false, ['berubah ANI'], ['baru BUDI']],
    [true, ['hilang CICI', 'hilang DODI'], ['berubah BUDI', 'hilang FAJAR', 'hilang GITA']],
  ] as const) {
    compared('pertama', 'dahulu', complete);
    laid.refuse(`head_name <> 'BUDI'`);
    compared('kedua', 'menjadi', complete, { insteadOf: 'pertama' });
    expect([heads(1), heads(0)]).toEqual([still, anew]);
    laid.db.exec('DELETE FROM reference_change; DELETE FROM reference_difference');
  }
});

describe('what a killed comparison of the same lists left', () => {
  const rows = () => laid.db.prepare('SELECT count(*) FROM reference_change').pluck().get();
  const steps = () =>
    computeDifference(laid.db, {
      id: 'd',
      baseList: 'dahulu',
      earlier: [{ id: 'dahulu', years: 0 }],
      list: 'kini',
      complete: true,
      labelOf: (field) => field,
      at: '2026-11-10',
    });

  beforeEach(() => {
    list('dahulu', [['R 1', 'ANI']]);
    list('kini', [['R 1', 'ANI']]);
    laid.db.exec(`
      INSERT INTO reference_difference (id, base_list, list, complete) VALUES ('terhenti', 'dahulu', 'kini', 1);
      WITH RECURSIVE row (no) AS (SELECT 1 UNION ALL SELECT no + 1 FROM row WHERE no < 5000)
      INSERT INTO reference_change (difference_id, kind, base_household, head_name, changes)
      SELECT 'terhenti', 'sama', (SELECT min(id) FROM reference_household), 'ANI', '{}' FROM row`);
  });

  it('is taken out by steps, between which others write', () => {
    const comparing = steps();
    expect(comparing.next()).toEqual({ done: false, value: 0 });
    expect(rows()).toBe(4_500);
    while (comparing.next().done !== true);
    expect(laid.db.prepare('SELECT id FROM reference_difference').pluck().all()).toEqual(['d']);
    expect(rows()).toBe(1);
  });

  it('is taken out by the next one where this one is stopped meanwhile, which leaves nothing of itself', () => {
    const stopped = steps();
    stopped.next();
    stopped.return();
    expect(laid.db.prepare('SELECT id FROM reference_difference').pluck().all()).toEqual(['terhenti']);
    for (const _ of steps());
    expect(rows()).toBe(1);
  });
});
