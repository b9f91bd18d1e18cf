import type { Random } from '../../electron/training/random.ts';
import { kelurahan } from '../integration/area.ts';
import type { SimOffice } from './sim-office.ts';
import type { SimProvince } from './sim-province.ts';
import type { VirtualTime } from './virtual-time.ts';

const second = 1_000;

/** In how many runs the province changes the key that it signs with, once or again and again. */
const oftenChanged = 0.25;

/** In how many runs the office is revoked, and comes back under another key of its own. */
const oftenRevoked = 0.12;

/** Whose key is changed: the province's own, and that of the office, which is revoked and comes back. */
export interface KeyPlan {
  changed: boolean;
  revoked: boolean;
}

/** Operators of the province change keys while everything else goes on. */
export class SimKeys {
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #office: SimOffice;
  readonly #province: SimProvince;
  readonly #isOver: () => boolean;
  readonly counts = { key_changes: 0, revocations: 0 };
  /** With which the office comes back; null where it was not revoked. */
  code: string | null = null;
  /** Of the office as it was when it was revoked. */
  #revoked: string | null = null;

  /** @param isOver whether no further key is to be changed */
  constructor(
    { time, office, province }: { time: VirtualTime; office: SimOffice; province: SimProvince },
    random: Random,
    isOver: () => boolean,
  ) {
    this.#time = time;
    this.#random = random;
    this.#office = office;
    this.#province = province;
    this.#isOver = isOver;
  }

  /** @param plan what is to come, whatever the seed draws */
  begin(plan: KeyPlan | null): void {
    const { changed, revoked } = plan ?? {
      changed: this.#random.chance(oftenChanged),
      revoked: this.#random.chance(oftenRevoked),
    };
    if (changed) this.#after(this.#random.int(20, 150), () => this.#change());
    if (revoked) this.#after(this.#random.int(60, 200), () => this.#revoke());
  }

  /** Whether the office is revoked, or on its way back. */
  get isRevoked(): boolean {
    if (this.#revoked === null || !this.#office.enrolled) return this.#revoked !== null;
    return this.#office.credential === this.#revoked;
  }

  /** Whether a courier's file may be of a key that is gone since. */
  get mayRefuseFiles(): boolean {
    return this.counts.revocations > 0 || this.counts.key_changes > 1;
  }

  /** As operators do it, though not all of them wait until the office knows the key, nor stop every process at once. */
  async #change(): Promise<void> {
    await this.#province.announceKey();
    this.#after(this.#random.int(5, 90), async () => {
      await this.#province.changeKey(() => this.#random.chance(0.5));
      this.counts.key_changes += 1;
      this.#after(this.#random.int(5, 60), async () => {
        this.#province.endBefore();
        if (this.#random.chance(0.5)) await this.#change();
      });
    });
  }

  async #revoke(): Promise<void> {
    if (!this.#office.enrolled) return this.#after(this.#random.int(5, 30), () => this.#revoke());
    this.#revoked = this.#office.credential;
    this.counts.revocations += 1;
    await this.#province.revoke(this.#office.id);
    // It comes by telephone, also once everything else is calm.
    this.#time.after(this.#random.int(5, 60) * second, async () => {
      this.code = await this.#province.aside(() => this.#province.enrolmentCode(kelurahan));
    });
  }

  #after(seconds: number, work: () => Promise<void>): void {
    this.#time.after(seconds * second, async () => {
      if (!this.#isOver()) await work();
    });
  }
}
