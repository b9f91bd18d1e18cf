import { z } from 'zod';
import { Sex } from '../../shared/domain/person.ts';
import { type IdentityFacts, identityKeys, isRefused, isSamePerson } from '../matching/identity.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { findReferenceIdentity } from './identification.ts';

/** What a person of the office said of a member of a case and a person of a list. */
export interface SaidOfPair {
  id: string;
  verdict: 'sama' | 'bukan';
  caseId: string;
  member: IdentityFacts;
  listed: IdentityFacts;
  listName: string;
  reason: string;
  stroke: string;
  decidedBy: string;
  decidedByName: string;
  decidedAt: string;
}

const Facts = z.object({
  /** What was said before ids were kept names none. */
  memberId: z.string().nullable().default(null),
  name: z.string(),
  nik: z.string().nullable(),
  sex: Sex.nullable(),
  birthDate: z.string().nullable(),
  list: z
    .object({
      source: z.string(),
      listId: z.string().nullable().default(null),
      personId: z.string().nullable(),
      householdId: z.string().nullable(),
    })
    .nullable(),
});

const Row = z.object({
  id: z.string(),
  verdict: z.enum(['sama', 'bukan']),
  case_id: z.string(),
  member: z.string(),
  listed: z.string(),
  list_name: z.string(),
  reason: z.string(),
  stroke: z.string(),
  decided_by: z.string(),
  decided_by_name: z.string(),
  decided_at: z.string(),
});

export function insertSaid(db: WritableDb, said: Omit<SaidOfPair, 'decidedByName'>): void {
  db.prepare(
    `INSERT INTO pair_verdict (id, verdict, case_id, member, listed, list_name, reason, stroke, decided_by, decided_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    said.id,
    said.verdict,
    said.caseId,
    JSON.stringify(said.member),
    JSON.stringify(said.listed),
    said.listName,
    said.reason,
    said.stroke,
    said.decidedBy,
    said.decidedAt,
  );
  writeKeys(db, said.id, said.member);
}

function writeKeys(db: WritableDb, id: string, member: IdentityFacts): void {
  const insertKey = db.prepare(
    'INSERT INTO pair_verdict_key (key, pair_verdict_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  for (const key of identityKeys(member)) insertKey.run(key, id);
}

/** Writes the keys of what was said anew, where names and numbers are read by other rules than when it was said. */
export function rekeySaid(db: WritableDb): void {
  db.exec('DELETE FROM pair_verdict_key');
  const said = z
    .array(Row.pick({ id: true, member: true }))
    .parse(db.prepare('SELECT id, member FROM pair_verdict').all());
  for (const { id, member } of said) writeKeys(db, id, Facts.parse(JSON.parse(member)));
}

const select = `
  SELECT pair_verdict.*, account.name AS decided_by_name
  FROM pair_verdict JOIN account ON account.id = pair_verdict.decided_by`;

// Put together once, as it is asked for with every family.
const selectByKeys = `${select} WHERE withdrawn_at IS NULL
  AND pair_verdict.id IN (SELECT pair_verdict_id FROM pair_verdict_key WHERE key IN (SELECT value FROM json_each(?)))
  ORDER BY decided_at DESC`;

const anythingSaid =
  'SELECT EXISTS (SELECT 1 FROM pair_verdict_key WHERE key IN (SELECT value FROM json_each(?)))';

/** Whether anything was said about a person with one of these keys, also what was withdrawn; a look for most families. */
export function isAnythingSaid(db: ReadableDb, keys: readonly string[]): boolean {
  return Flag.parse(db.prepare(anythingSaid).pluck().get(JSON.stringify(keys))) === 1;
}

const Flag = z.number();

/** What still stands of everything said about a person with one of these keys; latest first. */
export function listSaid(db: ReadableDb, keys: readonly string[]): SaidOfPair[] {
  return db.prepare(selectByKeys).all(JSON.stringify(keys)).map(rowToSaid);
}

/** What was said of members of cases and persons of the lists, in their case or an earlier one. */
export interface Remembered {
  /** Who said that these two are not the same, or null where nobody did. */
  find(memberId: string, referencePersonId: string): SaidOfPair | null;
  /** Who said that they are, of a list that registers nobody; those of the register are links of a decision. */
  findSame(memberId: string, referencePersonId: string): SaidOfPair | null;
  /** All of whom somebody said that they are this member, the latest first. */
  allSame(memberId: string): readonly SaidOfPair[];
}

/** A member as they stand in their case. */
export interface RememberedMember {
  caseId: string;
  memberId: string;
  identity: IdentityFacts;
}

/** Reads once what was said of each of these; a person of a list is looked up only where somebody said something. */
export function readRemembered(db: ReadableDb, members: readonly RememberedMember[]): Remembered {
  const keyed = members.map((member) => ({ ...member, keys: identityKeys(member.identity) }));
  // Of most families nobody said anything: that is one look.
  const isSaid = isAnythingSaid(
    db,
    keyed.flatMap(({ keys }) => keys),
  );
  // Who shares a key may still be somebody else: of one name and one date, and with a NIK of their own. In the case
  // it was said in, before ids were kept, it is the same member, whose NIK was corrected.
  const isOfMember = (said: SaidOfPair, { caseId, identity }: RememberedMember) =>
    isSamePerson(said.member, identity) || (said.caseId === caseId && said.member.memberId === null);
  const saidOf = new Map(
    isSaid
      ? keyed.map((member) => [
          member.memberId,
          listSaid(db, member.keys).filter((said) => isOfMember(said, member)),
        ])
      : [],
  );
  const listed = new Map<string, IdentityFacts | null>();
  const identityOf = (personId: string): IdentityFacts | null => {
    const known = listed.get(personId);
    if (known !== undefined) return known;
    const found = findReferenceIdentity(db, personId);
    listed.set(personId, found);
    return found;
  };
  const find = (
    verdict: SaidOfPair['verdict'],
    memberId: string,
    personId: string,
    isMeant: (listed: IdentityFacts, person: IdentityFacts) => boolean,
  ): SaidOfPair | null => {
    const said = (saidOf.get(memberId) ?? []).filter((one) => one.verdict === verdict);
    if (said.length === 0) return null;
    const person = identityOf(personId);
    return person === null ? null : (said.find(({ listed: of }) => isMeant(of, person)) ?? null);
  };
  const identities = new Map(members.map(({ memberId, identity }) => [memberId, identity]));
  return {
    find: (memberId, personId) =>
      find('bukan', memberId, personId, (of, person) => {
        const member = identities.get(memberId);
        return member !== undefined && isRefused({ member, listed: of }, person);
      }),
    findSame: (memberId, personId) => find('sama', memberId, personId, isSamePerson),
    allSame: (memberId) => (saidOf.get(memberId) ?? []).filter(({ verdict }) => verdict === 'sama'),
  };
}

export function findSaid(db: ReadableDb, id: string): SaidOfPair | null {
  const raw = db.prepare(`${select} WHERE pair_verdict.id = ? AND withdrawn_at IS NULL`).get(id);
  return raw === undefined ? null : rowToSaid(raw);
}

/** What was said with a stroke, whether it stands still or not. */
export function listSaidWith(db: ReadableDb, stroke: string): SaidOfPair[] {
  return db.prepare(`${select} WHERE stroke = ?`).all(stroke).map(rowToSaid);
}

/** It no longer stands; that it was said, and by whom, stays. */
export function withdrawSaid(
  db: WritableDb,
  id: string,
  by: { accountId: string; at: string; stroke: string },
): void {
  db.prepare(
    'UPDATE pair_verdict SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_stroke = ? WHERE id = ? AND withdrawn_at IS NULL',
  ).run(by.at, by.accountId, by.stroke, id);
}

/** Takes a key press back: what it said since then falls, what it withdrew since stands again. Returns of whom that was said. */
export function undoSaid(
  db: WritableDb,
  stroke: string,
  by: { accountId: string; at: string; since?: string },
): IdentityFacts[] {
  const since = by.since ?? '';
  const said = z.array(z.string()).parse(
    db
      .prepare(
        `SELECT member FROM pair_verdict WHERE (stroke = @stroke AND withdrawn_at IS NULL AND decided_at >= @since)
             OR (withdrawn_stroke = @stroke AND withdrawn_at >= @since)`,
      )
      .pluck()
      .all({ stroke, since }),
  );
  db.prepare(
    'UPDATE pair_verdict SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_stroke = NULL WHERE stroke = ? AND withdrawn_at IS NULL AND decided_at >= ?',
  ).run(by.at, by.accountId, stroke, since);
  db.prepare(
    'UPDATE pair_verdict SET withdrawn_at = NULL, withdrawn_by = NULL, withdrawn_stroke = NULL WHERE withdrawn_stroke = ? AND withdrawn_at >= ?',
  ).run(stroke, since);
  return said.map((member) => Facts.parse(JSON.parse(member)));
}

const MemberRow = z.object({
  id: z.string(),
  case_id: z.string(),
  name: z.string(),
  nik: z.string().nullable(),
  sex: Sex,
  birth_date: z.string().nullable(),
});

// Each of the keys of a member holds one of these, and each of these has an index.
const selectAlike = `SELECT id, case_id, name, nik, sex, birth_date FROM member
  WHERE id = @memberId OR nik = @nik OR birth_date = @birthDate`;

/** Cases in which one of these persons is a member, by who they are: what was said of them counts there too. */
export function listCasesOfPersons(db: ReadableDb, persons: readonly IdentityFacts[]): string[] {
  const statement = db.prepare(selectAlike);
  const same = persons.flatMap((person) => {
    const told = { memberId: person.memberId, nik: person.nik, birthDate: person.birthDate };
    return z
      .array(MemberRow)
      .parse(statement.all(told))
      .filter(({ id, name, nik, sex, birth_date: birthDate }) =>
        isSamePerson(person, { memberId: id, name, nik, sex, birthDate, list: null }),
      );
  });
  return [...new Set(same.map(({ case_id }) => case_id))];
}

function rowToSaid(raw: unknown): SaidOfPair {
  const row = Row.parse(raw);
  return {
    id: row.id,
    verdict: row.verdict,
    caseId: row.case_id,
    member: Facts.parse(JSON.parse(row.member)),
    listed: Facts.parse(JSON.parse(row.listed)),
    listName: row.list_name,
    reason: row.reason,
    stroke: row.stroke,
    decidedBy: row.decided_by,
    decidedByName: row.decided_by_name,
    decidedAt: row.decided_at,
  };
}
