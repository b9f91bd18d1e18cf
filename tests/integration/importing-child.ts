/**
 * A program of its own that opens an office and brings a list in, twice under two names; it is stopped and
 * killed meanwhile. Run by `import-kill.test.ts`: node importing-child.ts <data folder> <list> <name> <name>
 */
import { openInChild } from './child-office.ts';
import { openAsBlob } from 'node:fs';
import { importDtks } from './reference-office.ts';

const [dataDir = '', file = '', ...names] = process.argv.slice(2);
const { office, token, client: officer } = await openInChild(dataDir, 'petugas_verifikasi1');
for (const name of names) {
  const { state } = await importDtks({ office, officer, token }, name, await openAsBlob(file));
  if (state !== 'selesai') throw new Error(`${name}: ${state}`);
}
setInterval(() => {}, 1_000);
