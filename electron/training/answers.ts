import { ageOn } from '../../shared/domain/instrument.ts';
import type { Relation, Sex } from '../../shared/domain/person.ts';
import type { Random } from './random.ts';

/**
 * Answers to BDT 2015 under its field names and codes, poorer or richer with `wealth` (0–1), and in
 * accord with the form's skips: what is not asked has no answer.
 */
export function householdAnswers(random: Random, wealth: number, size: number): Record<string, string> {
  const better = (threshold: number): boolean => wealth + random.around(0, 0.12) > threshold;
  const owner = random.weighted({ '1': 30 + wealth * 40, '2': 40, '3': 22, '5': 3 });
  const wall = better(0.25) ? '1' : random.pick(['2', '3', '3', '4']);
  const roof = better(0.65) ? '1' : better(0.4) ? '4' : random.pick(['5', '5', '6']);
  const water = better(0.6) ? random.pick(['1', '2', '3']) : random.pick(['2', '2', '3', '4', '5']);
  const toilet = better(0.3) ? '1' : random.pick(['2', '2', '3', '4']);
  const yes = (chance: number): boolean => random.chance(Math.min(0.97, Math.max(0.01, chance)));
  const area = Math.max(6, Math.round(random.around(14 + wealth * 50, 12)));
  return {
    sta_bangunan: owner,
    sta_lahan: owner === '1' ? random.weighted({ '1': 60, '2': 15, '3': 25 }) : '2',
    luas_lantai: String(area),
    lantai: better(0.5) ? '2' : better(0.2) ? random.pick(['4', '6']) : random.pick(['6', '8', '9']),
    dinding: wall,
    ...(['1', '2', '3'].includes(wall) && { kondisi_dinding: better(0.45) ? '1' : '2' }),
    atap: roof,
    ...(Number(roof) <= 7 && { kondisi_atap: better(0.45) ? '1' : '2' }),
    jumlah_kamar: String(Math.max(1, Math.min(size, Math.round(area / 16)))),
    sumber_airminum: water,
    cara_peroleh_airminum: water === '3' ? '2' : ['5'].includes(water) ? '3' : '1',
    sumber_penerangan: '1',
    daya: better(0.7) ? '3' : better(0.35) ? '2' : random.pick(['1', '1', '2', '6']),
    bb_masak: better(0.85) ? '2' : random.weighted({ '3': 92, '5': 4, '9': 4 }),
    fasbab: toilet,
    ...(toilet !== '4' && { kloset: better(0.2) ? '1' : random.pick(['2', '3']) }),
    buang_tinja: better(0.3) ? '1' : random.pick(['1', '2', '4']),
    ada_tabung_gas: yesNo(yes(wealth * 0.3)),
    ada_lemari_es: yesNo34(yes(wealth * 1.2)),
    ada_ac: yesNo(yes(wealth * 0.3)),
    ada_pemanas: yesNo34(yes(wealth * 0.05)),
    ada_telepon: yesNo(yes(0.02)),
    ada_tv: yesNo34(yes(0.5 + wealth * 0.5)),
    ada_emas: yesNo(yes(wealth * 0.25)),
    ada_laptop: yesNo34(yes(wealth * 0.3)),
    ada_sepeda: yesNo(yes(0.3)),
    ada_motor: yesNo34(yes(0.35 + wealth * 0.6)),
    ada_mobil: yesNo(yes(wealth * 0.08)),
    ada_perahu: '4',
    ada_motor_tempel: '2',
    ada_perahu_motor: '4',
    ada_kapal: '2',
    nomor_hp_aktif: String(random.int(0, Math.min(4, size))),
    aset_tak_bergerak: yesNo(yes(wealth * 0.1)),
    rumah_lain: yesNo34(yes(wealth * 0.05)),
    jumlah_sapi: '0',
    jumlah_kerbau: '0',
    jumlah_kuda: '0',
    jumlah_babi: '0',
    jumlah_kambing: random.chance(0.03) ? String(random.int(1, 4)) : '0',
    sta_art_usaha: yesNo(yes(0.3)),
    sta_kks: yesNo(yes(0.5 - wealth * 0.6)),
    sta_kip: yesNo34(yes(0.5 - wealth * 0.5)),
    sta_kis: yesNo(yes(0.9 - wealth * 0.6)),
    sta_bpjs_mandiri: yesNo34(yes(wealth * 0.5)),
    sta_jamsostek: yesNo(yes(wealth * 0.3)),
    sta_asuransi: yesNo34(yes(wealth * 0.05)),
    sta_pkh: yesNo(yes(0.35 - wealth * 0.5)),
    sta_rastra: yesNo34(yes(0.5 - wealth * 0.5)),
    sta_kur: yesNo(yes(0.05)),
  };
}

interface Subject {
  sex: Sex;
  birthDate: string;
  relation: Relation;
  familyRelation: Relation;
}

export function memberAnswers(
  random: Random,
  person: Subject,
  today: string,
  wealth: number,
): Record<string, string> {
  const age = ageOn(person.birthDate, today);
  const married = maritalStatus(random, person, age);
  const health = {
    Jenis_cacat: random.chance(0.035) ? String(random.int(1, 12)).padStart(2, '0') : '00',
    Penyakit_kronis: age > 40 && random.chance(0.3) ? random.pick(['1', '1', '2', '3', '4', '5', '7']) : '0',
  };
  return {
    Sta_kawin: married,
    ...(['2', '3'].includes(married) && { Ada_akta_nikah: random.weighted({ '1': 65, '2': 15, '0': 20 }) }),
    Ada_diKK: random.chance(0.95) ? '1' : '2',
    // A sum: akta kelahiran 1, kartu pelajar 2, KTP 4, SIM 8.
    Ada_kartu_identitas: String(
      (random.chance(age < 25 ? 0.9 : 0.4) ? 1 : 0) +
        (age >= 17 ? 4 : 0) +
        (age >= 20 && random.chance(0.25) ? 8 : 0),
    ),
    ...(person.sex === 'P' &&
      age >= 10 &&
      age <= 49 &&
      married !== '1' && { Sta_hamil: random.chance(0.05) ? '1' : '2' }),
    ...health,
    ...(age >= 5 && schooling(random, age, wealth)),
    ...(age >= 5 && work(random, person, age)),
  };
}

function maritalStatus(random: Random, person: Subject, age: number): string {
  if (['2', '4', '6'].includes(person.relation) || person.familyRelation === '2')
    return person.relation === '6' ? '4' : '2';
  if (person.familyRelation === '1') return age < 22 ? '1' : random.weighted({ '2': 80, '3': 6, '4': 14 });
  return '1';
}

function schooling(random: Random, age: number, wealth: number): Record<string, string> {
  if (age < 6) return { Partisipasi_sekolah: '0' };
  if (age <= 18 && random.chance(0.94)) {
    const level = age <= 12 ? '01' : age <= 15 ? '04' : '07';
    const grade = age <= 12 ? age - 6 : age <= 15 ? age - 12 : age - 15;
    return {
      Partisipasi_sekolah: '1',
      Pendidikan_tertinggi: level,
      Kelas_tertinggi: String(Math.max(1, grade)),
      Ijazah_tertinggi: age <= 12 ? '0' : age <= 15 ? '1' : '2',
    };
  }
  const years = wealth * 8 + random.around(age > 55 ? 2 : 6, 3);
  if (years < 1) return { Partisipasi_sekolah: '0' };
  if (years < 6)
    return {
      Partisipasi_sekolah: '2',
      Pendidikan_tertinggi: '01',
      Kelas_tertinggi: String(random.int(2, 6)),
      Ijazah_tertinggi: '0',
    };
  const done = years < 9 ? '01' : years < 12 ? '04' : years < 15 ? '07' : '10';
  return {
    Partisipasi_sekolah: '2',
    Pendidikan_tertinggi: done,
    Kelas_tertinggi: '8',
    Ijazah_tertinggi: { '01': '1', '04': '2', '07': '3', '10': '5' }[done] ?? '0',
  };
}

function work(random: Random, person: Subject, age: number): Record<string, string> {
  const chance = age < 15 ? 0.01 : age > 65 ? 0.25 : person.sex === 'L' ? 0.82 : 0.42;
  if (!random.chance(chance)) return { Sta_Bekerja: '2' };
  return {
    Sta_Bekerja: '1',
    Jumlah_jamkerja: String(Math.max(4, Math.min(98, Math.round(random.around(44, 14))))),
    Lapangan_usaha: random.weighted({
      '12': 30,
      '13': 9,
      '14': 15,
      '11': 12,
      '9': 12,
      '19': 14,
      '20': 3,
      '21': 5,
    }),
    Status_pekerjaan: random.weighted({ '1': 32, '2': 6, '4': 38, '7': 22, '8': 2 }),
  };
}

function yesNo(yes: boolean): string {
  return yes ? '1' : '2';
}

function yesNo34(yes: boolean): string {
  return yes ? '3' : '4';
}
