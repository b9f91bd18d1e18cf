import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { backTo67 } from '../../tests/fixtures/migrations-back.ts';
import { type Household, LaidLists } from '../../tests/fixtures/laid-lists.ts';
import { HouseholdChange } from '../../shared/domain/reference-change.ts';
import type { ReferencePerson } from '../../shared/domain/reference.ts';
import { acceptedHouseholds } from './difference-accept.ts';
import { computeDifference } from './difference-compute.ts';
import { migrate } from './migrate.ts';
import { isRefused } from './refusal.ts';

const laid = new LaidLists();

type Person = Partial<ReferencePerson> & { name: string };

const [putri, qori, rama] = [
  { name: 'PUTRI', nik: '3171010506900001' },
  { name: 'QORI', nik: '3171010506900002' },
  { name: 'RAMA', nik: '3171010506900003' },
];

describe('a file that replaces lists of other names', () => {
  const before: Household[] = [['R1', 'ANI']];
  const accept = (
    now: Household[],
    {
      base = before,
      refused = [],
      ...others
    }: { base?: Household[]; refused?: string[] } & Record<string, Household[] | string[]>,
  ) =>
    laid.accept(base, [...before, ...now], {
      complete: true,
      refused,
      others: others as Record<string, Household[]>,
    });

  it('leaves who is refused on a new card in the family that it holds without them', () => {
    const { households, rows } = accept(
      [
        ['H', putri],
        ['X', qori],
      ],
      { cideng: [['H', putri, qori]], refused: ['QORI'] },
    );
    expect(rows).toEqual(['sama, ANI', 'berubah, PUTRI, QORI keluar X', 'baru, QORI, QORI masuk H']);
    expect(households).toEqual(['R1: ANI', 'H: PUTRI QORI']);
  });

  it('shows who is gone of a family that it knows, and keeps them where that is refused', () => {
    const lists = { cideng: [['H', putri, qori, rama]] satisfies Household[] };
    const gone = accept([['H', putri]], lists);
    expect(gone.rows[1]).toBe('berubah, PUTRI, QORI keluar, RAMA keluar');
    expect(gone.households).toEqual(['R1: ANI', 'H: PUTRI']);
    laid.clear();
    const { households } = accept([['H', putri]], { ...lists, refused: ['PUTRI'] });
    expect(households).toEqual(['R1: ANI', 'H: PUTRI QORI RAMA']);
  });

  it('shows a family that is gone once, though two lists have it, and keeps it where that is refused', () => {
    const lists = { base: [...before, ['H', putri, qori]], cideng: [['H', putri, qori]] } satisfies Record<
      string,
      Household[]
    >;
    const gone = accept([], lists);
    expect(gone.rows).toEqual(['sama, ANI', 'hilang, PUTRI']);
    expect(gone.households).toEqual(['R1: ANI']);
    laid.clear();
    expect(accept([], { ...lists, refused: ['PUTRI'] }).households).toEqual(['R1: ANI', 'H: PUTRI QORI']);
  });

  it('puts nobody back whom a list before has elsewhere, with whoever was refused', () => {
    const { households } = accept(
      [
        ['B', putri],
        ['X', qori],
      ],
      {
        base: [...before, ['B', putri]],
        cideng: [['H', putri, qori]],
        refused: ['QORI'],
      },
    );
    expect(households).toEqual(['R1: ANI', 'B: PUTRI', 'H: QORI']);
  });

  it('leaves who is refused as the first of two lists has them, once', () => {
    const { households } = accept([['X', qori]], {
      cideng: [['H', putri, qori]],
      petojo: [['K', qori, rama]],
      refused: ['QORI'],
    });
    expect(households).toEqual(['R1: ANI', 'H: PUTRI QORI']);
  });

  it('puts back no family of another person whose NIK was typed wrong', () => {
    const other = { name: 'SLAMET', nik: qori.nik };
    const { households, rows } = accept([['X', qori]], {
      cideng: [
        ['H', putri, other],
        ['K', qori],
      ],
      refused: ['QORI'],
    });
    expect(rows).toContain('hilang, PUTRI');
    expect(households).toEqual(['R1: ANI', 'K: QORI']);
  });

  it('is of a household of two lists one, the first of them, with who stands in the other alone', () => {
    const lists = {
      base: [...before, ['H', { ...putri, age: 30 }]],
      cideng: [['H', { ...putri, age: 20 }, qori]],
    } satisfies Record<string, Household[]>;
    const { households, rows } = accept([['H', putri, qori]], lists);
    expect(rows).toEqual(['sama, ANI', 'sama, PUTRI']);
    expect(households).toEqual(['R1: ANI', 'H: PUTRI30 QORI']);
  });

  it('shows a child as gone who bears the NIK of their mother on the card of a second list, and keeps them where that is refused', () => {
    const child = { name: 'SITI', nik: putri.nik };
    const lists = { base: [...before, ['KK 1', putri]], cideng: [['KK 1', child]] } satisfies Record<
      string,
      Household[]
    >;
    const gone = accept([['KK 1', putri]], lists);
    expect(gone.rows).toEqual(['sama, ANI', 'berubah, PUTRI, SITI keluar']);
    expect(gone.households).toEqual(['R1: ANI', 'KK 1: PUTRI']);
    laid.clear();
    const kept = accept([['KK 1', putri]], { ...lists, refused: ['PUTRI'] });
    expect(kept.households).toEqual(['R1: ANI', 'KK 1: PUTRI SITI']);
  });

  it('is of whom a row tells that could not be read kept, also where another list has them', () => {
    laid.list('dahulu', before);
    laid.list('cideng', [['H', putri, qori]]);
    laid.list('kini', [['R1', 'ANI']], { unread: [{ niks: [qori.nik], name: 'QORI' }] });
    expect(saved(['dahulu', 'cideng'])).toEqual(['R1: ANI', 'H: QORI']);
  });

  it('empties nothing by a blank cell, also where a later list has the whole family elsewhere', () => {
    laid.list('dahulu', [['H', putri]]);
    laid.list('cideng', [['K', putri]]);
    laid.list('kini', [['H', putri]]);
    laid.db.exec(`UPDATE reference_household SET street = 'Jl. H' WHERE list_id = 'dahulu'`);
    compare(['cideng', 'dahulu']);
    const [household] = [...acceptedHouseholds(laid.db, { id: 'd', ...besides(['cideng', 'dahulu']) })];
    expect(household?.household).toMatchObject({ sourceId: 'H', street: 'Jl. H' });
  });
});

it('a file that waited since an older program replaces no list that it was not laid beside, and keeps what was refused', () => {
  laid.list('dahulu', [
    ['R1', 'ANI'],
    ['H', putri],
  ]);
  laid.list('kini', [['R1', 'ANI']]);
  compare(['dahulu']);
  laid.refuse(`kind = 'hilang'`);
  laid.db.transaction(() => laid.db.exec(backTo67))();
  laid.db.exec(
    `UPDATE reference_difference SET replaces = '[{"id": "cideng", "households": 4, "missing": 1}]'`,
  );
  migrate(laid.db);
  expect(laid.db.prepare('SELECT base_list, complete, replaces FROM reference_difference').all()).toEqual([
    { base_list: 'dahulu', complete: 1, replaces: null },
  ]);
  const households = [...acceptedHouseholds(laid.db, { id: 'd', ...besides(['dahulu']) })];
  expect(households.map(({ household }) => household.sourceId)).toEqual(['R1', 'H']);
});

const besides = (lists: readonly string[]) => ({
  earlier: lists.map((id) => ({ id, years: 0 })),
  complete: true,
});

function compare(lists: readonly string[]): void {
  const how = { id: 'd', baseList: 'dahulu', list: 'kini', labelOf: String, at: '', ...besides(lists) };
  for (const _ of computeDifference(laid.db, how));
}

function saved(lists: readonly string[]): string[] {
  compare(lists);
  return [...acceptedHouseholds(laid.db, { id: 'd', ...besides(lists) })].map(
    ({ household, persons }) => `${household.sourceId}: ${persons.map(({ name }) => name).join(' ')}`,
  );
}

/** Who moves, each with a NIK; and who has none, and is known by name in a card of their own alone. */
const movers: Person[] = ['AGUS', 'BAMBANG', 'DEWI', 'FITRI', 'HENDRA', 'KARTIKA'].map((name, at) => ({
  name,
  nik: `317101050690001${at}`,
}));
const settled: Person[] = ['MULYONO', 'SUPRAPTI'].map((name) => ({ name, nik: null }));
const cards = ['KK 1', 'KK 2', 'KK 3'];
const homes = [...cards, 'baris 1', 'baris 2'];

/** A list: in which household each of them stands; null where in none. */
const someList = fc
  .tuple(
    fc.tuple(...movers.map(() => fc.option(fc.constantFrom(...homes), { freq: 3 }))),
    fc.tuple(...settled.map(() => fc.boolean())),
  )
  .map(([places, stands]): Household[] => {
    const at = [...places, ...stands.map((one, no) => (one ? (cards[no] ?? null) : null))];
    return homes.flatMap((home): Household[] => {
      const persons = [...movers, ...settled].filter((_, no) => at[no] === home);
      return persons.length === 0 ? [] : [[home, ...persons]];
    });
  });

const RowOf = z.object({
  kind: z.string(),
  refused: z.number(),
  changes: z.string(),
  members: z.string(),
});

/** Of each row the kind, whether it was refused, who is told to be gone, and who stood there. */
function shown() {
  return laid.db
    .prepare(
      `SELECT kind, ${isRefused('change.id')} AS refused, changes,
              (SELECT json_group_array(name) FROM reference_person
               WHERE iif(members IS NULL, household_id = base_household,
                         id IN (SELECT value FROM json_each(members)))) AS members
       FROM reference_change AS change`,
    )
    .all()
    .map((raw) => {
      const { kind, refused, changes, members } = RowOf.parse(raw);
      const { persons } = HouseholdChange.parse(JSON.parse(changes));
      const before = z.array(z.string()).parse(JSON.parse(members));
      const left = persons.flatMap(({ kind: what, elsewhere, name }) =>
        what === 'keluar' && elsewhere === null ? [name] : [],
      );
      return { refused: refused === 1, before, gone: kind === 'hilang' ? before : left };
    });
}

function namesIn(list: readonly Household[]): string[] {
  return list.flatMap(([, ...persons]) =>
    persons.map((one) => (typeof one === 'string' ? one : (one.name ?? ''))),
  );
}

it('whoever stood in one of the lists stands in the new one exactly once, or was shown as gone and accepted as gone', () => {
  fc.assert(
    fc.property(
      fc.record({
        lists: fc.tuple(someList, someList, someList),
        file: someList,
        order: fc.shuffledSubarray(['dahulu', 'lain 1', 'lain 2'], { minLength: 3 }),
        refusing: fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
      }),
      ({ lists: [base, one, two], file, order, refusing }) => {
        laid.clear();
        for (const [id, list] of [
          ['dahulu', base],
          ['lain 1', one],
          ['lain 2', two],
          ['kini', file],
        ] as const)
          laid.list(id, list);
        compare(order);
        const ids = laid.db
          .prepare(`SELECT id FROM reference_change WHERE kind <> 'sama' ORDER BY id`)
          .pluck();
        for (const [at, id] of (ids.all() as number[]).entries())
          if (refusing[at % refusing.length] === true) laid.refuse(`id = ${id}`);
        const households = [...acceptedHouseholds(laid.db, { id: 'd', ...besides(order) })];
        expect(households.filter(({ persons }) => persons.length === 0)).toEqual([]);
        const stand = households.flatMap(({ persons }) => persons.map(({ name }) => name));
        expect(stand).toHaveLength(new Set(stand).size);
        const rows = shown();
        const inFile = new Set(namesIn(file));
        for (const name of new Set([base, one, two].flatMap(namesIn))) {
          const home = rows.filter(({ before }) => before.includes(name));
          expect([name, home.length]).toEqual([name, 1]);
          const isGone = !inFile.has(name) && home[0]?.refused === false;
          expect([name, stand.includes(name)]).toEqual([name, !isGone]);
          expect([name, inFile.has(name) || home[0]?.gone.includes(name)]).toEqual([name, true]);
        }
      },
    ),
    { numRuns: 100 },
  );
});
