import type { Settings } from '../../shared/contract/settings.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { readSettings, writeSettings } from '../store/settings.ts';
import type { Register, ServiceActor } from './register.ts';

export function currentSettings(register: Register): Settings {
  return readSettings(register.db);
}

/** Changes what is given and keeps the rest; the journal names the settings that changed. */
export function changeSettings(
  register: Register,
  actor: ServiceActor,
  changes: Partial<Settings>,
): Settings {
  return transaction(register.db, () => {
    writeSettings(register.db, changes);
    appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: actor.id, role: actor.role },
      type: 'pengaturan_diubah',
      payload: { pengaturan: Object.keys(changes) },
    });
    return readSettings(register.db);
  });
}
