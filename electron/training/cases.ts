import type { Household } from '../../shared/domain/household.ts';
import { ageOn } from '../../shared/domain/instrument.ts';
import type { Member } from '../../shared/domain/person.ts';
import type { IdentificationResult, RegistrationMode } from '../../shared/domain/registration.ts';
import { withTitle } from './names.ts';
import { slipDate, slipName, slipNumber } from './noise.ts';
import { home } from './places.ts';
import { person, type Person, type TrueHousehold, type World } from './population.ts';
import { memberAnswers } from './answers.ts';
import { visitAnswers, type VisitAnswers } from './visit-answers.ts';

/** A household that comes to the counter, and what is true about it. */
export interface SyntheticCase {
  mode: RegistrationMode;
  /** Reason of a passive registration, else null. */
  reason: string | null;
  household: Household;
  /** What a visit would find, under the field names of BDT 2015; members by their id. */
  answers: VisitAnswers;
  truth: CaseTruth;
}

export interface CaseTruth {
  /** What a careful identification against the lists must find. */
  kind: IdentificationResult;
  /** Where the household stands in each list: ID rumah tangga, or No KK of its families. */
  lists: { BDT2015: string | null; DTKS: string[] };
  /** What changed since, and every slip in what was reported: `pindah`, `anggota_lahir`, `nama:singkatan_siti` … */
  changes: string[];
  members: { memberId: string; dtksId: string | null; bdtRow: { household: string; order: number } | null }[];
}

/** Where each true person stands in the lists. */
export interface WhereListed {
  dtks: Map<string, string>;
  bdt: Map<string, { household: string; order: number }>;
}

export function makeCase(
  world: World,
  household: TrueHousehold,
  kind: IdentificationResult,
  where: WhereListed,
): SyntheticCase {
  const changed = kind === 'berubah' ? changeHousehold(world, household) : { household, changes: [] };
  const { members } = changed.household;
  const reported = report(world, changed.household, kind === 'tetap' ? 0 : 0.1);
  const reason = passiveReason(world, changed.household);
  return {
    mode: reason === null ? 'aktif' : 'pasif',
    reason,
    household: reported.household,
    answers: visitAnswers(changed.household),
    truth: {
      kind,
      lists: {
        BDT2015: firstOf(members, (member) => where.bdt.get(member.id)?.household),
        DTKS: changed.household.kks.flatMap((kk, index) =>
          kk !== null && members.some((member) => member.familyNo === index + 1 && where.dtks.has(member.id))
            ? [kk]
            : [],
        ),
      },
      changes: [...changed.changes, ...reported.slips],
      members: members.map((member) => ({
        memberId: member.id,
        dtksId: where.dtks.get(member.id) ?? null,
        bdtRow: where.bdt.get(member.id) ?? null,
      })),
    },
  };
}

/** The household as its family tells it at the counter. `rate` is how often a name or number slips. */
function report(
  world: World,
  household: TrueHousehold,
  rate: number,
): { household: Household; slips: string[] } {
  const { random, kelurahan, today } = world;
  const slips: string[] = [];
  const members = household.members.map((person): Member => {
    const titled =
      rate > 0 ? withTitle(random, person.name, person.sex, ageOn(person.birthDate, today)) : person.name;
    const name = slipName(random, titled, rate);
    const nik = slipNumber(random, person.nik, { lost: 0, wrong: rate / 4 });
    const birthDate = slipDate(random, person.birthDate, rate / 4);
    slips.push(...name.slips, ...nik.slips, ...birthDate.slips);
    return {
      id: person.id,
      name: name.value,
      nik: nik.value,
      nikNote: null,
      sex: person.sex,
      birthPlace: person.birthPlace,
      birthDate: birthDate.value,
      relation: person.relation,
      familyNo: person.familyNo,
      familyRelation: person.familyRelation,
      motherName: person.motherName,
    };
  });
  return {
    household: {
      address: { ...household.home, kelurahan: kelurahan.code },
      phone: household.phone,
      families: household.kks.map((kk, index) => ({ no: index + 1, kk })),
      members,
    },
    slips,
  };
}

type Seen = 'pindah' | 'anggota_lahir' | 'anggota_keluar' | 'anggota_meninggal';
type Change = Seen | 'keadaan_rumah';

/** One or two changes that show in who and where, sometimes the state of the house on top. */
function changeHousehold(
  world: World,
  household: TrueHousehold,
): { household: TrueHousehold; changes: string[] } {
  const { random } = world;
  const wanted = random.shuffled<Seen>(['pindah', 'anggota_lahir', 'anggota_keluar', 'anggota_meninggal']);
  const most = random.chance(0.4) ? 2 : 1;
  let current = household;
  const changes: Change[] = [];
  for (const change of wanted) {
    const next = changes.length < most ? applyChange(world, current, change) : null;
    if (next === null) continue;
    current = next;
    changes.push(change);
  }
  if (random.chance(0.4)) {
    current = changedHouse(current);
    changes.push('keadaan_rumah');
  }
  return { household: current, changes };
}

/** The floor and the motorcycle: what a visit finds, no counter does. */
function changedHouse(household: TrueHousehold): TrueHousehold {
  const { lantai, ada_motor: motor } = household.answers;
  return {
    ...household,
    answers: {
      ...household.answers,
      lantai: lantai === '2' ? '6' : '2',
      ada_motor: motor === '3' ? '4' : '3',
    },
  };
}

function applyChange(world: World, household: TrueHousehold, change: Seen): TrueHousehold | null {
  const { random } = world;
  switch (change) {
    case 'pindah':
      return { ...household, home: home(random, random.int(0, 10_000)) };
    case 'anggota_lahir':
      return withBaby(world, household);
    case 'anggota_keluar':
      return withoutMember(
        household,
        (member) =>
          member.relation === '3' &&
          ageOn(member.birthDate, world.today) >= 18 &&
          member.familyRelation === '3',
      );
    case 'anggota_meninggal':
      return withoutMember(
        household,
        (member) =>
          member.relation === '6' || (member.relation === '2' && ageOn(member.birthDate, world.today) > 55),
      );
  }
}

function withBaby(world: World, household: TrueHousehold): TrueHousehold | null {
  const mother = household.members.find(
    (member) =>
      member.sex === 'P' && member.familyRelation === '2' && ageOn(member.birthDate, world.today) <= 42,
  );
  if (!mother) return null;
  const baby = person(world, {
    sex: world.random.chance(0.5) ? 'L' : 'P',
    age: 0.3,
    relation: mother.relation === '2' ? '3' : '5',
    familyNo: mother.familyNo,
    familyRelation: '3',
    motherName: mother.name,
  });
  return {
    ...household,
    members: [
      ...household.members,
      { ...baby, answers: memberAnswers(world.random, baby, world.today, household.wealth) },
    ],
  };
}

function withoutMember(household: TrueHousehold, leaves: (member: Person) => boolean): TrueHousehold | null {
  const leaving = household.members.find(leaves);
  if (!leaving) return null;
  return { ...household, members: household.members.filter((member) => member !== leaving) };
}

/** Old people alone and people with a disability are registered by the office more often. */
function passiveReason(world: World, household: TrueHousehold): string | null {
  const [only] = household.members;
  if (
    household.members.length === 1 &&
    only &&
    ageOn(only.birthDate, world.today) >= 60 &&
    world.random.chance(0.7)
  )
    return 'Lansia tunggal';
  const disabled = household.members.some((member) => (member.answers['Jenis_cacat'] ?? '00') !== '00');
  return disabled && world.random.chance(0.4) ? 'Penyandang disabilitas' : null;
}

function firstOf<Item, Value>(items: readonly Item[], read: (item: Item) => Value | undefined): Value | null {
  for (const item of items) {
    const value = read(item);
    if (value !== undefined) return value;
  }
  return null;
}
