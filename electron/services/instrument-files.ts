import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instrument } from '../../shared/domain/instrument.ts';
import { frozen } from '../frozen.ts';

/**
 * The instruments that lie in `resources/instruments/<id>-<version>.json`. Each is read once and given out frozen: whatever is
 * said of a visit asks for it, and a version that sheets were printed with never changes.
 */
export class InstrumentFiles {
  readonly #folder: string;
  readonly #read = new Map<string, Instrument>();

  constructor(resourcesDir: string) {
    this.#folder = join(resourcesDir, 'instruments');
  }

  /** Every version that lies there now. @throws as {@link find}. */
  all(): Instrument[] {
    return readdirSync(this.#folder)
      .toSorted()
      .flatMap((name) => {
        const [, id = '', version = ''] = /^([a-z0-9-]+)-(\d+)\.json$/.exec(name) ?? [];
        return id === '' ? [] : [this.#open(id, version)];
      });
  }

  /** @throws where the file is no instrument, or another than its name says: a fault of the installation. */
  find(id: string, version: string): Instrument | null {
    const known = this.#read.get(`${id}-${version}`);
    if (known !== undefined) return known;
    return readdirSync(this.#folder).includes(`${id}-${version}.json`) ? this.#open(id, version) : null;
  }

  #open(id: string, version: string): Instrument {
    const known = this.#read.get(`${id}-${version}`);
    if (known !== undefined) return known;
    const file = join(this.#folder, `${id}-${version}.json`);
    const instrument = frozen(Instrument.parse(JSON.parse(readFileSync(file, 'utf8'))));
    if (instrument.id !== id || instrument.version !== version)
      throw new Error(`${file} holds ${instrument.id} version ${instrument.version}.`);
    this.#read.set(`${id}-${version}`, instrument);
    return instrument;
  }
}
