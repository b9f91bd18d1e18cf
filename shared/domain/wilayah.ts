import { z } from 'zod';

/** Kemendagri area code of a kelurahan, `PP.KK.CC.DDDD`. */
export const KelurahanCode = z.string().regex(/^\d{2}\.\d{2}\.\d{2}\.\d{4}$/);
/** Code of the area an office serves: a kelurahan, or a kecamatan `PP.KK.CC`. */
export const OfficeAreaCode = z.string().regex(/^\d{2}\.\d{2}\.\d{2}(\.\d{4})?$/);

export const WilayahLevel = z.enum(['provinsi', 'kabkota', 'kecamatan', 'kelurahan']);
export type WilayahLevel = z.infer<typeof WilayahLevel>;

export const Wilayah = z.object({
  code: z.string(),
  name: z.string(),
  level: WilayahLevel,
  parent: z.string().nullable(),
  kodepos: z.string().nullable(),
});
export type Wilayah = z.infer<typeof Wilayah>;

/** An area with the names of everything it lies in, as letterheads and pickers show it. */
export const WilayahPath = z.object({
  code: z.string(),
  level: WilayahLevel,
  name: z.string(),
  kelurahan: z.string().nullable(),
  kecamatan: z.string().nullable(),
  kabkota: z.string().nullable(),
  provinsi: z.string(),
  kodepos: z.string().nullable(),
});
export type WilayahPath = z.infer<typeof WilayahPath>;

/** Whether `code` is `area` itself or lies in it: codes nest by prefix. */
export function liesIn(code: string, area: string): boolean {
  return code === area || code.startsWith(`${area}.`);
}

/** "Kelurahan Gambir", "Kecamatan Senen", "Kota Administrasi …" as written on paper. */
export function fullAreaName(area: { level: WilayahLevel; name: string }): string {
  switch (area.level) {
    case 'kelurahan':
      return `Kelurahan ${area.name}`;
    case 'kecamatan':
      return `Kecamatan ${area.name}`;
    case 'kabkota':
    case 'provinsi':
      return area.name;
  }
}

/** A name without blanks, dots and case, so that "Pal Merah" meets "Palmerah" in imported lists. */
export function areaKey(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** What stands before the name of a city: `KOTA ADM. JAKARTA PUSAT`, `Kodya Jakarta Pusat`, `Kab. Kepulauan Seribu`. */
const cityPrefix = /\b(kabupaten|kotamadya|kota|kodya|kab|administrasi|adm)\b\.?/gi;

export function cityKey(name: string): string {
  return areaKey(name.replace(cityPrefix, ''));
}

/**
 * Whether a city is named that is none of DKI's. All of those are called Jakarta but Kepulauan Seribu; what only
 * shortens them (`JAKPUS`, `DKI`, `Pusat`) or is no name names none elsewhere. `J. BARAT` and `J. TIMUR` may be of Jawa.
 */
export function isCityElsewhere(name: string): boolean {
  const key = cityKey(name);
  return (
    /[a-z]{3}/.test(key) &&
    !/jak|jkt|dki|seribu|^j?(pusat|utara|selatan)$|^(j[krt]+)?(pusat|utara|barat|selatan|timur)$/.test(key)
  );
}

/** An area with the names of everything above it; `find` knows areas by code. */
export function areaPath(area: Wilayah, find: (code: string) => Wilayah | null): WilayahPath {
  const above = new Map<WilayahLevel, string>();
  for (let at: Wilayah | null = area; at !== null; at = at.parent === null ? null : find(at.parent))
    above.set(at.level, at.name);
  return {
    code: area.code,
    level: area.level,
    name: area.name,
    kelurahan: above.get('kelurahan') ?? null,
    kecamatan: above.get('kecamatan') ?? null,
    kabkota: above.get('kabkota') ?? null,
    provinsi: above.get('provinsi') ?? '',
    kodepos: area.kodepos,
  };
}

/** The same for a whole list at once. */
export function areaPaths(areas: readonly Wilayah[]): WilayahPath[] {
  const byCode = new Map(areas.map((area) => [area.code, area]));
  return areas.map((area) => areaPath(area, (code) => byCode.get(code) ?? null));
}
