import { ageOn } from '../../shared/domain/instrument.ts';
import type { Relation } from '../../shared/domain/person.ts';
import type { Cell } from '../importing/cell.ts';
import { withTitle } from './names.ts';
import { slipDate, slipName, slipNumber } from './noise.ts';
import type { Person, TrueHousehold, World } from './population.ts';
import { threeDigits } from '../../shared/domain/rt-rw.ts';

/** A row of a list under the field names of its profile. */
export type ListRow = Record<string, Cell>;

/** One household as a list has it, and who stands in which row. */
export interface ListedHousehold {
  sourceId: string;
  household: TrueHousehold;
  rows: { person: Person; row: ListRow }[];
}

export interface AreaCodes {
  provinsi: string;
  kabkota: string;
  kecamatan: string;
  kelurahan: string;
}

/**
 * BDT 2015: one row a member, codes of BPS, ages instead of birth dates, and the spelling of those
 * who took it down. Who was born after the list's date is not in it.
 */
export function bdtHousehold(
  world: World,
  household: TrueHousehold,
  listDate: string,
  codes: AreaCodes,
  serial: number,
): ListedHousehold {
  const { random, kelurahan } = world;
  const members = presentOn(household, listDate);
  const head = members.find((member) => member.relation === '1');
  const { street, rt, rw } = household.home;
  const sourceId = `${codes.provinsi}${codes.kabkota}${codes.kecamatan}${codes.kelurahan}${String(serial).padStart(6, '0')}`;
  const rtText = threeDigits(rt);
  const rwText = threeDigits(rw);
  const shared: ListRow = {
    ruta_6: String(serial).padStart(6, '0'),
    id_rumah_tangga: sourceId,
    nama_provinsi: 'DKI JAKARTA',
    kode_provinsi: codes.provinsi,
    nama_kabupaten: kelurahan.kabkota.toUpperCase(),
    kode_kabupaten: codes.kabkota,
    nama_kecamatan: kelurahan.kecamatan.toUpperCase(),
    kode_kecamatan: codes.kecamatan,
    nama_desa: kelurahan.name.toUpperCase(),
    kode_desa: codes.kelurahan,
    nama_sls: `RT ${rtText} RW ${rwText}`,
    alamat: `${street.toUpperCase()} RT ${rtText}/RW ${rwText}`,
    nama_krt: head?.name.toUpperCase() ?? null,
    jumlah_art: String(members.length),
    jumlah_keluarga: String(household.kks.length),
    ...household.answers,
    percentile: String(Math.max(1, Math.min(40, Math.round(random.around(household.wealth * 40, 3))))),
  };
  const rows = members.map((person, index) => {
    const age = ageOn(person.birthDate, listDate);
    const name = slipName(random, withTitle(random, person.name, person.sex, age), 0.12).value;
    const row: ListRow = {
      ...shared,
      no_urut_art: String(index + 1),
      Nama: name.toUpperCase(),
      NIK: slipNumber(random, person.nik, { lost: 0.08, wrong: 0.02 }).value,
      Hub_KRT: person.relation,
      NUK: String(person.familyNo),
      Hubkel: person.familyRelation,
      JnsKel: person.sex === 'L' ? '1' : '2',
      Umur: String(Math.max(0, age + (random.chance(0.06) ? random.int(-2, 2) : 0))),
      ...person.answers,
    };
    return { person, row };
  });
  return { sourceId, household, rows };
}

const relationInKk: Record<Relation, string> = {
  '1': 'KEPALA KELUARGA',
  '2': 'ISTRI',
  '3': 'ANAK',
  '4': 'MENANTU',
  '5': 'CUCU',
  '6': 'ORANG TUA',
  '7': 'PEMBANTU',
  '8': 'FAMILI LAIN',
};

/** The relation as a family card writes it. */
export function relationOnCard({ familyRelation, sex }: Pick<Person, 'familyRelation' | 'sex'>): string {
  return familyRelation === '2' && sex === 'L' ? 'SUAMI' : relationInKk[familyRelation];
}

/** DTKS: one row a person, one family for each No KK, close to what the cards say. */
export function dtksFamily(
  world: World,
  household: TrueHousehold,
  familyNo: number,
  listDate: string,
  nextId: () => string,
  rate: number,
): ListedHousehold | null {
  const { random, kelurahan } = world;
  const kk = household.kks[familyNo - 1] ?? null;
  const members = presentOn(household, listDate).filter((member) => member.familyNo === familyNo);
  if (kk === null || members.length === 0) return null;
  const { street, rt, rw } = household.home;
  const rows = members.map((person) => {
    const row: ListRow = {
      id_dtks: nextId(),
      provinsi: 'DKI JAKARTA',
      kabupaten_kota: kelurahan.kabkota.toUpperCase(),
      kecamatan: kelurahan.kecamatan.toUpperCase(),
      desa_kelurahan: kelurahan.name.toUpperCase(),
      alamat: street.toUpperCase(),
      dusun: null,
      rt: threeDigits(rt),
      rw: threeDigits(rw),
      nomor_kk: kk,
      nomor_nik: slipNumber(random, person.nik, { lost: rate / 4, wrong: rate / 8 }).value,
      nama: slipName(random, person.name, rate).value.toUpperCase(),
      tanggal_lahir: slipDate(random, person.birthDate, rate / 4).value,
      tempat_lahir: person.birthPlace,
      jenis_kelamin: person.sex === 'L' ? 'LAKI-LAKI' : 'PEREMPUAN',
      nama_ibu_kandung: slipName(random, person.motherName, rate).value.toUpperCase(),
      hubungan_keluarga: relationOnCard(person),
    };
    return { person, row };
  });
  return { sourceId: kk, household, rows };
}

function presentOn(household: TrueHousehold, date: string): Person[] {
  return household.members.filter((member) => member.birthDate <= date);
}
