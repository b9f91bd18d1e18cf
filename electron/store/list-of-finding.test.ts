import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openConnection } from './connection.ts';
import { migrations } from './migrate.ts';
import { listOfFinding } from './migrations/046-list-of-finding.ts';

test('what a list of no source said is a finding of that list from the next version on, settled as it was', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mutakhir-findings-'));
  const db = openConnection(join(folder, 'register.db'), { key: randomBytes(32) });
  try {
    const older = migrations.filter(({ version }) => version < listOfFinding.version);
    db.exec(`BEGIN; ${older.map(({ sql }) => sql).join('\n')} COMMIT`);
    db.pragma('foreign_keys = OFF');
    db.exec(`INSERT INTO reference_list (id, source, name, list_date, version, file_name, file_hash, report, households,
                                         persons, imported_at, imported_by)
             VALUES ('q', 'LAIN', 'Penerima KLJ', '2026-10-31', 1, '', '${'f'.repeat(64)}', '{}', 0, 0, '', 'a')`);
    const insert = db.prepare(
      `INSERT INTO finding (id, case_id, kind, key, member_id, source, subject, note, found_at)
       VALUES (?, 'c', 'nama_berbeda', ?, ?, ?, 'Siti', ?, '2026-11-10')`,
    );
    insert.run('known', 'nama_berbeda m Daftar lain', 'm', 'Daftar lain', 'Penerima KLJ');
    insert.run('unknown', 'nama_berbeda n Daftar lain', 'n', 'Daftar lain', 'beda ejaan');
    insert.run('registry', 'nama_berbeda m DTKS', 'm', 'DTKS', 'Penerima KLJ');
    db.exec(listOfFinding.sql);
    expect(db.prepare('SELECT id, key, source FROM finding ORDER BY id').raw().all()).toEqual([
      ['known', 'nama_berbeda m Daftar lain: Penerima KLJ', 'Daftar lain: Penerima KLJ'],
      ['registry', 'nama_berbeda m DTKS', 'DTKS'],
      ['unknown', 'nama_berbeda n Daftar lain', 'Daftar lain'],
    ]);
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
});
