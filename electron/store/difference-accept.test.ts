import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyReport } from '../../shared/contract/reference.ts';
import { HouseholdChange } from '../../shared/domain/reference-change.ts';
import type { ReferencePerson } from '../../shared/domain/reference.ts';
import { openConnection, type WritableDb } from './connection.ts';
import { acceptedHouseholds } from './difference-accept.ts';
import { computeDifference } from './difference-compute.ts';
import { replaceDifference } from './difference.ts';
import { migrate } from './migrate.ts';
import { StagedList } from './staged-list.ts';

let folder = '';
let db: WritableDb;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-diterima-'));
  db = openConnection(join(folder, 'register.db'), { key: randomBytes(32) });
  migrate(db);
  db.exec(`INSERT INTO account (id, username, name, role, must_change_password, active, created_at)
           VALUES ('a', 'ani', 'Ani', 'petugas_verifikasi', 0, 1, '2026-11-10')`);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

type Household = [sourceId: string, ...persons: (string | Partial<ReferencePerson>)[]];

const numbers: Record<string, string> = {
  ANI: '3171014101800001',
  BUDI: '3171010202850002',
  CICI: '3171014303900003',
};

/** A list of households, of persons who each have a NIK of their own. */
function list(id: string, households: Household[], places: Record<string, string> = {}): void {
  const staged = new StagedList(db, {
    id,
    source: 'BDT2015',
    name: id,
    listDate: '2015-12-31',
    areaCodes: null,
    fileName: 'daftar.csv',
    fileHash: 'f'.repeat(64),
    report: emptyReport,
    importedAt: '2026-11-10T02:00:00.000Z',
    importedBy: 'a',
  });
  const unknown = { kk: null, sex: null, birthPlace: null, birthDate: null, age: null, relation: null };
  for (const [no, [sourceId, ...persons]] of households.entries()) {
    const kelurahan = places[sourceId] ?? null;
    const place = { street: null, rt: null, rw: null, kelurahan, kelurahanName: kelurahan };
    staged.household(no, { sourceId, kk: null, ...place, percentile: null, desil: null, answers: {} });
    for (const [at, own] of persons.entries()) {
      const named = typeof own === 'string' ? { name: own, nik: numbers[own] ?? null } : own;
      const person = { sourceId: null, name: '', nik: null, ...unknown, familyNo: null, motherName: null };
      staged.person(no, { ...person, order: at + 1, answers: {}, ...named });
    }
  }
  staged.finish(emptyReport);
}

interface How {
  complete?: boolean;
  years?: number;
  /** Heads of the rows that are refused. */
  refused?: string[];
  /** In which kelurahan households of the later list stand, by what they are called; else in none. */
  places?: Record<string, string>;
}

/** The list that comes of laying the later one beside the earlier, and what the rows of the difference say. */
function accept(
  before: Household[],
  now: Household[],
  { complete = false, years = 0, refused = [], places = {} }: How = {},
) {
  list('dahulu', before);
  list('kini', now, places);
  const lists = { baseList: 'dahulu', list: 'kini', complete, years };
  for (const _ of computeDifference(db, { id: 'd', ...lists, labelOf: (field) => field, at: '2026-11-10' }));
  for (const head of refused)
    db.prepare(`UPDATE reference_change SET accepted = 0 WHERE head_name = ?`).run(head);
  const rows = db.prepare('SELECT kind, head_name, changes FROM reference_change ORDER BY id').raw().all();
  const accepted = [...acceptedHouseholds(db, { id: 'd', ...lists })];
  return {
    persons: accepted.flatMap(({ persons }) => persons),
    changes: (rows as [string, string, string][]).map(([, , changes]) =>
      HouseholdChange.parse(JSON.parse(changes)),
    ),
    households: accepted.map(
      ({ household, persons }) =>
        `${household.sourceId}: ${persons.map(({ name, age }) => `${name}${age ?? ''}`).join(' ')}`,
    ),
    rows: (rows as [string, string, string][]).map(([kind, head, changes]) => {
      const { persons } = HouseholdChange.parse(JSON.parse(changes));
      return [
        kind,
        head,
        ...persons.map((one) => `${one.name} ${one.kind} ${one.elsewhere ?? ''}`.trim()),
      ].join(', ');
    }),
  };
}

/** Takes both lists and their difference out. */
function clear(): void {
  db.exec('DELETE FROM reference_change; DELETE FROM reference_difference; DELETE FROM reference_pending');
  db.exec('DELETE FROM reference_person; DELETE FROM reference_household; DELETE FROM reference_list');
}

describe('somebody who moved to another card', () => {
  it('leaves the household that a partial list does not mention, and its row says so', () => {
    const { households, rows } = accept([['R1', 'ANI', 'BUDI']], [['R2', 'BUDI']]);
    expect(households.toSorted()).toEqual(['R1: ANI', 'R2: BUDI']);
    expect(rows.toSorted()).toEqual(['baru, BUDI, BUDI masuk R1', 'berubah, ANI, BUDI keluar R2']);
  });

  it('leaves a household that the list mentions without them, in part or whole, but one that was refused', () => {
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
        expect(households).toEqual([refused.length === 0 ? 'R1: ANI' : 'R1: ANI BUDI', 'R2: BUDI']);
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

  it('stays in a household that is gone and was refused to be, and leaves one whose going was accepted', () => {
    const before: Household[] = [
      ['R1', 'ANI', 'BUDI'],
      ['R3', 'CICI'],
    ];
    const now: Household[] = [['R3', 'CICI', 'BUDI']];
    const refused = accept(before, now, { complete: true, refused: ['ANI'] });
    expect(refused.households.toSorted()).toEqual(['R1: ANI BUDI', 'R3: CICI BUDI']);
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

describe('somebody who stands alone, called by their NIK', () => {
  const budi = { name: 'BUDI', birthDate: '1985-02-02', motherName: 'SITI' };
  const [nik, corrected, other] = ['3171010202850002', '3171010202850003', '3171040202850918'];

  it.each<[string, Household, Household, nik: string]>([
    ['a NIK that is added', ['orang BUDI', { ...budi, nik: null }], [nik, { ...budi, nik }], nik],
    ['one that is left blank', [nik, { ...budi, nik }], ['orang BUDI', { ...budi, nik: null }], nik],
    ['one that is corrected', [nik, { ...budi, nik }], [corrected, { ...budi, nik: corrected }], corrected],
    ['a name that is respelt', ['orang BUDI', budi], ['orang BUDY', { ...budi, name: 'BUDY', nik }], nik],
    [
      'a birth date that stands in the NIK alone',
      [nik, { ...budi, nik, birthDate: null }],
      ['orang BUDI', budi],
      nik,
    ],
  ])('is the same with %s', (_, before, now, expected) => {
    const { motherName, ...said } = budi;
    const later: Household = [now[0], { ...(now[1] as Partial<ReferencePerson>), motherName: null }];
    for (const complete of [true, false]) {
      const { persons, rows } = accept([before], [later], { complete });
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatch(/^(sama|berubah), /);
      const name = (later[1] as typeof said).name;
      expect(persons).toMatchObject([{ ...said, name, nik: expected, motherName }]);
      clear();
    }
  });

  it.each<[string, Household[], Household[], Record<string, string>?]>([
    ['the NIK is another one', [[nik, { ...budi, nik }]], [[other, { ...budi, nik: other }]]],
    ['the sex is another one', [['1', { ...budi, sex: 'L' }]], [['2', { ...budi, sex: 'P' }]]],
    ['the birth date is another one', [['1', budi]], [['2', { ...budi, birthDate: '1985-02-03' }]]],
    [
      'the birth century is',
      [['1', { ...budi, birthDate: '1925-02-02' }]],
      [['2', { ...budi, birthDate: '2025-02-02' }]],
    ],
    [
      'two could be meant',
      [['1', budi]],
      [
        ['2', budi],
        ['3', budi],
      ],
    ],
    [
      'two were meant',
      [
        ['1', budi],
        ['2', budi],
      ],
      [['3', budi]],
    ],
    [
      'a round birth date stands in another kelurahan',
      [['1', { ...budi, birthDate: '1985-01-01' }]],
      [['2', { ...budi, birthDate: '1985-01-01' }]],
      { 2: '31.71.01.1002' },
    ],
  ])('is somebody else where %s', (_, before, now, places = {}) => {
    const { rows } = accept(before, now, { complete: true, places });
    expect(rows.filter((row) => row.startsWith('baru'))).toHaveLength(now.length);
    expect(rows.filter((row) => row.startsWith('hilang'))).toHaveLength(before.length);
  });

  it('is sought in their own kelurahan first, and in another where one alone is meant', () => {
    const { rows } = accept(
      [['1', budi]],
      [
        ['2', budi],
        ['3', { ...budi, motherName: 'TUTI' }],
      ],
      {
        complete: true,
        places: { 2: '31.71.01.1002' },
      },
    );
    expect(rows.toSorted()).toEqual(['baru, BUDI', 'berubah, BUDI, BUDI berubah']);
    clear();
    const moved = accept([['1', budi]], [['2', budi]], { complete: true, places: { 2: '31.71.01.1002' } });
    expect(moved.rows).toEqual(['berubah, BUDI']);
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
  const compared = (id: string, baseList: string, complete: boolean, alsoDo = () => {}) => {
    const how = { id, baseList, list: 'kini', complete, years: 0, labelOf: String, at: '', alsoDo };
    for (const _ of computeDifference(db, how));
  };
  const heads = (accepted: number) =>
    db
      .prepare(`SELECT kind || ' ' || head_name FROM reference_change
                WHERE difference_id = 'kedua' AND accepted = ? AND kind <> 'sama' ORDER BY 1`)
      .pluck()
      .all(accepted);
  for (const [complete, still, anew] of [
    [false, ['berubah ANI'], ['baru BUDI']],
    [true, ['hilang CICI', 'hilang DODI'], ['berubah BUDI', 'hilang FAJAR', 'hilang GITA']],
  ] as const) {
    compared('pertama', 'dahulu', complete);
    db.exec(`UPDATE reference_change SET accepted = 0 WHERE head_name <> 'BUDI'`);
    compared('kedua', 'menjadi', complete, () => replaceDifference(db, 'kedua', 'pertama'));
    expect([heads(0), heads(1)]).toEqual([still, anew]);
    db.exec('DELETE FROM reference_change; DELETE FROM reference_difference');
  }
});

describe('what a killed comparison of the same lists left', () => {
  const rows = () => db.prepare('SELECT count(*) FROM reference_change').pluck().get();
  const steps = () =>
    computeDifference(db, {
      id: 'd',
      baseList: 'dahulu',
      list: 'kini',
      complete: true,
      years: 0,
      labelOf: (field) => field,
      at: '2026-11-10',
    });

  beforeEach(() => {
    list('dahulu', [['R 1', 'ANI']]);
    list('kini', [['R 1', 'ANI']]);
    db.exec(`
      INSERT INTO reference_difference (id, base_list, list, complete) VALUES ('terhenti', 'dahulu', 'kini', 1);
      WITH RECURSIVE row (no) AS (SELECT 1 UNION ALL SELECT no + 1 FROM row WHERE no < 5000)
      INSERT INTO reference_change (difference_id, kind, base_household, head_name, changes)
      SELECT 'terhenti', 'sama', (SELECT min(id) FROM reference_household), 'ANI', '{}' FROM row`);
  });

  it('is taken out by steps, between which others write', () => {
    const comparing = steps();
    expect(comparing.next()).toEqual({ done: false, value: 0 });
    expect(rows()).toBe(3_000);
    while (comparing.next().done !== true);
    expect(db.prepare('SELECT id FROM reference_difference').pluck().all()).toEqual(['d']);
    expect(rows()).toBe(1);
  });

  it('is taken out by the next one where this one is stopped meanwhile, which leaves nothing of itself', () => {
    const stopped = steps();
    stopped.next();
    stopped.return();
    expect(db.prepare('SELECT id FROM reference_difference').pluck().all()).toEqual(['terhenti']);
    for (const _ of steps());
    expect(rows()).toBe(1);
  });
});
