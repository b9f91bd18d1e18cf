import { faker } from '@faker-js/faker/locale/id_ID';
import type { Sex } from '../../shared/domain/person.ts';
import type { Random } from './random.ts';

/** Names that a kelurahan of Jakarta is full of; faker's lists alone are too even. */
const common: Record<Sex, readonly string[]> = {
  L: [
    'Ahmad',
    'Agus',
    'Slamet',
    'Budi',
    'Bambang',
    'Rudi',
    'Hendra',
    'Yusuf',
    'Ibrahim',
    'Hasan',
    'Supriyadi',
    'Suparman',
    'Wahyu',
    'Rizki',
    'Fajar',
    'Dedi',
    'Asep',
    'Ujang',
    'Joko',
    'Mulyadi',
    'Sugiono',
    'Sutrisno',
    'Jamaludin',
    'Syaiful',
    'Nurdin',
  ],
  P: [
    'Aminah',
    'Nurhayati',
    'Sumiati',
    'Suryani',
    'Kartini',
    'Fatimah',
    'Aisyah',
    'Rohani',
    'Maryam',
    'Yuliana',
    'Ningsih',
    'Wati',
    'Sulastri',
    'Sukinah',
    'Juminten',
    'Zubaedah',
    'Khadijah',
    'Rukmini',
    'Tuti',
    'Euis',
    'Lestari',
    'Rahmawati',
    'Julaeha',
    'Suyatmi',
    'Halimah',
  ],
};

const lists: Record<Sex, { first: readonly string[]; last: readonly string[] }> = {
  L: { first: listOf('first_name', 'male'), last: listOf('last_name', 'male') },
  P: { first: listOf('first_name', 'female'), last: listOf('last_name', 'female') },
};

/** How a family's own papers write the name, without title: `Siti Aminah`, `Muhammad Rizki`, `Slamet`. */
export function givenName(random: Random, sex: Sex, birthYear: number): string {
  // One name only: about every sixth person, more often the old.
  if (random.chance(birthYear < 1970 ? 0.28 : 0.13))
    return oldSpelling(random, random.pick(common[sex]), birthYear);
  const first = random.chance(0.5) ? random.pick(common[sex]) : random.pick(lists[sex].first);
  const last = random.chance(0.35) ? random.pick(common[sex]) : random.pick(lists[sex].last);
  const name = unrepeated(sex === 'L' ? maleName(random, first, last) : femaleName(random, first, last));
  return oldSpelling(random, name, birthYear);
}

function maleName(random: Random, first: string, last: string): string {
  switch (random.weighted({ muhammad: 18, abdul: 7, plain: 75 })) {
    case 'muhammad':
      return random.chance(0.3) ? `Muhammad ${first} ${last}` : `Muhammad ${first}`;
    case 'abdul':
      return `Abdul ${random.pick(['Rahman', 'Rohim', 'Kadir', 'Hamid', 'Aziz', 'Latif', 'Malik'])}`;
    case 'plain':
      return `${first} ${last}`;
  }
}

function femaleName(random: Random, first: string, last: string): string {
  switch (random.weighted({ siti: 18, dewi: 14, plain: 68 })) {
    case 'siti':
      return random.chance(0.3) ? `Siti ${first} ${last}` : `Siti ${first}`;
    case 'dewi':
      return `${random.pick(['Sri', 'Nur', 'Dewi', 'Eka', 'Dwi', 'Tri'])} ${last}`;
    case 'plain':
      return `${first} ${last}`;
  }
}

/** Van Ophuijsen spelling, as some people born before 1960 still write themselves. */
function oldSpelling(random: Random, name: string, birthYear: number): string {
  if (birthYear >= 1960 || !random.chance(0.3)) return name;
  return name
    .replace(/j/g, 'dj')
    .replace(/J/g, 'Dj')
    .replace(/y(?=[aeiou])/g, 'j')
    .replace(/Y(?=[aeiou])/g, 'J')
    .replace(/c(?!h)/g, 'tj')
    .replace(/C(?!h)/g, 'Tj')
    .replace(/u/g, 'oe')
    .replace(/U/g, 'Oe');
}

/** The name with a title, as neighbours and old cards have it. */
export function withTitle(random: Random, name: string, sex: Sex, age: number): string {
  if (age > 45 && random.chance(0.12)) return `${sex === 'L' ? 'H.' : 'Hj.'} ${name}`;
  if (age > 23 && random.chance(0.025))
    return `${name}, ${random.pick(['S.Pd', 'S.E.', 'S.Kom', 'S.H.', 'A.Md'])}`;
  return name;
}

/** `Rizki bin Hasan`: with the father's name, as some lists add it. */
export function withFather(name: string, sex: Sex, father: string): string {
  return `${name} ${sex === 'L' ? 'bin' : 'binti'} ${father.split(' ').at(-1) ?? father}`;
}

function unrepeated(name: string): string {
  return [...new Set(name.split(' '))].join(' ');
}

function listOf(kind: 'first_name' | 'last_name', sex: 'male' | 'female'): readonly string[] {
  const names = faker.rawDefinitions.person?.[kind]?.[sex];
  if (!names) throw new Error(`The id_ID locale has no ${kind}.`);
  return names;
}
