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

const KeyRows = z.array(z.object({ key: z.string(), owner_id: z.string() }));

function memberKeys(db: ReadableDb, caseId: string): z.infer<typeof KeyRows> {
  return KeyRows.parse(
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

function draftKeys(db: ReadableDb, draftId: string): z.infer<typeof KeyRows> {
  return KeyRows.parse(db.prepare(`SELECT key, owner_id FROM draft_key WHERE ${ofDraft}`).all({ draftId }));
}

export function deleteDraftKeys(db: WritableDb, draftId: string): void {
  db.prepare(`DELETE FROM draft_key WHERE ${ofDraft}`).run({ draftId });
}

/** More bearers than this and the key tells nothing: its finer keys find the same persons. */
const mostBearers = 1000;

const Owners = z.array(z.string());
const NikRow = z.tuple([z.enum(['member', 'draft', 'reference']), z.string()]);
const Count = z.number();

/**
 * Looks keys up for one request. The sources of a request share it: what one has asked, the others
 * need not ask again.
 */
export class KeyIndex {
  readonly #ofKey: Database.Statement<unknown[]>;
  readonly #ofDraftKey: Database.Statement<unknown[]>;
  readonly #ofNiks: Database.Statement<unknown[]>;
  readonly #bearers: Database.Statement<unknown[]>;
  readonly #persons: number;
  readonly #nikOwners = new Map<string, z.infer<typeof NikRow>[]>();
  readonly #shares = new Map<string, number>();

  constructor(db: ReadableDb) {
    this.#ofKey = db
      .prepare('SELECT owner_id FROM match_key WHERE key = ? AND owner_kind = ? LIMIT ?')
      .pluck();
    this.#ofDraftKey = db.prepare('SELECT owner_id FROM draft_key WHERE key = ? LIMIT ?').pluck();
    this.#ofNiks = db
      .prepare(
        `SELECT owner_kind, owner_id FROM match_key WHERE key IN (SELECT value FROM json_each(@niks))
         UNION ALL SELECT 'draft', owner_id FROM draft_key WHERE key IN (SELECT value FROM json_each(@niks))`,
      )
      .raw();
    this.#bearers = db
      .prepare(`SELECT count(*) FROM match_key WHERE key = ? AND owner_kind = 'reference'`)
      .pluck();
    this.#persons = Count.parse(
      db.prepare('SELECT coalesce(sum(persons), 0) FROM reference_list').pluck().get(),
    );
  }

  /** Who of a kind bears any of the keys, and which keys too many bear. */
  find(kind: KeyOwner, keys: readonly string[]): { owners: string[]; capped: string[] } {
    const owners = new Set<string>();
    const capped: string[] = [];
    // NIK keys are many (every slip of the hand) and have few bearers: one query takes them all.
    const niks = JSON.stringify(keys.filter((key) => key.startsWith('N')));
    for (const [ownerKind, owner] of this.#ownersOfNiks(niks)) if (ownerKind === kind) owners.add(owner);
    for (const key of keys) {
      if (key.startsWith('N')) continue;
      const rows =
        kind === 'draft'
          ? this.#ofDraftKey.all(key, mostBearers + 1)
          : this.#ofKey.all(key, kind, mostBearers + 1);
      const found = Owners.parse(rows);
      if (found.length > mostBearers) capped.push(key);
      else for (const owner of found) owners.add(owner);
    }
    return { owners: [...owners], capped };
  }

  /** How often a name part is borne in the office's reference lists, with the shipped estimate. */
  readonly frequency: NameFrequency = (canon) => {
    const known = this.#shares.get(canon);
    if (known !== undefined) return known;
    const share = blendFrequency(canon, Count.parse(this.#bearers.get(nameKey(canon))), this.#persons);
    this.#shares.set(canon, share);
    return share;
  };

  #ownersOfNiks(niks: string): z.infer<typeof NikRow>[] {
    const known = this.#nikOwners.get(niks);
    if (known !== undefined) return known;
    const found = z.array(NikRow).parse(this.#ofNiks.all({ niks }));
    this.#nikOwners.set(niks, found);
    return found;
  }
}
