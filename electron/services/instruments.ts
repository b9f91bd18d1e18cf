import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instrument } from '../../shared/domain/instrument.ts';
import { AppError } from '../../shared/errors.ts';

/**
 * Instruments as they lie in `resources/instruments/<id>-<version>.json`. A sheet remembers id and
 * version, so a visit is typed in and read under the questions it was printed with, whatever came
 * after; a new sheet takes the newest version whose day has come.
 */

/** Reads one version of an instrument, as sheets name it. @throws AppError `instrument_missing`. */
export function loadInstrument(resourcesDir: string, id: string, version: string): Instrument {
  if (!listFiles(resourcesDir).some((file) => file.id === id && file.version === version))
    throw new AppError('instrument_missing', { id, version });
  return readInstrument(resourcesDir, id, version);
}

/** The version of an instrument that new sheets are printed with on a day (ISO). */
export function currentInstrument(resourcesDir: string, id: string, day: string): Instrument {
  const current = listFiles(resourcesDir)
    .filter((file) => file.id === id)
    .map((file) => readInstrument(resourcesDir, id, file.version))
    .filter((instrument) => instrument.validFrom <= day)
    .toSorted((left, right) => Number(right.version) - Number(left.version))[0];
  if (current === undefined) throw new AppError('instrument_missing', { id, version: '' });
  return current;
}

/** Every instrument there is, each in the version of the day. */
export function currentInstruments(resourcesDir: string, day: string): Instrument[] {
  return [...new Set(listFiles(resourcesDir).map(({ id }) => id))].map((id) =>
    currentInstrument(resourcesDir, id, day),
  );
}

function listFiles(resourcesDir: string): { id: string; version: string }[] {
  return readdirSync(join(resourcesDir, 'instruments'))
    .toSorted()
    .flatMap((name) => {
      const [, id = '', version = ''] = /^([a-z0-9-]+)-(\d+)\.json$/.exec(name) ?? [];
      return id === '' ? [] : [{ id, version }];
    });
}

/** @throws where the file is no instrument, or another than its name says: a fault of the installation. */
function readInstrument(resourcesDir: string, id: string, version: string): Instrument {
  const file = join(resourcesDir, 'instruments', `${id}-${version}.json`);
  const instrument = Instrument.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (instrument.id !== id || instrument.version !== version)
    throw new Error(`${file} holds ${instrument.id} version ${instrument.version}.`);
  return instrument;
}
