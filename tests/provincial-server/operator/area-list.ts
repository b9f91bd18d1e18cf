import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areaKey } from '../../../shared/domain/wilayah.ts';

/** The official areas of the province, by code and name. */
export interface Areas {
  all: readonly { code: string; name: string }[];
  nameOf(code: string): string;
  /** Code of what was typed, a code or an unambiguous name; null where it is neither. */
  read(typed: string): string | null;
}

const levels: Record<string, string> = { kelurahan: 'Kelurahan', kecamatan: 'Kecamatan' };

export function loadAreas(): Areas {
  const file = join(import.meta.dirname, '../../../resources/wilayah/wilayah.csv');
  const all = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.split(','))
    .map(([code = '', name = '', level = '']) => ({
      code,
      name: [levels[level], name].filter(Boolean).join(' '),
    }));
  const names = new Map(all.map(({ code, name }) => [code, name]));
  return {
    all,
    nameOf: (code) => names.get(code) ?? code,
    read: (typed) => {
      const given = typed.trim();
      if (names.has(given)) return given;
      const named = all.filter(({ name }) => areaKey(name) === areaKey(given));
      return named.length === 1 ? (named[0]?.code ?? null) : null;
    },
  };
}
