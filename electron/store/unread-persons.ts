import { z } from 'zod';
import type { RefusedWho } from '../importing/refused-who.ts';
import { soundAlike } from '../matching/identity.ts';
import type { WritableDb } from './connection.ts';
import { sides } from './household-pairs.ts';
import { eachRefusedWho } from './refused-rows.ts';

const Candidate = z.object({
  id: z.number(),
  name: z.string(),
  nik: z.string().nullable(),
  birth_date: z.string().nullable(),
});
type Candidate = z.infer<typeof Candidate>;

/**
 * Fills `temp.unread` with the persons of the earlier list whom rows tell of that the later list refused: by NIK, else
 * by name or birth date in a household that the row names, else by name and birth date, else by the name alone. Needs
 * `temp.bearer`.
 *
 * @returns how many they are.
 */
export function noteUnread(db: WritableDb, baseList: string, list: string): number {
  db.exec(`DROP TABLE IF EXISTS temp.unread; DROP TABLE IF EXISTS temp.called_home;
           CREATE TEMP TABLE unread (person INTEGER PRIMARY KEY)`);
  const insert = db.prepare('INSERT OR IGNORE INTO temp.unread VALUES (?)');
  const bearers = db.prepare(`SELECT person FROM temp.bearer WHERE side = ${sides.base} AND nik = ?`).pluck();
  const byName = new Map<string, RefusedWho[]>();
  let home: ReturnType<typeof membersOf> | null = null;
  for (const who of eachRefusedWho(db, list)) {
    const found = who.niks.flatMap((nik) => z.array(z.number()).parse(bearers.all(nik)));
    if (found.length === 0 && who.households.length > 0) {
      home ??= membersOf(db, baseList);
      found.push(
        ...home(who.households)
          .filter((one) => isInHome(who, one))
          .map(({ id }) => id),
      );
    }
    for (const person of found) insert.run(person);
    if (found.length > 0 || who.name === null) continue;
    const rows = byName.get(plain(who.name));
    if (rows === undefined) byName.set(plain(who.name), [who]);
    else rows.push(who);
  }
  if (byName.size > 0) for (const person of namesakes(db, baseList, byName)) insert.run(person);
  db.exec('DROP TABLE IF EXISTS temp.called_home');
  return z.number().parse(db.prepare('SELECT count(*) FROM temp.unread').pluck().get());
}

/** Members of the households of a list that are called so: by their ID or their No KK. */
function membersOf(db: WritableDb, list: string): (called: readonly string[]) => Candidate[] {
  db.exec(`CREATE TEMP TABLE called_home (
             called TEXT NOT NULL, household INTEGER NOT NULL, PRIMARY KEY (called, household)
           ) WITHOUT ROWID`);
  db.prepare(
    `INSERT OR IGNORE INTO temp.called_home
     SELECT source_id, id FROM reference_household WHERE list_id = @list
     UNION SELECT kk, id FROM reference_household WHERE list_id = @list AND kk IS NOT NULL ORDER BY 1, 2`,
  ).run({ list });
  const members = db.prepare(
    `SELECT person.id, name, nik, birth_date FROM temp.called_home AS home
     JOIN reference_person AS person ON person.household_id = home.household
     WHERE called IN (SELECT value FROM json_each(?))`,
  );
  return (called) => z.array(Candidate).parse(members.all(JSON.stringify(called)));
}

/** Whether a row may tell of this member of its household; one without a name may tell of any. */
function isInHome(who: RefusedWho, member: Candidate): boolean {
  if (who.name === null && who.birthDate === null) return true;
  const sameBirth = who.birthDate !== null && who.birthDate === member.birth_date;
  return sameBirth || (who.name !== null && soundAlike(who.name, member.name));
}

/** Who bears the name of a row: those of its birth date, else those of whom it is not known. */
function* namesakes(
  db: WritableDb,
  list: string,
  byName: ReadonlyMap<string, RefusedWho[]>,
): Generator<number> {
  const sure = new Map<RefusedWho, number[]>();
  const perhaps = new Map<RefusedWho, number[]>();
  const persons = db.prepare(
    `SELECT person.id, name, nik, birth_date FROM reference_household AS household
     JOIN reference_person AS person ON person.household_id = household.id WHERE list_id = ?`,
  );
  for (const raw of persons.iterate(list)) {
    const one = Candidate.parse(raw);
    for (const who of byName.get(plain(one.name)) ?? []) {
      const unknown = who.birthDate === null || one.birth_date === null;
      const otherNik = one.nik !== null && who.niks.length > 0;
      if (who.birthDate !== null && who.birthDate === one.birth_date) noteIn(sure, who, one.id);
      else if (unknown && !otherNik) noteIn(perhaps, who, one.id);
    }
  }
  for (const who of [...byName.values()].flat()) yield* sure.get(who) ?? perhaps.get(who) ?? [];
}

function noteIn(found: Map<RefusedWho, number[]>, who: RefusedWho, person: number): void {
  const known = found.get(who);
  if (known === undefined) found.set(who, [person]);
  else known.push(person);
}

function plain(name: string): string {
  return name.toUpperCase().replace(/[^\p{L}]/gu, '');
}
