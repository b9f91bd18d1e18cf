import { readOptions } from '../read-options.ts';
import { conformanceChecks } from './checks.ts';

/**
 * `npm run provincial-conformance -- --url ADDRESS --code CODE --area CODE_OF_KELURAHAN
 * [--read-token TOKEN]`: whether a
 * server speaks the wire. It enrols one office and pushes synthetic families, so it is run against a
 * server for trying. Exit code 1 where one check fails, 2 where it cannot be run, 3 where
 * nothing fails and something could not be looked at.
 */
const usage =
  'Pakai: npm run provincial-conformance -- --url ALAMAT --code KODE [--area 31.71.01.1001] [--read-token TOKEN]';
const values = readOptions(usage, {
  url: { type: 'string' },
  code: { type: 'string' },
  area: { type: 'string', default: '31.71.01.1001' },
  'read-token': { type: 'string' },
});
const { url, code, area, 'read-token': readToken = null } = values;
if (url === undefined || code === undefined) {
  console.error(usage);
  process.exit(2);
}

let failed = 0;
let unchecked = 0;
for (const check of conformanceChecks({ address: url.replace(/\/+$/, ''), code, area, readToken })) {
  try {
    const unseen = await check.run();
    if (unseen !== undefined) unchecked += 1;
    console.log(unseen === undefined ? `sesuai  ${check.name}` : `TIDAK DIPERIKSA  ${check.name}: ${unseen}`);
  } catch (cause) {
    failed += 1;
    console.log(`GAGAL   ${check.name}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
if (failed > 0) console.log(`${failed} pemeriksaan gagal.`);
if (unchecked > 0) console.log(`${unchecked} tidak diperiksa.`);
if (failed === 0) console.log(unchecked === 0 ? 'Server ini sesuai.' : 'Yang diperiksa sesuai.');
process.exit(failed > 0 ? 1 : unchecked > 0 ? 3 : 0);
