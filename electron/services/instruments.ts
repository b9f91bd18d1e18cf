import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instrument } from '../../shared/domain/instrument.ts';

/** The instrument that new sheets are printed with; a sheet remembers its own. */
export const currentInstrument = 'bdt-2015';

/**
 * Reads an instrument from `resources/instruments/`. Its id is a file name of the program, never
 * something that was typed.
 *
 * @throws where the file is missing or is not an instrument: a fault of the installation.
 */
export function loadInstrument(resourcesDir: string, id: string = currentInstrument): Instrument {
  return Instrument.parse(JSON.parse(readFileSync(join(resourcesDir, 'instruments', `${id}.json`), 'utf8')));
}
