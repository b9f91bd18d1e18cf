import { z } from 'zod';
import type { Household } from './household.ts';
import { type Member, relationLabel, sexLabel } from './person.ts';
import type { PassiveGrounds } from './registration.ts';
import { threeDigits } from './rt-rw.ts';

/** One field that differs, in words that need no further lookup; it is kept in the journal as it is. */
export const FieldChange = z.object({
  /** Stable across changes: `address.rt`, `families.1.kk`, `members.<id>.nik`, `members.<id>`. */
  field: z.string(),
  /** Whom or what it belongs to: `Alamat`, `Siti Aminah`. */
  group: z.string(),
  label: z.string(),
  /** Null where there was nothing. */
  before: z.string().nullable(),
  /** Null where nothing is left. */
  after: z.string().nullable(),
});
export type FieldChange = z.infer<typeof FieldChange>;

export interface Reported {
  household: Household;
  passive: PassiveGrounds | null;
}

/** What changed from one report to the next; members are the same where their ids are. */
export function diffReported(before: Reported, after: Reported): FieldChange[] {
  return [
    ...compare('address', 'Alamat', addressTexts(before.household), addressTexts(after.household)),
    ...diffFamilies(before.household, after.household),
    ...diffMembers(before.household, after.household),
    ...compare('passive', 'Pendaftaran pasif', passiveTexts(before.passive), passiveTexts(after.passive)),
  ];
}

/** Several corrections as one: the oldest before, the newest after; what came back to itself drops out. */
export function foldChanges(steps: readonly (readonly FieldChange[])[]): FieldChange[] {
  const folded = new Map<string, FieldChange>();
  for (const change of steps.flat()) {
    const first = folded.get(change.field);
    folded.set(change.field, first === undefined ? change : { ...change, before: first.before });
  }
  return [...folded.values()].filter((change) => change.before !== change.after);
}

type Texts = Record<string, { label: string; text: string | null }>;

function compare(path: string, group: string, before: Texts, after: Texts): FieldChange[] {
  return Object.keys({ ...before, ...after }).flatMap((key) => {
    const left = before[key];
    const right = after[key];
    const [from, to] = [left?.text ?? null, right?.text ?? null];
    return from === to
      ? []
      : [
          {
            field: `${path}.${key}`,
            group,
            label: right?.label ?? left?.label ?? key,
            before: from,
            after: to,
          },
        ];
  });
}

function addressTexts({ address, phone }: Household): Texts {
  return {
    street: { label: 'Alamat', text: address.street },
    rt: { label: 'RT', text: threeDigits(address.rt) },
    rw: { label: 'RW', text: threeDigits(address.rw) },
    kelurahan: { label: 'Kode kelurahan', text: address.kelurahan },
    phone: { label: 'Telepon', text: phone },
  };
}

function diffFamilies(before: Household, after: Household): FieldChange[] {
  const numbers = new Set([...before.families, ...after.families].map((family) => family.no));
  return [...numbers]
    .sort((left, right) => left - right)
    .flatMap((no) => {
      const from = before.families.find((family) => family.no === no)?.kk ?? null;
      const to = after.families.find((family) => family.no === no)?.kk ?? null;
      return from === to
        ? []
        : [{ field: `families.${no}.kk`, group: `Keluarga ${no}`, label: 'No KK', before: from, after: to }];
    });
}

function diffMembers(before: Household, after: Household): FieldChange[] {
  const changed = after.members.flatMap((member) => {
    const earlier = before.members.find((other) => other.id === member.id);
    if (earlier === undefined)
      return [
        {
          field: `members.${member.id}`,
          group: member.name,
          label: 'Anggota baru',
          before: null,
          after: summaryOf(after, member),
        },
      ];
    return compare(`members.${member.id}`, member.name, memberTexts(earlier), memberTexts(member));
  });
  const gone = before.members
    .filter((member) => !after.members.some((other) => other.id === member.id))
    .map((member) => ({
      field: `members.${member.id}`,
      group: member.name,
      label: 'Anggota dikeluarkan',
      before: summaryOf(before, member),
      after: null,
    }));
  return [...changed, ...gone];
}

/** Who somebody is: with several families under the roof, of which one. */
function summaryOf({ families }: Household, { name, nik, ...member }: Member): string {
  const relation =
    families.length > 1
      ? `${relationLabel[member.familyRelation]} di keluarga ${member.familyNo}`
      : relationLabel[member.relation];
  return [name, nik, relation].filter((text) => text !== null).join(', ');
}

function memberTexts(member: Member): Texts {
  return {
    name: { label: 'Nama', text: member.name },
    nik: { label: 'NIK', text: member.nik },
    nikNote: { label: 'Catatan NIK', text: member.nikNote },
    sex: { label: 'Jenis kelamin', text: sexLabel[member.sex] },
    birthPlace: { label: 'Tempat lahir', text: member.birthPlace },
    birthDate: { label: 'Tanggal lahir', text: member.birthDate?.split('-').toReversed().join('-') ?? null },
    relation: { label: 'Hubungan dengan kepala rumah tangga', text: relationLabel[member.relation] },
    familyNo: { label: 'Nomor urut keluarga', text: String(member.familyNo) },
    familyRelation: { label: 'Hubungan dengan kepala keluarga', text: relationLabel[member.familyRelation] },
    motherName: { label: 'Nama ibu kandung', text: member.motherName },
  };
}

function passiveTexts(passive: PassiveGrounds | null): Texts {
  return {
    reason: { label: 'Alasan', text: passive?.reason ?? null },
    proposer: { label: 'Pengusul', text: passive?.proposer ?? null },
    proposerRole: { label: 'Jabatan pengusul', text: passive?.proposerRole ?? null },
    note: { label: 'Catatan', text: passive?.note ?? null },
  };
}
