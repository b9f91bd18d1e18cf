import { z } from 'zod';
import type { ReferencePerson } from '../../shared/domain/reference.ts';
import { birthInNik } from '../importing/merge.ts';
import { roundDates } from '../matching/compare.ts';
import { nameKey, soundAlike } from '../matching/identity.ts';
import { numberDistance } from '../matching/numbers.ts';
import type { WritableDb } from './connection.ts';
import { sides } from './earlier-lists.ts';
import { rowToPerson } from './reference-rows.ts';

/** Somebody who stands alone in their household. */
interface LonePerson {
  household: number;
  kelurahan: string | null;
  person: ReferencePerson;
}

export interface LonePair {
  base: number;
  later: number;
}

/**
 * Of the households that `temp.pair` has not yet, those of one person who is the same: in lists of persons a household
 * is called by its person's NIK, which may be added, corrected or left blank. It is one person by name and birth date
 * (that of the NIK where none stands), where nobody else of the two sides is meant: in one kelurahan first. Needs
 * `temp.standing`.
 */
export function* pairLonePersons(db: WritableDb): Generator<LonePair> {
  db.exec(`DROP TABLE IF EXISTS temp.lone;
           CREATE TEMP TABLE lone (
             key TEXT NOT NULL, side INTEGER NOT NULL, household INTEGER NOT NULL, person INTEGER NOT NULL,
             PRIMARY KEY (key, side, household)
           ) WITHOUT ROWID`);
  note(db, 'base');
  note(db, 'later');
  const keys = z
    .array(z.string())
    .parse(
      db.prepare('SELECT key FROM temp.lone GROUP BY key HAVING count(DISTINCT side) = 2').pluck().all(),
    );
  const ofKey = db.prepare(
    `SELECT lone.side, lone.household, household.kelurahan, person.* FROM temp.lone
     JOIN reference_household AS household ON household.id = lone.household
     JOIN reference_person AS person ON person.id = lone.person
     WHERE lone.key = ? ORDER BY lone.household`,
  );
  for (const key of keys) {
    const all = ofKey.all(key).map((raw) => ({ ...Lone.parse(raw), person: rowToPerson(raw).person }));
    const [base, later] = [sides.base, sides.later].map((side) =>
      all
        .filter((one) => one.side === side)
        .map(({ household, kelurahan, person }) => ({ household, kelurahan, person })),
    );
    yield* pairsAmong(base ?? [], later ?? []);
  }
  db.exec('DROP TABLE temp.lone');
}

const Lone = z.object({ side: z.number(), kelurahan: z.string().nullable(), household: z.number() });

/** The column of `temp.pair` that households of a side stand in. */
const columnOf = { base: 'base', later: 'household' } as const;

function note(db: WritableDb, side: keyof typeof sides): void {
  const insert = db.prepare('INSERT INTO temp.lone (key, side, household, person) VALUES (?, ?, ?, ?)');
  const some = db.prepare(
    `SELECT standing.household AS home, person.* FROM temp.standing
     JOIN reference_person AS person ON person.id = standing.person
     WHERE standing.side = @side AND standing.household > @after
       AND NOT EXISTS (SELECT 1 FROM temp.pair WHERE ${columnOf[side]} = standing.household)
       AND NOT EXISTS (SELECT 1 FROM temp.standing AS other
                       WHERE other.side = standing.side AND other.household = standing.household
                         AND other.person <> standing.person)
     ORDER BY standing.household LIMIT 1000`,
  );
  for (let after = 0; ;) {
    const rows = some.all({ side: sides[side], after });
    for (const raw of rows) {
      after = Home.parse(raw).home;
      const { id, person } = rowToPerson(raw);
      const key = keyOf(person);
      if (key !== null) insert.run(key, sides[side], after, Number(id));
    }
    if (rows.length === 0) return;
  }
}

const Home = z.object({ home: z.number() });

/** What two rows of one person have in common at least; null of whom too little is known. */
function keyOf({ name, nik, birthDate }: ReferencePerson): string | null {
  const born = birthDate === null ? birthInNik(nik) : dayOf(birthDate);
  return born === null ? null : `${nameKey({ name, sex: null })} ${born}`;
}

/** An ISO date as a NIK tells it. */
function dayOf(date: string): string {
  return `${Number(date.slice(8, 10))} ${date.slice(5, 7)}${date.slice(2, 4)}`;
}

function* pairsAmong(base: readonly LonePerson[], later: readonly LonePerson[]): Generator<LonePair> {
  let [restBase, restLater] = [base, later];
  for (const mayPair of [isSameNeighbour, isSameElsewhere]) {
    const pairs = restBase.flatMap((before) => {
      const [now, ...others] = restLater.filter((one) => mayPair(before, one));
      if (now === undefined || others.length > 0) return [];
      return restBase.filter((one) => mayPair(one, now)).length === 1 ? [{ before, now }] : [];
    });
    for (const { before, now } of pairs) yield { base: before.household, later: now.household };
    restBase = restBase.filter((one) => !pairs.some(({ before }) => before === one));
    restLater = restLater.filter((one) => !pairs.some(({ now }) => now === one));
  }
}

function isSameNeighbour(base: LonePerson, later: LonePerson): boolean {
  return base.kelurahan === later.kelurahan && isSame(base.person, later.person);
}

/** Round birth dates are written for many: away from home they tell nobody. */
function isSameElsewhere(base: LonePerson, later: LonePerson): boolean {
  const birthDate = base.person.birthDate ?? later.person.birthDate;
  return (birthDate === null || !roundDates.has(birthDate.slice(5))) && isSame(base.person, later.person);
}

/** Of one name and day: whether nothing says that they are two. A NIK that was corrected is near to the one before. */
function isSame(base: ReferencePerson, later: ReferencePerson): boolean {
  const otherSex = base.sex !== null && later.sex !== null && base.sex !== later.sex;
  const otherBirth =
    base.birthDate !== null && later.birthDate !== null && base.birthDate !== later.birthDate;
  const otherNik =
    base.nik !== null && later.nik !== null && numberDistance(base.nik, later.nik).kind === 'different';
  return !otherSex && !otherBirth && !otherNik && soundAlike(base.name, later.name);
}
