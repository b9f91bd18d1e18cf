import { z } from 'zod';
import { IsoDate } from './person.ts';
import { formatRtRw, rtSlashRw, threeDigits } from './rt-rw.ts';

/** A part of the kelurahan a member works in: a whole RW, or one RT of it. */
export const TeamArea = z.object({
  rw: z.int().min(1).max(999),
  rt: z.int().min(1).max(999).nullable(),
});
export type TeamArea = z.infer<typeof TeamArea>;

export const TeamPosition = z.enum(['ketua', 'sekretaris', 'anggota']);
export type TeamPosition = z.infer<typeof TeamPosition>;

export const teamPositionLabel: Record<TeamPosition, string> = {
  ketua: 'Ketua',
  sekretaris: 'Sekretaris',
  anggota: 'Anggota',
};

/** Where a training stands in the cascade: those trained above train those below. */
export const TrainingLevel = z.enum(['tot_provinsi', 'tot_kota', 'kecamatan', 'kelurahan']);
export type TrainingLevel = z.infer<typeof TrainingLevel>;

export const trainingLevelLabel: Record<TrainingLevel, string> = {
  tot_provinsi: 'ToT provinsi',
  tot_kota: 'ToT kota/kabupaten',
  kecamatan: 'Pelatihan kecamatan',
  kelurahan: 'Pelatihan kelurahan',
};

export const Training = z.object({
  level: TrainingLevel,
  heldOn: IsoDate,
  trainer: z.string().trim().max(120),
});
export type Training = z.infer<typeof Training>;

/** `7` or `007` is a whole RW, `3/7` an RT and its RW; null for anything else. */
export function parseTeamArea(typed: string): TeamArea | null {
  const match = /^\s*(?:(\d{1,3})\s*\/\s*)?(\d{1,3})\s*$/.exec(typed);
  if (match === null) return null;
  const read = TeamArea.safeParse({
    rt: match[1] === undefined ? null : Number(match[1]),
    rw: Number(match[2]),
  });
  return read.success ? read.data : null;
}

/** As it is typed and shown: `007`, `003/007`. */
export function shortTeamArea({ rw, rt }: TeamArea): string {
  return rt === null ? threeDigits(rw) : rtSlashRw(rt, rw);
}

export function describeTeamArea({ rw, rt }: TeamArea): string {
  return rt === null ? `RW ${threeDigits(rw)}` : formatRtRw(rt, rw);
}

export function covers(areas: readonly TeamArea[], place: { rw: number; rt: number }): boolean {
  return areas.some((area) => area.rw === place.rw && (area.rt === null || area.rt === place.rt));
}
