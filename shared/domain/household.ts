import { z } from 'zod';
import { Member, SixteenDigits } from './person.ts';
import { KelurahanCode } from './wilayah.ts';

export const Address = z.object({
  street: z.string().trim().min(1, 'Alamat wajib diisi.').max(200),
  rt: z.int().min(1).max(999),
  rw: z.int().min(1).max(999),
  kelurahan: KelurahanCode,
});
export type Address = z.infer<typeof Address>;

/** A family (keluarga) under the roof, known by its card. */
export const Family = z.object({ no: z.int().min(1).max(9), kk: SixteenDigits.nullable() });
export type Family = z.infer<typeof Family>;

/** A household (rumah tangga) as reported: one roof, one kitchen, one or several families. */
export const Household = z.object({
  address: Address,
  phone: z.string().trim().max(20).nullable(),
  families: z.array(Family).min(1),
  members: z.array(Member).min(1),
});
export type Household = z.infer<typeof Household>;

export function headOf(household: Pick<Household, 'members'>): Member | null {
  return household.members.find((member) => member.relation === '1') ?? null;
}

export interface HouseholdFinding {
  /** Where the mend is made: `members.2.nik`, `families.0.kk`, `address.rt`. */
  field: string;
  level: 'error' | 'warning';
  message: string;
}

/** Rules between the fields of a household; rules of one field belong to its own type. */
export function inspectHousehold(household: Household): HouseholdFinding[] {
  const found: HouseholdFinding[] = [];
  const heads = household.members.filter((member) => member.relation === '1');
  if (heads.length !== 1) {
    found.push({
      field: 'members.0.relation',
      level: 'error',
      message:
        heads.length === 0
          ? 'Belum ada kepala rumah tangga. Pilih satu anggota sebagai Kepala (kode 1).'
          : 'Ada lebih dari satu kepala rumah tangga. Sisakan satu.',
    });
  }
  for (const [index, member] of household.members.entries()) {
    if (household.members.findIndex(({ id }) => id === member.id) < index) {
      found.push({
        field: `members.${index}.name`,
        level: 'error',
        message: `${member.name} tercatat dua kali di rumah tangga ini.`,
      });
      continue;
    }
    const twin = household.members.findIndex((other) => other.nik !== null && other.nik === member.nik);
    if (member.nik !== null && twin < index) {
      found.push({
        field: `members.${index}.nik`,
        level: 'error',
        message: `NIK ini sudah dipakai ${household.members[twin]?.name ?? 'anggota lain'} di rumah tangga yang sama.`,
      });
    }
    if (!household.families.some((family) => family.no === member.familyNo)) {
      found.push({
        field: `members.${index}.familyNo`,
        level: 'error',
        message: `Keluarga nomor ${member.familyNo} belum ada. Tambahkan No KK-nya dahulu.`,
      });
    }
  }
  for (const [index, family] of household.families.entries()) {
    if (household.families.findIndex(({ no }) => no === family.no) < index) {
      found.push({
        field: `families.${index}.kk`,
        level: 'error',
        message: `Keluarga nomor ${family.no} tercatat dua kali.`,
      });
    }
    const familyHeads = household.members.filter(
      (member) => member.familyNo === family.no && member.familyRelation === '1',
    );
    if (familyHeads.length > 1) {
      found.push({
        field: `families.${index}.kk`,
        level: 'warning',
        message: `Keluarga nomor ${family.no} punya ${familyHeads.length} kepala keluarga. Periksa KK-nya.`,
      });
    }
    if (familyHeads.length === 0) {
      found.push({
        field: `families.${index}.kk`,
        level: 'warning',
        message: `Keluarga nomor ${family.no} belum punya kepala keluarga.`,
      });
    }
  }
  return found;
}
