import { ageOn } from '../../shared/domain/instrument.ts';
import { ppksKinds } from '../importing/ppks-kinds.ts';
import type { Person, TrueHousehold, World } from './population.ts';
import { slipName } from './noise.ts';
import { Random } from './random.ts';
import { type ListRow, relationOnCard } from './reference-views.ts';
import { threeDigits } from '../../shared/domain/rt-rw.ts';

/** A family as a list of families has it: its own columns, and those of each member. */
export interface ListedFamily {
  family: ListRow;
  members: ListRow[];
}

/** A household of the kelurahan, and how it comes to register, where it does. */
export interface Listable {
  household: TrueHousehold;
  kind: 'tetap' | 'berubah' | null;
}

/** What may become of a household between two quarters; who comes unchanged stays as they are. */
const fates = {
  none: { sama: 78, pindah_desil: 10, baru: 6, hilang: 4, pindah_alamat: 2 },
  berubah: { sama: 50, pindah_desil: 50 },
  tetap: { sama: 1 },
} as const;

/**
 * The quarter before and the last one of DTSEN: most families stand in both, some are new, some are
 * gone, some moved to another desil, and a few got another address or their first child.
 */
export function dtsenQuarters(
  world: World,
  listable: readonly Listable[],
  dates: { before: string; now: string },
  seed: number,
): { before: ListedFamily[]; now: ListedFamily[] } {
  const random = new Random(seed);
  const before: ListedFamily[] = [];
  const now: ListedFamily[] = [];
  for (const { household, kind } of listable) {
    const desil = Math.max(1, Math.min(10, 1 + Math.floor(household.wealth * 6)));
    const fate = random.weighted<string>(fates[kind ?? 'none']);
    const step = desil === 1 || random.chance(0.6) ? 1 : -1;
    for (const [index, kk] of household.kks.entries()) {
      if (kk === null) continue;
      const view = (date: string, rank: number, moved: boolean) =>
        dtsenFamily(world, household, { no: index + 1, kk, date, desil: rank, moved });
      const old = fate === 'baru' ? null : view(dates.before, desil, false);
      const last =
        fate === 'hilang'
          ? null
          : view(dates.now, fate === 'pindah_desil' ? desil + step : desil, fate === 'pindah_alamat');
      if (old !== null) before.push(old);
      if (last !== null) now.push(last);
    }
  }
  return { before, now };
}

function dtsenFamily(
  { kelurahan }: World,
  household: TrueHousehold,
  { no, kk, date, desil, moved }: { no: number; kk: string; date: string; desil: number; moved: boolean },
): ListedFamily | null {
  const members = household.members.filter((member) => member.familyNo === no && member.birthDate <= date);
  const head = members.find((member) => member.familyRelation === '1') ?? members[0];
  if (head === undefined) return null;
  const { street, rt, rw } = household.home;
  const answers = household.answers;
  return {
    family: {
      nama_provinsi: 'DKI JAKARTA',
      nama_kabupaten: kelurahan.kabkota.toUpperCase(),
      nama_kecamatan: kelurahan.kecamatan.toUpperCase(),
      nama_kelurahan: kelurahan.name.toUpperCase(),
      alamat: `${street.toUpperCase()}${moved ? ' BLOK B' : ''}`,
      rt: threeDigits(rt),
      rw: threeDigits(rw),
      nomor_kartu_keluarga: kk,
      desil: String(desil),
      nama_kepala_keluarga: head.name.toUpperCase(),
      keluarga_dalam_rumah: String(household.kks.length),
      jenis_lantai_terluas: answers['lantai'] ?? null,
      jenis_dinding_terluas: answers['dinding'] ?? null,
      daya_terpasang: answers['daya'] ?? null,
      lemari_es: owns(answers['ada_lemari_es'] === '3'),
      sepeda_motor: owns(answers['ada_motor'] === '3'),
      mobil: owns(answers['ada_mobil'] === '1'),
    },
    members: members.map((person) => ({
      nomor_kartu_keluarga: kk,
      nomor_induk_kependudukan: person.nik,
      nama: person.name.toUpperCase(),
      tempat_lahir: person.birthPlace,
      tanggal_lahir: person.birthDate,
      jenis_kelamin: person.sex === 'L' ? 'Laki-laki' : 'Perempuan',
      status_hubungan_keluarga: relationOnCard(person),
      status_kawin: person.answers['Sta_kawin'] ?? null,
      penyandang_disabilitas: person.answers['Jenis_cacat'] === '00' ? '2' : '1',
    })),
  };
}

/** The SIKS tables: a household with its members under one IDBDT, questions as in BDT 2015. */
export function siksHousehold(world: World, household: TrueHousehold, serial: number): ListedFamily {
  const { kelurahan } = world;
  const id = `${kelurahan.code.replaceAll('.', '')}${String(serial).padStart(7, '0')}`;
  const head = household.members.find((member) => member.relation === '1');
  return {
    family: {
      id_rumah_tangga: id,
      nama_provinsi: 'DKI JAKARTA',
      nama_kabupaten: kelurahan.kabkota.toUpperCase(),
      nama_kecamatan: kelurahan.kecamatan.toUpperCase(),
      nama_desa: kelurahan.name.toUpperCase(),
      alamat: household.home.street.toUpperCase(),
      rt: String(household.home.rt),
      rw: String(household.home.rw),
      nama_krt: head?.name.toUpperCase() ?? null,
      jumlah_art: String(household.members.length),
      jumlah_keluarga: String(household.kks.length),
      ...household.answers,
      percentile: String(Math.max(1, Math.min(40, Math.round(household.wealth * 40)))),
    },
    members: household.members.map((person, index) => ({
      id_rumah_tangga: id,
      IDARTBDT: `${id}${String(index + 1).padStart(2, '0')}`,
      Nama: person.name.toUpperCase(),
      NIK: person.nik,
      NoKK: household.kks[person.familyNo - 1] ?? null,
      JnsKel: person.sex === 'L' ? '1' : '2',
      TmpLahir: person.birthPlace,
      TglLahir: person.birthDate,
      Hub_KRT: person.relation,
      NUK: String(person.familyNo),
      Hubkel: person.familyRelation,
      namagadis_ibukandung: person.motherName.toUpperCase(),
      ...person.answers,
      Jenis_cacat_asal: person.answers['Jenis_cacat'] ?? null,
    })),
  };
}

/** The workbook of OpenSID: BPS codes without names, families by No KK. */
export function regsosekFamilies(
  household: TrueHousehold,
  codes: { provinsi: string; kabkota: string; kecamatan: string; kelurahan: string },
  date: string,
): ListedFamily[] {
  const { street, rt, rw } = household.home;
  const area = {
    kode_provinsi: codes.provinsi,
    kode_kabupaten: codes.kabkota,
    kode_kecamatan: codes.kecamatan,
    kode_desa: codes.kelurahan,
  };
  const { answers } = household;
  return household.kks.flatMap((kk, index) => {
    const members = household.members.filter(
      (member) => member.familyNo === index + 1 && member.birthDate <= date,
    );
    const head = members[0];
    if (kk === null || head === undefined) return [];
    return {
      family: {
        ...area,
        nama_sls_non_sls: `RT ${threeDigits(rt)} RW ${threeDigits(rw)}`,
        alamat: street.toUpperCase(),
        nama_kepala_keluarga: head.name.toUpperCase(),
        jumlah_anggota_dtks: String(members.length),
        no_kk: kk,
        kd_kk: '0',
        kd_stat_bangunan_tinggal: answers['sta_bangunan'] ?? null,
        luas_lantai: answers['luas_lantai'] ?? null,
        kd_lemari_es: yes(answers['ada_lemari_es']),
        kd_televisi: yes(answers['ada_tv']),
        kd_sepeda_motor: yes(answers['ada_motor']),
        kd_sepeda: yes(answers['ada_sepeda']),
      },
      members: members.map((person, position) => ({
        ...area,
        no_kk: kk,
        no_urut_anggota: String(position + 1),
        nama: person.name.toUpperCase(),
        nik: person.nik,
        kd_ket_keberadaan_art: '1',
        kd_jenis_kelamin: person.sex === 'L' ? '1' : '2',
        tgl_lahir: person.birthDate,
        umur: String(ageOn(person.birthDate, date)),
        kd_stat_perkawinan: person.answers['Sta_kawin'] ?? null,
        kd_hubungan_dg_kk: person.familyRelation,
      })),
    };
  });
}

/** Ya of the paper form is 1 for one asset and 3 for the next. */
function yes(answer: string | undefined): string {
  return answer === '1' || answer === '3' ? '1' : '2';
}

function owns(has: boolean): string {
  return has ? '1' : '0';
}

/** One person in some kind of need, a part of them without a card. */
export function ppksPerson(
  random: Random,
  { kelurahan }: World,
  household: TrueHousehold,
  person: Person,
  serial: number,
): ListRow {
  const known = random.chance(0.8);
  const kind = ppksKinds[random.int(1, ppksKinds.length) - 1];
  return {
    id_dtks: known ? `PPKS-${String(serial).padStart(5, '0')}` : null,
    provinsi: 'DKI JAKARTA',
    kabupaten_kota: kelurahan.kabkota.toUpperCase(),
    kecamatan: kelurahan.kecamatan.toUpperCase(),
    desa_kelurahan: kelurahan.name.toUpperCase(),
    alamat: household.home.street.toUpperCase(),
    rt: String(household.home.rt),
    rw: String(household.home.rw),
    nomor_kk: known ? (household.kks[person.familyNo - 1] ?? null) : null,
    nomor_nik: known ? person.nik : null,
    nama: person.name.toUpperCase(),
    tanggal_lahir: person.birthDate,
    jenis_kelamin: person.sex,
    jenis_ppks: (random.chance(0.5) ? kind?.code : kind?.label) ?? '',
  };
}

/** Carik Jakarta, whose layout is not published: headers as a cadre might have exported them. */
export function carikPerson({ kelurahan }: World, household: TrueHousehold, person: Person): ListRow {
  return {
    'No. Kartu Keluarga': household.kks[person.familyNo - 1] ?? null,
    'NIK Warga': person.nik,
    'Nama Warga': person.name,
    'L/P': person.sex,
    'Tgl. Lahir': person.birthDate.split('-').reverse().join('/'),
    'Hub. Keluarga': person.familyRelation,
    Kelurahan: kelurahan.name,
    'Alamat Domisili': household.home.street,
    RT: String(household.home.rt),
    RW: String(household.home.rw),
    Dasawisma: `Melati ${household.home.rt}`,
    'Kategori Ekonomi': household.wealth < 0.3 ? 'Pra Sejahtera' : 'Sejahtera',
  };
}

/** What Dukcapil answered to one NIK: most agree, some names differ, some NIK are not known. */
export function padanPerson(
  random: Random,
  { kelurahan }: World,
  household: TrueHousehold,
  person: Person,
): ListRow {
  const asked = { NIK: person.nik, nama_asal: slipName(random, person.name, 0.1).value.toUpperCase() };
  const fate = random.weighted({ padan: 90, tidak_ditemukan: 5, nonaktif: 3, meninggal: 2 });
  if (fate === 'tidak_ditemukan') return { ...asked, flag_pemadanan: '2', status_nik: 'TIDAK DITEMUKAN' };
  return {
    ...asked,
    NAMA_LGKP: person.name.toUpperCase(),
    flag_pemadanan: fate === 'padan' ? '1' : '2',
    status_nik: fate === 'padan' ? 'AKTIF' : fate.toUpperCase(),
    NO_KK: household.kks[person.familyNo - 1] ?? null,
    TMPT_LHR: person.birthPlace,
    TGL_LHR: person.birthDate,
    JENIS_KLMIN: person.sex === 'L' ? 'LAKI-LAKI' : 'PEREMPUAN',
    NAMA_LGKP_IBU: person.motherName.toUpperCase(),
    ALAMAT: household.home.street.toUpperCase(),
    NO_RT: String(household.home.rt),
    NO_RW: String(household.home.rw),
    KEL_NAME: kelurahan.name.toUpperCase(),
    KEC_NAME: kelurahan.kecamatan.toUpperCase(),
  };
}
