import { areaKey, type WilayahPath } from '../../shared/domain/wilayah.ts';

/** An area with the keys it is found by, made once for all that is typed. */
export interface SearchableArea {
  area: WilayahPath;
  name: string;
  words: string[];
}

export function searchable(areas: readonly WilayahPath[]): SearchableArea[] {
  return areas.map((area) => ({
    area,
    name: areaKey(area.name),
    words: [area.name, area.kecamatan ?? '', area.kabkota ?? '']
      .flatMap((name) => name.toLowerCase().split(/[^a-z0-9]+/))
      .filter((word) => word !== ''),
  }));
}

/**
 * Areas for what was typed, best first: names that begin so, then names that hold it, then those
 * of whose names, kecamatan and city every typed word begins a word ("gambir pusat"). Blanks and
 * dots do not matter: "pal merah" finds Palmerah. A code finds its area.
 */
export function searchAreas(areas: readonly SearchableArea[], typed: string, limit: number): WilayahPath[] {
  const key = areaKey(typed);
  if (key === '') return areas.slice(0, limit).map((entry) => entry.area);
  const words = typed
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const ranked: { area: WilayahPath; rank: number }[] = [];
  for (const entry of areas) {
    const rank = rankOf(entry, key, words);
    if (rank !== null) ranked.push({ area: entry.area, rank });
  }
  ranked.sort((left, right) => left.rank - right.rank);
  return ranked.slice(0, limit).map((entry) => entry.area);
}

function rankOf(entry: SearchableArea, key: string, words: readonly string[]): number | null {
  if (entry.name === key) return 0;
  if (entry.name.startsWith(key)) return 1;
  if (entry.name.includes(key)) return 2;
  if (words.every((word) => entry.words.some((own) => own.startsWith(word)))) return 3;
  if (areaKey(entry.area.code).startsWith(key)) return 4;
  return null;
}
