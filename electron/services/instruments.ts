import { Instrument } from '../../shared/domain/instrument.ts';
import { AppError } from '../../shared/errors.ts';
import { listSettings } from '../store/down.ts';
import { InstrumentFiles } from './instrument-files.ts';
import type { RegisterFile } from './register.ts';

/**
 * Instruments that the program brings along, and those that the province published. A sheet remembers id and version, so a visit is typed in and read under the questions it
 * was printed with, whatever came after; a new sheet takes the newest version whose day has come.
 */

export interface InstrumentShelf {
  files: InstrumentFiles;
  /** Those of the province that this program can use, also ones whose day (ISO) is still to come. */
  published(): readonly { instrument: Instrument; effectiveFrom: string }[];
}

/** What the program brings along, without a register. */
export function bundledShelf(resourcesDir: string): InstrumentShelf {
  return { files: new InstrumentFiles(resourcesDir), published: () => [] };
}

export function shelfOf(register: RegisterFile): InstrumentShelf {
  return {
    files: register.instruments,
    published: () =>
      listSettings(register.db)
        .filter(({ setting, unusable }) => setting === 'instrumen' && unusable === null)
        .map(({ content, effectiveFrom }) => ({ instrument: Instrument.parse(content), effectiveFrom })),
  };
}

/** Reads one version of an instrument, as sheets name it. @throws AppError `instrument_missing`. */
export function loadInstrument(shelf: InstrumentShelf, id: string, version: string): Instrument {
  const found = findInstrument(shelf, id, version);
  if (found === null) throw new AppError('instrument_missing', { id, version });
  return found;
}

export function findInstrument(shelf: InstrumentShelf, id: string, version: string): Instrument | null {
  const brought = shelf.files.find(id, version);
  if (brought !== null) return brought;
  const published = shelf
    .published()
    .find(({ instrument }) => instrument.id === id && instrument.version === version);
  return published?.instrument ?? null;
}

/** The version of an instrument that new sheets are printed with on a day (ISO). */
export function currentInstrument(shelf: InstrumentShelf, id: string, day: string): Instrument {
  const current = inForceOn(shelf, day)
    .filter((instrument) => instrument.id === id)
    .toSorted((left, right) => Number(right.version) - Number(left.version))[0];
  if (current === undefined) throw new AppError('instrument_missing', { id, version: '' });
  return current;
}

/** Every instrument there is, each in the version of the day. */
export function currentInstruments(shelf: InstrumentShelf, day: string): Instrument[] {
  const ids = new Set(inForceOn(shelf, day).map(({ id }) => id));
  return [...ids].map((id) => currentInstrument(shelf, id, day));
}

function inForceOn({ files, published }: InstrumentShelf, day: string): Instrument[] {
  const sent = published()
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .map(({ instrument }) => instrument);
  return [...files.all(), ...sent].filter(({ validFrom }) => validFrom <= day);
}
