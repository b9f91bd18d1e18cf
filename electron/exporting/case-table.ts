import { caseStateLabel } from '../../shared/domain/case-words.ts';
import { relationLabel } from '../../shared/domain/person.ts';
import {
  type Case,
  identificationResultLabel,
  registrationModeLabel,
} from '../../shared/domain/registration.ts';
import { threeDigits } from '../../shared/domain/rt-rw.ts';

export const caseHeaders = [
  'Nomor berkas',
  'Nomor provinsi',
  'Tahap',
  'Cara pendaftaran',
  'Hasil identifikasi',
  'Periode',
  'Alamat',
  'RT',
  'RW',
  'Kelurahan',
  'No KK',
  'NIK',
  'Nama',
  'Jenis kelamin',
  'Tempat lahir',
  'Tanggal lahir',
  'Hubungan keluarga',
];

/**
 * A case as rows, one a member. The mother's name and the telephone stay in the office: nobody needs
 * them to know who was registered, and both open other doors.
 *
 * @param kelurahanName name of the kelurahan, or its code where it has none.
 */
export function caseRows({ household, ...current }: Case, kelurahanName: string): (string | null)[][] {
  const { address } = household;
  return household.members.map((member) => [
    current.number,
    current.provinceNumber,
    caseStateLabel[current.state],
    registrationModeLabel[current.mode],
    current.result === null ? null : identificationResultLabel[current.result],
    current.periodId,
    address.street,
    threeDigits(address.rt),
    threeDigits(address.rw),
    kelurahanName,
    household.families.find(({ no }) => no === member.familyNo)?.kk ?? null,
    member.nik,
    member.name,
    member.sex,
    member.birthPlace,
    member.birthDate,
    relationLabel[member.relation],
  ]);
}
