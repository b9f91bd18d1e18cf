/**
 * Opens a register whose keys other rules made, and is killed in the middle of writing them anew:
 * node rekey-child.ts <register.db>; the key comes as one line of hexadecimal on its standard input.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { openConnection } from '../../electron/store/connection.ts';
import { rekey } from '../../electron/store/rekey.ts';

const [file = ''] = process.argv.slice(2);
const [key] = await once(createInterface({ input: process.stdin }), 'line');
const db = openConnection(file, { key: Buffer.from(String(key), 'hex') });
// So small that what is written reaches the disk before the end of the transaction.
db.pragma('cache_size = 10');
db.function('kill_now', () => process.kill(process.pid, 'SIGKILL'));
db.exec('CREATE TEMP TRIGGER killed BEFORE INSERT ON main.reference_index BEGIN SELECT kill_now(); END');
rekey(db);
