import type { FieldComparison, MatchField } from '../../shared/domain/match.ts';
import type { ReferenceSource } from '../../shared/domain/reference.ts';
import type { NormalisedAddress } from './addresses.ts';
import { compare, sameStreet } from './compare.ts';
import { compareNames } from './compare-names.ts';
import type { MatchPerson } from './normalise.ts';

const all: ReadonlySet<MatchField> = new Set<MatchField>([
  'nama',
  'nik',
  'kk',
  'tanggal_lahir',
  'jenis_kelamin',
  'alamat',
  'rt_rw',
  'nama_ibu',
]);

const withoutMother: ReadonlySet<MatchField> = new Set([...all].filter((field) => field !== 'nama_ibu'));

/**
 * Which identity parameters a list holds at all. What it never holds is missing without meaning;
 * what it holds but left open, and the family now states, is a change (domain 1.2, stage 2).
 */
const heldBy: Record<ReferenceSource, ReadonlySet<MatchField>> = {
  BDT2015: new Set<MatchField>(['nama', 'nik', 'umur', 'jenis_kelamin', 'alamat']),
  DTKS: all,
  SIKS: all,
  DTSEN: withoutMother,
  REGSOSEK: withoutMother,
  PPKS: all,
  CARIK: all,
  DUKCAPIL: all,
  LAIN: all,
};

/** The identity parameters of one member beside one person of a list: equal, different or missing, field by field. */
export function identityFields(
  reported: MatchPerson,
  reference: MatchPerson,
  source: ReferenceSource,
): FieldComparison[] {
  const row = rowFor(source);
  return [
    nameRow(reported, reference, row),
    row('nik', 'NIK', reported.nik.digits, reference.nik.digits),
    ...birthRows(reported, reference, row),
    row('jenis_kelamin', 'Jenis kelamin', sexWord(reported.sex), sexWord(reference.sex)),
    ...motherRows(reported, reference, row),
  ];
}

/** KK, address and RT/RW are of the household: compared once, with the person that links it. */
export function householdIdentityFields(
  reported: MatchPerson,
  reference: MatchPerson,
  source: ReferenceSource,
): FieldComparison[] {
  const row = rowFor(source);
  const left = reported.address;
  const right = reference.address;
  const street = sameStreet(left, right);
  const numbers = left.number === '' || right.number === '' || left.number === right.number;
  return [
    row('kk', 'No KK', reported.kk.digits, reference.kk.digits),
    row(
      'alamat',
      'Alamat',
      streetOf(reported),
      streetOf(reference),
      street === null ? undefined : { same: street && numbers, note: null },
    ),
    row('rt_rw', 'RT/RW', rtRwOf(left), rtRwOf(right)),
  ];
}

/** What of a household is compared beside identity: its size, head, families, and answers where both have them. */
export interface HouseholdShape {
  members: number;
  headName: string | null;
  families: number | null;
  answers: Readonly<Record<string, string>>;
}

/**
 * `sameHead`: whether the two heads were linked as one person. `labelOf` names an answer's question and says its code in words; null where the
 * instrument does not know it.
 */
export function characteristicFields(
  reported: HouseholdShape,
  reference: HouseholdShape,
  sameHead: boolean,
  labelOf: (question: string, code: string) => { label: string; value: string } | null,
): FieldComparison[] {
  const rows: FieldComparison[] = [
    comparison(
      'jumlah_anggota',
      'Jumlah anggota',
      String(reported.members),
      String(reference.members),
      reported.members === reference.members,
      null,
    ),
  ];
  if (reported.headName !== null && reference.headName !== null)
    rows.push(
      comparison('kepala', 'Kepala rumah tangga', reported.headName, reference.headName, sameHead, null),
    );
  if (reported.families !== null && reference.families !== null) {
    rows.push(
      comparison(
        'jumlah_keluarga',
        'Jumlah keluarga',
        String(reported.families),
        String(reference.families),
        reported.families === reference.families,
        null,
      ),
    );
  }
  for (const [question, code] of Object.entries(reported.answers)) {
    const other = reference.answers[question];
    if (other === undefined || other === '' || code === '') continue;
    const left = labelOf(question, code);
    const right = labelOf(question, other);
    if (left === null || right === null) continue;
    rows.push(comparison('jawaban', left.label, left.value, right.value, sameCode(code, other), null));
  }
  return rows;
}

/** `03` and `3` are one code. */
function sameCode(left: string, right: string): boolean {
  return left.trim().replace(/^0+(?=\d)/, '') === right.trim().replace(/^0+(?=\d)/, '');
}

type RowMaker = (
  field: MatchField,
  label: string,
  reported: string | null,
  reference: string | null,
  judged?: { same: boolean; note: string | null },
) => FieldComparison;

function rowFor(source: ReferenceSource): RowMaker {
  return (field, label, reported, reference, judged) => {
    if (reported === null || reference === null) {
      const holds = heldBy[source].has(field);
      const nowStated = reported !== null && reference === null && holds;
      return {
        field,
        label,
        reported,
        reference,
        verdict: 'tidak_ada',
        changes: nowStated,
        note: missingNote(reported, reference, holds),
      };
    }
    return comparison(
      field,
      label,
      reported,
      reference,
      judged?.same ?? reported === reference,
      judged?.note ?? null,
    );
  };
}

function comparison(
  field: MatchField,
  label: string,
  reported: string,
  reference: string,
  same: boolean,
  note: string | null,
): FieldComparison {
  return { field, label, reported, reference, verdict: same ? 'sama' : 'beda', changes: !same, note };
}

function missingNote(reported: string | null, reference: string | null, holds: boolean): string {
  if (reported === null && reference === null) return 'Tidak ada di keduanya.';
  if (reported === null) return 'Tidak dilaporkan.';
  return holds ? 'Kosong di daftar; sekarang dilengkapi.' : 'Daftar ini tidak memuatnya.';
}

function nameRow(reported: MatchPerson, reference: MatchPerson, row: RowMaker): FieldComparison {
  const names = compareNames(reported.name, reference.name);
  const same = names?.identical ?? false;
  const plainlyEqual = reported.input.name.trim().toUpperCase() === reference.input.name.trim().toUpperCase();
  return row('nama', 'Nama', reported.input.name, reference.input.name, {
    same,
    note: same && !plainlyEqual ? 'Sama setelah gelar dan singkatan dibaca.' : null,
  });
}

function birthRows(reported: MatchPerson, reference: MatchPerson, row: RowMaker): FieldComparison[] {
  if (reference.birthDate !== null || reference.birthYear === null) {
    return [
      row(
        'tanggal_lahir',
        'Tanggal lahir',
        displayDate(reported.birthDate),
        displayDate(reference.birthDate),
      ),
    ];
  }
  const level = compare(reported, reference).birth;
  const then =
    reported.birthYear === null || reference.input.ageOn === null
      ? null
      : Number(reference.input.ageOn.slice(0, 4)) - reported.birthYear;
  return [
    row(
      'umur',
      'Umur saat itu',
      then === null ? null : `${then} tahun`,
      reference.input.age === null ? null : `${reference.input.age} tahun`,
      {
        same: level === 'age_equal',
        note: 'Daftar memuat umur saja; selisih setahun dianggap sama.',
      },
    ),
  ];
}

function motherRows(reported: MatchPerson, reference: MatchPerson, row: RowMaker): FieldComparison[] {
  const left = reported.input.motherName;
  const right = reference.input.motherName;
  if (left === null && right === null) return [];
  const names =
    reported.mother !== null && reference.mother !== null
      ? compareNames(reported.mother, reference.mother)
      : null;
  return [row('nama_ibu', 'Nama ibu kandung', left, right, { same: names?.identical ?? false, note: null })];
}

function sexWord(sex: 'L' | 'P' | null): string | null {
  if (sex === null) return null;
  return sex === 'L' ? 'Laki-laki' : 'Perempuan';
}

function displayDate(iso: string | null): string | null {
  return iso === null ? null : `${iso.slice(8, 10)}-${iso.slice(5, 7)}-${iso.slice(0, 4)}`;
}

function streetOf(person: MatchPerson): string | null {
  const street = person.input.address.street?.trim() ?? '';
  return street === '' ? null : street;
}

function rtRwOf(address: NormalisedAddress): string | null {
  if (address.rt === null || address.rw === null) return null;
  return `${String(address.rt).padStart(3, '0')}/${String(address.rw).padStart(3, '0')}`;
}
