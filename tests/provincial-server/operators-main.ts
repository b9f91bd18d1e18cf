import { openPool } from './database.ts';
import { migrate } from './migrate.ts';
import { givePasswordAtServer } from './operator/operators.ts';
import { listOperators } from './operator/overview.ts';
import { readOptions } from './read-options.ts';

/**
 * `DATABASE_URL=… npm run provincial-operators -- [--name NAMA]`: the operators of the province's pages, and a new
 * password for one whom no other operator can give one (ADR 25). Exit code 2 where it is called otherwise, 1 with a
 * sentence where nothing was done.
 */
const usage = 'Pakai: DATABASE_URL=… npm run provincial-operators [-- --name NAMA]';
const help = `${usage}

Tanpa --name: daftar operator.
--name NAMA   memberi operator itu kata sandi baru, yang hanya ditampilkan sekali. Operator yang nonaktif
              diaktifkan lagi, percobaan masuk yang salah dihapus, dan sesinya yang terbuka diakhiri.
--help        keterangan ini.

DATABASE_URL menunjuk PostgreSQL server provinsi: postgres://pengguna:sandi@host:porta/nama`;

const values = readOptions(usage, { name: { type: 'string' }, help: { type: 'boolean', short: 'h' } });
if (values.help) {
  console.log(help);
  process.exit(0);
}
const databaseUrl = process.env['DATABASE_URL'];
if (!databaseUrl || values.name?.trim() === '') {
  console.error(usage);
  process.exit(2);
}

const pool = openPool(databaseUrl);
try {
  await migrate(pool);
  if (values.name === undefined) await printOperators();
  else await printNewPassword(values.name);
} catch (cause) {
  // Where a name has several addresses and none answers, the error has a code and no message.
  const reason = cause instanceof Error ? cause.message || ('code' in cause && cause.code) : cause;
  console.error(`Operator tidak dapat dibaca: ${String(reason)}`);
  process.exitCode = 1;
} finally {
  await pool.end();
}

async function printOperators(): Promise<void> {
  const operators = await listOperators(pool);
  for (const { name, disabledAt } of operators)
    console.log(`${name}  ${disabledAt === null ? 'aktif' : `nonaktif sejak ${disabledAt.toISOString()}`}`);
  if (operators.length === 0) console.log('Belum ada operator. Yang pertama dibuat saat server dijalankan.');
}

async function printNewPassword(name: string): Promise<void> {
  const given = await givePasswordAtServer(pool, name, new Date());
  if (given.outcome === 'unknown') {
    console.error('Tidak ada operator bernama itu. Lihat namanya: npm run provincial-operators');
    process.exitCode = 1;
    return;
  }
  console.log(`Kata sandi baru untuk ${given.name}: ${given.password}`);
  console.log('Hanya ditampilkan sekali. Setelah masuk, gantilah di halaman Kata sandi.');
}
