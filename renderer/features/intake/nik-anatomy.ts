import type { NikParts } from '../../../shared/domain/nik.ts';
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
  pieces.push(parts.birthDate.split('-').toReversed().join('-'), words.sexes[parts.sex]);
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
