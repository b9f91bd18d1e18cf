import { type FindingKind, findingRules, type FoundMismatch } from '../../shared/domain/finding.ts';
import { type FieldComparison, labelInSentence, type MatchField } from '../../shared/domain/match.ts';
import { displayDate } from '../../shared/domain/nik.ts';
import type { Sex } from '../../shared/domain/person.ts';
import { soundAlike } from './identity.ts';
import { ofPpks, ofPrograms } from './mismatch-programs.ts';
import type { Program } from './programs.ts';

/** A person of a list, as a finding tells of them. */
export interface ListedRow {
  /** Id of the row in the register; another in each snapshot. */
  personId: string;
  /** "SITI AMINAH, lahir 02-03-1980, NIK 3171…, No KK 3171…", as far as the list says it. */
  words: string;
  /** What stays the same of them from one look to the next: as written, since rules of names change. */
  who: string;
}

interface Beside {
  /** Whether it can be said to be somebody else: not where the member's own row would be meant by that as well. */
  separable: boolean;
}

/** A member beside the person of a list that stands for them. */
export interface ListedMember {
  memberId: string;
  name: string;
  row: ListedRow;
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
  elsewhere: readonly (Pick<ListedRow, 'personId' | 'words'> & Beside)[];
  /** Other rows of the same list that are this person by everything but their NIK. */
  twice: readonly (ListedRow & Beside)[];
  /** Whether it can be said with a finding that the row is somebody else's; of a register identification decides. */
  refutable: boolean;
  /** Of padan: what it says of a number it says of the one that was asked, and of no other. */
  ofNumber: boolean;
  /** Where Dukcapil has the person's address, if not in the kelurahan of the case; null of other lists. */
  movedTo: string | null;
  /** Programs that the person receives by this list. */
  receives: readonly Program[];
  /** Which kinds of PPKS the person is by this list, in words; null where it is no list of PPKS. */
  ppks: string | null;
}

/** A member beside a person of a list who may be somebody else: first a person of the office has to say so. */
export interface AskedMember {
  listed: ListedMember;
  /** The member in the same words as the row. */
  reported: string;
  /** Why it is not sure, in sentences. */
  doubts: readonly string[];
  /** Somebody else of the lists was said to be the member, who cannot be this person: that is asked about whatever the list says. */
  contradicts: boolean;
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
  members: readonly { memberId: string; name: string; familyNo: number }[];
  listed: readonly ListedMember[];
  asked: readonly AskedMember[];
  /** Persons of a list who bear a member's NIK, and of whom somebody said that they are another. */
  refused: readonly ListedMember[];
  /** Persons of the linked households whom nobody reported. */
  unreported: readonly Unreported[];
  /** Whether any of the national registers knows anybody of the household. */
  registered: boolean;
  /** The latest of them, by which programs are asked about; null where none was searched, and nothing can be missing. */
  latest: LatestRegister | null;
  headName: string;
  /** The finished visit: its result, and what it answered. */
  visit: {
    result: string | null;
    household: Readonly<Record<string, string>>;
    /** What each family under the roof answered. */
    families: readonly { familyNo: number; answers: Readonly<Record<string, string>> }[];
    members: readonly { memberId: string; name: string; answers: Readonly<Record<string, string>> }[];
  } | null;
  /** Programs that the province said somebody of the household receives, who (null: it names nobody), and where it said so. */
  granted: readonly { program: Pick<Program, 'label' | 'unit'>; memberId: string | null; note: string }[];
  /** The muskel did not find the household. */
  muskelNotFound: boolean;
  likelyCases: readonly { caseId: string; number: string; headName: string; verdict: string }[];
}

interface LatestRegister {
  register: string;
  /** Members whom it knows, or may. */
  known: ReadonlySet<string>;
  /** Whether it counts families by their No KK, each for itself, and not whole rumah tangga. */
  perFamily: boolean;
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
    ...facts.asked.flatMap((asked) => ofAsked(asked, facts)),
    ...facts.refused.map(ofRefused),
    ...ofUnreported(facts.unreported),
    ...ofVisit(facts),
    ...ofPrograms(facts),
    ...facts.listed.flatMap((member) => ofPpks(member, facts.latest)),
    ...facts.likelyCases.map(ofLikelyCase),
  ];
}

/** What is said of a number, and not of the person who bears it. */
const ofTheNumber: ReadonlySet<FindingKind> = new Set([
  'nik_tidak_dikenal',
  'nik_tidak_aktif',
  'tercatat_ganda',
]);

function ofListed(member: ListedMember): FoundMismatch[] {
  const isOther = hasOtherNumber(member);
  const every = stateKinds.filter(({ field, value }) => member.answers[field] === value);
  const stated = every.filter(({ kind }) => !isOther || !ofTheNumber.has(kind));
  const differing = member.fields.flatMap((field) => ofField(member, field));
  // An answer about a number which the case does not have, a NIK that was corrected since it was asked: it says nothing of the
  // person whom Dukcapil does not name itself, and nothing at all where it knows nothing.
  if (isOther && member.ofNumber) {
    if (stated.length === 0 && isUnknown(member)) return [];
    if (!isNamedByDukcapil(member)) return isUnknown(member) ? [] : onePerKind(differing);
  }
  const said = [
    ...stated.map(({ kind, says }) => of(member, kind, { listed: says })),
    ...(member.deceased ? [of(member, 'meninggal', { listed: 'Bertanda almarhum/almarhumah' })] : []),
  ];
  // TIDAK PADAN without a word why: then it is the number itself that is not known. Where else the number stands, on
  // which card and where the person lives explain nothing, since the answer may only repeat what it was asked.
  const explained = said.length > 0 || differing.some(({ kind }) => kind !== 'kk_berbeda');
  const unknown = member.answers['flag_pemadanan'] === '2' && !explained;
  return [
    ...onePerKind([
      ...differing,
      ...said,
      ...(unknown ? [of(member, 'nik_tidak_dikenal', { listed: 'TIDAK PADAN' })] : []),
      ...(member.movedTo === null
        ? []
        : [of(member, 'pindah', { listed: `Beralamat di ${member.movedTo}` })]),
      ...ofElsewhere(member),
    ]),
    ...member.twice.map((other) => ({
      ...of(member, 'tercatat_ganda', { listed: `${member.row.words}; dan ${other.words}` }),
      about: other.who,
      listedPersons: other.separable ? [other.personId] : [],
    })),
  ];
}

/** Whether the list has another NIK, or one where the case has none. */
function hasOtherNumber({ fields }: ListedMember): boolean {
  const nik = fields.find(({ field }) => field === 'nik');
  return nik !== undefined && nik.reference !== null && nik.reference !== nik.reported;
}

/** Whether the name that Dukcapil holds stands there, and is the member's; else the answer repeats what was asked. */
function isNamedByDukcapil({ name, answers }: ListedMember): boolean {
  const held = answers['NAMA_LGKP'];
  return held !== undefined && soundAlike(held, name);
}

function isUnknown({ answers }: ListedMember): boolean {
  return answers['status_nik'] === 'tidak_ditemukan' || answers['flag_pemadanan'] === '2';
}

function ofElsewhere(member: ListedMember): FoundMismatch[] {
  if (member.elsewhere.length === 0) return [];
  const rows = member.elsewhere.map(({ words }) => words).join('; ');
  return [
    {
      ...of(member, 'tercatat_ganda', { listed: `NIK yang sama juga pada ${rows}` }),
      listedPersons: member.elsewhere.every(({ separable }) => separable)
        ? member.elsewhere.map(({ personId }) => personId)
        : [],
    },
  ];
}

/** The number stays wrong in one of the two until it is mended, and what the list says of it is of somebody else. */
function ofRefused(member: ListedMember): FoundMismatch {
  const reported = member.fields.find(({ field }) => field === 'nik')?.reported ?? null;
  return {
    ...of(member, 'nik_berbeda', {
      reported,
      listed: member.row.words,
      note: `${member.listName}. NIK di berkas tercatat di daftar itu sebagai milik orang lain, menurut putusan kantor ini.`,
    }),
    about: member.row.who,
    listedPersons: [],
  };
}

/**
 * Somebody is asked only where the answer would change anything: what would be found if the two were one stands in
 * the note, and is no finding before that.
 */
function ofAsked({ listed, reported, doubts, contradicts }: AskedMember, facts: CaseFacts): FoundMismatch[] {
  const alone: CaseFacts = { ...facts, listed: [listed], granted: [], visit: null };
  const would = [...ofListed(listed), ...ofPrograms(alone), ...ofPpks(listed, facts.latest)];
  if (would.length === 0 && !contradicts) return [];
  const kinds = [...new Set(would.map(({ kind }) => labelInSentence(findingRules[kind])))];
  return [
    {
      ...of(listed, 'mungkin_orang_ini', {
        reported,
        listed: listed.row.words,
        note: [
          `${listed.listName}.`,
          ...(kinds.length === 0 ? [] : [`Bila memang orang ini: ${kinds.join('; ')}.`]),
          ...doubts,
        ].join(' '),
      }),
      about: listed.row.who,
      listedPersons: [listed.row.personId],
    },
  ];
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
    // That two bear one number is said of the number, and not of the row.
    ...(member.refutable && kind !== 'tercatat_ganda' ? { listedPersons: [member.row.personId] } : {}),
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
