/**
 * Opens a register whose keys other rules made, and is killed in the middle of writing them anew:
 * node rekey-child.ts <register.db>; the key comes as one line of hexadecimal on its standard input.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { openConnection } from '../../electron/store/connection.ts';
import { renewKeys } from '../../electron/store/rekey.ts';

const [file = ''] = process.argv.slice(2);
const [key] = await once(createInterface({ input: process.stdin }), 'line');
const db = openConnection(file, { key: Buffer.from(String(key), 'hex') });
db.function('kill_now', () => process.kill(process.pid, 'SIGKILL'));
db.exec('CREATE TEMP TRIGGER killed BEFORE INSERT ON main.reference_brief_page BEGIN SELECT kill_now(); END');
for (const _ of renewKeys(db));
