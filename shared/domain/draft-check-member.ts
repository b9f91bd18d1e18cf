import { type DraftContext, type DraftFinding, need } from './draft-finding.ts';
import type { DraftMember } from './draft.ts';
import { calendarDate, inspectNik, type NikInspection } from './nik.ts';
import { IsoDate, Relation, Sex } from './person.ts';
import { NoNikReason } from './without-nik.ts';

/** What is missing, wrong or odd about one member; `path` is `members.<index>`. */
export function inspectMember(member: DraftMember, path: string, context: DraftContext): DraftFinding[] {
  const findings: DraftFinding[] = [];
  need(findings, `${path}.name`, member.name, 'Tulis nama seperti di KTP atau KK.');
  if (member.name.trim().length > 120)
    findings.push({ field: `${path}.name`, level: 'error', message: 'Nama paling panjang 120 huruf.' });
  if (member.name.trim() !== '' && /\d/.test(member.name))
    findings.push({
      field: `${path}.name`,
      level: 'warning',
      message: 'Ada angka di dalam nama. Periksa di KTP.',
    });
  if (member.nik.trim() !== '') findings.push(...inspectNikField(member, path, context));
  else if (member.noNik.trim() !== '' && !NoNikReason.safeParse(member.noNik.trim()).success)
    findings.push({ field: `${path}.noNik`, level: 'error', message: 'Kodenya 1 sampai 5.' });
  if (member.sex === '')
    findings.push({ field: `${path}.sex`, level: 'missing', message: 'Pilih 1 laki-laki atau 2 perempuan.' });
  else if (!Sex.safeParse(member.sex).success)
    findings.push({ field: `${path}.sex`, level: 'error', message: 'Pilih 1 laki-laki atau 2 perempuan.' });
  findings.push(...inspectBirthDate(member, path, context));
  for (const field of ['relation', 'familyRelation'] as const) {
    if (member[field] === '')
      findings.push({ field: `${path}.${field}`, level: 'missing', message: 'Ketik kode 1 sampai 8.' });
    else if (!Relation.safeParse(member[field]).success)
      findings.push({ field: `${path}.${field}`, level: 'error', message: 'Kodenya 1 sampai 8.' });
  }
  if (member.familyNo.trim() === '')
    findings.push({ field: `${path}.familyNo`, level: 'missing', message: 'Isi nomor urut keluarga.' });
  else if (!/^[1-9]$/.test(member.familyNo.trim()))
    findings.push({ field: `${path}.familyNo`, level: 'error', message: 'Nomor urut keluarga 1 sampai 9.' });
  if (member.birthPlace.trim().length > 80)
    findings.push({
      field: `${path}.birthPlace`,
      level: 'error',
      message: 'Tempat lahir paling panjang 80 huruf.',
    });
  if (member.motherName.trim().length > 120)
    findings.push({
      field: `${path}.motherName`,
      level: 'error',
      message: 'Nama ibu paling panjang 120 huruf.',
    });
  return findings;
}

function inspectNikField(member: DraftMember, path: string, context: DraftContext): DraftFinding[] {
  const inspection = inspectMemberNik(member, context);
  const field = `${path}.nik`;
  if (inspection.errors.length > 0)
    return inspection.errors.map(({ message }) => ({ field, level: 'error', message }));
  const findings = inspection.warnings.map(({ code, message }): DraftFinding => {
    const parts = inspection.parts;
    if (
      parts !== null &&
      parts.birthDate !== null &&
      (code === 'nik_tanggal_beda' || code === 'nik_tanggal_tertukar')
    ) {
      return {
        field,
        level: 'warning',
        message,
        mend: {
          label: `Pakai ${displayIso(parts.birthDate)}`,
          field: `${path}.birthDate`,
          value: parts.birthDate,
        },
      };
    }
    if (parts !== null && code === 'nik_jenis_kelamin_beda') {
      return {
        field,
        level: 'warning',
        message,
        mend: {
          label: parts.sex === 'P' ? 'Pakai perempuan' : 'Pakai laki-laki',
          field: `${path}.sex`,
          value: parts.sex,
        },
      };
    }
    return { field, level: 'warning', message };
  });
  if (findings.length > 0 && member.nikNote.trim() === '') {
    findings.push({
      field: `${path}.nikNote`,
      level: 'missing',
      message: 'Tulis singkat mengapa NIK ini tetap dipakai.',
    });
  }
  return findings;
}

function inspectBirthDate(member: DraftMember, path: string, context: DraftContext): DraftFinding[] {
  const field = `${path}.birthDate`;
  const text = member.birthDate.trim();
  if (text === '')
    return [
      { field, level: 'warning', message: 'Tanggal lahir kosong. Isi bila ada di KTP, KK, atau akta.' },
    ];
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  if (!IsoDate.safeParse(text).success || calendarDate(year, month, day) === null) {
    return [
      {
        field,
        level: 'error',
        message: 'Tanggal lahir belum lengkap. Tulis hari-bulan-tahun, misalnya 17-08-1980.',
      },
    ];
  }
  if (text > context.today)
    return [{ field, level: 'error', message: 'Tanggal lahir ada di masa depan. Periksa tahunnya.' }];
  if (Number(context.today.slice(0, 4)) - year > 110)
    return [
      {
        field,
        level: 'warning',
        message: 'Menurut tanggal ini umurnya lebih dari 110 tahun. Periksa tahunnya.',
      },
    ];
  return [];
}

/** What the NIK field of a member shows, with the dates and sex typed beside it. */
export function inspectMemberNik(
  member: DraftMember,
  context: Pick<DraftContext, 'today' | 'areaName'>,
): NikInspection {
  return inspectNik(member.nik, {
    today: context.today,
    areaName: context.areaName,
    birthDate: IsoDate.safeParse(member.birthDate).data ?? null,
    sex: Sex.safeParse(member.sex).data ?? null,
  });
}

function displayIso(iso: string): string {
  return `${iso.slice(8, 10)}-${iso.slice(5, 7)}-${iso.slice(0, 4)}`;
}
