import { matchHeader, type Profile } from '../importing/profile.ts';
import { areaFinder, type AreaData } from '../importing/areas.ts';
import { bdt2015 } from '../importing/bdt-2015.ts';
import { dtks } from '../importing/dtks.ts';
import { dtsen } from '../importing/dtsen.ts';
import { Findings } from '../importing/findings.ts';
import { ListBuilder } from '../importing/list-builder.ts';
import { type RowContext, RowReader } from '../importing/row-reader.ts';
import type {
  AreaCodeSystem,
  ReferenceHousehold,
  ReferencePerson,
  ReferenceSource,
} from '../../shared/domain/reference.ts';
import { AppError } from '../../shared/errors.ts';
import { makeCase, type SyntheticCase, type WhereListed } from './cases.ts';
import { joinedRows, laterFiles, listable, type SyntheticFile } from './later-files.ts';
import { dtsenQuarters, type ListedFamily } from './later-lists.ts';
import type { Place } from './places.ts';
import { makeHousehold, type TrueHousehold, type World } from './population.ts';
import { Random } from './random.ts';
import {
  bdtHousehold,
  dtksFamily,
  type AreaCodes,
  type ListedHousehold,
  type ListRow,
} from './reference-views.ts';

export interface KelurahanOptions {
  /** Households that truly live there; the lists know about four in five. */
  households: number;
  seed: number;
  /** Kemendagri code. */
  kelurahan: string;
  areas: AreaData;
  /** ISO date: ages and the lists' dates follow from it. */
  today: string;
  /** How many households come to register; default: one in twelve, at least 24. */
  cases?: number;
}

export interface SyntheticList {
  source: ReferenceSource;
  name: string;
  /** The day it describes; who was born later is not in it. */
  listDate: string;
  areaCodes: AreaCodeSystem | null;
  /** As the file holds it, row by row, under the profile's field names. */
  rows: ListRow[];
  /** As the import reads it. */
  households: { household: ReferenceHousehold; persons: ReferencePerson[] }[];
}

export interface SyntheticKelurahan {
  reference: SyntheticList[];
  /** DTSEN of two quarters, the older first, under one name. */
  snapshots: SyntheticList[];
  /** What `make-kelurahan` writes beside BDT and DTKS. */
  files: SyntheticFile[];
  cases: SyntheticCase[];
}

/**
 * A made-up kelurahan: its people, the reference lists that know most of them, and households that
 * come to register: a third as the lists have them, a third changed, a third unknown. The same
 * options make the same kelurahan. Nobody in it is real: see `makeNumber`.
 */
export function generateKelurahan(options: KelurahanOptions): SyntheticKelurahan {
  const world: World = {
    random: new Random(options.seed),
    kelurahan: placeOf(options),
    today: options.today,
    numbers: new Set(),
  };
  const population = Array.from({ length: options.households }, () => makeHousehold(world, options.seed));
  const year = Number(options.today.slice(0, 4));
  const bdtDate = `${year - 2}-05-31`;
  const dtksDate = `${year - 1}-12-31`;
  const plan = planCases(
    world,
    population,
    options.cases ?? Math.max(24, Math.round(options.households / 12)),
    dtksDate,
  );
  const bdt = listBdt(world, population, plan, bdtDate, bpsShapedCodes(options));
  const dtksList = listDtks(world, population, plan, dtksDate);
  const where: WhereListed = {
    bdt: new Map(
      bdt.flatMap(({ sourceId, rows }) =>
        rows.map(({ person }, index) => [person.id, { household: sourceId, order: index + 1 }] as const),
      ),
    ),
    dtks: new Map(
      dtksList.flatMap(({ rows }) =>
        rows.map(({ person, row }) => [person.id, String(row['id_dtks'])] as const),
      ),
    ),
  };
  const cases = plan.map(({ household, kind }) => makeCase(world, household, kind, where));
  // Made last, from their own numbers: what was there before stays as it was.
  const kinds = new Map(plan.map(({ household, kind }) => [household, kind]));
  const dates = quarterEnds(options.today);
  const quarters = dtsenQuarters(world, listable(population, kinds), dates, options.seed + 1);
  const snapshot = (families: ListedFamily[], listDate: string) =>
    asList(options, dtsen, { name: 'DTSEN', listDate, areaCodes: null, rows: joinedRows(families) });
  return {
    snapshots: [snapshot(quarters.before, dates.before), snapshot(quarters.now, dates.now)],
    files: laterFiles(world, population, quarters, bpsShapedCodes(options), options.seed + 2),
    reference: [
      asList(options, bdt2015, { name: 'BDT 2015', listDate: bdtDate, areaCodes: 'bps', rows: rowsOf(bdt) }),
      asList(options, dtks, { name: 'DTKS', listDate: dtksDate, areaCodes: null, rows: rowsOf(dtksList) }),
    ],
    cases,
  };
}

interface PlannedCase {
  household: TrueHousehold;
  kind: 'tetap' | 'berubah' | 'baru';
}

function planCases(
  world: World,
  population: readonly TrueHousehold[],
  count: number,
  listDate: string,
): PlannedCase[] {
  const kinds = ['tetap', 'berubah', 'baru'] as const;
  const chosen = world.random.shuffled(population).slice(0, count);
  return chosen.map((household, index) => {
    const kind = kinds[index % 3] ?? 'baru';
    return { household, kind: kind === 'tetap' && !canBeUnchanged(household, listDate) ? 'baru' : kind };
  });
}

/** Everyone was born before the list was made, and every family has its card. */
function canBeUnchanged(household: TrueHousehold, listDate: string): boolean {
  return (
    household.members.every((member) => member.birthDate <= listDate) &&
    household.kks.every((kk) => kk !== null)
  );
}

/** Whether a list knows a household: never one that will come as new, always one that comes as known. */
function isListed(
  world: World,
  household: TrueHousehold,
  plan: ReadonlyMap<TrueHousehold, PlannedCase['kind']>,
  share: number,
  always: boolean,
): boolean {
  const kind = plan.get(household);
  if (kind === 'baru') return false;
  return world.random.chance(share) || (always && kind !== undefined);
}

function listBdt(
  world: World,
  population: readonly TrueHousehold[],
  plan: readonly PlannedCase[],
  date: string,
  codes: AreaCodes,
): ListedHousehold[] {
  const kinds = new Map(plan.map(({ household, kind }) => [household, kind]));
  // The poorest two fifths of the nation, which is most of a poor neighbourhood.
  return population
    .filter((household) => isListed(world, household, kinds, household.wealth < 0.75 ? 0.85 : 0.2, false))
    .map((household, index) => bdtHousehold(world, household, date, codes, index + 1))
    .filter((listed) => listed.rows.length > 0);
}

function listDtks(
  world: World,
  population: readonly TrueHousehold[],
  plan: readonly PlannedCase[],
  date: string,
): ListedHousehold[] {
  const kinds = new Map(plan.map(({ household, kind }) => [household, kind]));
  let last = 0;
  const nextId = (): string =>
    `DTKS-${world.kelurahan.code.replaceAll('.', '')}-${String((last += 1)).padStart(6, '0')}`;
  return population
    .filter((household) => isListed(world, household, kinds, 0.8, true))
    .flatMap((household) =>
      household.kks.flatMap(
        (_, index) =>
          dtksFamily(
            world,
            household,
            index + 1,
            date,
            nextId,
            kinds.get(household) === 'tetap' ? 0 : 0.08,
          ) ?? [],
      ),
    );
}

function rowsOf(listed: readonly ListedHousehold[]): ListRow[] {
  return listed.flatMap((household) => household.rows.map(({ row }) => row));
}

/** The last day of the quarter before last, and of the last one. */
function quarterEnds(today: string): { before: string; now: string } {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const first = Math.floor((month - 1) / 3) * 3;
  const dayBefore = (at: number) => new Date(Date.UTC(year, at, 0)).toISOString().slice(0, 10);
  return { before: dayBefore(first - 3), now: dayBefore(first) };
}

/** The rows read by the import's own reader: what is in the register is what an import would have made. */
function asList(
  options: KelurahanOptions,
  profile: Profile,
  {
    name,
    listDate,
    areaCodes,
    rows,
  }: { name: string; listDate: string; areaCodes: AreaCodeSystem | null; rows: ListRow[] },
): SyntheticList {
  const headers = profile.columns.map((column) => column.field);
  const households: SyntheticList['households'][number][] = [];
  const context: RowContext = {
    profile,
    findArea: areaFinder(options.areas),
    areaCodes,
    kelurahan: null,
    today: options.today,
    findings: new Findings(),
    sheetNo: 1,
    named: new Set(),
  };
  const builder = new ListBuilder(context, {
    household: (no, household) => {
      households[no] = { household, persons: [] };
    },
    person: (no, person) => households[no]?.persons.push(person),
  });
  const reader = new RowReader(context, matchHeader(profile, headers));
  for (const [index, row] of rows.entries())
    builder.add(reader, { number: index + 2, cells: headers.map((field) => row[field] ?? null) });
  return { source: profile.source, name, listDate, areaCodes, rows, households };
}

/** @throws AppError `unknown_area` where the code is no kelurahan. */
function placeOf({ areas, kelurahan }: KelurahanOptions): Place {
  const nameOf = (code: string) => areas.wilayah.find((area) => area.code === code)?.name;
  const [name, kecamatan, kabkota] = [
    nameOf(kelurahan),
    nameOf(kelurahan.slice(0, 8)),
    nameOf(kelurahan.slice(0, 5)),
  ];
  if (kelurahan.length !== 13 || !name || !kecamatan || !kabkota)
    throw new AppError('unknown_area', { code: kelurahan });
  return { code: kelurahan, name, kecamatan, kabkota };
}

/**
 * The kelurahan's codes in the shape of BPS: the city by the table, kecamatan and kelurahan of three
 * digits each. BPS's own numbers below the city are not public as a table; these are made up.
 */
function bpsShapedCodes({ areas, kelurahan }: KelurahanOptions): AreaCodes {
  const [provinsi = '', kabkota = '', kecamatan = '', village = ''] = kelurahan.split('.');
  const bps = areas.bpsKabkota.find(({ code }) => code === `${provinsi}.${kabkota}`)?.bps;
  return {
    provinsi,
    kabkota: bps?.slice(2) ?? kabkota,
    kecamatan: `${kecamatan}0`,
    kelurahan: village.slice(1),
  };
}
