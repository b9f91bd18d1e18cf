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

/** Whether each member is named once: whoever is a person of the kept case, too, does not join it beside themselves. */
export function namesEachOnce({ same, joining }: MergePlan): boolean {
  const kept = same.map(({ memberId }) => memberId);
  const other = [...same.map(({ otherId }) => otherId), ...joining];
  return [kept, other].every((ids) => new Set(ids).size === ids.length);
}

export interface MergeField {
  /** `address.street`, `families.1.kk`, `members.<id in the kept case>.nik`. */
  path: string;
  /** Whom it belongs to: "Rumah tangga", or the member's name. */
  group: string;
  label: string;
  kept: string | null;
  other: string | null;
  /** The note on each of two NIKs: it goes with its number. */
  notes?: { kept: string | null; other: string | null };
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

type MemberField = (typeof memberFields)[number];

const memberLabels: Record<MemberField, string> = {
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
  const places = placesOf(kept, other, same);
  const families = kept.families.flatMap((family) => {
    const match = matchOf(places, family);
    if (match === undefined) return [];
    return [
      {
        path: `families.${family.no}.kk`,
        group: householdGroup,
        label: kept.families.length === 1 ? 'No KK' : `No KK keluarga ${family.no}`,
        kept: family.kk,
        other: match.kk,
      },
    ];
  });
  const members = pairsOf(kept, other, same).flatMap(([member, match]) =>
    memberFields
      .filter((field) => choiceOf(field, member, match) === field)
      .map((field) => ({
        path: `members.${member.id}.${field}`,
        group: member.name,
        label: memberLabels[field],
        kept: shownOf(member, field),
        other: field === 'familyNo' ? shownPlace(places, match) : shownOf(match, field),
        ...(field === 'nik' && { notes: { kept: member.nikNote, other: match.nikNote } }),
      })),
  );
  return [...address, phone, ...families, ...members].filter((field) => field.kept !== field.other);
}

/** By the choice of which field one of a person is settled: a note on a NIK is of that number, and goes with it. */
function choiceOf(field: MemberField, member: Member, match: Member): MemberField {
  return field === 'nikNote' && member.nik !== match.nik ? 'nik' : field;
}

/** What stands chosen at first: the kept case's value, and the other's where the kept one has none. */
export function firstChoices(fields: readonly MergeField[]): MergePlan['choices'] {
  return Object.fromEntries(
    fields.map((field) => [field.path, field.kept === null ? 'digabung' : 'tetap'] as const),
  );
}

/** Who joins a family that is not theirs, since the kept case has nine already: members of the other case. */
export function takenIn(kept: Household, other: Household, { same, joining }: MergePlan): Member[] {
  const places = placesOf(kept, other, same);
  return other.members.filter(
    (member) => joining.includes(member.id) && placeOf(places, member)?.takenIn === true,
  );
}

/** Whether the plan leaves the kept case as it is. */
export function changesNothing(plan: MergePlan): boolean {
  return plan.joining.length === 0 && Object.values(plan.choices).every((side) => side === 'tetap');
}

/**
 * The household after the merge. Who joins gets the id that `newId` makes, in the family that theirs is
 * here; a second head becomes "Lainnya", and a family that the kept case does not have comes along with
 * its card where somebody of it does.
 */
export function applyMerge(
  kept: Household,
  other: Household,
  plan: MergePlan,
  newId: (otherId: string) => string,
): Household {
  const takes = (path: string) => plan.choices[path] === 'digabung';
  const places = placesOf(kept, other, plan.same);
  const matched = new Map(pairsOf(kept, other, plan.same).map(([member, match]) => [member.id, match]));
  const staying = kept.members.map((member) => {
    const match = matched.get(member.id);
    if (match === undefined) return member;
    return chosenFields(member, placed(places, match), (field) =>
      takes(`members.${member.id}.${choiceOf(field, member, match)}`),
    );
  });
  const joining = other.members
    .filter((member) => plan.joining.includes(member.id))
    .map((member) => ({
      ...placed(places, member),
      id: newId(member.id),
      relation: member.relation === '1' ? ('8' as const) : member.relation,
    }));
  const members = [...staying, ...joining];
  const families: Family[] = [
    ...kept.families.map((family) => {
      const match = matchOf(places, family);
      return match !== undefined && takes(`families.${family.no}.kk`) ? { ...family, kk: match.kk } : family;
    }),
    ...places
      .filter(({ no }) => kept.families.every((mine) => mine.no !== no))
      .filter(({ no }) => members.some(({ familyNo }) => familyNo === no))
      .map(({ no, family }) => ({ no, kk: family.kk })),
  ];
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
 * merge made, `now` what stands). Nobody's later correction is lost; what the merge brought goes, except
 * a family into which somebody who stays has moved since.
 */
export function withoutMerge(before: Household, after: Household, now: Household): Household {
  const members = now.members.flatMap((member) => {
    const [was, made] = [before, after].map(({ members }) => members.find(({ id }) => id === member.id));
    if (made === undefined) return [member];
    return was === undefined ? [] : [memberWithoutMerge(was, made, member)];
  });
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
      if (was !== undefined && made !== undefined)
        return [{ no: family.no, kk: unlessChanged(was.kk, made.kk, family.kk) }];
      return made === undefined || members.some(({ familyNo }) => familyNo === family.no) ? [family] : [];
    }),
    members,
  };
}

/** A merge as it was made: the kept case before and after, by which plan, and who came from where. */
export interface MadeMerge {
  before: Household;
  after: Household;
  plan: MergePlan;
  /** Id in the kept case of each member who joined, and their id in the other. */
  joined: readonly { id: string; otherId: string }[];
}

/**
 * The other case once the merge is taken back: as it was, with what was changed in the kept one (`now`)
 * of the members who had joined it and of the families that came along. A member who was moved to
 * another family there stands in the same one here, by its card; one that this case does not have comes
 * with them. Who heads a household is each case's own.
 */
export function givenBack(merge: MadeMerge, other: Household, now: Household): Household {
  const places = placesOf(merge.before, other, merge.plan.same);
  const families = other.families.map((family): Family => {
    const place = places.find((one) => one.family === family);
    if (place === undefined || place.shared) return family;
    const [made, stands] = [familyOf(merge.after, place.no), familyOf(now, place.no)];
    return made?.kk === family.kk && stands !== undefined ? { no: family.no, kk: stands.kk } : family;
  });

  /** The number here of a family of the kept case. */
  function numberOf(keptNo: number, otherwise: number): number {
    const kk = familyOf(now, keptNo)?.kk ?? null;
    const known =
      families.find((family) => kk !== null && family.kk === kk) ??
      (familyOf(merge.after, keptNo) && places.find(({ no }) => no === keptNo)?.family);
    if (known !== undefined) return known.no;
    const next = freeNumber(families);
    if (next === null) return otherwise;
    families.push({ no: next, kk });
    return next;
  }

  const members = other.members.map((member) => {
    const id = merge.joined.find(({ otherId }) => otherId === member.id)?.id;
    const [made, stands] = [merge.after, now].map(({ members }) => members.find((one) => one.id === id));
    if (made === undefined || stands === undefined) return member;
    const headsOne = [member.relation, stands.relation].includes('1');
    return {
      ...memberWithoutMerge(member, made, stands),
      relation: headsOne ? member.relation : unlessChanged(member.relation, made.relation, stands.relation),
      familyNo:
        stands.familyNo === made.familyNo ? member.familyNo : numberOf(stands.familyNo, member.familyNo),
    };
  });
  return { ...other, families, members };
}

/** The same for one person: `before` in the case they came from, `made` and `now` in the merged one. */
function memberWithoutMerge(before: Member, made: Member, now: Member): Member {
  const isChanged = (field: MemberField) => now[field] !== made[field];
  // A note is of its number: with one that was corrected it stays, of one that the merge brought it goes.
  const notes = isChanged('nik') || (isChanged('nikNote') && before.nik === made.nik);
  return chosenFields(before, now, (field) => (field === 'nikNote' ? notes : isChanged(field)));
}

function unlessChanged<Value>(before: Value, made: Value, now: Value): Value {
  return now === made ? before : now;
}

/** `base` with the fields of `other` for which `takes` says so. */
function chosenFields(base: Member, other: Member, takes: (field: MemberField) => boolean): Member {
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

/** Where a family of the other case stands in the kept one. */
interface FamilyPlace {
  family: Family;
  /** Its number in the kept case. */
  no: number;
  /** The kept case has this family too; else it is a new one there, or its people are taken in. */
  shared: boolean;
  /** All nine numbers are given: its people go to the first family of the kept case. */
  takenIn: boolean;
}

/**
 * Which family of the kept case each of the other is, one to one: that of the same card, else the one
 * with which it has most persons in common, else that of the same number where one of the two has no
 * card. Numbers alone say nothing: each case counts its own. One that the kept case does not have gets
 * the next free number there, and where all nine are taken, the first family takes its people in.
 */
function placesOf(kept: Household, other: Household, same: MergePlan['same']): FamilyPlace[] {
  const found = new Map<number, number>();
  const pairUp = (fits: (mine: Family, theirs: Family) => boolean) => {
    for (const theirs of other.families.filter(({ no }) => !found.has(no))) {
      const taken = new Set(found.values());
      const mine = kept.families.find((family) => !taken.has(family.no) && fits(family, theirs));
      if (mine !== undefined) found.set(theirs.no, mine.no);
    }
  };
  const pairs = pairsOf(kept, other, same);
  const inCommon = (mine: Family, theirs: Family) =>
    pairs.filter(([member, match]) => member.familyNo === mine.no && match.familyNo === theirs.no).length;
  pairUp((mine, theirs) => mine.kk !== null && mine.kk === theirs.kk);
  for (let persons = pairs.length; persons > 0; persons -= 1)
    pairUp((mine, theirs) => inCommon(mine, theirs) === persons);
  pairUp((mine, theirs) => mine.no === theirs.no && (mine.kk === null || theirs.kk === null));

  const families = [...kept.families];
  return other.families.map((family) => {
    const no = found.get(family.no);
    if (no !== undefined) return { family, no, shared: true, takenIn: false };
    const next = freeNumber(families);
    if (next === null) return { family, no: kept.families[0]?.no ?? 1, shared: false, takenIn: true };
    families.push({ no: next, kk: family.kk });
    return { family, no: next, shared: false, takenIn: false };
  });
}

function familyOf({ families }: Household, no: number): Family | undefined {
  return families.find((family) => family.no === no);
}

function freeNumber(families: readonly Family[]): number | null {
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].find((no) => families.every((family) => family.no !== no)) ?? null;
}

/** The other case's family that is this one of the kept case. */
function matchOf(places: readonly FamilyPlace[], mine: Family): Family | undefined {
  return places.find(({ no, shared }) => shared && no === mine.no)?.family;
}

function placeOf(places: readonly FamilyPlace[], member: Member): FamilyPlace | undefined {
  return places.find(({ family }) => family.no === member.familyNo);
}

/** A member of the other case, with the number that their family has in the kept one. */
function placed(places: readonly FamilyPlace[], member: Member): Member {
  return { ...member, familyNo: placeOf(places, member)?.no ?? member.familyNo };
}

function shownPlace(places: readonly FamilyPlace[], member: Member): string {
  const { no, shared, takenIn } = placeOf(places, member) ?? {
    no: member.familyNo,
    shared: true,
    takenIn: false,
  };
  return shared || takenIn ? String(no) : `${no} (keluarga baru)`;
}

function shownOf(member: Member, field: MemberField): string | null {
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
