import { openPool } from './database.ts';
import { migrate } from './migrate.ts';
import { readOptions } from './read-options.ts';
import { announceKey, changeKey, listKeys, loadServerKey, replaceKey } from './server-keys.ts';

/**
 * `DATABASE_URL=… npm run provincial-keys -- [--announce | --change | --replace]`: the keys that the province signs
 * with. First announced, then changed, once the offices know it; replaced where one got out (ADR 30). Exit code 2 where it is called
 * otherwise.
 */
const usage = 'Pakai: DATABASE_URL=… npm run provincial-keys [-- --announce | -- --change | -- --replace]';
const values = readOptions(usage, {
  announce: { type: 'boolean', default: false },
  change: { type: 'boolean', default: false },
  replace: { type: 'boolean', default: false },
});
const databaseUrl = process.env['DATABASE_URL'];
if (databaseUrl === undefined || Object.values(values).filter(Boolean).length > 1) {
  console.error(usage);
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
  const revoked = values.replace ? await replaceKey(pool, new Date()) : null;
  for (const { kid, createdAt, activeAt, retiredAt, lostAt, reached, offices } of await listKeys(pool)) {
    const state =
      activeAt === null
        ? `diumumkan ${createdAt.toISOString()}, ${reached} dari ${offices} kantor sudah mengenalnya`
        : retiredAt === null
          ? `menandatangani sejak ${activeAt.toISOString()}`
          : lostAt !== null
            ? `bocor; tidak dipercaya lagi sejak ${lostAt.toISOString()}`
            : `dipakai sampai ${retiredAt.toISOString()}; tanda tangannya tetap berlaku`;
    console.log(`${kid}  ${state}`);
  }
  if (values.announce)
    console.log(
      'Kantor mengenal kunci baru saat tersambung. Bila semua sudah mengenalnya, jalankan dengan --change.',
    );
  if (revoked !== null)
    console.log(`${revoked} kantor dicabut. Kirim kode pendaftaran baru kepada setiap kantor.`);
  if (changed !== null || revoked !== null)
    console.log('Jalankan ulang setiap proses server supaya memakai kunci baru.');
} catch (cause) {
  console.error(`Kunci tidak dapat dibaca: ${cause instanceof Error ? cause.message : String(cause)}`);
  process.exitCode = 1;
} finally {
  await pool.end();
}
