import type { NikInspection, NikParts, NikWarning } from '../../../shared/domain/nik.ts';
import { sexLabel } from '../../../shared/domain/person.ts';
import { words } from './words.ts';

/** What the digits typed so far say, piece by piece: area, date, sex, serial. */
export function describeNik(
  digits: string,
  parts: NikParts | null,
  nikAreas: Readonly<Record<string, string>>,
): string[] {
  if (!/^\d{6,16}$/.test(digits)) return [];
  const pieces = [areaOf(digits.slice(0, 6), nikAreas)];
  if (parts === null || parts.birthDate === null) return pieces;
  pieces.push(parts.birthDate.split('-').toReversed().join('-'), sexLabel[parts.sex]);
  if (parts.serial.length === 4) pieces.push(`${words.nikParts.serial} ${parts.serial}`);
  return pieces;
}

function areaOf(code: string, nikAreas: Readonly<Record<string, string>>): string {
  const name = nikAreas[code];
  if (name !== undefined) return name;
  return code.startsWith('31')
    ? `${words.nikParts.unknownArea} (${code})`
    : `${words.nikParts.outside} (${code})`;
}

export type NikPartName = 'area' | 'date' | 'sex' | 'serial';

/** One of the four parts of a NIK, and whether it agrees with what was typed beside it. */
export interface NikPart {
  name: NikPartName;
  digits: string;
  meaning: string;
  /** `beda` disagrees, `tanya` is not known, `wajar` has nothing to agree with. */
  verdict: 'cocok' | 'beda' | 'tanya' | 'wajar';
}

/** Explains a whole NIK part by part; empty while it is not one. */
export function explainNik(
  { digits, parts, warnings }: NikInspection,
  typed: { birthDate: string; sex: string },
  nikAreas: Readonly<Record<string, string>>,
): NikPart[] {
  if (digits.length !== 16 || parts === null) return [];
  const warns = (...codes: NikWarning[]) => warnings.some(({ code }) => codes.includes(code));
  const date = parts.birthDate?.split('-').toReversed().join('-') ?? words.nikParts.noDate;
  return [
    {
      name: 'area',
      digits: digits.slice(0, 6),
      meaning: areaOf(parts.area, nikAreas),
      verdict: nikAreas[parts.area] === undefined ? 'tanya' : 'wajar',
    },
    {
      name: 'date',
      digits: digits.slice(6, 12),
      meaning: date,
      verdict: warns('nik_tanggal_beda', 'nik_tanggal_tertukar')
        ? 'beda'
        : parts.birthDate !== null && typed.birthDate === parts.birthDate
          ? 'cocok'
          : 'wajar',
    },
    {
      name: 'sex',
      digits: digits.slice(6, 8),
      meaning: `${sexLabel[parts.sex]}${parts.sex === 'P' ? words.nikParts.plusForty : ''}`,
      verdict: warns('nik_jenis_kelamin_beda') ? 'beda' : typed.sex === parts.sex ? 'cocok' : 'wajar',
    },
    { name: 'serial', digits: parts.serial, meaning: words.nikParts.serialMeaning, verdict: 'wajar' },
  ];
}
