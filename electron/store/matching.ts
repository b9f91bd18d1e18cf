import { z } from 'zod';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import type { Household } from '../../shared/domain/household.ts';
import { type MatchKey, storedKeys } from '../matching/blocking.ts';
import { briefBytes, type Glimpse, writeBrief } from '../matching/brief.ts';
import { blendFrequency, type NameFrequency } from '../matching/model.ts';
import {
  draftInput,
  type MatchInput,
  memberInput,
  normalisationVersion,
  normalisePerson,
} from '../matching/normalise.ts';
import { type ReadableDb, standOf, type WritableDb } from './connection.ts';
import { type CurrentList, listCurrentLists } from './identification.ts';
import { PageShelf } from './page-shelf.ts';
import {
  inOrder,
  type KeyedList,
  keyedLists,
  mostBearers,
  partKey,
  ReferenceKeys,
} from './reference-keys.ts';

/**
 * Writes the keys of a case's members: those that a change took away go, those it brought come. Call
 * before its rows are replaced: it finds the old ones by them.
 */
export function writeMemberKeys(db: WritableDb, caseId: string, household: Household): void {
  const wanted = new Map(
    household.members.map((member) => {
      const kk = household.families.find((family) => family.no === member.familyNo)?.kk ?? null;
      return [member.id, memberInput(member, household.address, kk)];
    }),
  );
  const known = KnownMembers.parse(
    db
      .prepare(
        'SELECT id, member_id FROM match_member WHERE member_id IN (SELECT id FROM member WHERE case_id = ?)',
      )
      .all(caseId),
  );
  const removeKeys = db.prepare('DELETE FROM member_key WHERE owner = ?');
  const removeMember = db.prepare('DELETE FROM match_member WHERE id = ?');
  for (const { id, member_id: memberId } of known) {
    if (wanted.has(memberId)) continue;
    removeKeys.run(id);
    removeMember.run(id);
  }
  for (const [memberId, input] of wanted) writeMember(db, memberId, input);
}

const KnownMembers = z.array(z.object({ id: z.number(), member_id: z.string() }));
const Id = z.number();
const Numbers = z.array(Id);

/** A member at a glance, and the keys; those that stand stay. */
export function writeMember(db: WritableDb, memberId: string, input: MatchInput): void {
  const person = normalisePerson(input);
  const brief = Buffer.alloc(briefBytes);
  writeBrief(person, new DataView(brief.buffer, brief.byteOffset, brief.byteLength), 0);
  const id = writeBriefOf(db, memberId, brief);
  const wanted = new Set(storedKeys(person));
  const remove = db.prepare('DELETE FROM member_key WHERE key = ? AND owner = ?');
  for (const key of Numbers.parse(db.prepare('SELECT key FROM member_key WHERE owner = ?').pluck().all(id)))
    if (!wanted.delete(key)) remove.run(BigInt(key), id);
  const insert = db.prepare('INSERT INTO member_key (key, owner) VALUES (?, ?)');
  for (const key of wanted) insert.run(BigInt(key), id);
}

const BriefRow = z.object({ id: z.number(), brief: z.instanceof(Uint8Array), rules: z.number().nullable() });

/** @returns the number under which the member is kept; one that stands is not written again */
function writeBriefOf(db: WritableDb, memberId: string, brief: Buffer): number {
  const raw = db.prepare('SELECT id, brief, rules FROM match_member WHERE member_id = ?').get(memberId);
  const known = raw === undefined ? null : BriefRow.parse(raw);
  if (known?.rules === normalisationVersion && brief.equals(known.brief)) return known.id;
  return Id.parse(
    db
      .prepare(
        `INSERT INTO match_member (member_id, brief, rules) VALUES (?, ?, ${normalisationVersion})
         ON CONFLICT (member_id) DO UPDATE SET brief = excluded.brief, rules = excluded.rules RETURNING id`,
      )
      .pluck()
      .get(memberId, brief),
  );
}

/**
 * Writes the keys of a draft: those that a letter typed took away go, those it brought come; most
 * stand. The correction of a case has none: the case itself has them.
 */
export function writeDraftKeys(db: WritableDb, draftId: string, draft: DraftHousehold): void {
  const members = draft.corrects === null ? draft.members : [];
  const wanted = new Map(
    members.map((member) => [
      `${draftId}/${member.id}`,
      new Set(storedKeys(normalisePerson(draftInput(member, draft)))),
    ]),
  );
  const remove = db.prepare('DELETE FROM draft_key WHERE key = ? AND owner_id = ?');
  for (const { key, owner_id: owner } of draftKeys(db, draftId))
    if (wanted.get(owner)?.delete(key) !== true) remove.run(BigInt(key), owner);
  const insert = db.prepare('INSERT INTO draft_key (key, owner_id) VALUES (?, ?) ON CONFLICT DO NOTHING');
  for (const [owner, keys] of wanted) for (const key of keys) insert.run(BigInt(key), owner);
}

const DraftKeys = z.array(z.object({ key: z.number(), owner_id: z.string() }));
const ofDraft = `owner_id >= @draftId || '/' AND owner_id < @draftId || '0'`;

function draftKeys(db: ReadableDb, draftId: string): z.infer<typeof DraftKeys> {
  return DraftKeys.parse(db.prepare(`SELECT key, owner_id FROM draft_key WHERE ${ofDraft}`).all({ draftId }));
}

export function deleteDraftKeys(db: WritableDb, draftId: string): void {
  db.prepare(`DELETE FROM draft_key WHERE ${ofDraft}`).run({ draftId });
}

const Owners = z.array(z.string());
const Members = z.array(z.tuple([z.string(), z.instanceof(Uint8Array)]));
const Count = z.number();

// Put together once: a text made anew with every family is hashed anew to find its statement.
const membersOfKey = `SELECT owner FROM member_key WHERE key = ? LIMIT ${mostBearers + 1}`;
const membersAtAGlance = `
  SELECT member_id, brief FROM json_each(?) AS asked JOIN match_member ON match_member.id = asked.value
  WHERE match_member.rules = ${normalisationVersion}`;
const draftsOfKey = `SELECT owner_id FROM draft_key WHERE key = ? LIMIT ${mostBearers + 1}`;

/** Looks keys up for one request; its sources share what it has read. */
export class KeyIndex {
  readonly #db: ReadableDb;
  readonly #shares: NameShares;
  readonly #reference: ReferenceKeys;
  /** How often a name part is borne in the office's reference lists, with the shipped estimate. */
  readonly frequency: NameFrequency;
  /** Whether some of these lists (a JSON array of ids) may have no birth date. */
  readonly haveUndated: (lists: string) => boolean;

  /** @param shares what is known of the rarity of names already, where one connection asks again and again. */
  constructor(db: ReadableDb, shares: NameShares = new NameShares()) {
    this.#db = db;
    this.#shares = shares;
    this.#reference = new ReferenceKeys(db, shares.pages);
    this.frequency = shares.of(db);
    this.haveUndated = shares.undatedIn((lists) =>
      this.#listsOf(lists).some((list) => this.#reference.haveUndated(list)),
    );
  }

  /** For each set of keys the members who bear any of them, and which keys too many bear; nobody whose keys are of other rules. */
  findMembers(keysOf: readonly (readonly MatchKey[])[]): { glimpses: Glimpse[][]; capped: MatchKey[] } {
    const ofKey = this.#db.prepare(membersOfKey).pluck();
    const atAGlance = this.#db.prepare(membersAtAGlance).raw();
    const { found, capped } = collect(keysOf, (key) => Numbers.parse(ofKey.all(key)));
    const glimpses = found.map((owners) =>
      Members.parse(atAGlance.all(JSON.stringify(owners))).map(([id, brief]): Glimpse => ({
        id,
        list: '',
        briefs: new DataView(brief.buffer, brief.byteOffset, brief.byteLength),
        at: 0,
      })),
    );
    return { glimpses, capped };
  }

  /** The same of drafts, by "draft id/member id". */
  findDrafts(keysOf: readonly (readonly MatchKey[])[]): { owners: string[][]; capped: MatchKey[] } {
    const ofKey = this.#db.prepare(draftsOfKey).pluck();
    const { found, capped } = collect(keysOf, (key) => Owners.parse(ofKey.all(key)));
    return { owners: found, capped };
  }

  /** The same of persons of these lists (a JSON array of ids). */
  findListed(
    lists: string,
    keysOf: readonly (readonly MatchKey[])[],
  ): { glimpses: Glimpse[][]; capped: MatchKey[] } {
    const capped = new Set<MatchKey>();
    const glimpses = keysOf.map((): Glimpse[] => []);
    const sought = inOrder(keysOf.flat());
    for (const list of this.#listsOf(lists)) {
      const bearers = this.#reference.bearers(list, sought);
      if (bearers.size === 0) continue;
      const found = keysOf.map((keys) => {
        const persons = new Set<number>();
        for (const key of keys) {
          const some = bearers.get(key);
          if (some === null) capped.add(key);
          else for (const person of some ?? []) persons.add(person);
        }
        return [...persons];
      });
      const glimpsed = this.#reference.glimpses(list, found.flat());
      for (const [index, persons] of found.entries())
        glimpses[index]?.push(...persons.flatMap((person) => glimpsed.get(person) ?? []));
    }
    return { glimpses, capped: [...capped] };
  }

  /** The lists in which identification searches. */
  currentLists(): readonly CurrentList[] {
    return this.#shares.current.of('', () => listCurrentLists(this.#db));
  }

  /** How many persons stand in these lists (a JSON array of ids). */
  personsIn(lists: string): number {
    return this.#shares.persons.of(lists, () => Count.parse(this.#db.prepare(personsIn).pluck().get(lists)));
  }

  /** With the number that each bears. */
  #listsOf(lists: string): KeyedList[] {
    return this.#shares.keyed.of(lists, () => keyedLists(this.#db, Owners.parse(JSON.parse(lists))));
  }
}

function collect<Owner>(
  keysOf: readonly (readonly MatchKey[])[],
  bearersOf: (key: MatchKey) => Owner[],
): { found: Owner[][]; capped: MatchKey[] } {
  const known = new Map<MatchKey, Owner[]>();
  const capped = new Set<MatchKey>();
  const found = keysOf.map((keys) => {
    const owners = new Set<Owner>();
    for (const key of keys) {
      const bearers = known.get(key) ?? bearersOf(key);
      known.set(key, bearers);
      if (bearers.length > mostBearers) capped.add(key);
      else for (const owner of bearers) owners.add(owner);
    }
    return [...owners];
  });
  return { found, capped: [...capped] };
}

const personsIn =
  'SELECT coalesce(sum(persons), 0) FROM reference_list WHERE id IN (SELECT value FROM json_each(?))';

/** What was read of the lists, by what was asked. */
class Asked<Answer> {
  readonly #known = new Map<string, Answer>();

  of(what: string, read: () => Answer): Answer {
    const known = this.#known.get(what);
    if (known !== undefined) return known;
    const answer = read();
    this.#known.set(what, answer);
    return answer;
  }

  forget(): void {
    this.#known.clear();
  }
}

const Lists = z.object({ persons: z.number(), stamp: z.string().nullable() });
const keyedToday = `rules = ${normalisationVersion}`;

const listsKeyedToday = `
  SELECT coalesce(sum(persons), 0) AS persons, json_group_array(id || ' ' || persons) AS stamp
  FROM reference_list WHERE id IN (SELECT list_id FROM reference_index WHERE ${keyedToday})`;

/**
 * How rare each name part is and which lists have persons without a birth date, remembered while the
 * lists are the same ones: counting the bearers of a common part in a large register takes longer
 * than comparing a whole case with it. And which lists those are, while nobody writes: each case asks for it.
 */
export class NameShares {
  /** Pages of the lists that were looked into. */
  readonly pages = new PageShelf();
  readonly current = new Asked<readonly CurrentList[]>();
  readonly keyed = new Asked<KeyedList[]>();
  readonly persons = new Asked<number>();
  readonly #lists = new Asked<z.infer<typeof Lists>>();
  #stand = '';
  #stamp: string | null = null;
  readonly #shares = new Map<string, number>();
  readonly #undated = new Map<string, boolean>();

  of(db: ReadableDb): NameFrequency {
    const stand = standOf(db);
    if (stand !== this.#stand)
      for (const asked of [this.current, this.keyed, this.persons, this.#lists]) asked.forget();
    this.#stand = stand;
    const { persons, stamp } = this.#lists.of('', () => Lists.parse(db.prepare(listsKeyedToday).get()));
    if (stamp !== this.#stamp) {
      this.#shares.clear();
      this.#undated.clear();
    }
    this.#stamp = stamp;
    const bearers = db
      .prepare(
        `SELECT coalesce(sum(bearers), 0) FROM reference_name_part
         WHERE part = ? AND list IN (SELECT number FROM reference_index WHERE ${keyedToday})`,
      )
      .pluck();
    return (canon) => {
      const known = this.#shares.get(canon);
      if (known !== undefined) return known;
      const share = blendFrequency(canon, Count.parse(bearers.get(partKey(canon))), persons);
      this.#shares.set(canon, share);
      return share;
    };
  }

  /** Asked after `of`, which sees whether the lists are still the same ones. */
  undatedIn(look: (lists: string) => boolean): (lists: string) => boolean {
    return (lists) => {
      const known = this.#undated.get(lists);
      if (known !== undefined) return known;
      const found = look(lists);
      this.#undated.set(lists, found);
      return found;
    };
  }
}
