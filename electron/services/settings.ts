import type { Settings } from '../../shared/contract/settings.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { writeSettings } from '../store/settings.ts';
import type { Holding } from '../store/sync.ts';
import type { Register, ServiceActor } from './register.ts';

export function currentSettings({ db, settings }: Register): Settings {
  return settings.read(db);
}

/** Whether the office keeps back what families refuse to share. */
export function holdingOf(register: Register): Holding {
  return { holdRefusing: currentSettings(register).sendRefusing ? 0 : 1 };
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
    // What was kept back may go now.
    if (changes.sendRefusing !== undefined) register.push?.wake();
    return currentSettings(register);
  });
}
