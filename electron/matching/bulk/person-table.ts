import type { Sex } from '../../../shared/domain/person.ts';
import type { NormalisedAddress } from '../addresses.ts';
import { handleReadings, type NameToken, type NormalisedName } from '../names.ts';
import { hashText } from './hash.ts';
import { GrowingInts, Vocabulary } from './growing.ts';

/** A person of a file, normalised; what is not known is null. */
export interface TablePerson {
  id: string;
  name: NormalisedName;
  /** NIK, or any other number of one person. */
  number: string | null;
  /** No KK, or any other number of one household. */
  household: string | null;
  sex: Sex | null;
  /** ISO date. */
  birthDate: string | null;
  address: NormalisedAddress;
  /** Other columns as normalised text, the kelurahan among them; as many as `SharedWords` was made for. */
  texts: readonly (string | null)[];
}

/** Parts of a name that are compared; a longer name is compared by its first six. */
export const tokensAtMost = 6;
/** Parts of a name by which a person is found. */
export const handlesAtMost = 4;

/** What both files share: the numbers of names, streets and texts, and how often each is borne. */
export class SharedWords {
  readonly tokens = new Vocabulary<NameToken>();
  readonly skeletons = new Vocabulary<string>();
  readonly streets = new Vocabulary<string>();
  readonly doors = new Vocabulary<string>();
  readonly dates = new Vocabulary<string>();
  readonly texts: Vocabulary<string>[];
  /** Which text column names the kelurahan; −1 where none does. */
  readonly placeColumn: number;
  persons = 0;

  constructor(textColumns: number, placeColumn = -1) {
    this.placeColumn = placeColumn;
    this.texts = Array.from({ length: textColumns }, () => new Vocabulary<string>());
  }
}

/** Each date of birth as the number YYYYMMDD, by its id. */
export function daysOf(words: SharedWords): Int32Array {
  return Int32Array.from(words.dates.values, (date) => Number(date.replaceAll('-', '')));
}

/** Persons in columns of numbers. −1 stands for "not known" everywhere. */
export class PersonTable {
  readonly words: SharedWords;
  readonly ids: string[] = [];
  readonly numbers: (string | null)[] = [];
  readonly households: (string | null)[] = [];
  readonly #tokens = new GrowingInts();
  readonly #joins = new GrowingInts();
  readonly #sounds = new GrowingInts();
  readonly #handles = new GrowingInts();
  readonly #ownParts = new GrowingInts();
  readonly #deceased = new GrowingInts();
  readonly #sexes = new GrowingInts();
  readonly #dates = new GrowingInts();
  readonly #streets = new GrowingInts();
  readonly #doors = new GrowingInts();
  readonly #wards = new GrowingInts();
  readonly #contents = new GrowingInts();
  readonly #texts: GrowingInts[];

  constructor(words: SharedWords) {
    this.words = words;
    this.#texts = words.texts.map(() => new GrowingInts());
  }

  get size(): number {
    return this.ids.length;
  }

  add(person: TablePerson): void {
    const { words } = this;
    words.persons += 1;
    this.ids.push(person.id);
    this.numbers.push(person.number);
    this.households.push(person.household);
    this.#addName(person.name);
    this.#deceased.push(person.name.deceased ? 1 : 0);
    this.#sexes.push(person.sex === null ? -1 : person.sex === 'L' ? 0 : 1);
    this.#dates.push(idOf(words.dates, person.birthDate));
    const { street, number, rt, rw } = person.address;
    this.#streets.push(idOf(words.streets, street.length === 0 ? null : street.join(' ')));
    this.#doors.push(idOf(words.doors, number === '' ? null : number));
    this.#wards.push(rt === null || rw === null ? -1 : rt * 1000 + rw);
    this.#contents.push(contentOf(person));
    for (const [column, ids] of this.#texts.entries()) {
      const texts = words.texts[column];
      ids.push(texts === undefined ? -1 : idOf(texts, person.texts[column] ?? null));
    }
  }

  /** Views for the hot loops; taken once everyone is in. */
  columns(): PersonColumns {
    return {
      size: this.size,
      numbers: this.numbers,
      households: this.households,
      tokens: this.#tokens.view(),
      joins: this.#joins.view(),
      sounds: this.#sounds.view(),
      handles: this.#handles.view(),
      ownParts: this.#ownParts.view(),
      deceased: this.#deceased.view(),
      sexes: this.#sexes.view(),
      dates: this.#dates.view(),
      streets: this.#streets.view(),
      doors: this.#doors.view(),
      wards: this.#wards.view(),
      contents: this.#contents.view(),
      texts: this.#texts.map((ids) => ids.view()),
    };
  }

  #addName(name: NormalisedName): void {
    const own = [...name.tokens, ...name.alias].slice(0, tokensAtMost);
    const tokens = [...own, ...name.patronymic].slice(0, tokensAtMost);
    const seen = new Set<string>();
    this.#ownParts.push(own.length);
    for (let at = 0; at < tokensAtMost; at += 1) {
      const token = tokens[at];
      const next = at + 1 === own.length ? undefined : tokens[at + 1];
      this.#tokens.push(token === undefined ? -1 : this.#tokenId(token, seen));
      this.#sounds.push(token === undefined ? -1 : hashText(token.key));
      this.#joins.push(token === undefined || next === undefined ? -1 : hashText(token.key + next.key));
    }
    const handles = handleReadings(own, name.patronymic).flat();
    const skeletons = [...new Set(handles.map((token) => token.skeleton))];
    for (let at = 0; at < handlesAtMost; at += 1)
      this.#handles.push(idOf(this.words.skeletons, skeletons[at] ?? null));
  }

  /** A part that stands twice in one name has one bearer. */
  #tokenId(token: NameToken, seen: Set<string>): number {
    const key = `${token.text} ${token.canon}`;
    const id = this.words.tokens.take(key, () => token);
    if (seen.has(key)) this.words.tokens.counts[id] = (this.words.tokens.counts[id] ?? 1) - 1;
    seen.add(key);
    return id;
  }
}

export interface PersonColumns {
  size: number;
  numbers: readonly (string | null)[];
  households: readonly (string | null)[];
  /** `tokensAtMost` a person: first the own ones, then the father's (`BIN ALI`). */
  tokens: Int32Array;
  /** How many of them are the own ones. */
  ownParts: Int32Array;
  /** Hash of the sound of a part and the next one; `tokensAtMost` a person. */
  joins: Int32Array;
  /** Hash of the sound of a part; `tokensAtMost` a person. */
  sounds: Int32Array;
  /** Skeletons; `handlesAtMost` a person. */
  handles: Int32Array;
  /** 1 where the name bears ALM or ALMH. */
  deceased: Int32Array;
  sexes: Int32Array;
  dates: Int32Array;
  streets: Int32Array;
  doors: Int32Array;
  /** RT × 1000 + RW. */
  wards: Int32Array;
  /** Hash of all that a row says but its id: what has to be drawn or put in order must not depend on how a file is sorted. */
  contents: Int32Array;
  texts: Int32Array[];
}

/** 0 to 2³¹ − 1. */
function contentOf({ name, number, household, sex, birthDate, address, texts }: TablePerson): number {
  const { tokens, alias, patronymic } = name;
  const parts = [...tokens, ...alias, ...patronymic].map(({ text }) => text);
  const { street, number: door, rt, rw } = address;
  return hashText(
    [...parts, number, household, sex, birthDate, ...street, door, rt, rw, ...texts].join('\u0000'),
  );
}

function idOf(vocabulary: Vocabulary<string>, value: string | null): number {
  return value === null ? -1 : vocabulary.take(value, () => value);
}
