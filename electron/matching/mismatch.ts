import type { FindingKind, FoundMismatch } from '../../shared/domain/finding.ts';
import type { FieldComparison, MatchField } from '../../shared/domain/match.ts';
import { displayDate } from '../../shared/domain/nik.ts';
import type { Sex } from '../../shared/domain/person.ts';
import { askedPrograms } from './programs.ts';

/** A member beside the person of a list that stands for them. */
export interface ListedMember {
  memberId: string;
  name: string;
  /** "DTKS", "Padan Dukcapil". */
  source: string;
  listName: string;
  /** Identity parameters of the person and the household, compared. */
  fields: readonly FieldComparison[];
  /** What the list says besides, under its own field names. */
  answers: Readonly<Record<string, string>>;
  /** The list's name bears ALM. */
  deceased: boolean;
  /** Where else in the same list the same NIK stands: "ST AMINAH, No KK 3171…". */
  elsewhere: readonly string[];
  /** Where Dukcapil has the person's address, if not in the kelurahan of the case; null of other lists. */
  movedTo: string | null;
  /** Labels of the programs that the person receives by this list. */
  receives: readonly string[];
}

/** Of whom a list says that they stand in the household. */
interface Unreported {
  source: string;
  listName: string;
  name: string;
  sex: Sex | null;
  /** ISO date. */
  birthDate: string | null;
  age: number | null;
}

export interface CaseFacts {
  listed: readonly ListedMember[];
  /** Persons of the linked households whom nobody reported. */
  unreported: readonly Unreported[];
  /** Whether any of the national registers knows anybody of the household. */
  registered: boolean;
  /** The latest of them, by which programs are asked about; null where none was searched, and nothing can be missing. */
  latest: { register: string; knowsAnybody: boolean } | null;
  headName: string;
  /** The finished visit: its result, and what it answered. */
  visit: {
    result: string | null;
    household: Readonly<Record<string, string>>;
    /** What each family under the roof answered. */
    families: readonly Readonly<Record<string, string>>[];
    members: readonly { memberId: string; name: string; answers: Readonly<Record<string, string>> }[];
  } | null;
  /** Programs that the province said somebody of the household receives, and where it said so. */
  granted: readonly { label: string; note: string }[];
  /** The muskel did not find the household. */
  muskelNotFound: boolean;
  likelyCases: readonly { caseId: string; number: string; headName: string; verdict: string }[];
}

/** One rule a row: the field of a list that differs, and what kind of finding that is. */
const fieldKinds: Partial<Record<MatchField, FindingKind>> = {
  nik: 'nik_berbeda',
  nama: 'nama_berbeda',
  tanggal_lahir: 'tanggal_lahir_berbeda',
  umur: 'tanggal_lahir_berbeda',
  jenis_kelamin: 'jenis_kelamin_berbeda',
  kk: 'kk_berbeda',
};

/** What is said of a person's presence, in the codes of BDT and SIKS and in those of Regsosek22-K. */
const presence = ['Sta_keberadaan_art', 'kd_ket_keberadaan_art', '404'].flatMap((field) => [
  { field, value: '2', kind: 'meninggal', says: 'Meninggal' } as const,
  { field, value: '3', kind: 'pindah', says: 'Tidak tinggal di rumah tangga / pindah' } as const,
  { field, value: '6', kind: 'tidak_ditemukan', says: 'Tidak ditemukan' } as const,
]);

/** What a list or a visit says of a person in one of its own fields: presence, padan Dukcapil. */
export const stateKinds: readonly { field: string; value: string; kind: FindingKind; says: string }[] = [
  { field: 'status_nik', value: 'tidak_ditemukan', kind: 'nik_tidak_dikenal', says: 'NIK tidak ditemukan' },
  { field: 'status_nik', value: 'nonaktif', kind: 'nik_tidak_aktif', says: 'NIK tidak aktif' },
  { field: 'status_nik', value: 'meninggal', kind: 'meninggal', says: 'Meninggal' },
  { field: 'status_nik', value: 'pindah', kind: 'pindah', says: 'Pindah' },
  { field: 'status_nik', value: 'ganda', kind: 'tercatat_ganda', says: 'NIK ganda' },
  ...presence,
  // Code 4 is a newcomer in BDT.
  ...['kd_ket_keberadaan_art', '404'].map(
    (field) => ({ field, value: '4', kind: 'pindah', says: 'Pindah ke luar negeri' }) as const,
  ),
];

/** Whether a list says of somebody, in these answers, that they died or left. */
export function saysGone(answers: Readonly<Record<string, string>>): boolean {
  return stateKinds.some(
    ({ field, value, kind }) => (kind === 'meninggal' || kind === 'pindah') && answers[field] === value,
  );
}

/** Everything that does not agree about a case, by the rules above; a household in order gives nothing. */
export function mismatchesOf(facts: CaseFacts): FoundMismatch[] {
  return [
    ...facts.listed.flatMap(ofListed),
    ...ofUnreported(facts.unreported),
    ...ofVisit(facts),
    ...ofPrograms(facts),
    ...facts.likelyCases.map(ofLikelyCase),
  ];
}

function ofListed(member: ListedMember): FoundMismatch[] {
  const stated = stateKinds.filter(({ field, value }) => member.answers[field] === value);
  const differing = member.fields.flatMap((field) => ofField(member, field));
  const said = [
    ...stated.map(({ kind, says }) => of(member, kind, { listed: says })),
    ...(member.deceased ? [of(member, 'meninggal', { listed: 'Bertanda almarhum/almarhumah' })] : []),
  ];
  // TIDAK PADAN without a word why: then it is the number itself that is not known. Where else the number stands, on
  // which card and where the person lives explain nothing, since the answer may only repeat what it was asked.
  const explained = said.length > 0 || differing.some(({ kind }) => kind !== 'kk_berbeda');
  const unknown = member.answers['flag_pemadanan'] === '2' && !explained;
  return onePerKind([
    ...differing,
    ...said,
    ...(unknown ? [of(member, 'nik_tidak_dikenal', { listed: 'TIDAK PADAN' })] : []),
    ...(member.movedTo === null ? [] : [of(member, 'pindah', { listed: `Beralamat di ${member.movedTo}` })]),
    ...(member.elsewhere.length > 0
      ? [of(member, 'tercatat_ganda', { listed: `NIK yang sama juga pada ${member.elsewhere.join('; ')}` })]
      : []),
  ]);
}

function ofField(member: ListedMember, field: FieldComparison): FoundMismatch[] {
  const kind = field.verdict === 'beda' ? fieldKinds[field.field] : undefined;
  if (kind === undefined) return [];
  return [of(member, kind, { reported: field.reported, listed: field.reference, note: field.note })];
}

function of(
  member: ListedMember,
  kind: FindingKind,
  more: Partial<Pick<FoundMismatch, 'reported' | 'listed' | 'note'>>,
): FoundMismatch {
  return {
    kind,
    memberId: member.memberId,
    otherCaseId: null,
    source: member.source,
    subject: member.name,
    reported: more.reported ?? null,
    listed: more.listed ?? null,
    note: more.note ?? member.listName,
  };
}

/**
 * Namesakes of one household are told apart by their birth, and known again at the next look by their order: it follows
 * from what is said of them, so that a list that is sorted otherwise changes nothing.
 */
function ofUnreported(unreported: readonly Unreported[]): FoundMismatch[] {
  const named = Map.groupBy(unreported, ({ name }) => name);
  return unreported
    .toSorted((one, other) => birthOf(one).localeCompare(birthOf(other)))
    .map((one) => ({
      kind: 'tidak_ditemukan',
      memberId: null,
      otherCaseId: null,
      source: one.source,
      subject: one.name,
      reported: null,
      listed: `Tercatat di rumah tangga ini${named.get(one.name)?.length === 1 ? '' : bornInWords(one)}`,
      note: one.listName,
    }));
}

/** Something that puts persons in order: the elder first, as far as it is known. */
function birthOf({ birthDate, age, sex }: Unreported): string {
  return [birthDate ?? '9999', age === null ? '' : String(999 - age), sex ?? ''].join(' ');
}

function bornInWords({ birthDate, age }: Unreported): string {
  if (birthDate !== null) return `, lahir ${displayDate(birthDate)}`;
  return age === null ? '' : `, umur ${age}`;
}

function ofVisit({ visit, muskelNotFound, registered, headName }: CaseFacts): FoundMismatch[] {
  const gone = visit?.result === '2' || visit?.result === '3' || muskelNotFound;
  const household: FoundMismatch[] =
    gone && registered
      ? [
          {
            kind: visit?.result === '3' ? 'pindah' : 'tidak_ditemukan',
            memberId: null,
            otherCaseId: null,
            source: visit === null ? 'Muskel' : 'Kunjungan',
            ofHousehold: true,
            subject: headName,
            reported: visit?.result === '3' ? 'Pindah, atau bangunannya sudah tidak ada' : 'Tidak ditemukan',
            listed: 'Terdaftar',
            note: 'Seluruh rumah tangga',
          },
        ]
      : [];
  const members = (visit?.members ?? []).flatMap(({ memberId, name, answers }) =>
    stateKinds
      .filter(({ field, value }) => answers[field] === value)
      .map(({ kind, says }): FoundMismatch => ({
        kind,
        memberId,
        otherCaseId: null,
        source: 'Kunjungan',
        subject: name,
        reported: says,
        listed: null,
        note: 'Menurut kunjungan; di berkas masih anggota',
      })),
  );
  return [...household, ...members];
}

/** One finding a program, however many say so: it is the household that the latest register does not have. */
function ofPrograms({ listed, granted, visit, latest, headName }: CaseFacts): FoundMismatch[] {
  if (latest === null || latest.knowsAnybody) return [];
  const answers =
    visit === null
      ? []
      : [visit.household, ...visit.families, ...visit.members.map((member) => member.answers)];
  const told = [
    ...askedPrograms
      .filter(({ said }) =>
        Object.entries(said).some(([field, values]) =>
          answers.some((answered) => values.includes(answered[field] ?? '')),
        ),
      )
      .map(({ label }) => ({ label, note: 'Menurut kunjungan' })),
    ...granted,
    ...listed.flatMap(({ name, listName, receives }) =>
      receives.map((label) => ({ label, note: `${name}, menurut ${listName}` })),
    ),
  ];
  return [...Map.groupBy(told, ({ label }) => label)].map(([label, same]) => ({
    kind: 'program_tanpa_daftar' as const,
    memberId: null,
    otherCaseId: null,
    source: label,
    ofHousehold: true as const,
    subject: headName,
    reported: `Menerima ${label}`,
    listed: `Tidak ada di ${latest.register}`,
    note: same.map(({ note }) => note).join('; '),
  }));
}

function ofLikelyCase(other: CaseFacts['likelyCases'][number]): FoundMismatch {
  return {
    kind: 'berkas_ganda',
    memberId: null,
    otherCaseId: other.caseId,
    source: 'Berkas',
    subject: other.headName,
    reported: null,
    listed: `Berkas ${other.number}`,
    note: other.verdict,
  };
}

/** Two reasons for one kind are one finding: the first says it. */
function onePerKind(found: readonly FoundMismatch[]): FoundMismatch[] {
  return [...Map.groupBy(found, ({ kind }) => kind).values()].flatMap((same) => same.slice(0, 1));
}
