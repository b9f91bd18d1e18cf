import { Consent } from './consent.ts';
import { type DraftContext, type DraftFinding, need } from './draft-finding.ts';
import type { DraftHousehold } from './draft.ts';
import { doubtKk, inspectKk } from './kk.ts';
import { cleanNumber } from './nik.ts';
import { KelurahanCode } from './wilayah.ts';

/** Rules of the parts of a draft that belong to the whole household. */
export function inspectAddress(draft: DraftHousehold): DraftFinding[] {
  const { address, phone } = draft;
  const findings: DraftFinding[] = [];
  need(findings, 'address.street', address.street, 'Tulis jalan, gang, atau nomor rumah.');
  findings.push(
    ...inspectNumber('address.rt', 'RT', address.rt),
    ...inspectNumber('address.rw', 'RW', address.rw),
  );
  need(findings, 'address.kelurahan', address.kelurahan, 'Pilih kelurahannya.');
  if (address.kelurahan.trim() !== '' && !KelurahanCode.safeParse(address.kelurahan).success)
    findings.push({
      field: 'address.kelurahan',
      level: 'error',
      message: 'Kelurahan ini tidak dikenal. Pilih dari daftar.',
    });
  if (address.street.trim().length > 200)
    findings.push({
      field: 'address.street',
      level: 'error',
      message: 'Alamat paling panjang 200 huruf. Singkatkan.',
    });
  if (phone.trim().length > 20)
    findings.push({
      field: 'phone',
      level: 'error',
      message: 'Nomor telepon paling panjang 20 huruf. Tulis satu nomor saja.',
    });
  else if (phone.trim() !== '' && !/^\+?[\d\s-]{6,}$/.test(phone.trim()))
    findings.push({
      field: 'phone',
      level: 'warning',
      message: 'Ini tidak tampak seperti nomor telepon. Periksa lagi.',
    });
  return findings;
}

/** Empty is "belum dicatat": consent is asked of the family, and nothing is put in its mouth. */
export function inspectConsent({ consent }: DraftHousehold): DraftFinding[] {
  return consent.trim() === '' || Consent.safeParse(consent.trim()).success
    ? []
    : [{ field: 'consent', level: 'error', message: 'Kodenya 1 sampai 4.' }];
}

export function inspectFamilies(draft: DraftHousehold): DraftFinding[] {
  const findings: DraftFinding[] = [];
  if (draft.families.length === 0)
    findings.push({
      field: 'families.0.kk',
      level: 'missing',
      message: 'Tambahkan satu keluarga, walau KK-nya belum ada.',
    });
  for (const [index, family] of draft.families.entries()) {
    const field = `families.${index}.kk`;
    if (family.kk.trim() === '') continue;
    const wrong = inspectKk(family.kk);
    const digits = cleanNumber(family.kk);
    if (wrong !== null) findings.push({ field, level: 'error', message: wrong });
    else if (draft.families.some((other, place) => place < index && cleanNumber(other.kk) === digits)) {
      findings.push({
        field,
        level: 'error',
        message: 'No KK ini sudah dipakai keluarga lain di rumah ini. Satu KK untuk satu keluarga.',
      });
    } else if (draft.members.some((member) => cleanNumber(member.nik) === digits)) {
      findings.push({
        field,
        level: 'warning',
        message: 'Angkanya sama dengan NIK seorang anggota. Tertukar antara NIK dan No KK?',
      });
    } else {
      const doubt = doubtKk(digits);
      if (doubt !== null) findings.push({ field, level: 'warning', message: doubt });
    }
  }
  return findings;
}

export function inspectPassive(draft: DraftHousehold, context: DraftContext): DraftFinding[] {
  if (draft.mode === 'aktif') return [];
  const findings: DraftFinding[] = [];
  const { reason, proposer, proposerRole, note } = draft.passive;
  need(findings, 'passive.reason', reason, 'Pilih alasan pendaftaran pasif.');
  if (reason !== '' && !context.passiveReasons.includes(reason))
    findings.push({
      field: 'passive.reason',
      level: 'error',
      message: 'Alasan ini tidak ada lagi di pengaturan kantor. Pilih yang lain.',
    });
  need(findings, 'passive.proposer', proposer, 'Tulis nama pengusul.');
  need(findings, 'passive.proposerRole', proposerRole, 'Tulis jabatan pengusul, misalnya Ketua RT 003.');
  if (proposer.trim().length > 120)
    findings.push({
      field: 'passive.proposer',
      level: 'error',
      message: 'Nama pengusul paling panjang 120 huruf.',
    });
  if (proposerRole.trim().length > 80)
    findings.push({
      field: 'passive.proposerRole',
      level: 'error',
      message: 'Jabatan paling panjang 80 huruf.',
    });
  if (note.trim().length > 500)
    findings.push({ field: 'passive.note', level: 'error', message: 'Catatan paling panjang 500 huruf.' });
  return findings;
}

function inspectNumber(field: string, label: string, text: string): DraftFinding[] {
  const trimmed = text.trim();
  if (trimmed === '') return [{ field, level: 'missing', message: `Isi ${label}.` }];
  const number = Number(trimmed);
  if (!/^\d{1,3}$/.test(trimmed) || number < 1)
    return [{ field, level: 'error', message: `${label} adalah angka 1 sampai 999.` }];
  return [];
}
