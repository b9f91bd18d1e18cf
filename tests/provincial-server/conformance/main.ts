import { parseArgs } from 'node:util';
import { conformanceChecks } from './checks.ts';

/**
 * `npm run provincial-conformance -- --url ADDRESS --code CODE --area CODE_OF_KELURAHAN
 * [--read-token TOKEN]`: whether a
 * server speaks the wire. It enrols one office and pushes synthetic families, so it is run against a
 * server for trying. Exit code 1 where one check fails, 2 where it cannot be run.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    code: { type: 'string' },
    area: { type: 'string', default: '31.71.01.1001' },
    'read-token': { type: 'string' },
  },
});
const { url, code, area, 'read-token': readToken = null } = values;
if (url === undefined || code === undefined) {
  console.error(
    'Pakai: npm run provincial-conformance -- --url ALAMAT --code KODE [--area 31.71.01.1001] [--read-token TOKEN]',
  );
  process.exit(2);
}

let failed = 0;
for (const check of conformanceChecks({ address: url.replace(/\/+$/, ''), code, area, readToken })) {
  try {
    await check.run();
    console.log(`sesuai  ${check.name}`);
  } catch (cause) {
    failed += 1;
    console.log(`GAGAL   ${check.name}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
console.log(failed === 0 ? 'Server ini sesuai.' : `${failed} pemeriksaan gagal.`);
process.exit(failed === 0 ? 0 : 1);
