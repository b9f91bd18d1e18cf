import type { AreaCodeSystem } from '../../shared/domain/reference.ts';
import { areaKey, cityKey, isCityElsewhere, type Wilayah } from '../../shared/domain/wilayah.ts';

/** What importing knows of areas; read from `resources/wilayah/` by the caller. */
export interface AreaData {
  wilayah: readonly Wilayah[];
  /** Other spellings: `Kp Bali` for 31.71.07.1007. */
  aliases: readonly { alias: string; code: string }[];
  /** The cities of DKI as BPS numbers them: 3173 is Jakarta Pusat there, and Jakarta Barat at Kemendagri. */
  bpsKabkota: readonly { bps: string; code: string }[];
}

/** An area as a row names and numbers it. */
export interface StatedArea {
  kabkota: string | null;
  kecamatan: string | null;
  kelurahan: string | null;
  /** Digits of the codes, from province to kelurahan; blank parts left out. */
  code: string | null;
  /** Four digits: province and city. */
  kabkotaCode: string | null;
}

export interface FoundArea {
  /** Kemendagri code of the kelurahan, or null where its name is not known in DKI. */
  kelurahan: string | null;
  /** Its official name. */
  name: string | null;
  /** What is odd about the statement; each is told, none is mended. */
  doubts: AreaDoubt[];
}

export type AreaDoubt =
  | 'city_elsewhere'
  | 'kecamatan_differs'
  | 'other_code_system'
  | 'code_contradicts_name';

export type AreaFinder = (stated: StatedArea, system: AreaCodeSystem | null) => FoundArea;

/**
 * Finds kelurahan by name: names are unique within DKI, while codes are not to be trusted (BPS and
 * Kemendagri number the cities differently). Where no name stands, a declared Kemendagri code will do. A city that is
 * none of DKI's has kelurahan of its own, some of the same name.
 */
export function areaFinder(data: AreaData): AreaFinder {
  const kelurahan = namesAt(data, 'kelurahan');
  const kecamatan = namesAt(data, 'kecamatan');
  const kabkota = new Map(
    data.wilayah.filter((area) => area.level === 'kabkota').map((area) => [cityKey(area.name), area.code]),
  );
  const nameOf = new Map(data.wilayah.map((area) => [area.code, area.name]));
  const bpsOf = new Map(data.bpsKabkota.map(({ bps, code }) => [code, bps]));

  function codeDoubt(stated: StatedArea, city: string | null, system: AreaCodeSystem | null): AreaDoubt[] {
    if (system === null || stated.kabkotaCode === null || city === null) return [];
    const codes: Record<AreaCodeSystem, string | undefined> = {
      bps: bpsOf.get(city),
      kemendagri: city.replace('.', ''),
    };
    if (stated.kabkotaCode === codes[system]) return [];
    return [
      stated.kabkotaCode === codes[system === 'bps' ? 'kemendagri' : 'bps']
        ? 'other_code_system'
        : 'code_contradicts_name',
    ];
  }

  return (stated, system) => {
    if (stated.kabkota !== null && isCityElsewhere(stated.kabkota))
      return { kelurahan: null, name: null, doubts: ['city_elsewhere'] };
    const code =
      stated.kelurahan === null
        ? byKemendagriCode(stated.code, system, nameOf)
        : (kelurahan.get(placeKey(stated.kelurahan)) ?? null);
    const statedKecamatan = stated.kecamatan === null ? null : kecamatan.get(placeKey(stated.kecamatan));
    const differs = code !== null && statedKecamatan !== null && statedKecamatan !== code.slice(0, 8);
    const city =
      code?.slice(0, 5) ?? (stated.kabkota === null ? null : (kabkota.get(cityKey(stated.kabkota)) ?? null));
    return {
      kelurahan: code,
      name: code === null ? null : (nameOf.get(code) ?? null),
      doubts: [...(differs ? (['kecamatan_differs'] as const) : []), ...codeDoubt(stated, city, system)],
    };
  };
}

/** A list without names is placed by its codes only where they are declared to be Kemendagri's. */
function byKemendagriCode(
  code: string | null,
  system: AreaCodeSystem | null,
  nameOf: ReadonlyMap<string, string>,
): string | null {
  if (code === null || system !== 'kemendagri') return null;
  const parts = code.split('-');
  const digits = parts.find((part) => part.length === 10) ?? parts.join('');
  const found = digits.replace(/^(\d{2})(\d{2})(\d{2})(\d{4})$/, '$1.$2.$3.$4');
  return nameOf.has(found) && found.length === 13 ? found : null;
}

function namesAt(data: AreaData, level: 'kelurahan' | 'kecamatan'): Map<string, string> {
  const levelOf = new Map(data.wilayah.map((area) => [area.code, area.level]));
  const names = new Map(
    data.aliases
      .filter(({ code }) => levelOf.get(code) === level)
      .map(({ alias, code }) => [placeKey(alias), code]),
  );
  for (const area of data.wilayah) if (area.level === level) names.set(placeKey(area.name), area.code);
  return names;
}

/** `KEL. GAMBIR`, `Kelurahan Gambir` and `gambir` are one place. */
function placeKey(name: string): string {
  return areaKey(name.replace(/^\s*(kelurahan|kecamatan|desa|kel|kec)\b\.?/i, ''));
}
