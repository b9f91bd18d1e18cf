import { z } from 'zod';
import type { Attendee } from './muskel.ts';

/** A line of the monitoring form MK01–MK18; counts of men and women are two fields. */
export interface MkField {
  code: string;
  label: string;
  kind: 'text' | 'number' | 'yesno' | 'lines';
}

/** The monitoring form of a Muskel, as the ministry's back office asks it. */
export const mkFields: readonly MkField[] = [
  { code: 'MK01', label: 'Nama dan jabatan pemimpin muskel', kind: 'text' },
  { code: 'MK02', label: 'Jumlah RW seluruhnya', kind: 'number' },
  { code: 'MK03', label: 'Jumlah RW diundang', kind: 'number' },
  { code: 'MK04L', label: 'Perwakilan RW hadir, laki-laki', kind: 'number' },
  { code: 'MK04P', label: 'Perwakilan RW hadir, perempuan', kind: 'number' },
  { code: 'MK05', label: 'Jumlah RT seluruhnya', kind: 'number' },
  { code: 'MK06', label: 'Jumlah RT diundang', kind: 'number' },
  { code: 'MK07L', label: 'Perwakilan RT hadir, laki-laki', kind: 'number' },
  { code: 'MK07P', label: 'Perwakilan RT hadir, perempuan', kind: 'number' },
  { code: 'MK08L', label: 'Peserta lain hadir, laki-laki', kind: 'number' },
  { code: 'MK08P', label: 'Peserta lain hadir, perempuan', kind: 'number' },
  { code: 'MK09', label: 'Penjelasan tujuan muskel', kind: 'yesno' },
  { code: 'MK10', label: 'Proses pemeriksaan daftar awal sasaran', kind: 'yesno' },
  { code: 'MK11', label: 'Proses usulan rumah tangga baru', kind: 'yesno' },
  { code: 'MK12', label: 'Ada indikator untuk usulan', kind: 'yesno' },
  { code: 'MK13', label: 'Indikator yang dipakai (paling banyak 10)', kind: 'lines' },
  { code: 'MK14', label: 'Hasil disahkan lewat berita acara', kind: 'yesno' },
  { code: 'MK15', label: 'Daftar hadir ditandatangani dan distempel', kind: 'yesno' },
  { code: 'MK16', label: 'Daftar awal sasaran Data Terpadu ada', kind: 'yesno' },
  { code: 'MK17', label: 'Daftar dari pendaftaran aktif ada', kind: 'yesno' },
  { code: 'MK18', label: 'Daftar usulan baru hasil muskel ada', kind: 'yesno' },
];

/** Answers by code; what is not answered is left out. */
export const MkAnswers = z.record(z.string().regex(/^MK\d\d[LP]?$/), z.string().max(2_000));
export type MkAnswers = z.infer<typeof MkAnswers>;

/** What the attendance list already answers. */
export function mkFromAttendance(attendees: readonly Attendee[]): MkAnswers {
  const count = (group: Attendee['group'], sex: Attendee['sex']) =>
    String(attendees.filter((one) => one.present && one.group === group && one.sex === sex).length);
  return {
    MK04L: count('rw', 'L'),
    MK04P: count('rw', 'P'),
    MK07L: count('rt', 'L'),
    MK07P: count('rt', 'P'),
    MK08L: count('lain', 'L'),
    MK08P: count('lain', 'P'),
  };
}

export interface MkFinding {
  code: string;
  message: string;
}

/** Answers that cannot be: no number, no code, more invited than there are, too many lines. */
export function inspectMk(answers: MkAnswers): MkFinding[] {
  const found = mkFields.flatMap(({ code, kind }): MkFinding[] => {
    const value = answers[code] ?? '';
    if (value === '') return [];
    if (kind === 'number' && !/^\d{1,4}$/.test(value))
      return [{ code, message: 'Tulis jumlah dengan angka.' }];
    if (kind === 'yesno' && value !== '1' && value !== '2')
      return [{ code, message: 'Tulis 1 (Ya) atau 2 (Tidak).' }];
    if (kind === 'lines' && value.split('\n').filter((line) => line.trim() !== '').length > 10)
      return [{ code, message: 'Paling banyak 10 indikator.' }];
    return [];
  });
  for (const [invited, all] of [
    ['MK03', 'MK02'],
    ['MK06', 'MK05'],
  ] as const) {
    const [some, total] = [Number(answers[invited] ?? ''), Number(answers[all] ?? '')];
    if (answers[invited] && answers[all] && some > total)
      found.push({ code: invited, message: 'Yang diundang lebih banyak daripada yang ada.' });
  }
  return found;
}
