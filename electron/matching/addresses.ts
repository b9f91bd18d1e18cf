import { findRtRw } from '../../shared/domain/rt-rw.ts';
import {
  areaWords,
  blockWords,
  cityWords,
  doorWords,
  floorWords,
  kinds,
  plotWords,
  shortForms,
} from './address-tables.ts';

export interface NormalisedAddress {
  /** Street name without its kind, numbers in digits: `KEBON KACANG 9`. */
  street: string[];
  /** Block, plot, floor and house number, joined: `12A`, `B 3 12`. */
  number: string;
  rt: number | null;
  rw: number | null;
  kelurahan: string | null;
  rules: string[];
}

export interface RawAddress {
  street: string | null;
  rt: number | null;
  rw: number | null;
  /** Kemendagri code. Names are never compared: units are renamed and split. */
  kelurahan: string | null;
}

/** Where two streets both have numbers in their names and others, they are two however alike: `MAWAR 3`, `MAWAR 4`. */
export function numbersOfStreet(street: readonly string[]): string {
  return street.filter((word) => /^\d/.test(word)).join(' ');
}

/** Reads an address; RT and RW written into the street (`RT 003/RW 05`, `003/005`) are found. */
export function normaliseAddress(raw: RawAddress): NormalisedAddress {
  const rules: string[] = [];
  let text = (raw.street ?? '').toUpperCase().replace(/['’`"]/g, '');
  let { rt, rw } = raw;
  const found = findRtRw(text);
  if (found !== null) {
    text = text.replace(found.text, ' ');
    if (rt === null && rw === null) {
      ({ rt, rw } = found);
      rules.push(`RT ${rt}/RW ${rw} dibaca dari alamat`);
    }
  }
  const { street, number } = new AddressWords(text).read();
  return { street, number, rt, rw, kelurahan: raw.kelurahan, rules };
}

/** The words of an address, read from the left. */
class AddressWords {
  readonly #words: readonly string[];
  #at = 0;
  readonly #street: string[] = [];
  readonly #door = { block: '', plot: '', floor: '', house: '' };
  /** Among the names of kelurahan, kecamatan and city. */
  #inArea = false;

  constructor(text: string) {
    this.#words = text.match(/[A-Z0-9]+/g) ?? [];
  }

  read(): { street: string[]; number: string } {
    while (this.#at < this.#words.length) if (!this.#readDoor()) this.#readName();
    const { block, plot, floor, house } = this.#door;
    const number = [block, plot, floor, house].filter((part) => part !== '').join(' ');
    return { street: this.#street, number };
  }

  /** A word for a number, and the number; false where none stands here. The first of each counts. */
  #readDoor(): boolean {
    const word = this.#word();
    if (doorWords.has(word)) {
      this.#at += 1;
      this.#door.house ||= this.#house();
      return true;
    }
    const joined = /^(?:NOMOR|NO)(\d+[A-Z]?)$/.exec(word)?.[1];
    if (joined !== undefined) {
      this.#at += 1;
      this.#door.house ||= withoutZeros(joined);
      return true;
    }
    if (/^R[TW]\d*$/.test(word) && /^\d{1,3}$/.test(word.slice(2) || this.#word(1))) {
      this.#at += word.length > 2 ? 1 : 2;
      return true;
    }
    const kind = blockWords.has(word)
      ? 'block'
      : plotWords.has(word)
        ? 'plot'
        : floorWords.has(word)
          ? 'floor'
          : null;
    if (kind === null) return false;
    const number = this.#numberAfter(kind === 'block');
    if (number === '') return false;
    this.#door[kind] ||= number;
    return true;
  }

  /** `12`, `12 A`, `12/14` (the first counts), `B3`, `B 3`. */
  #house(): string {
    const number = this.#firstNumber();
    if (number !== '') while (/^\d+$/.test(this.#word()) && !isPostcode(this.#word())) this.#at += 1;
    return number;
  }

  #firstNumber(): string {
    const [first, second] = [this.#word(), this.#word(1)];
    if (/^[A-Z]$/.test(first) && /^\d+$/.test(second)) {
      this.#at += 2;
      return `${first} ${withoutZeros(second)}`;
    }
    if (/^[A-Z]{1,2}\d+$/.test(first)) {
      this.#at += 1;
      return apart(first);
    }
    if (!/^\d+[A-Z]?$/.test(first)) return '';
    this.#at += 1;
    if (/\d$/.test(first) && /^[A-Z]$/.test(second)) {
      this.#at += 1;
      return withoutZeros(first) + second;
    }
    return withoutZeros(first);
  }

  /** What stands after `Blok`, `Kav.` and `Lt.`: `B3`, `B 3`, `B/12`, `7`, `VIII`; empty where a name does. */
  #numberAfter(isBlock: boolean): string {
    const first = this.#word(1);
    const numeral = digitsOf(first);
    const isLetter = isBlock ? /^[A-Z]{1,2}$/.test(first) : /^[A-Z]$/.test(first);
    if (!/^(?:[A-Z]{0,2}\d+[A-Z]?)$/.test(numeral) && !isLetter) return '';
    this.#at += 2;
    const parts = [apart(numeral)];
    if (isBlock)
      while (/^\d+[A-Z]?$/.test(this.#word())) {
        parts.push(withoutZeros(this.#word()));
        this.#at += 1;
      }
    return parts.join(' ');
  }

  #readName(): void {
    const word = this.#word();
    const before = this.#word(-1);
    this.#at += 1;
    if (word === 'RUMAH' && this.#word() === 'SUSUN') {
      this.#at += 1;
    } else if (kinds.has(word)) {
      this.#inArea = false;
    } else if (areaWords.has(word) || (word === 'JAKARTA' && cityWords.has(this.#word()))) {
      // `Jl. Kelurahan Lama` is called so.
      this.#inArea ||= !kinds.has(before);
    } else if (!this.#inArea && !isPostcode(word)) {
      this.#street.push(digitsOf(shortForms.get(word) ?? word));
    }
  }

  #word(ahead = 0): string {
    return this.#words[this.#at + ahead] ?? '';
  }
}

function isPostcode(word: string): boolean {
  return /^1\d{4}$/.test(word);
}

/** `B3` → `B 3`. */
function apart(text: string): string {
  return text.replace(/(?<=[A-Z])0*(?=\d)/, ' ').replace(/^0+(?=\d)/, '');
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}

/** Numbers of streets are written `9` and `IX`. */
function digitsOf(word: string): string {
  const code = word.charCodeAt(0);
  if (code < 58) return withoutZeros(word);
  return romans.get(word) ?? word;
}

const romans: ReadonlyMap<string, string> = new Map(
  Array.from({ length: 39 }, (_, index) => [roman(index + 1), String(index + 1)]),
);

function roman(number: number): string {
  const ones = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'];
  return 'X'.repeat(Math.floor(number / 10)) + (ones[number % 10] ?? '');
}
