import { z } from 'zod';
import type { Case } from '../../shared/domain/registration.ts';
import type { ReadableDb, WritableDb } from './connection.ts';
import { gramsOf, isNear, type QueryWord, readQuery, searchWordsOf } from './search-words.ts';

/**
 * Search as you type over all cases. Every word of a case stands in one full-text index; the words of
 * names and streets also in a vocabulary that is found by pieces of three letters, so that a slip of
 * the hand costs a look at some thousand words and not at every person. See docs/adr/0014-search-by-vocabulary.md.
 */
export interface CaseQuery {
  /** Matches the words as they were typed. */
  exact: string;
  /** Matches those, and words one slip of the hand away. */
  near: string;
}

/** The query as the index takes it; null where nothing was typed that can be looked for. */
export function caseQuery(db: ReadableDb, text: string): CaseQuery | null {
  const words = readQuery(text);
  if (words.length === 0) return null;
  const exact = words.map((word) => anyOf(formsOf(word))).join(' AND ');
  const near = words
    .map((word) => anyOf([...formsOf(word), ...findNear(db, word).map(quoted)]))
    .join(' AND ');
  return { exact, near };
}

const SpokenRow = z.object({ word: z.string() });
/** Words of the vocabulary that share the most pieces with the typed one are worth comparing. */
const mostCompared = 80;
const mostNear = 24;

function findNear(db: ReadableDb, word: QueryWord): string[] {
  if (!word.spoken) return [];
  const rows = db
    .prepare(
      `SELECT word FROM search_gram WHERE gram IN (SELECT value FROM json_each(?))
       GROUP BY word ORDER BY count(*) DESC, abs(length(word) - ?) LIMIT ?`,
    )
    .all(JSON.stringify(gramsOf(word.text)), word.text.length, mostCompared);
  return z
    .array(SpokenRow)
    .parse(rows)
    .map((row) => row.word)
    .filter((known) => !known.startsWith(word.text) && isNear(word.text, known))
    .slice(0, mostNear);
}

function formsOf({ text, begins, also }: QueryWord): string[] {
  return [begins ? `${quoted(text)}*` : quoted(text), ...also.map(quoted)];
}

function anyOf(forms: readonly string[]): string {
  return `(${forms.join(' OR ')})`;
}

function quoted(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}

const IndexedRow = z.object({ words: z.string(), spoken: z.string() });

/** Writes the words of a case anew, where they are others than before. */
export function indexCase(db: WritableDb, registered: Case): void {
  const { all, spoken } = searchWordsOf(registered);
  const raw = db.prepare('SELECT words, spoken FROM case_search WHERE rowid = ?').get(registered.serial);
  const known = raw === undefined ? null : IndexedRow.parse(raw);
  if (known?.words === all.join(' ') && known.spoken === spoken.join(' ')) return;
  const before = known === null ? [] : known.spoken.split(' ');
  db.prepare('DELETE FROM case_search WHERE rowid = ?').run(registered.serial);
  db.prepare('INSERT INTO case_search (rowid, words, spoken) VALUES (?, ?, ?)').run(
    registered.serial,
    all.join(' '),
    spoken.join(' '),
  );
  forgetWords(
    db,
    before.filter((word) => word !== '' && !spoken.includes(word)),
  );
  learnWords(
    db,
    spoken.filter((word) => !before.includes(word)),
  );
}

function learnWords(db: WritableDb, words: readonly string[]): void {
  // Nothing is written of a word that is known, as nearly all are once an office has some hundred cases.
  const learn = db.prepare('INSERT INTO search_word (word) VALUES (?) ON CONFLICT DO NOTHING');
  const insert = db.prepare('INSERT INTO search_gram (gram, word) VALUES (?, ?)');
  for (const word of words)
    if (learn.run(word).changes === 1) for (const gram of gramsOf(word)) insert.run(gram, word);
}

/** A name that no case bears any more is nobody's to keep; the words of the case stand in the index anew already. */
function forgetWords(db: WritableDb, words: readonly string[]): void {
  const bears = db.prepare('SELECT 1 FROM case_search WHERE case_search MATCH ? LIMIT 1');
  const drop = db.prepare('DELETE FROM search_word WHERE word = ?');
  for (const word of words) if (bears.get(quoted(word)) === undefined) drop.run(word);
}
