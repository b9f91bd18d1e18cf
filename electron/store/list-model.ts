import { z } from 'zod';
import { learnModel } from '../matching/learn-model.ts';
import { matchHousehold } from '../matching/match-household.ts';
import { defaultModel, Model } from '../matching/model.ts';
import { reading, type ReadableDb, transaction, type WritableDb } from './connection.ts';
import { KeyIndex } from './matching.ts';
import { caseCandidates, referenceCandidates } from './matching-sources.ts';

/** The newest cases that a list is learnt beside: their persons tell enough, and comparing them takes a second. */
const casesAtMost = 300;

/** What the lists of one source are judged by. */
export interface ModelInUse {
  model: Model;
  /** Where its numbers come from, told to whoever looks at a comparison. */
  origin: string;
}

/**
 * Learns what a list is like beside the office's cases, and keeps it with the list. What was learnt stays as long as the
 * list, so that it judges all alike; where nothing could be learnt it is kept why, and tried again the next time.
 *
 * @param at ISO instant.
 */
export function learnOfList(db: WritableDb, listId: string, at: string): void {
  if (modelsOf(db, [{ id: listId }]).length > 0) return;
  const { model, persons, refused } = reading(db, () => learnBesideCases(db, listId));
  const body = refused === null ? JSON.stringify(model) : null;
  transaction(db, () => {
    db.prepare(
      `INSERT INTO list_model (list_id, learnt_from, version, persons, body, refused, learnt_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (list_id) DO UPDATE SET learnt_from = excluded.learnt_from, version = excluded.version,
         persons = excluded.persons, body = excluded.body, refused = excluded.refused, learnt_at = excluded.learnt_at`,
    ).run(listId, defaultModel.version, model.version, persons, body, refused, at);
  });
}

/** Of these lists those of which it was never tried to learn, beside the shipped model of today. */
export function listUnlearnt(db: ReadableDb, lists: readonly { id: string }[]): string[] {
  return z.array(z.string()).parse(
    db
      .prepare(
        `SELECT value FROM json_each(?)
         WHERE value NOT IN (SELECT list_id FROM list_model WHERE learnt_from = ?) ORDER BY key`,
      )
      .pluck()
      .all(JSON.stringify(lists.map(({ id }) => id)), defaultModel.version),
  );
}

function learnBesideCases(db: ReadableDb, listId: string): ReturnType<typeof learnModel> {
  const index = new KeyIndex(db);
  const list = referenceCandidates(db, index, [listId]);
  const cases = caseCandidates(db, index, null);
  const newest = z
    .array(z.string())
    .parse(
      db
        .prepare(`SELECT id FROM case_file WHERE state <> 'DIGABUNG' ORDER BY id DESC LIMIT ${casesAtMost}`)
        .pluck()
        .all(),
    );
  const found = newest.flatMap((caseId) => {
    const members = cases.household(caseId).map(({ id, input }) => ({ id, input, unit: '' }));
    const { candidates } = matchHousehold(members, list, { model: defaultModel });
    return [...candidates.values()].map((some) =>
      some.map(({ comparison }) => ({ ...comparison, companions: 'missing' as const })),
    );
  });
  return learnModel(found, {
    model: defaultModel,
    frequency: list.frequency,
    population: list.population,
  });
}

const Row = z.object({ version: z.string(), persons: z.number(), refused: z.string().nullable() });

/**
 * What these lists of one source are judged by, the latest first: the model of the first that was learnt from, else the
 * shipped one. A model that was learnt from another shipped one counts no more.
 */
export function findModel(db: ReadableDb, listIds: readonly string[]): ModelInUse {
  const ofList = db.prepare(
    'SELECT version, persons, refused FROM list_model WHERE list_id = ? AND learnt_from = ?',
  );
  let why: string | null = null;
  for (const id of listIds) {
    const raw = ofList.get(id, defaultModel.version);
    if (raw === undefined) continue;
    const { version, persons, refused } = Row.parse(raw);
    why ??= refused;
    if (refused !== null) continue;
    return {
      model: modelOf(db, id, version),
      origin: `dipelajari dari daftar ini, dari ${persons} orang berkas yang NIK-nya sama`,
    };
  }
  return {
    model: defaultModel,
    origin: `memakai angka bawaan karena ${why ?? 'daftar ini belum dipelajari'}`,
  };
}

/** Models that were read, by version: what follows from one is worked out once (`PairBound`). Of one version there is one. */
const known = new Map<string, Model>();
const knownAtMost = 20;

function modelOf(db: ReadableDb, listId: string, version: string): Model {
  const found = known.get(version);
  if (found !== undefined) return found;
  const body = db.prepare('SELECT body FROM list_model WHERE list_id = ?').pluck().get(listId);
  const model = Model.parse(JSON.parse(z.string().parse(body)));
  if (known.size >= knownAtMost) known.clear();
  known.set(version, model);
  return model;
}

/** Versions of the models that were learnt of some of these lists: what is worked out with them holds for these alone. */
export function modelsOf(db: ReadableDb, lists: readonly { id: string }[]): string[] {
  return z.array(z.string()).parse(
    db
      .prepare(
        `SELECT version FROM list_model WHERE list_id IN (SELECT value FROM json_each(?)) AND learnt_from = ?
             AND body IS NOT NULL ORDER BY list_id`,
      )
      .pluck()
      .all(JSON.stringify(lists.map(({ id }) => id)), defaultModel.version),
  );
}
