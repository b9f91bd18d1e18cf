import type { MatchExplanation, MatchJudgement, WaterfallLine } from '../../shared/domain/match.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import type { AddressLevel, BirthLevel, KkLevel, MotherLevel, NikLevel, SexLevel } from './compare.ts';
import type { TokenLevel } from './compare-names.ts';
import type { Doubt } from './decide.ts';
import type { ProposedLink } from './match-household.ts';
import { numberDistance } from './numbers.ts';
import type { Scored } from './score-board.ts';
import type { WeighOptions, WeightPart } from './weigh.ts';
import { type WhatIf, whatWouldChange } from './what-if.ts';

const count = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 0 });
const decimal = new Intl.NumberFormat('id-ID', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** The waterfall of a proposed link in plain Indonesian: what speaks for it, what against, why a person has to look, and what would settle it. */
export function explainLink(link: ProposedLink, weighing: WeighOptions): MatchExplanation {
  const explained = explainScored(link);
  const rival = link.runnerUp;
  if (rival !== null && rival.weight.bits > 0) {
    explained.lines.push({
      text: `Pesaing terdekat: ${rival.candidate.input.name}`,
      note: `Selisih ${decimal.format(link.weight.bits - rival.weight.bits)} bit`,
      bits: rival.weight.bits,
    });
  }
  return { ...explained, ...judgeLink(link, weighing) };
}

/** Of a proposed link why a person has to look, and what would settle it, without the waterfall. */
export function judgeLink(link: ProposedLink, weighing: WeighOptions): MatchJudgement {
  return {
    ...judgeScored(link),
    doubts: link.decision.doubts.map((doubt) => doubtSentence(doubt)),
    whatIf: whatWouldChange(link, weighing).map(whatIfSentence),
  };
}

/** The same of any candidate that was scored. */
export function judgeScored({ weight: { probability } }: Scored): MatchJudgement {
  return { probability, verdict: verdictSentence(probability), doubts: [], whatIf: [] };
}

/** As `explainLink`, for any candidate that was scored. */
export function explainScored(scored: Scored): MatchExplanation {
  return {
    ...judgeScored(scored),
    lines: scored.weight.parts.map((part) => toLine(part, scored)),
    bits: scored.weight.bits,
    readAs: [
      ...scored.member.rules.map((rule) => `Yang dilaporkan: ${rule}`),
      ...scored.person.rules.map((rule) => `Di daftar: ${rule}`),
    ],
  };
}

const fieldInWords: Record<WhatIf['field'], string> = {
  nik: 'NIK-nya',
  birth: 'tanggal lahirnya',
  mother: 'nama ibu kandungnya',
  sex: 'jenis kelaminnya',
  kk: 'No KK-nya',
  runner_up: 'pesaing terdekatnya',
};

/** "Bila tanggal lahirnya ternyata sama, program yakin." */
export function whatIfSentence({ field, were, outcome }: WhatIf): string {
  const condition = {
    equal: `Bila ${fieldInWords[field]} ternyata sama`,
    different: `Bila ${fieldInWords[field]} ternyata berbeda`,
    gone: `Bila ${fieldInWords[field]} ternyata orang lain`,
  }[were];
  const consequence = {
    auto: 'program yakin mereka orang yang sama',
    review: 'program ragu dan bertanya',
    none: 'program menganggap mereka orang lain',
  }[outcome];
  return `${condition}, ${consequence}.`;
}

export function verdictSentence(probability: number): string {
  if (probability >= 0.999) return 'Hampir pasti orang yang sama.';
  if (probability >= 0.9) return 'Sangat mungkin orang yang sama.';
  if (probability >= 0.5) return 'Mungkin orang yang sama.';
  if (probability >= 0.05) return 'Belum tentu orang yang sama.';
  return 'Kecil kemungkinannya orang yang sama.';
}

/** Why the program leaves the decision to a person. */
export function doubtSentence(doubt: Doubt): string {
  switch (doubt) {
    case 'probability':
      return 'Buktinya belum cukup untuk yakin.';
    case 'runner_up':
      return 'Ada orang lain di daftar yang hampir sama cocoknya.';
    case 'one_kind_of_evidence':
      return 'Hanya satu jenis bukti yang cocok; perlu dua yang tidak saling bergantung.';
    case 'namesake':
      return 'Hanya nama dan tanggal lahir yang cocok; bisa jadi orang lain yang senama. Lihat KK atau tanyakan nama ibunya.';
    case 'sex_conflict':
      return 'Jenis kelaminnya berbeda.';
    case 'nik_conflict':
      return 'NIK-nya sama-sama lengkap tetapi berbeda.';
    case 'name_conflict':
      return 'Ada bagian nama yang bertentangan.';
    case 'birth_conflict':
      return 'Tanggal lahir atau umurnya berbeda.';
    case 'deceased':
      return 'Salah satu bertanda almarhum/almarhumah.';
    case 'twin':
      return 'Bisa jadi saudara kembar: tanggal lahirnya sama. Lihat NIK-nya di KK.';
    case 'sibling':
      return 'Bisa jadi kakak atau adiknya: namanya hanya mirip, dan tanggal lahirnya tidak sama atau tidak diketahui.';
    case 'generation':
      return 'Umurnya terpaut jauh: bisa jadi orang tua dan anak dengan nama yang mirip.';
    case 'nik_swapped':
      return 'NIK-nya tercatat pada anggota lain: mungkin tertukar.';
    case 'assigned_elsewhere':
      return 'Calon yang lebih cocok sudah dipasangkan dengan anggota lain.';
    case 'said_not_same':
      return 'Pernah ditandai bukan orang atau keluarga yang sama.';
    case 'said_other':
      return 'Menurut putusan kantor ini sebelumnya, anggota ini orang lain di daftar.';
    case 'linked_elsewhere':
      return 'Orang ini di daftar acuan sudah dipasangkan dengan berkas lain.';
    default:
      return assertNever(doubt);
  }
}

function toLine(part: WeightPart, scored: Scored): WaterfallLine {
  return { text: lineText(part, scored), note: noteOf(part), bits: part.bits };
}

function lineText(part: WeightPart, scored: Scored): string {
  const { comparison } = scored;
  switch (part.field) {
    case 'prior':
      return `Awal: satu dari ${count.format(Math.round(2 ** -part.bits))} orang`;
    case 'nik':
      return nikText(comparison.nik, comparison.nikAt);
    case 'birth':
      return birthText(comparison.birth, scored);
    case 'name':
      return nameText(part);
    case 'sex':
      return sexText(comparison.sex);
    case 'kk':
      return kkText(comparison.kk, scored);
    case 'address':
      return addressText(comparison.address, scored);
    case 'mother':
      return motherText(comparison.mother);
    case 'companions':
      return 'Anggota lain keluarga ini sudah cocok dengan rumah tangga itu';
    default:
      return assertNever(part.field);
  }
}

function noteOf(part: WeightPart): string | null {
  if (part.reducedBy === null || Math.abs(part.reduced) < 0.05) return null;
  switch (part.reducedBy) {
    case 'nik':
      return `dikurangi ${decimal.format(part.reduced)}: sudah terkandung di NIK`;
    case 'household':
      if (part.field === 'address' && part.reduced < 0)
        return 'tidak dihitung: rumah tangganya sudah dikenali dari baris lain';
      return part.field === 'name' || part.field === 'birth'
        ? `dikurangi ${decimal.format(part.reduced)}: sekeluarga sering sama`
        : 'tidak dihitung dua kali: buktinya sama dengan baris rumah tangga yang lain';
    case 'limit':
      return 'dibatasi: nama saja tidak boleh menentukan';
    default:
      return assertNever(part.reducedBy);
  }
}

function nikText(level: NikLevel, at: number | null): string {
  switch (level) {
    case 'equal':
      return 'NIK sama';
    case 'transposed':
      return `NIK: dua angka tertukar (angka ke-${at ?? 0} dan ke-${(at ?? 0) + 1})`;
    case 'one_digit':
    case 'one_digit_in_date':
      return `NIK beda satu angka (angka ke-${at ?? 0})`;
    case 'one_missing':
      return 'NIK kurang atau lebih satu angka';
    case 'two_digits':
      return 'NIK beda dua angka';
    case 'same_tail':
      return 'NIK: tanggal dan nomor urut sama, kode wilayah berbeda';
    case 'different':
      return 'NIK berbeda';
    case 'missing':
      return 'NIK tidak ada';
    default:
      return assertNever(level);
  }
}

/** What a slip is, of two numbers that are nearly the same. */
function slipText(left: string | null, right: string | null): string {
  switch (numberDistance(left ?? '', right ?? '').kind) {
    case 'transposed':
      return 'dua angka tertukar';
    case 'one_missing':
      return 'kurang atau lebih satu angka';
    default:
      return 'beda satu angka';
  }
}

function birthText(level: BirthLevel, { member, person }: Scored): string {
  switch (level) {
    case 'equal':
      return 'Tanggal lahir sama';
    case 'equal_round':
      return 'Tanggal lahir sama, tetapi tanggal seperti ini sering diisi bila tidak diketahui';
    case 'swapped':
      return 'Tanggal lahir: tanggal dan bulan tertukar';
    case 'one_digit':
      return `Tanggal lahir ${slipText(digitsOf(member.birthDate), digitsOf(person.birthDate))}`;
    case 'year_round':
      return 'Tahun lahir sama, dan salah satu tanggalnya adalah tanggal yang sering diisi bila tidak diketahui';
    case 'two_parts':
      return 'Tanggal lahir: dua dari tiga bagian sama';
    case 'year_only':
      return 'Hanya tahun lahirnya sama';
    case 'different':
      return 'Tanggal lahir berbeda';
    case 'generation':
      return 'Tanggal lahir terpaut satu generasi';
    case 'age_equal':
      return 'Umur cocok (daftar hanya memuat umur)';
    case 'age_near':
      return 'Umur terpaut dua atau tiga tahun';
    case 'age_different':
      return 'Umur berbeda';
    case 'age_generation':
      return 'Umur terpaut satu generasi';
    case 'missing':
      return 'Tanggal lahir tidak ada';
    default:
      return assertNever(level);
  }
}

function digitsOf(date: string | null): string | null {
  return date === null ? null : date.replaceAll('-', '');
}

const isTokenLevel = (level: string): level is TokenLevel =>
  [
    'exact',
    'class',
    'key',
    'joined',
    'similar',
    'initial',
    'absent_left',
    'absent_right',
    'conflict',
  ].includes(level);

function nameText(part: WeightPart): string {
  const { token } = part;
  if (token === null || !isTokenLevel(part.level)) return 'Nama';
  const rarity = `1 dari ${count.format(token.oneIn)} orang bernama ${token.canon}`;
  switch (part.level) {
    case 'exact':
      return `Nama ${token.left} sama (${rarity})`;
    case 'class':
      return `Nama ${token.left} singkatan atau ejaan lain dari ${token.right} (${rarity})`;
    case 'key':
      return `Nama ${token.left} dan ${token.right} sebunyi (${rarity})`;
    case 'joined':
      return `Nama ${token.left} dan ${token.right} sama bila digabung (${rarity})`;
    case 'similar':
      return `Nama ${token.left} dan ${token.right} mirip`;
    case 'initial':
      return `Nama ${token.left} dan ${token.right}: inisialnya cocok`;
    case 'absent_left':
      return `Nama ${token.right} hanya ada di daftar`;
    case 'absent_right':
      return `Nama ${token.left} tidak ada di daftar`;
    case 'conflict':
      return `Nama ${token.left} dan ${token.right} berbeda`;
    default:
      return assertNever(part.level);
  }
}

function sexText(level: SexLevel): string {
  switch (level) {
    case 'equal':
      return 'Jenis kelamin sama';
    case 'different':
      return 'Jenis kelamin berbeda';
    case 'missing':
      return 'Jenis kelamin tidak ada';
    default:
      return assertNever(level);
  }
}

function kkText(level: KkLevel, { member, person }: Scored): string {
  switch (level) {
    case 'equal':
      return 'No KK sama';
    case 'one_slip':
      return `No KK ${slipText(member.kk.digits, person.kk.digits)}`;
    case 'different':
      return 'No KK berbeda (bisa karena pindah atau menikah)';
    case 'missing':
      return 'No KK tidak ada';
    default:
      return assertNever(level);
  }
}

function addressText(level: AddressLevel, { member, person }: Scored): string {
  switch (level) {
    case 'same_door':
      return 'Alamat sama sampai nomor rumah';
    case 'same_rt':
      return 'RT dan RW sama';
    case 'same_street':
      return 'Jalan sama';
    case 'same_kelurahan':
      return 'Kelurahan sama';
    case 'elsewhere':
      // A list that names no kelurahan may mean any.
      return member.address.kelurahan === null || person.address.kelurahan === null
        ? 'Alamat lain'
        : 'Alamat lain di kelurahan yang sama';
    case 'other_kelurahan':
      return 'Kelurahan lain';
    case 'missing':
      return 'Alamat tidak ada';
    default:
      return assertNever(level);
  }
}

function motherText(level: MotherLevel): string {
  switch (level) {
    case 'equal':
      return 'Nama ibu kandung sama';
    case 'similar':
      return 'Nama ibu kandung mirip';
    case 'different':
      return 'Nama ibu kandung berbeda';
    case 'missing':
      return 'Nama ibu kandung tidak ada';
    default:
      return assertNever(level);
  }
}
