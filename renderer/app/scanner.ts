import { parseSheetCode } from '../../shared/domain/sheet-code.ts';

/** Milliseconds between two characters of a scanner; people need longer. */
export const scannerGap = 35;

/**
 * Six digits that fast are nobody's fingers: from then on a hiccup of a busy computer or a slow
 * scanner is forgiven.
 */
const surelyScanned = 6;
const hiccup = 150;

const codeLength = 12;

/** A key press as the detector sees it. */
export interface ScannerKey {
  key: string;
  /** Milliseconds on any steady clock. */
  at: number;
  /** Ctrl, Alt or Meta is down, or the key repeats by being held. */
  modified: boolean;
}

export type ScannerVerdict =
  /** No part of a scan: `release` (digits kept back before it) comes first, then this key. */
  | { kind: 'pass'; release: string }
  /** May be part of a scan: nobody else may see it yet; `release` is what turned out to be typed. */
  | { kind: 'hold'; release: string }
  /** A whole sheet code: nobody else sees any of its keys, nor this Enter. */
  | { kind: 'scan'; code: string };

/**
 * Tells a barcode scanner from a person. A scanner is a keyboard that types twelve digits within
 * 35 ms of each other and then Enter; its first digit looks like a person's. So each digit is kept
 * back until the gap has passed (nobody sees 35 ms), and a scan triggers nothing but itself: no
 * answer of a coded field, no shortcut, no text. A code whose check digit is wrong is let go as
 * typed text.
 */
export class ScannerDetector {
  #held = '';
  #last = Number.NEGATIVE_INFINITY;

  press({ key, at, modified }: ScannerKey): ScannerVerdict {
    const inTime = at - this.#last <= this.#gap();
    if (key === 'Enter' && !modified && inTime && parseSheetCode(this.#held) !== null) {
      return { kind: 'scan', code: this.#take() };
    }
    if (!/^\d$/.test(key) || modified) return { kind: 'pass', release: this.#take() };
    const release = inTime && this.#held.length < codeLength ? '' : this.#take();
    this.#held += key;
    this.#last = at;
    return { kind: 'hold', release };
  }

  /** Milliseconds until what is held turns out to be typed; null while nothing is held. */
  expiresIn(now: number): number | null {
    if (this.#held === '') return null;
    return Math.max(0, this.#last + this.#gap() + 1 - now);
  }

  /** Gives back what was held, because the gap has passed, or something other than a key happened. */
  release(): string {
    return this.#take();
  }

  /** Longest wait (ms) that still belongs to the same scan. */
  #gap(): number {
    return this.#held.length >= surelyScanned ? hiccup : scannerGap;
  }

  #take(): string {
    const held = this.#held;
    this.#held = '';
    this.#last = Number.NEGATIVE_INFINITY;
    return held;
  }
}
