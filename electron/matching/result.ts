import type { FieldComparison } from '../../shared/domain/match.ts';
import type { IdentificationResult } from '../../shared/domain/registration.ts';

/** What the rule of the first identification looks at, for one household and the list it was found in. */
export interface ResultGround {
  /** Fields of every linked member under their name, and of the household under null. */
  fields: readonly { subject: string | null; field: FieldComparison }[];
  /** Reported members that no person of the list stands for. */
  newMembers: readonly string[];
  /** Persons of the linked households in the list whom nobody reported. */
  goneMembers: readonly string[];
  /** Members who stand in the list with another household than their family. */
  elsewhere: readonly string[];
}

export interface ProposedResult {
  result: IdentificationResult;
  /** Why, in words that are printed: "No KK berbeda", "anggota baru: SITI". */
  reasons: string[];
}

/**
 * The rule of stage 2 (Pedum MPM 2016, 21–26): identity not found in the list: belum terdaftar;
 * found, and every identity parameter and characteristic equal: terdaftar, tetap; else terdaftar,
 * berubah. `ground` is null where no household of any list was linked.
 */
export function proposeResult(ground: ResultGround | null): ProposedResult {
  if (ground === null)
    return { result: 'baru', reasons: ['tidak ada anggota yang ditemukan di daftar acuan'] };
  const reasons = [
    ...new Set(ground.fields.filter(({ field }) => field.changes).map(changeInWords)),
    ...ground.newMembers.map((name) => `anggota baru: ${name}`),
    ...ground.elsewhere.map((name) => `di daftar serumah dengan keluarga lain: ${name}`),
    ...ground.goneMembers.map((name) => `tidak dilaporkan lagi: ${name}`),
  ];
  if (reasons.length > 0) return { result: 'berubah', reasons };
  return { result: 'tetap', reasons: ['semua parameter identitas dan ciri rumah tangga sama'] };
}

/** "NIK SITI AMINAH berbeda", "No KK dilengkapi". */
function changeInWords({ subject, field }: ResultGround['fields'][number]): string {
  const what = subject === null ? field.label : `${field.label} ${subject}`;
  return `${what} ${field.verdict === 'beda' ? 'berbeda' : 'dilengkapi'}`;
}
