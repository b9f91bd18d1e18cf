import { v7 as uuid } from 'uuid';
import { ageOn } from '../../shared/domain/instrument.ts';
import type { Relation, Sex } from '../../shared/domain/person.ts';
import { householdAnswers, memberAnswers } from './answers.ts';
import { givenName } from './names.ts';
import { home, origin, type Home, type Place } from './places.ts';
import type { Random } from './random.ts';

/** A person as they truly are; lists and registrations are views of them, with mistakes. */
export interface Person {
  id: string;
  name: string;
  nik: string | null;
  sex: Sex;
  birthPlace: string;
  birthDate: string;
  relation: Relation;
  familyNo: number;
  familyRelation: Relation;
  motherName: string;
  answers: Record<string, string>;
}

export interface TrueHousehold {
  id: string;
  home: Home;
  phone: string | null;
  /** No KK of each family, in order; a young family may not have its own card yet. */
  kks: (string | null)[];
  members: Person[];
  /** 0 the poorest, 1 the best off of the kelurahan. */
  wealth: number;
  answers: Record<string, string>;
}

export interface World {
  random: Random;
  kelurahan: Place;
  today: string;
  /** Numbers given so far: no NIK or No KK is made twice. */
  numbers: Set<string>;
}

type Shape = 'couple' | 'single_parent' | 'old_alone' | 'old_couple' | 'two_families' | 'with_parent';
const shapes: Record<Shape, number> = {
  couple: 52,
  single_parent: 13,
  old_alone: 7,
  old_couple: 6,
  two_families: 12,
  with_parent: 10,
};

export function makeHousehold(world: World, seed: number): TrueHousehold {
  const { random } = world;
  const wealth = Math.min(0.999, Math.max(0, random.around(0.4, 0.28)));
  const members = makeMembers(world, random.weighted(shapes));
  const house = home(random, seed);
  const kks = Array.from({ length: Math.max(...members.map((member) => member.familyNo)) }, (_, index) =>
    index > 0 && random.chance(0.2)
      ? null
      : makeNumber(
          world,
          origin(random, world.kelurahan, 2000).area,
          isoYearsAgo(world, random.around(9, 4)),
        ),
  );
  return {
    id: newId(world),
    home: house,
    phone: random.chance(0.75) ? `08${random.int(11, 59)}${String(random.int(1_000_000, 99_999_999))}` : null,
    kks,
    members: members.map((member) => ({
      ...member,
      answers: memberAnswers(random, member, world.today, wealth),
    })),
    wealth,
    answers: householdAnswers(random, wealth, members.length),
  };
}

function makeMembers(world: World, shape: Shape): Person[] {
  const { random } = world;
  switch (shape) {
    case 'couple':
      return family(world, random.around(40, 9), { couple: true, children: random.int(0, 4), familyNo: 1 });
    case 'single_parent':
      return family(world, random.around(46, 10), { couple: false, children: random.int(1, 3), familyNo: 1 });
    case 'old_alone':
      return family(world, random.around(71, 6), { couple: false, children: 0, familyNo: 1 });
    case 'old_couple':
      return family(world, random.around(68, 5), { couple: true, children: 0, familyNo: 1 });
    case 'with_parent': {
      const own = family(world, random.around(42, 7), {
        couple: true,
        children: random.int(1, 3),
        familyNo: 1,
      });
      const parentSex: Sex = random.chance(0.7) ? 'P' : 'L';
      return [
        ...own,
        person(world, {
          sex: parentSex,
          age: random.around(70, 5),
          relation: '6',
          familyNo: 1,
          familyRelation: '6',
          motherName: null,
        }),
      ];
    }
    case 'two_families': {
      const old = family(world, random.around(63, 5), {
        couple: random.chance(0.6),
        children: random.int(0, 1),
        familyNo: 1,
      });
      return [...old, ...youngFamily(world, old)];
    }
  }
}

interface FamilyPlan {
  couple: boolean;
  children: number;
  familyNo: number;
}

function family(world: World, headAge: number, plan: FamilyPlan): Person[] {
  const { random } = world;
  const headSex: Sex = plan.couple ? 'L' : random.chance(0.75) ? 'P' : 'L';
  const head = person(world, {
    sex: headSex,
    age: headAge,
    relation: '1',
    familyNo: plan.familyNo,
    familyRelation: '1',
    motherName: null,
  });
  const wife = plan.couple
    ? person(world, {
        sex: 'P',
        age: Math.max(18, headAge - random.around(3, 3)),
        relation: '2',
        familyNo: plan.familyNo,
        familyRelation: '2',
        motherName: null,
      })
    : null;
  const mother = wife ?? (headSex === 'P' ? head : null);
  const motherAge = mother ? ageOn(mother.birthDate, world.today) : headAge - 3;
  const eldest = Math.min(motherAge - 19, 30);
  const children = Array.from({ length: eldest < 0 ? 0 : plan.children }, (_, index) =>
    person(world, {
      sex: random.chance(0.51) ? 'L' : 'P',
      age: Math.max(0.1, eldest - index * random.around(3.2, 1)),
      relation: '3',
      familyNo: plan.familyNo,
      familyRelation: '3',
      motherName: mother?.name ?? null,
    }),
  ).filter((child) => motherAge - ageOn(child.birthDate, world.today) <= 45);
  return [head, ...(wife ? [wife] : []), ...children];
}

/** A married child under the same roof with a family, and often a card, of its own. */
function youngFamily(world: World, old: readonly Person[]): Person[] {
  const { random } = world;
  const mother = old.find((member) => member.sex === 'P' && member.relation !== '3');
  const age = Math.min(random.around(31, 4), mother ? ageOn(mother.birthDate, world.today) - 19 : 40);
  const child = person(world, {
    sex: 'L',
    age,
    relation: '3',
    familyNo: 2,
    familyRelation: '1',
    motherName: mother?.name ?? null,
  });
  const wife = person(world, {
    sex: 'P',
    age: Math.max(18, age - random.around(2, 2)),
    relation: '4',
    familyNo: 2,
    familyRelation: '2',
    motherName: null,
  });
  const grandchildren = Array.from({ length: random.int(0, 2) }, (_, index) =>
    person(world, {
      sex: random.chance(0.5) ? 'L' : 'P',
      age: Math.max(0.1, age - 22 - index * 3),
      relation: '5',
      familyNo: 2,
      familyRelation: '3',
      motherName: wife.name,
    }),
  );
  return [child, wife, ...grandchildren];
}

export interface PersonPlan {
  sex: Sex;
  /** Years, with a fraction. */
  age: number;
  relation: Relation;
  familyNo: number;
  familyRelation: Relation;
  motherName: string | null;
}

export function person(world: World, plan: PersonPlan): Person {
  const { random } = world;
  const birthDate = isoYearsAgo(
    world,
    Math.max(0.05, plan.age) + random.next() * 0.9 - 0.45 * Math.min(1, plan.age),
  );
  const year = Number(birthDate.slice(0, 4));
  const { area, birthPlace } = origin(random, world.kelurahan, year);
  return {
    id: newId(world),
    name: givenName(random, plan.sex, year),
    nik: random.chance(plan.age < 2 ? 0.4 : 0.03) ? null : makeNumber(world, area, birthDate, plan.sex),
    sex: plan.sex,
    birthPlace,
    birthDate,
    relation: plan.relation,
    familyNo: plan.familyNo,
    familyRelation: plan.familyRelation,
    motherName: plan.motherName ?? givenName(random, 'P', year - 25),
    answers: {},
  };
}

/**
 * A NIK (with `sex`) or No KK that nobody bears: real serials begin at 0001 and hardly pass some
 * hundreds a day and kecamatan, ours lie from 9001 up.
 */
export function makeNumber(world: World, area: string, date: string, sex: Sex = 'L'): string {
  const day = Number(date.slice(8, 10)) + (sex === 'P' ? 40 : 0);
  const head = `${area}${String(day).padStart(2, '0')}${date.slice(5, 7)}${date.slice(2, 4)}`;
  for (;;) {
    const number = `${head}${world.random.int(9001, 9998)}`;
    if (world.numbers.has(number)) continue;
    world.numbers.add(number);
    return number;
  }
}

/** An identifier in the form of a UUIDv7, made from the seed alone. */
export function newId(world: World): string {
  return uuid({ msecs: Date.parse(world.today), random: world.random.bytes() });
}

function isoYearsAgo(world: World, years: number): string {
  return new Date(Date.parse(world.today) - Math.max(0.02, years) * 365.25 * 86_400_000)
    .toISOString()
    .slice(0, 10);
}
