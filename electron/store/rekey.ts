import { z } from 'zod';
import { normalisationVersion, normalisePerson } from '../matching/normalise.ts';
import { transaction, type WritableDb } from './connection.ts';
import { GatheredKeys } from './gathered-keys.ts';
import { listOpenDraftBodies } from './intake.ts';
import { writeDraftKeys, writeMember } from './matching.ts';
import { eachListed, eachMember } from './matching-sources.ts';
import { rekeyNotSame } from './not-same.ts';
import { giveListNumber, writeListKeys } from './reference-keys.ts';

const Version = z.number().nullable();
const Ids = z.array(z.string());

/**
 * Writes every key of the register anew where other rules of normalisation made them: once after an update
 * that changes the rules, some seconds for a kelurahan. What was found by the old ones is looked for anew.
 * All or nothing, so that a power cut leaves no list that finds half its persons.
 */
export function rekey(db: WritableDb): void {
  const made = Version.parse(db.prepare('SELECT max(version) FROM match_rules').pluck().get());
  if (made === normalisationVersion) return;
  transaction(db, () => {
    for (const table of [
      'member_key',
      'match_member',
      'draft_key',
      'reference_key_page',
      'reference_brief_page',
      'reference_name_part',
      'reference_index',
      'match_rules',
      'looked_with',
    ])
      db.exec(`DELETE FROM ${table}`);
    for (const { id, input } of eachMember(db)) writeMember(db, id, input);
    for (const { id, body } of listOpenDraftBodies(db)) writeDraftKeys(db, id, body);
    const lists = Ids.parse(db.prepare('SELECT id FROM reference_list WHERE version > 0').pluck().all());
    for (const listId of lists) rekeyList(db, listId);
    rekeyNotSame(db);
    db.exec("UPDATE review_rank SET stamp = ''");
    db.prepare('INSERT INTO match_rules (version) VALUES (?)').run(BigInt(normalisationVersion));
  });
}

function rekeyList(db: WritableDb, listId: string): void {
  const gathered = new GatheredKeys();
  const ids: number[] = [];
  const calledIn = db.prepare('SELECT source_id FROM reference_household WHERE id = ?').pluck();
  const households = new Set<string>();
  for (const { id, householdId, input } of eachListed(db, listId)) {
    const isFirst = !households.has(householdId);
    households.add(householdId);
    gathered.add(normalisePerson(input), isFirst ? z.string().parse(calledIn.get(householdId)) : null);
    ids.push(Number(id));
  }
  const number = giveListNumber(db, listId);
  for (const _ of writeListKeys(db, number, gathered.sorted(), (ordinal) => ids[ordinal] ?? 0));
}
