import type { DifferenceInfo } from '../../../shared/contract/difference.ts';

/** From this share of the earlier list on, and from this many households, a whole list looks like a part. */
const manyShare = 0.2;
const manyHouseholds = 5;

/**
 * Households that would leave the register if what is accepted were saved, where they are so many that the
 * file may have been declared whole by mistake; null where they are few, or nothing is to be saved.
 */
export function manyGone({
  staged,
  complete,
  counts: { hilang, berubah, sama },
}: Pick<DifferenceInfo, 'staged' | 'complete' | 'counts'>): { gone: number; of: number } | null {
  if (!staged || !complete) return null;
  const of = hilang.households + berubah.households + sama.households;
  const gone = hilang.accepted;
  return gone >= manyHouseholds && gone >= manyShare * of ? { gone, of } : null;
}
