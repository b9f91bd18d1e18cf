import { makeBundle } from '../../electron/sync/courier-file.ts';
import { makeCourier, readCourier } from '../../electron/services/courier.ts';
import { encryptionHalf, makeDecryptionKey } from '../../electron/sync/courier-file.ts';
import { makeOfficeKey } from '../../electron/sync/signatures.ts';
import type { Random } from '../../electron/training/random.ts';
import { AppError } from '../../shared/errors.ts';
import { courierDirection } from '../../shared/provincial/courier.ts';
import type { SimOffice } from './sim-office.ts';
import type { SimProvince } from './sim-province.ts';
import type { VirtualTime } from './virtual-time.ts';

const second = 1_000;
const minute = 60 * second;

/** In how many runs a courier goes between the ends beside the line. */
export const oftenCarried = 0.12;

/** Bytes of files in one bundle: so few that some wait for the next, or for the line. */
const fileBytes = 100_000;

/** What becomes of a stick on its way. */
type Way = 'whole' | 'lost' | 'twice' | 'cut' | 'swapped';

/** Dealt like cards, shuffled, for each direction: so few sticks meet as many fates as they can. */
const ways: readonly Way[] = ['whole', 'whole', 'lost', 'twice', 'cut', 'swapped'];

/** All that {@link SimCourier.fates} counts. */
export const courierFates: readonly string[] = [
  ...['up', 'down'].flatMap((direction) => [...new Set(ways)].map((way) => `courier ${direction} ${way}`)),
  ...['province', 'office'].map((end) => `courier taken by ${end}`),
];

/** What each end may say of a file that came whole, beside taking it. */
const fair = {
  province: ['lebih lama dari paket'],
  office: ['courier_twice', 'courier_older'],
} as const;

/** And of one that was made, or is to be read, with a key that is gone since. */
const ofOtherKeys = {
  province: ['sudah dicabut', 'berubah di jalan'],
  office: ['courier_not_ready', 'courier_altered'],
} as const;

/**
 * Carries a part of the exchange in files, both ways, while the line does the same. A stick gets lost, is read
 * twice, arrives once the line is long back, breaks off half-way, or is swapped for that of another office.
 */
export class SimCourier {
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #office: SimOffice;
  readonly #province: SimProvince;
  readonly #mayRefuse: () => boolean;
  /** What became of the sticks. */
  readonly fates: Record<string, number> = {};
  /** What an end said of a file that it should not have said. */
  readonly problems: string[] = [];
  readonly #dealt: Record<'up' | 'down', Way[]> = { up: [], down: [] };
  #onTheWay = 0;

  /** @param mayRefuse whether a file that came whole may be of a key that is gone since */
  constructor(
    { time, office, province }: { time: VirtualTime; office: SimOffice; province: SimProvince },
    random: Random,
    mayRefuse: () => boolean,
  ) {
    this.#time = time;
    this.#random = random;
    this.#office = office;
    this.#province = province;
    this.#mayRefuse = mayRefuse;
  }

  /** Whether a file may still arrive. */
  get busy(): boolean {
    return this.#onTheWay > 0;
  }

  /** Somebody at the office writes a bundle and hands it to the courier. */
  setOut(): void {
    if (!this.#office.enrolled) return;
    this.#onTheWay += 1;
    this.#office.atCourier(
      (register, actor) => makeCourier(register, actor, { fileBytes }),
      (made) => {
        if (made !== null && !(made instanceof AppError)) this.#carry(made.content, 'up');
        this.#onTheWay -= 1;
      },
    );
  }

  /** A stick goes there and comes back whole, and says whether both ends hold the same; what an end refuses, else. */
  roundTrip(said: (verdict: string) => void): void {
    this.#office.atCourier(
      (register, actor) => makeCourier(register, actor, { fileBytes }),
      (made) => {
        if (made === null || made instanceof AppError) return said(made === null ? 'not made' : made.code);
        this.#after(minute, async () => {
          const read = await this.#province.readBundle(made.content);
          if (read === null || typeof read === 'string') return said(read ?? 'not read');
          this.#after(minute, () =>
            this.#office.atCourier(
              (register, actor) => readCourier(register, actor, read.file),
              (outcome) =>
                said(outcome instanceof AppError ? outcome.code : (outcome?.proof ?? 'nothing compared')),
            ),
          );
        });
      },
    );
  }

  #carry(file: string, direction: 'up' | 'down'): void {
    const way = this.#deal(direction);
    this.#count(`courier ${direction} ${way}`);
    if (way === 'lost') return;
    for (let times = way === 'twice' ? 2 : 1; times > 0; times -= 1) {
      const takes = this.#random.chance(0.2)
        ? this.#random.int(5, 9) * minute
        : this.#random.int(10, 200) * second;
      this.#after(takes, async () => {
        const arriving = way === 'cut' ? half(file) : way === 'swapped' ? await strange(direction) : file;
        if (direction === 'up') await this.#readAtProvince(arriving, way);
        else this.#readAtOffice(arriving, way);
      });
    }
  }

  #deal(direction: 'up' | 'down'): Way {
    const left = this.#dealt[direction];
    if (left.length === 0) left.push(...this.#random.shuffled(ways));
    return left.pop() ?? 'whole';
  }

  #after(delay: number, work: () => unknown): void {
    this.#onTheWay += 1;
    this.#time.after(delay, async () => {
      await work();
      this.#onTheWay -= 1;
    });
  }

  async #readAtProvince(file: string, way: Way): Promise<void> {
    const read = await this.#province.readBundle(file);
    // The server was killed over it, or its disk was full: the operator has the stick still.
    if (read === null) return this.#after(minute, () => this.#readAtProvince(file, way));
    const said = typeof read === 'string' ? read : null;
    this.#judge('province', way, said, { cut: 'terpotong', swapped: 'tidak terdaftar' });
    if (typeof read !== 'string') this.#carry(read.file, 'down');
  }

  #readAtOffice(file: string, way: Way): void {
    const again = (): void => this.#after(20 * second, () => this.#readAtOffice(file, way));
    if (!this.#office.enrolled) return again();
    this.#onTheWay += 1;
    this.#office.atCourier(
      (register, actor) => readCourier(register, actor, file, { random: () => this.#random.next() }),
      (outcome) => {
        // The power went over it, or the disk was full.
        if (outcome === null) again();
        else {
          // While all this goes on neither end loses anything: what a stick says otherwise is a false alarm.
          if (!(outcome instanceof AppError) && outcome.proof !== null && outcome.proof !== 'cocok')
            this.problems.push(`the proof on a stick says ${outcome.proof}`);
          this.#judge('office', way, outcome instanceof AppError ? outcome.code : null, {
            cut: 'courier_cut',
            swapped: 'courier_other_office',
          });
        }
        this.#onTheWay -= 1;
      },
    );
  }

  #judge(
    end: 'province' | 'office',
    way: Way,
    said: string | null,
    must: Record<'cut' | 'swapped', string>,
  ): void {
    const harmed = way === 'cut' || way === 'swapped' ? must[way] : null;
    const allowed = [
      ...(harmed === null ? fair[end] : [harmed]),
      ...(this.#mayRefuse() ? ofOtherKeys[end] : []),
    ];
    const expected = said === null ? harmed === null : allowed.some((sentence) => said.includes(sentence));
    if (!expected) this.problems.push(`the ${end} said of a file that came ${way}: ${said ?? 'nothing'}`);
    if (said === null) this.#count(`courier taken by ${end}`);
  }

  #count(what: string): void {
    this.#time.note(what);
    this.fates[what] = (this.fates[what] ?? 0) + 1;
  }
}

function half(file: string): string {
  return file.slice(0, Math.floor(file.length / 2));
}

/** The stick of an office that nobody here knows. */
async function strange(direction: 'up' | 'down'): Promise<string> {
  const header = { typ: courierDirection[direction], officeId: crypto.randomUUID(), number: 1 };
  return await makeBundle({}, header, await makeOfficeKey(), encryptionHalf(await makeDecryptionKey()));
}
