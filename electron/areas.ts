import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../shared/errors.ts';
import { areaPath, type Wilayah, WilayahLevel, type WilayahPath } from '../shared/domain/wilayah.ts';

/** The official areas of DKI Jakarta, read once from `resources/wilayah/`. */
export interface Areas {
  /** All areas, in the order of their codes. */
  all: readonly Wilayah[];
  find(code: string): Wilayah | null;
  /** @throws AppError `unknown_area`. */
  path(code: string): WilayahPath;
  /** Name of a six-digit kecamatan code as it stands in a NIK, with its city; null when unknown. */
  nameOfNikArea(digits: string): string | null;
}

export function loadAreas(resourcesDir: string): Areas {
  const postcodes = new Map(
    readRows(join(resourcesDir, 'wilayah', 'kodepos.csv')).map(([code = '', postcode = '']) => [
      code,
      postcode,
    ]),
  );
  const all = readRows(join(resourcesDir, 'wilayah', 'wilayah.csv')).map(
    ([code = '', name = '', level = '', parent = '']): Wilayah => ({
      code,
      name,
      level: WilayahLevel.parse(level),
      parent: parent === '' ? null : parent,
      kodepos: postcodes.get(code) ?? null,
    }),
  );
  const byCode = new Map(all.map((area) => [area.code, area]));

  function find(code: string): Wilayah | null {
    return byCode.get(code) ?? null;
  }

  function path(code: string): WilayahPath {
    const area = find(code);
    if (area === null) throw new AppError('unknown_area', { code });
    return areaPath(area, find);
  }

  function nameOfNikArea(digits: string): string | null {
    const code = `${digits.slice(0, 2)}.${digits.slice(2, 4)}.${digits.slice(4, 6)}`;
    const area = find(code);
    return area === null ? null : `${area.name}, ${find(code.slice(0, 5))?.name ?? ''}`;
  }

  return { all, find, path, nameOfNikArea };
}

/** Names of all kecamatan by their six digits in a NIK, for a screen that takes one apart. */
export function nikAreasOf(areas: Areas): Record<string, string> {
  return Object.fromEntries(
    areas.all
      .filter(({ level }) => level === 'kecamatan')
      .map(({ code }) => code.replaceAll('.', ''))
      .map((digits) => [digits, areas.nameOfNikArea(digits) ?? '']),
  );
}

/** The two files are our own: no quotes, no commas within a value; the first line is a heading. */
function readRows(file: string): string[][] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.split(','));
}
