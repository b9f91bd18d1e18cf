import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import type { Household } from '../../shared/domain/household.ts';
import { matchKeysOf, nameKey } from '../matching/blocking.ts';
import { blendFrequency, type NameFrequency } from '../matching/model.ts';
import { draftInput, memberInput } from '../matching/normalise.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

/** Whose key it is; the id is `member.id`, `draft id/member id`, or `reference_person.id` as text. */
export type KeyOwner = 'member' | 'draft' | 'reference';

/**
 * Writes the keys of a case's members: those that a change took away go, those it brought come. Call
 * before its rows are replaced: it finds the old ones by them.
 */
export function writeMemberKeys(db: WritableDb, caseId: string, household: Household): void {
  const wanted = new Map(
    household.members.map((member) => {
      const kk = household.families.find((family) => family.no === member.familyNo)?.kk ?? null;
      return [member.id, new Set(matchKeysOf(memberInput(member, household.address, kk)))];
    }),
  );
  const remove = db.prepare(`DELETE FROM match_key WHERE key = ? AND owner_kind = 'member' AND owner_id = ?`);
  for (const { key, owner_id: owner } of memberKeys(db, caseId))
    if (wanted.get(owner)?.delete(key) !== true) remove.run(key, owner);
  const insert = db.prepare(
    `INSERT INTO match_key (key, owner_kind, owner_id) VALUES (?, 'member', ?) ON CONFLICT DO NOTHING`,
  );
  for (const [owner, keys] of wanted) for (const key of keys) insert.run(key, owner);
}

const MemberKeys = z.array(z.object({ key: z.string(), owner_id: z.string() }));

function memberKeys(db: ReadableDb, caseId: string): z.infer<typeof MemberKeys> {
  return MemberKeys.parse(
    db
      .prepare(
        `SELECT key, owner_id FROM match_key
         WHERE owner_kind = 'member' AND owner_id IN (SELECT id FROM member WHERE case_id = ?)`,
      )
      .all(caseId),
  );
}

/**
 * Writes the keys of a draft: those that a letter typed took away go, those it brought come; most
 * stand. The correction of a case has none: the case itself has them.
 */
export function writeDraftKeys(db: WritableDb, draftId: string, draft: DraftHousehold): void {
  const members = draft.corrects === null ? draft.members : [];
  const wanted = new Map(
    members.map((member) => [`${draftId}/${member.id}`, new Set(matchKeysOf(draftInput(member, draft)))]),
  );
  const remove = db.prepare('DELETE FROM draft_key WHERE key = ? AND owner_id = ?');
  for (const { key, owner_id: owner } of draftKeys(db, draftId))
    if (wanted.get(owner)?.delete(key) !== true) remove.run(key, owner);
  const insert = db.prepare('INSERT INTO draft_key (key, owner_id) VALUES (?, ?) ON CONFLICT DO NOTHING');
  for (const [owner, keys] of wanted) for (const key of keys) insert.run(key, owner);
}

const ofDraft = `owner_id >= @draftId || '/' AND owner_id < @draftId || '0'`;

function draftKeys(db: ReadableDb, draftId: string): z.infer<typeof MemberKeys> {
  return MemberKeys.parse(
    db.prepare(`SELECT key, owner_id FROM draft_key WHERE ${ofDraft}`).all({ draftId }),
  );
}

export function deleteDraftKeys(db: WritableDb, draftId: string): void {
  db.prepare(`DELETE FROM draft_key WHERE ${ofDraft}`).run({ draftId });
}

/** More bearers than this and the key tells nothing: its finer keys find the same persons. */
const mostBearers = 1000;

const Owners = z.array(z.string());
const KeyRows = z.array(z.tuple([z.string(), z.string()]));
const NikRows = z.array(z.tuple([z.enum(['member', 'draft', 'reference']), z.string(), z.string()]));
const Count = z.number();

/**
 * Looks keys up for one request, those of a whole household in one query. The sources of a request
 * share it: what one has asked, the others need not ask again.
 */
export class KeyIndex {
  readonly #ofKeys: Database.Statement<unknown[]>;
  readonly #ofDraftKeys: Database.Statement<unknown[]>;
  readonly #ofNiks: Database.Statement<unknown[]>;
  readonly #ofDraftNiks: Database.Statement<unknown[]>;
  readonly #nikOwners = new Map<string, z.infer<typeof NikRows>>();
  /** How often a name part is borne in the office's reference lists, with the shipped estimate. */
  readonly frequency: NameFrequency;
  /** Whether some of these lists (a JSON array of ids) may have no birth date. */
  readonly haveUndated: (lists: string) => boolean;

  /** @param shares what is known of the rarity of names already, where one connection asks again and again. */
  constructor(db: ReadableDb, shares: NameShares = new NameShares()) {
    this.#ofKeys = db
      .prepare(eachKey('SELECT owner_id FROM match_key WHERE key = asked.value AND owner_kind = @kind'))
      .raw();
    this.#ofDraftKeys = db.prepare(eachKey('SELECT owner_id FROM draft_key WHERE key = asked.value')).raw();
    this.#ofNiks = db
      .prepare(
        'SELECT owner_kind, key, owner_id FROM match_key WHERE key IN (SELECT value FROM json_each(@niks))',
      )
      .raw();
    this.#ofDraftNiks = db
      .prepare(
        `SELECT 'draft', key, owner_id FROM draft_key WHERE key IN (SELECT value FROM json_each(@niks))`,
      )
      .raw();
    this.frequency = shares.of(db);
    this.haveUndated = shares.undatedIn(db);
  }

  /** For each set of keys who of a kind bears any of them, and which keys too many bear. */
  find(kind: KeyOwner, keysOf: readonly (readonly string[])[]): { owners: string[][]; capped: string[] } {
    const keys = [...new Set(keysOf.flat())];
    const bearers = new Map<string, string[]>();
    // NIK keys are many (every slip of the hand) and have few bearers, listed or registered.
    for (const [ownerKind, key, owner] of this.#ownersOfNiks(kind, keys.filter(isNikKey))) {
      if (ownerKind !== kind) continue;
      const known = bearers.get(key);
      if (known === undefined) bearers.set(key, [owner]);
      else known.push(owner);
    }
    const capped: string[] = [];
    const asked = { keys: JSON.stringify(keys.filter((key) => !isNikKey(key))), most: mostBearers + 1 };
    const rows = kind === 'draft' ? this.#ofDraftKeys.all(asked) : this.#ofKeys.all({ ...asked, kind });
    for (const [key, found] of KeyRows.parse(rows)) {
      if (found === '[]') continue;
      const owners = Owners.parse(JSON.parse(found));
      if (owners.length > mostBearers) capped.push(key);
      else bearers.set(key, owners);
    }
    const owners = keysOf.map((some) => [...new Set(some.flatMap((key) => bearers.get(key) ?? []))]);
    return { owners, capped };
  }

  #ownersOfNiks(kind: KeyOwner, keys: readonly string[]): z.infer<typeof NikRows> {
    const niks = JSON.stringify(keys);
    if (kind === 'draft') return NikRows.parse(this.#ofDraftNiks.all({ niks }));
    const known = this.#nikOwners.get(niks);
    if (known !== undefined) return known;
    const found = NikRows.parse(this.#ofNiks.all({ niks }));
    this.#nikOwners.set(niks, found);
    return found;
  }
}

/** Each key that is asked for with its bearers, one more than are searched at most. */
function eachKey(bearers: string): string {
  return `SELECT asked.value, (SELECT json_group_array(owner_id) FROM (${bearers} LIMIT @most))
    FROM json_each(@keys) AS asked`;
}

function isNikKey(key: string): boolean {
  return key.startsWith('N');
}

const Lists = z.object({ persons: z.number(), stamp: z.string().nullable() });

/** A list moves in as one stretch of ids: this looks at its own persons, and errs to yes where others stand between. */
const undatedInLists = `
  SELECT EXISTS (
    SELECT 1 FROM (
      SELECT min(id) AS first, max(id) AS last FROM reference_household
      WHERE list_id IN (SELECT value FROM json_each(?)) GROUP BY list_id
    ) AS list
    CROSS JOIN reference_person AS person INDEXED BY reference_person_undated
      ON person.birth_date IS NULL AND person.household_id BETWEEN list.first AND list.last
  )`;

/**
 * How rare each name part is and which lists have persons without a birth date, remembered while the
 * lists are the same ones: counting the bearers of a common part in a large register takes longer
 * than comparing a whole case with it.
 */
export class NameShares {
  #stamp: string | null = null;
  readonly #shares = new Map<string, number>();
  readonly #undated = new Map<string, boolean>();

  of(db: ReadableDb): NameFrequency {
    const { persons, stamp } = Lists.parse(
      db
        .prepare(
          `SELECT coalesce(sum(persons), 0) AS persons, json_group_array(id || ' ' || persons) AS stamp FROM reference_list`,
        )
        .get(),
    );
    if (stamp !== this.#stamp) {
      this.#shares.clear();
      this.#undated.clear();
    }
    this.#stamp = stamp;
    const bearers = db
      .prepare(`SELECT count(*) FROM match_key WHERE key = ? AND owner_kind = 'reference'`)
      .pluck();
    return (canon) => {
      const known = this.#shares.get(canon);
      if (known !== undefined) return known;
      const share = blendFrequency(canon, Count.parse(bearers.get(nameKey(canon))), persons);
      this.#shares.set(canon, share);
      return share;
    };
  }

  /** Asked after `of`, which sees whether the lists are still the same ones. */
  undatedIn(db: ReadableDb): (lists: string) => boolean {
    return (lists) => {
      const known = this.#undated.get(lists);
      if (known !== undefined) return known;
      const found = Count.parse(db.prepare(undatedInLists).pluck().get(lists)) === 1;
      this.#undated.set(lists, found);
      return found;
    };
  }
}
