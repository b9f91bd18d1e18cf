/**
 * A program of its own that opens an office, types one draft and then waits to be killed. Run by
 * `crash.test.ts`: node typing-child.ts <data folder> <street>
 */
import { openInChild } from './child-office.ts';
import { familyDraft } from './households.ts';

const [dataDir = '', street = ''] = process.argv.slice(2);
const { client } = await openInChild(dataDir, 'petugas_loket1');
const draft = await client.intake.create.mutate({ mode: 'aktif' });
const body = { ...familyDraft(), address: { ...familyDraft().address, street } };
const { version } = await client.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
console.log(`tersimpan ${draft.id} ${version}`);
setInterval(() => {}, 1_000);
