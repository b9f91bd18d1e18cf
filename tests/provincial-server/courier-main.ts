import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CourierRefusal, readCourier } from './courier.ts';
import { openPool } from './database.ts';
import { migrate } from './migrate.ts';
import { readOptions } from './read-options.ts';
import { loadServerKey } from './server-keys.ts';

/**
 * `DATABASE_URL=… npm run provincial-courier -- --in PAKET --out FOLDER`: reads an office's bundle and
 * writes the answer beside it. Exit code 1 with a sentence where the bundle is not read, 2 where it is called otherwise.
 */
const usage = 'Pakai: DATABASE_URL=… npm run provincial-courier -- --in PAKET [--out FOLDER]';
const values = readOptions(usage, { in: { type: 'string' }, out: { type: 'string', default: '.' } });
const databaseUrl = process.env['DATABASE_URL'];
if (values.in === undefined || databaseUrl === undefined) {
  console.error(usage);
  process.exit(2);
}

const pool = openPool(databaseUrl);
try {
  await migrate(pool);
  const read = await readCourier(
    pool,
    await loadServerKey(pool),
    readFileSync(values.in, 'utf8'),
    new Date(),
  );
  const answer = join(values.out, read.fileName);
  writeFileSync(answer, read.file, { mode: 0o600 });
  const again = read.repeated ? ' (sudah pernah dibaca; jawabannya sama)' : '';
  const recaps = read.recaps === 0 ? '' : ` dan ${read.recaps} rekap periode`;
  console.log(`${read.officeName}, paket ${read.number}: ${read.records} catatan${recaps} dibaca${again}.`);
  console.log(`Jawaban: ${answer}`);
} catch (cause) {
  console.error(
    cause instanceof CourierRefusal
      ? cause.message
      : `Paket tidak dapat dibaca: ${cause instanceof Error ? cause.message : String(cause)}`,
  );
  process.exitCode = 1;
} finally {
  await pool.end();
}
