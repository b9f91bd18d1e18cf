import { z } from 'zod';
import type { ChangeFilter, ChangePlace, DifferenceInfo } from '../../../shared/contract/difference.ts';

export const ChangeView = z.enum([
  'perubahan',
  'baru',
  'hilang',
  'berubah',
  'desil',
  'sama',
  'pindah_masuk',
  'pindah_keluar',
  'belum_terbaca',
]);
export type ChangeView = z.infer<typeof ChangeView>;

/** What of a difference is shown, as it stands in the address; nothing personal. */
export const DifferenceSearch = z.object({
  view: ChangeView.optional().catch(undefined),
  rw: z.int().optional().catch(undefined),
  /** Absent, it is the office's own, where the lists hold it. */
  kelurahan: z.string().optional().catch(undefined),
});
export type DifferenceSearch = z.infer<typeof DifferenceSearch>;

/** In place of a kelurahan: every one. */
export const everyKelurahan = 'semua';

/** The kelurahan that is shown: the one asked for, else the office's own among several; null for all. */
export function shownKelurahan(
  { kelurahan }: DifferenceSearch,
  info: Pick<DifferenceInfo, 'kelurahan' | 'ownKelurahan'>,
): string | null {
  if (kelurahan === everyKelurahan || info.kelurahan.length < 2) return null;
  return kelurahan ?? info.ownKelurahan;
}

/** The part of the area that is shown. */
export function shownPlace({ rw }: DifferenceSearch, kelurahan: string | null): ChangePlace {
  return { ...(rw !== undefined && { rw }), ...(kelurahan !== null && { kelurahan }) };
}

/** The figures of what is shown: of the whole only where the whole is shown, null until they come. */
export function shownFigures(
  place: ChangePlace,
  whole: DifferenceInfo,
  part: DifferenceInfo | undefined,
): DifferenceInfo | null {
  return isPart(place) ? (part ?? null) : whole;
}

export function isPart({ kelurahan, rw }: ChangePlace): boolean {
  return kelurahan !== undefined || rw !== undefined;
}

export function toChangeFilter(search: DifferenceSearch, kelurahan: string | null): ChangeFilter {
  return { ...ofView(search.view ?? 'perubahan'), ...shownPlace(search, kelurahan) };
}

function ofView(view: ChangeView): ChangeFilter {
  if (view === 'perubahan') return { kinds: ['baru', 'hilang', 'pindah_masuk', 'pindah_keluar', 'berubah'] };
  if (view === 'belum_terbaca') return { unread: true };
  return view === 'desil' ? { rankMoved: true } : { kinds: [view] };
}

/** How many households a view holds. */
export function countOf({ counts, moves, unread }: DifferenceInfo, view: ChangeView): number {
  switch (view) {
    case 'perubahan':
      return (['baru', 'hilang', 'pindah_masuk', 'pindah_keluar', 'berubah'] as const).reduce(
        (sum, kind) => sum + counts[kind].households,
        0,
      );
    case 'desil':
      return moves.reduce((sum, { households }) => sum + households, 0);
    case 'belum_terbaca':
      return unread.households;
    case 'pindah_masuk':
    case 'pindah_keluar':
    case 'baru':
    case 'hilang':
    case 'berubah':
    case 'sama':
      return counts[view].households;
  }
}

/** What is offered only where there is something, or where it is shown. */
const rareViews: readonly ChangeView[] = ['pindah_masuk', 'pindah_keluar', 'belum_terbaca'];

export function offeredViews(figures: DifferenceInfo, shown: ChangeView): ChangeView[] {
  return ChangeView.options.filter(
    (view) => !rareViews.includes(view) || shown === view || countOf(figures, view) > 0,
  );
}
