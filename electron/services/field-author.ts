import { z } from 'zod';
import { FieldChange } from '../../shared/domain/household-diff.ts';
import { overlap } from '../../shared/provincial/merge.ts';
import type { JournalEntry } from '../store/journal.ts';

/** What a correction proposes stands nowhere before it is carried out. */
const proposals: readonly string[] = ['perbaikan_diajukan', 'peristiwa_diajukan'];

const fromProvince = 'data_dari_provinsi';

/**
 * Who gave a field the value that this office has, and when, as the journal tells it: of a correction
 * whoever typed it, not who approved it. What nobody changed since is the work of whoever registered the case.
 *
 * @param events the case's, oldest first
 * @param path by identity, as on the wire
 */
export function fieldAuthor(
  events: readonly JournalEntry[],
  path: string,
): { name: string; at: string } | null {
  const changed = events.findLast((event) => !proposals.includes(event.type) && touches(event, path));
  const correction = changed?.payload?.['perbaikan'];
  const proposal =
    correction === undefined
      ? undefined
      : events.find(({ type, payload }) => proposals.includes(type) && payload?.['perbaikan'] === correction);
  const by = proposal ?? changed ?? events.find(({ actorName }) => actorName !== null);
  if (by === undefined) return null;
  return { name: by.actorName ?? (by.type === fromProvince ? 'Provinsi' : 'Mutakhir'), at: by.at };
}

const Paths = z.looseObject({ path: z.string() }).array();

function touches({ type, payload }: JournalEntry, path: string): boolean {
  if (path.startsWith('visit') && payload?.['kunjungan'] !== undefined) return true;
  if (path.startsWith('identification')) return type === 'tetapkan_identifikasi';
  const changes = FieldChange.array().safeParse(payload?.['perubahan']).data ?? [];
  const followed = type === fromProvince ? (Paths.safeParse(payload?.['isian']).data ?? []) : [];
  return [...changes.map(({ field }) => wirePathOf(field)), ...followed.map(({ path: taken }) => taken)].some(
    (set) => overlap(set, path),
  );
}

/** `address.rt`, as the journal names a field, as the wire does: `household.address.rt`. */
function wirePathOf(field: string): string {
  if (field === 'address.phone') return 'household.phone';
  // On the wire the answers of the checks stand with the household's.
  if (field.startsWith('visit.')) return field.replace(/^visit\.process\./, 'visit.household.');
  if (field.startsWith('passive.')) return `case.${field}`;
  return field.startsWith('members.') ? field : `household.${field}`;
}
