import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { ReadableDb, WritableDb } from '../store/connection.ts';
import { migrations, schemaFile } from '../store/migrate.ts';

const Statements = z.array(z.string());

/** What makes the schema of a register, as one script: tables first, since the rest names them. */
export function statementsOf(db: ReadableDb): string[] {
  return Statements.parse(
    db
      .prepare(
        `SELECT sql FROM sqlite_schema
         WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite#_%' ESCAPE '#'
           AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
         ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'view' THEN 2 WHEN 'index' THEN 3 ELSE 4 END, rowid`,
      )
      .pluck()
      .all(),
  );
}

/** Takes every step of {@link migrations}, also where a register would begin with the schema as it stands. */
export function takeAllSteps(db: WritableDb): void {
  for (const { version, sql } of migrations) {
    db.exec(sql);
    db.pragma(`user_version = ${version}`);
  }
}

if (import.meta.main) {
  const db = new Database(':memory:');
  takeAllSteps(db);
  const version = migrations.at(-1)?.version ?? 0;
  writeFileSync(
    schemaFile,
    [
      `-- What the migrations up to ${version} make of an empty register: a new one begins here. Made by \`npm run schema\`.`,
      ...statementsOf(db).map((sql) => `${sql};`),
      `PRAGMA user_version = ${version};\n`,
    ].join('\n'),
  );
}
