import { z } from 'zod';
import type { RefusedWho } from '../importing/refused-who.ts';
import { soundAlike } from '../matching/identity.ts';
import type { WritableDb } from './connection.ts';
import { sides } from './earlier-lists.ts';
import { eachRefusedWho } from './refused-rows.ts';

const Candidate = z.object({
  id: z.number(),
  name: z.string(),
  nik: z.string().nullable(),
  birth_date: z.string().nullable(),
});
type Candidate = z.infer<typeof Candidate>;

/** A row whose person is looked for by name. */
interface Sought {
  who: RefusedWho;
  /** Ids of who bears its NIK under another name. */
  bearers: number[];
}

/**
 * Fills `temp.unread` with the persons of the earlier lists whom rows tell of that the later list refused: by NIK with
 * the name or the birth date, else by name or birth date in a household that the row names, else by name and birth date,
 * else by the name alone. A NIK that another name and birth date goes with may be that of their spouse: its bearer is
 * meant only where nobody else is found. Needs what `layTogether` makes.
 *
 * @returns how many they are.
 */
export function noteUnread(db: WritableDb, list: string): number {
  db.exec(`DROP TABLE IF EXISTS temp.unread; DROP TABLE IF EXISTS temp.called_home;
           CREATE TEMP TABLE unread (person INTEGER PRIMARY KEY)`);
  const insert = db.prepare('INSERT OR IGNORE INTO temp.unread VALUES (?)');
  const bearersOf = db.prepare(
    `SELECT person.id, name, person.nik, birth_date FROM temp.bearer
     JOIN reference_person AS person ON person.id = bearer.person
     WHERE bearer.side = ${sides.base} AND bearer.nik = ?`,
  );
  const byName = new Map<string, Sought[]>();
  let home: ReturnType<typeof membersOf> | null = null;
  for (const who of eachRefusedWho(db, list)) {
    const bearers = who.niks.flatMap((nik) => z.array(Candidate).parse(bearersOf.all(nik)));
    const found = bearers.filter((one) => isBearer(who, one));
    if (found.length === 0 && who.households.length > 0) {
      home ??= membersOf(db);
      found.push(...home(who.households).filter((one) => isInHome(who, one)));
    }
    for (const { id } of found) insert.run(id);
    if (found.length > 0 || who.name === null) continue;
    const sought = { who, bearers: bearers.map(({ id }) => id) };
    const rows = byName.get(plain(who.name));
    if (rows === undefined) byName.set(plain(who.name), [sought]);
    else rows.push(sought);
  }
  if (byName.size > 0) for (const person of namesakes(db, byName)) insert.run(person);
  db.exec('DROP TABLE IF EXISTS temp.called_home');
  return z.number().parse(db.prepare('SELECT count(*) FROM temp.unread').pluck().get());
}

/** Members of the earlier households that are called so: by their ID or their No KK. */
function membersOf(db: WritableDb): (called: readonly string[]) => Candidate[] {
  db.exec(`CREATE TEMP TABLE called_home (
             called TEXT NOT NULL, household INTEGER NOT NULL, PRIMARY KEY (called, household)
           ) WITHOUT ROWID`);
  db.prepare(
    `INSERT OR IGNORE INTO temp.called_home
     SELECT source_id, household FROM temp.earlier
     UNION SELECT kk, household FROM temp.earlier JOIN reference_household ON id = household
           WHERE kk IS NOT NULL ORDER BY 1, 2`,
  ).run();
  const members = db.prepare(
    `SELECT person.id, name, nik, birth_date FROM temp.called_home AS home
     JOIN temp.standing ON side = ${sides.base} AND standing.household = home.household
     JOIN reference_person AS person ON person.id = standing.person
     WHERE called IN (SELECT value FROM json_each(?))`,
  );
  return (called) => z.array(Candidate).parse(members.all(JSON.stringify(called)));
}

/** Whether a row tells of this bearer of its NIK; one without a name has nothing that says otherwise. */
function isBearer(who: RefusedWho, bearer: Candidate): boolean {
  return who.name === null || hasNameOrBirth(who, bearer);
}

/** Whether a row may tell of this member of its household; one without a name and a birth date may tell of any. */
function isInHome(who: RefusedWho, member: Candidate): boolean {
  return (who.name === null && who.birthDate === null) || hasNameOrBirth(who, member);
}

function hasNameOrBirth(who: RefusedWho, one: Candidate): boolean {
  const sameBirth = who.birthDate !== null && who.birthDate === one.birth_date;
  return sameBirth || (who.name !== null && soundAlike(who.name, one.name));
}

/** Who bears the name of a row: those of its birth date, else those of whom it is not known, else who bears its NIK. */
function* namesakes(db: WritableDb, byName: ReadonlyMap<string, Sought[]>): Generator<number> {
  const sure = new Map<RefusedWho, number[]>();
  const perhaps = new Map<RefusedWho, number[]>();
  const persons = db.prepare(
    `SELECT person.id, name, nik, birth_date FROM temp.standing
     JOIN reference_person AS person ON person.id = standing.person WHERE side = ${sides.base}`,
  );
  for (const raw of persons.iterate()) {
    const one = Candidate.parse(raw);
    for (const { who, bearers } of byName.get(plain(one.name)) ?? []) {
      const unknown = who.birthDate === null || one.birth_date === null;
      const otherNik = one.nik !== null && who.niks.length > 0 && bearers.length === 0;
      if (who.birthDate !== null && who.birthDate === one.birth_date) noteIn(sure, who, one.id);
      else if (unknown && !otherNik) noteIn(perhaps, who, one.id);
    }
  }
  for (const { who, bearers } of [...byName.values()].flat())
    yield* sure.get(who) ?? perhaps.get(who) ?? bearers;
}

function noteIn(found: Map<RefusedWho, number[]>, who: RefusedWho, person: number): void {
  const known = found.get(who);
  if (known === undefined) found.set(who, [person]);
  else known.push(person);
}

function plain(name: string): string {
  return name.toUpperCase().replace(/[^\p{L}]/gu, '');
}
