import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { lookAt } from '../../electron/sync/courier-file.ts';
import { CourierRefusal, readCourier } from './courier.ts';
import { enrolByCourier } from './courier-enrolment.ts';
import { openPool } from './database.ts';
import { migrate } from './migrate.ts';
import { readOptions } from './read-options.ts';
import { loadServerKey } from './server-keys.ts';

/**
 * `DATABASE_URL=… npm run provincial-courier -- --in PAKET --out FOLDER`: reads an office's bundle, or its request to be
 * enrolled, and writes the answer beside it. For such a request it must know where this province is: `--address`, or
 * `PUBLIC_ADDRESS`. Exit code 1 with a sentence where the file is not read, 2 where it is called otherwise.
 */
const usage =
  'Pakai: DATABASE_URL=… npm run provincial-courier -- --in PAKET [--out FOLDER] [--address https://ALAMAT-PROVINSI]';
const values = readOptions(usage, {
  in: { type: 'string' },
  out: { type: 'string', default: '.' },
  address: { type: 'string' },
});
const databaseUrl = process.env['DATABASE_URL'];
if (values.in === undefined || databaseUrl === undefined) {
  console.error(usage);
  process.exit(2);
}

interface Read {
  sentence: string;
  file: string;
  fileName: string;
}

async function readBundle(pool: Pool, content: string): Promise<Read> {
  const read = await readCourier(pool, await loadServerKey(pool), content, new Date());
  const again = read.repeated ? ' (sudah pernah dibaca; jawabannya sama)' : '';
  const recaps = read.recaps === 0 ? '' : ` dan ${read.recaps} rekap periode`;
  return {
    ...read,
    sentence: `${read.officeName}, paket ${read.number}: ${read.records} catatan${recaps} dibaca${again}.`,
  };
}

async function readEnrolment(pool: Pool, content: string): Promise<Read> {
  const address = values.address ?? process.env['PUBLIC_ADDRESS'];
  if (address === undefined)
    throw new CourierRefusal(
      'Ini permintaan pendaftaran kantor. Jalankan lagi dengan --address, alamat https server provinsi ini: kantor memakainya bila sambungannya ada.',
    );
  const read = await enrolByCourier(pool, await loadServerKey(pool), content, address, new Date());
  return {
    ...read,
    sentence: `${read.officeName} (${read.area}) terdaftar lewat kurir. Bila sambungannya ada, kantor ini mencari provinsi di ${read.address}.`,
  };
}

const pool = openPool(databaseUrl);
try {
  await migrate(pool);
  const content = readFileSync(values.in, 'utf8');
  const isEnrolment = lookAt(content).kind === 'enrolment';
  const read = await (isEnrolment ? readEnrolment : readBundle)(pool, content);
  const answer = join(values.out, read.fileName);
  writeFileSync(answer, read.file, { mode: 0o600 });
  console.log(read.sentence);
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
