import { parseArgs } from 'node:util';
import { openPool } from './database.ts';
import { migrate } from './migrate.ts';
import { announceKey, changeKey, listKeys, loadServerKey } from './server-keys.ts';

/**
 * `DATABASE_URL=… npm run provincial-keys -- [--announce | --change]`: the keys that the province signs with.
 * First announced, then changed, once the offices know it; a key that got out is no matter for this (ADR 30).
 */
const { values } = parseArgs({
  options: { announce: { type: 'boolean', default: false }, change: { type: 'boolean', default: false } },
});
const databaseUrl = process.env['DATABASE_URL'];
if (databaseUrl === undefined || (values.announce && values.change)) {
  console.error('Pakai: DATABASE_URL=… npm run provincial-keys [-- --announce | -- --change]');
  process.exit(2);
}

const pool = openPool(databaseUrl);
try {
  await migrate(pool);
  await loadServerKey(pool);
  if (values.announce) await announceKey(pool, new Date());
  const changed = values.change ? await changeKey(pool, new Date()) : null;
  if (values.change && changed === null) {
    console.error('Belum ada kunci yang diumumkan. Jalankan dahulu: npm run provincial-keys -- --announce');
    process.exitCode = 1;
  }
  for (const { kid, createdAt, activeAt, retiredAt, reached, offices } of await listKeys(pool)) {
    const state =
      activeAt === null
        ? `diumumkan ${createdAt.toISOString()}, ${reached} dari ${offices} kantor tersambung sejak itu`
        : retiredAt === null
          ? `menandatangani sejak ${activeAt.toISOString()}`
          : `dipakai sampai ${retiredAt.toISOString()}; tanda tangannya tetap berlaku`;
    console.log(`${kid}  ${state}`);
  }
  if (values.announce)
    console.log('Kantor mengenal kunci baru saat tersambung. Sesudah itu jalankan dengan --change.');
  if (changed !== null) console.log('Jalankan ulang setiap proses server supaya memakai kunci baru.');
} catch (cause) {
  console.error(`Kunci tidak dapat dibaca: ${cause instanceof Error ? cause.message : String(cause)}`);
  process.exitCode = 1;
} finally {
  await pool.end();
}
