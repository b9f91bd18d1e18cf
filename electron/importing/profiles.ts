import type { ReferenceSource } from '../../shared/domain/reference.ts';
import type { ListMapping } from '../../shared/domain/list-mapping.ts';
import { AppError } from '../../shared/errors.ts';
import { bdt2015 } from './bdt-2015.ts';
import { dtks } from './dtks.ts';
import { dtsen } from './dtsen.ts';
import { dukcapil } from './dukcapil.ts';
import { mappedProfile } from './mapped-profile.ts';
import { ppks } from './ppks.ts';
import type { Profile } from './profile.ts';
import { regsosek } from './regsosek.ts';
import { siks } from './siks.ts';

/** The sources whose columns are known. */
export const profiles: readonly Profile[] = [bdt2015, dtks, siks, dtsen, regsosek, ppks, dukcapil];

/**
 * How a list is read: by its source's own columns, or by what somebody said they mean.
 *
 * @throws AppError `import_mapping_needed` where the source has no columns of its own.
 */
export function profileFor(source: ReferenceSource, mapping: ListMapping | null): Profile {
  const own = profiles.find((profile) => profile.source === source);
  if (mapping !== null) return mappedProfile(source, mapping, own ?? null);
  if (own === undefined) throw new AppError('import_mapping_needed');
  return own;
}
