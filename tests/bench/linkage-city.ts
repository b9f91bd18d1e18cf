import { loadAreas } from '../../electron/areas.ts';
import { makeCase, type SyntheticCase } from '../../electron/training/cases.ts';
import type { Place } from '../../electron/training/places.ts';
import { makeHousehold, type TrueHousehold, type World } from '../../electron/training/population.ts';
import { Random } from '../../electron/training/random.ts';
import { dtksFamily, type ListRow } from '../../electron/training/reference-views.ts';
import { kelurahan } from '../integration/office.ts';

/** Persons whom the list of one kelurahan knows: Jakarta's eleven million live in 267 of them. */
const personsPerKelurahan = 31_500;
const families = 800;
const today = '2026-11-22';
const listDate = '2025-12-31';
const seed = 17;

/** Families that come to the counter of the city's first kelurahan. */
export interface City {
  cases: SyntheticCase[];
  kelurahan: number;
}

/**
 * A list of so many persons, as a city has them: one kelurahan after the other, each with its own
 * streets and people, names as unevenly borne as names are. Rows go to `write` as they are made. Of the
 * families that come to the first kelurahan a third is known, a third has changed (some of them moved in
 * from another), a third nobody knows.
 */
export async function makeCity(persons: number, write: (row: ListRow) => Promise<void>): Promise<City> {
  const numbers = new Set<string>();
  const cases: SyntheticCase[] = [];
  const places = placesFromHome();
  let written = 0;
  let made = 0;
  const [home] = places;
  if (home === undefined) throw new Error('There is no kelurahan.');
  const counter: World = { random: new Random(seed + 1), kelurahan: home, today, numbers };
  for (const [nth, place] of places.entries()) {
    if (written >= persons) break;
    made += 1;
    const upTo = Math.min(persons, written + personsPerKelurahan);
    const world: World = { random: new Random(seed + 31 * nth), kelurahan: place, today, numbers };
    const movers = nth === 1 ? families / 10 : 0;
    let serial = 0;
    const nextId = () => `DTKS-${place.code.replaceAll('.', '')}-${String((serial += 1)).padStart(6, '0')}`;
    for (let at = 0; written < upTo; at += 1) {
      const household = renamed(world.random, makeHousehold(world, seed + nth));
      const kind = kindOf(nth, at, movers);
      const dtks = new Map<string, string>();
      if (kind === 'tetap' || kind === 'berubah' || (kind === null && world.random.chance(0.8))) {
        for (const [index] of household.kks.entries()) {
          const listed = dtksFamily(
            world,
            household,
            index + 1,
            listDate,
            nextId,
            kind === 'tetap' ? 0 : 0.08,
          );
          for (const { person, row } of listed?.rows ?? []) {
            dtks.set(person.id, String(row['id_dtks']));
            await write(row);
            written += 1;
          }
        }
      }
      if (kind !== null) cases.push(makeCase(counter, household, kind, { dtks, bdt: new Map() }));
    }
  }
  return { cases, kelurahan: made };
}

function kindOf(nth: number, at: number, movers: number): 'tetap' | 'berubah' | 'baru' | null {
  if (nth === 0 && at < families) return (['tetap', 'berubah', 'baru'] as const)[at % 3] ?? null;
  return at < movers ? 'berubah' : null;
}

/** The office's own kelurahan, those of its kecamatan, of its city, of the others. */
function placesFromHome(): Place[] {
  const areas = new Map(loadAreas('resources').all.map(({ code, name }) => [code, name]));
  const nameOf = (code: string) => areas.get(code) ?? '';
  return [...areas.keys()]
    .filter((code) => code.length === 13)
    .toSorted((left, right) => sharedWithHome(right) - sharedWithHome(left))
    .map((code) => ({
      code,
      name: nameOf(code),
      kecamatan: nameOf(code.slice(0, 8)),
      kabkota: nameOf(code.slice(0, 5)),
    }));
}

function sharedWithHome(code: string): number {
  return [13, 8, 5].find((part) => code.slice(0, part) === kelurahan.slice(0, part)) ?? 0;
}

const beginnings =
  'SU PUR WI HAR SAR MAR TRI KUS DAR NUR RAH ASI HEN YUL ER FIT IND MUL PRA RO ZU BAS KAR LI'.split(' ');
const middles = 'DI TO NI YA RI LA MI SI KA BA WAR GI DA RU NA SEN TA LI'.split(' ');
const ends = {
  L: 'YANTO,YADI,MAN,WAN,DIN,ONO,TORO,SYAH,JO,NO,NTO'.split(','),
  P: 'WATI,NINGSIH,TIN,YANI,YAH,SARI,NAH,TI,NA,LIA,NI'.split(','),
};

/** Half of a city's people bear a name part that few others do: the fewer, the further down its list. */
function renamed(random: Random, household: TrueHousehold): TrueHousehold {
  const given = new Map<string, string>();
  const rename = (name: string, sex: 'L' | 'P') => {
    const known = given.get(name);
    if (known !== undefined) return known;
    const words = name.split(' ');
    const rare = random.chance(0.5) ? rarePart(random, sex) : null;
    const renamedTo =
      rare === null ? name : [...words.slice(0, Math.max(1, words.length - 1)), rare].join(' ');
    given.set(name, renamedTo);
    return renamedTo;
  };
  return {
    ...household,
    members: household.members.map((member) => ({
      ...member,
      name: rename(member.name, member.sex),
      motherName: rename(member.motherName, 'P'),
    })),
  };
}

function rarePart(random: Random, sex: 'L' | 'P'): string {
  const rank = (parts: readonly string[]) => parts[Math.floor(random.next() ** 2 * parts.length)] ?? '';
  const middle = random.chance(0.6) ? rank(middles) : '';
  const part = `${rank(beginnings)}${middle}${rank(ends[sex])}`;
  return part.slice(0, 1) + part.slice(1).toLowerCase();
}
