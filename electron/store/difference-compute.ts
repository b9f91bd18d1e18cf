import { z } from 'zod';
import type { ChangeKind, HouseholdChange, PersonChange } from '../../shared/domain/reference-change.ts';
import {
  isLastingIdentity,
  type ReferenceHousehold,
  type ReferencePerson,
} from '../../shared/domain/reference.ts';
import {
  arrival,
  compareHouseholds,
  departure,
  type Elsewhere,
  isUnchanged,
  officialRanks,
} from '../importing/difference.ts';
import { isSameBearer } from '../importing/merge.ts';
import { transaction, type WritableDb } from './connection.ts';
import { EarlierHouseholds, type EarlierList, sides } from './earlier-lists.ts';
import { dropPairs, pairHouseholds } from './household-pairs.ts';
import { type FoundReferenceHousehold, HouseholdReader, rowToPerson } from './reference-rows.ts';
import { isRefused } from './refusal.ts';
import { forgetTurned } from './staged-decisions.ts';
import { noteUnread } from './unread-persons.ts';

export interface NewDifference {
  id: string;
  /** The list whose next version may come of it. */
  baseList: string;
  /** That one, and those of other names that count no more once what is accepted is saved; the latest first. */
  earlier: readonly EarlierList[];
  /** Whether lists of other names count no more then; which, is told by `earlier`. */
  replacesOthers?: boolean;
  list: string;
  /** Whether who is not in the later list is gone. */
  complete: boolean;
  /** What a list's own field is called for the reader. */
  labelOf: (field: string) => string;
  at: string;
  /**
   * The difference of the same waiting list in whose place this one comes, of which nothing is decided meanwhile: what
   * was refused there is refused here, and that one counts as cut off once this one stands.
   */
  insteadOf?: string;
}

/** Households compared in one transaction. */
const householdsAtOnce = 300;

/** Rows taken out in one transaction: each is long, and stands in several indexes. */
const rowsAtOnce = 500;

/**
 * Works out how a later list differs from earlier ones, which count as one (`layTogether`), a household at a time, by short
 * transactions (`pairHouseholds` tells which are one). Yields the share that is done; one that is closed early leaves nothing.
 */
export function* computeDifference(db: WritableDb, difference: NewDifference): Generator<number, void> {
  const { id, baseList, list, complete } = difference;
  // A killed one of the same lists may still be on its way out; others write between its steps, too.
  const killed = 'base_list = @baseList AND list = @list AND finished_at IS NULL';
  for (const _ of dropDifferenceSteps(db, killed, { baseList, list })) yield 0;
  transaction(db, () =>
    db
      .prepare('INSERT INTO reference_difference (id, base_list, list, complete) VALUES (?, ?, ?, ?)')
      .run(id, baseList, list, complete ? 1 : 0),
  );
  let stands = false;
  try {
    pairHouseholds(db, difference);
    // A list that holds a part only takes nobody for gone.
    const unread = complete ? noteUnread(db, list) : 0;
    const work = z
      .array(z.tuple([z.number().nullable(), z.number().nullable()]))
      .parse(
        db
          .prepare('SELECT base, household FROM temp.pair ORDER BY household IS NULL, household, base')
          .raw()
          .all(),
      );
    const writer = new ChangeWriter(db, difference, unread > 0);
    for (let at = 0; at < work.length; at += householdsAtOnce) {
      yield at / work.length;
      transaction(db, () => {
        for (const [base, household] of work.slice(at, at + householdsAtOnce)) writer.write(base, household);
      });
    }
    const others = difference.earlier.flatMap((one) => (one.id === baseList ? [] : [one.id]));
    transaction(db, () => {
      if (difference.insteadOf !== undefined) {
        db.prepare('UPDATE reference_difference SET finished_at = NULL WHERE id = ?').run(
          difference.insteadOf,
        );
        forgetTurned(db, list);
      }
      db.prepare('UPDATE reference_difference SET finished_at = ?, replaces = ? WHERE id = ?').run(
        difference.at,
        difference.replacesOthers === true ? JSON.stringify(others) : null,
        id,
      );
    });
    stands = true;
  } finally {
    dropPairs(db);
    if (!stands) dropDifferences(db, 'id = @id', { id });
  }
}

class ChangeWriter {
  readonly #difference: NewDifference;
  readonly #reader: HouseholdReader;
  readonly #earlier: EarlierHouseholds;
  /** Who is counted in a household of the earlier lists; null where there is one list. */
  readonly #members;
  readonly #insert;
  readonly #elsewhere;
  readonly #unread;
  readonly #refuse;
  readonly #refusals: EarlierRefusals | null;

  constructor(db: WritableDb, difference: NewDifference, anyUnread: boolean) {
    this.#difference = difference;
    this.#unread = anyUnread ? db.prepare('SELECT 1 FROM temp.unread WHERE person = ?').pluck() : null;
    this.#reader = new HouseholdReader(db);
    this.#earlier = new EarlierHouseholds(db, difference.earlier);
    this.#members =
      difference.earlier.length === 1
        ? null
        : db
            .prepare(
              `SELECT person FROM temp.standing JOIN reference_person ON id = person
               WHERE side = ${sides.base} AND household = ? ORDER BY household_id <> household, household_id, position, id`,
            )
            .pluck();
    this.#refuse = db.prepare('INSERT INTO reference_refusal (change_id) VALUES (?)');
    this.#refusals =
      difference.insteadOf === undefined ? null : new EarlierRefusals(db, difference.insteadOf);
    this.#insert = db.prepare(
      `INSERT INTO reference_change (difference_id, kind, base_household, household, head_name, kk, kelurahan, rt, rw,
                                     rank_before, rank_after, changes, unread, from_kelurahan, from_rw, members)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#elsewhere = db.prepare(
      `SELECT person.*, coalesce(household.kk, household.source_id) AS called FROM temp.bearer
       JOIN reference_household AS household ON household.id = bearer.household
       JOIN reference_person AS person ON person.id = bearer.person
       WHERE bearer.nik = ? AND bearer.side = ? ORDER BY bearer.person`,
    );
  }

  write(baseId: number | null, householdId: number | null): void {
    const members = baseId === null ? null : this.#membersOf(baseId);
    const base = baseId === null ? null : this.#earlier.get(baseId, members);
    const later = householdId === null ? null : this.#reader.get(householdId);
    const shown = later ?? base;
    if (shown === null) return;
    const unread = (base?.persons ?? []).map(({ id }) => this.#unread?.get(Number(id)) !== undefined);
    const changes = this.#changes(base, later, unread);
    const told = changes.persons.filter(({ kind }) => kind === 'belum_terbaca').length;
    const ranks = officialRanks(base?.household ?? null, later?.household ?? null);
    const { household } = shown;
    const before = base?.household;
    const kelurahan = household.kelurahan ?? before?.kelurahan ?? null;
    const rw = household.rw ?? before?.rw ?? null;
    const kind = this.#kind(base, later, changes);
    const headName = headOf(shown);
    const written = this.#insert.run(
      this.#difference.id,
      kind,
      baseId,
      householdId,
      headName,
      household.kk,
      kelurahan,
      household.rt ?? before?.rt ?? null,
      rw,
      ranks.before,
      ranks.after,
      JSON.stringify(changes),
      told === 0
        ? null
        : JSON.stringify(base?.persons.flatMap(({ id }, at) => (unread[at] ? Number(id) : []))),
      before?.kelurahan === kelurahan ? null : (before?.kelurahan ?? null),
      before?.rw === rw ? null : (before?.rw ?? null),
      members === null ? null : JSON.stringify(members),
    );
    const refused = this.#refusals?.has({ kind, householdId, sourceId: household.sourceId, headName });
    if (refused === true) this.#refuse.run(written.lastInsertRowid);
  }

  /** Null where they are those of its rows. */
  #membersOf(household: number): number[] | null {
    if (this.#members === null) return null;
    const members = z.array(z.number()).parse(this.#members.all(household));
    const own = this.#reader.get(household).persons.map(({ id }) => Number(id));
    return JSON.stringify(own) === JSON.stringify(members) ? null : members;
  }

  #kind(
    base: FoundReferenceHousehold | null,
    later: FoundReferenceHousehold | null,
    changes: HouseholdChange,
  ): ChangeKind {
    if (base === null) return 'baru';
    // A list that holds a part only says nothing about the others, but of who stands in another household now; a
    // whole one nothing about those of whom a row tells that was refused.
    const isTold = changes.persons.some(({ kind }) => kind === 'belum_terbaca');
    if (later === null && this.#difference.complete && !isTold) return 'hilang';
    return isUnchanged(changes) ? 'sama' : 'berubah';
  }

  /** @param unread of whom of the earlier household a row tells that was refused. */
  #changes(
    base: FoundReferenceHousehold | null,
    later: FoundReferenceHousehold | null,
    unread: readonly boolean[],
  ): HouseholdChange {
    const { complete, labelOf } = this.#difference;
    if (base === null) return { fields: [], persons: this.#arrivals(later) };
    if (later === null) return { fields: [], persons: this.#departures(base, unread) };
    return compareHouseholds(viewOf(base), viewOf(later), {
      baseListId: base.listId,
      complete,
      elsewhere: (person, kind) => this.#elsewhereOf(person, kind),
      isUnread: (place) => unread[place] ?? false,
      labelOf,
    });
  }

  /** Of a household that is new those who stood in another one. */
  #arrivals(later: FoundReferenceHousehold | null): PersonChange[] {
    return (later?.persons ?? []).flatMap(({ person }) => {
      const from = this.#elsewhereOf(person, 'masuk');
      return from === null ? [] : [arrival(person, from, this.#difference)];
    });
  }

  /**
   * Of a household that the later list has not those who stand in another one; where some could not be read, all
   * who went.
   */
  #departures(base: FoundReferenceHousehold, unread: readonly boolean[]): PersonChange[] {
    const isTold = unread.includes(true);
    return base.persons.flatMap(({ person }, place) => {
      const to = this.#elsewhereOf(person, 'keluar');
      return to === null && !isTold ? [] : [departure(person, to, unread[place] ?? false)];
    });
  }

  /** Where this person stands with their NIK in the other list; null where they stand nowhere. */
  #elsewhereOf(person: ReferencePerson, kind: 'masuk' | 'keluar'): Elsewhere | null {
    if (person.nik === null) return null;
    for (const row of this.#elsewhere.all(person.nik, sideBeside[kind])) {
      const { id, person: listed } = rowToPerson(row);
      const other = kind === 'masuk' ? this.#earlier.person(Number(id)) : listed;
      if (isSameBearer(person, other))
        return { called: z.object({ called: z.string() }).parse(row).called, person: other };
    }
    return null;
  }
}

const RefusedRow = z.object({ kind: z.string(), source_id: z.string(), head_name: z.string() });

/**
 * What was refused of an earlier difference of the same waiting list: whatever the same household of that list changes
 * now; where it has none, the same kind of change of one that the list beside it calls the same, and that is of the same head
 * where a row alone tells it (of another file it is somebody else's).
 */
class EarlierRefusals {
  readonly #ofHousehold;
  readonly #earlier: string;
  /** Of those that the waiting list has not. */
  readonly #others: ReadonlySet<string>;

  constructor(db: WritableDb, earlier: string) {
    this.#earlier = earlier;
    this.#ofHousehold = db
      .prepare(
        `SELECT 1 FROM reference_change WHERE household = ? AND difference_id = ? AND ${isRefused('id')}`,
      )
      .pluck();
    this.#others = new Set(
      db
        .prepare(
          `SELECT kind, source_id, head_name FROM reference_refusal
           JOIN reference_change AS change ON change.id = change_id
           JOIN reference_household AS base ON base.id = base_household
           WHERE difference_id = ? AND household IS NULL`,
        )
        .all(earlier)
        .map((raw) => {
          const { kind, source_id: sourceId, head_name: headName } = RefusedRow.parse(raw);
          return calledAs(kind, sourceId, headName);
        }),
    );
  }

  has({
    kind,
    householdId,
    sourceId,
    headName,
  }: {
    kind: ChangeKind;
    householdId: number | null;
    sourceId: string;
    headName: string;
  }): boolean {
    if (householdId !== null)
      return kind !== 'sama' && this.#ofHousehold.get(householdId, this.#earlier) !== undefined;
    return this.#others.has(calledAs(kind, sourceId, headName));
  }
}

function calledAs(kind: string, sourceId: string, headName: string): string {
  return JSON.stringify([kind, sourceId, isLastingIdentity(sourceId) ? null : headName]);
}

/** In which list somebody is looked for who came, or who went. */
const sideBeside = { masuk: sides.base, keluar: sides.later } as const;

export function viewOf({ household, persons }: FoundReferenceHousehold): {
  household: ReferenceHousehold;
  persons: ReferencePerson[];
} {
  return { household, persons: persons.map(({ person }) => person) };
}

function headOf({ persons }: FoundReferenceHousehold): string {
  return (persons.find(({ person }) => person.relation === '1') ?? persons[0])?.person.name ?? '';
}

/** Takes differences out; `where` is one of this program's own conditions. */
export function dropDifferences(db: WritableDb, where: string, values: Record<string, string>): void {
  for (const _ of dropDifferenceSteps(db, where, values));
}

/** The same, a transaction a step. */
export function* dropDifferenceSteps(
  db: WritableDb,
  where: string,
  values: Record<string, string>,
): Generator<void> {
  const ids = z
    .array(z.string())
    .parse(db.prepare(`SELECT id FROM reference_difference WHERE ${where}`).pluck().all(values));
  for (const id of ids) {
    const some = db.prepare(
      `DELETE FROM reference_change WHERE id IN (SELECT id FROM reference_change WHERE difference_id = ? LIMIT ${rowsAtOnce})`,
    );
    while (transaction(db, () => some.run(id)).changes > 0) yield;
    transaction(db, () => db.prepare('DELETE FROM reference_difference WHERE id = ?').run(id));
  }
}
