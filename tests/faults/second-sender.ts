/**
 * A second sender on the register of an office, as a forgotten process would be:
 * node second-sender.ts <data folder>, with the register's key as hex in REGISTER_KEY. It sends until it is killed.
 */
import { createLog } from '../../electron/log.ts';
import { startPush } from '../../electron/services/sync-push.ts';
import type { HeldList } from '../../electron/services/register.ts';
import { openBareRegister } from './bare-register.ts';

const [folder = ''] = process.argv.slice(2);
/**
 * Of every list. One moves in by many transactions, which only one program may be at: `run-office.ts` lets no second one
 * into a folder. What this one sends and takes otherwise may meet the first anywhere.
 */
class AllHeld extends Map<string, HeldList> {
  override has(): boolean {
    return true;
  }
}

const register = openBareRegister(folder, Buffer.from(process.env['REGISTER_KEY'] ?? '', 'hex'));
register.heldLists = new AllHeld();
startPush(register, { fetch, log: createLog('silent') });
console.log(`Pengirim kedua: ${process.pid}`);
// Whatever its line does, only a kill ends it.
setInterval(() => {}, 60_000);
