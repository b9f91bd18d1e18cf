import { z } from 'zod';
import type { Family, Household } from './household.ts';
import { type Member, relationLabel, sexLabel } from './person.ts';

/** Whose value stands after the merge: the kept case's, or that of the case that goes into it. */
export const MergeSide = z.enum(['tetap', 'digabung']);
export type MergeSide = z.infer<typeof MergeSide>;

/** How two registrations of one family become one. What it does not name stays as the kept case has it. */
export const MergePlan = z.object({
  /** Field by field, under the paths of `mergeFields`. */
  choices: z.record(z.string(), MergeSide),
  /** Members who are one person: the kept case's, and the other's. */
  same: z.array(z.object({ memberId: z.string(), otherId: z.string() })),
  /** Members of the other case, by their id there, who come into the kept one. */
  joining: z.array(z.string()),
});
export type MergePlan = z.infer<typeof MergePlan>;

export interface MergeField {
  /** `address.street`, `families.1.kk`, `members.<id in the kept case>.nik`. */
  path: string;
  /** Whom it belongs to: "Rumah tangga", or the member's name. */
  group: string;
  label: string;
  kept: string | null;
  other: string | null;
}

const memberFields = [
  'name',
  'nik',
  'nikNote',
  'sex',
  'birthPlace',
  'birthDate',
  'relation',
  'familyNo',
  'familyRelation',
  'motherName',
] as const satisfies readonly (keyof Member)[];

const memberLabels: Record<(typeof memberFields)[number], string> = {
  name: 'Nama',
  nik: 'NIK',
  nikNote: 'Catatan NIK',
  sex: 'Jenis kelamin',
  birthPlace: 'Tempat lahir',
  birthDate: 'Tanggal lahir',
  relation: 'Hubungan dengan kepala rumah tangga',
  familyNo: 'Nomor urut keluarga',
  familyRelation: 'Hubungan dengan kepala keluarga',
  motherName: 'Nama ibu kandung',
};

const addressFields = ['street', 'rt', 'rw', 'kelurahan'] as const;
const addressLabels: Record<(typeof addressFields)[number], string> = {
  street: 'Alamat',
  rt: 'RT',
  rw: 'RW',
  kelurahan: 'Kode kelurahan',
};

const householdGroup = 'Rumah tangga';

/** Every field in which two registrations differ, with both values as they are shown. */
export function mergeFields(kept: Household, other: Household, same: MergePlan['same']): MergeField[] {
  const address = addressFields.map((field) => ({
    path: `address.${field}`,
    group: householdGroup,
    label: addressLabels[field],
    kept: shown(kept.address[field]),
    other: shown(other.address[field]),
  }));
  const phone = {
    path: 'phone',
    group: householdGroup,
    label: 'Telepon',
    kept: kept.phone,
    other: other.phone,
  };
  const families = kept.families.flatMap((family) => {
    const match = other.families.find(({ no }) => no === family.no);
    if (match === undefined) return [];
    return [
      {
        path: `families.${family.no}.kk`,
        group: householdGroup,
        label: 'No KK',
        kept: family.kk,
        other: match.kk,
      },
    ];
  });
  const members = pairsOf(kept, other, same).flatMap(([member, match]) =>
    memberFields.map((field) => ({
      path: `members.${member.id}.${field}`,
      group: member.name,
      label: memberLabels[field],
      kept: shownOf(member, field),
      other: shownOf(match, field),
    })),
  );
  return [...address, phone, ...families, ...members].filter((field) => field.kept !== field.other);
}

/** What stands chosen at first: the kept case's value, and the other's where the kept one has none. */
export function firstChoices(fields: readonly MergeField[]): MergePlan['choices'] {
  return Object.fromEntries(
    fields.map((field) => [field.path, field.kept === null ? 'digabung' : 'tetap'] as const),
  );
}

/** Whether the plan leaves the kept case as it is. */
export function changesNothing(plan: MergePlan): boolean {
  return plan.joining.length === 0 && Object.values(plan.choices).every((side) => side === 'tetap');
}

/**
 * The household after the merge. Who joins gets the id that `newId` makes; a second head becomes
 * "Lainnya", and a family card that the kept case does not have comes along under the next number.
 */
export function applyMerge(
  kept: Household,
  other: Household,
  plan: MergePlan,
  newId: (otherId: string) => string,
): Household {
  const takes = (path: string) => plan.choices[path] === 'digabung';
  const matched = new Map(pairsOf(kept, other, plan.same).map(([member, match]) => [member.id, match]));
  const families: Family[] = kept.families.map((family) => {
    const match = other.families.find(({ no }) => no === family.no);
    return match !== undefined && takes(`families.${family.no}.kk`) ? match : family;
  });
  const members = kept.members.map((member) => {
    const match = matched.get(member.id);
    if (match === undefined) return member;
    return chosenFields(member, match, (field) => takes(`members.${member.id}.${field}`));
  });
  for (const joining of other.members.filter((member) => plan.joining.includes(member.id))) {
    const familyNo = familyFor(families, other, joining);
    members.push({
      ...joining,
      id: newId(joining.id),
      familyNo,
      relation: joining.relation === '1' ? '8' : joining.relation,
    });
  }
  return {
    address: {
      street: takes('address.street') ? other.address.street : kept.address.street,
      rt: takes('address.rt') ? other.address.rt : kept.address.rt,
      rw: takes('address.rw') ? other.address.rw : kept.address.rw,
      kelurahan: takes('address.kelurahan') ? other.address.kelurahan : kept.address.kelurahan,
    },
    phone: takes('phone') ? other.phone : kept.phone,
    families,
    members,
  };
}

/**
 * The household without the merge: as it was before, save what was changed since (`after` is what the
 * merge made, `now` what stands). Nobody's later correction is lost; what the merge brought goes.
 */
export function withoutMerge(before: Household, after: Household, now: Household): Household {
  return {
    address: {
      street: unlessChanged(before.address.street, after.address.street, now.address.street),
      rt: unlessChanged(before.address.rt, after.address.rt, now.address.rt),
      rw: unlessChanged(before.address.rw, after.address.rw, now.address.rw),
      kelurahan: unlessChanged(before.address.kelurahan, after.address.kelurahan, now.address.kelurahan),
    },
    phone: unlessChanged(before.phone, after.phone, now.phone),
    families: now.families.flatMap((family) => {
      const [was, made] = [before, after].map(({ families }) => families.find(({ no }) => no === family.no));
      if (made === undefined) return [family];
      return was === undefined ? [] : [{ no: family.no, kk: unlessChanged(was.kk, made.kk, family.kk) }];
    }),
    members: now.members.flatMap((member) => {
      const [was, made] = [before, after].map(({ members }) => members.find(({ id }) => id === member.id));
      if (made === undefined) return [member];
      return was === undefined ? [] : [memberWithoutMerge(was, made, member)];
    }),
  };
}

/** The same for one person: `before` in the case they came from, `made` and `now` in the merged one. */
export function memberWithoutMerge(before: Member, made: Member, now: Member): Member {
  return chosenFields(before, now, (field) => now[field] !== made[field]);
}

function unlessChanged<Value>(before: Value, made: Value, now: Value): Value {
  return now === made ? before : now;
}

/** `base` with the fields of `other` for which `takes` says so. */
function chosenFields(
  base: Member,
  other: Member,
  takes: (field: (typeof memberFields)[number]) => boolean,
): Member {
  return {
    id: base.id,
    name: takes('name') ? other.name : base.name,
    nik: takes('nik') ? other.nik : base.nik,
    nikNote: takes('nikNote') ? other.nikNote : base.nikNote,
    sex: takes('sex') ? other.sex : base.sex,
    birthPlace: takes('birthPlace') ? other.birthPlace : base.birthPlace,
    birthDate: takes('birthDate') ? other.birthDate : base.birthDate,
    relation: takes('relation') ? other.relation : base.relation,
    familyNo: takes('familyNo') ? other.familyNo : base.familyNo,
    familyRelation: takes('familyRelation') ? other.familyRelation : base.familyRelation,
    motherName: takes('motherName') ? other.motherName : base.motherName,
  };
}

function pairsOf(kept: Household, other: Household, same: MergePlan['same']): [Member, Member][] {
  return same.flatMap(({ memberId, otherId }): [Member, Member][] => {
    const member = kept.members.find(({ id }) => id === memberId);
    const match = other.members.find(({ id }) => id === otherId);
    return member === undefined || match === undefined ? [] : [[member, match]];
  });
}

/** The family that who joins belongs to: that of the same card, else a new one, else the first. */
function familyFor(families: Family[], other: Household, joining: Member): number {
  const kk = other.families.find(({ no }) => no === joining.familyNo)?.kk ?? null;
  const known = families.find((family) => kk === null || family.kk === kk);
  if (known !== undefined) return known.no;
  const next = Math.max(...families.map(({ no }) => no)) + 1;
  if (next > 9) return families[0]?.no ?? 1;
  families.push({ no: next, kk });
  return next;
}

function shownOf(member: Member, field: (typeof memberFields)[number]): string | null {
  switch (field) {
    case 'relation':
    case 'familyRelation':
      return relationLabel[member[field]];
    case 'birthDate':
      return member.birthDate?.split('-').toReversed().join('-') ?? null;
    case 'sex':
      return sexLabel[member.sex];
    default:
      return shown(member[field]);
  }
}

function shown(value: string | number | null): string | null {
  return value === null ? null : String(value);
}
