import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Areas } from './areas.ts';
import type { AreaData } from './importing/areas.ts';

const Alias = z.tuple([z.string(), z.string()]);

/** What the import needs to find areas by name: the official ones, other spellings, BPS's numbers. */
export function loadAreaData(areas: Areas, resourcesDir: string): AreaData {
  const rows = (file: string) =>
    readFileSync(join(resourcesDir, 'wilayah', file), 'utf8')
      .split(/\r?\n/)
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => Alias.parse(line.split(',')));
  return {
    wilayah: areas.all,
    aliases: rows('alias.csv').map(([alias, code]) => ({ alias, code })),
    bpsKabkota: rows('bps-kabkota.csv').map(([bps, code]) => ({ bps, code })),
  };
}
