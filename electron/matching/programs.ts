/** A program of help: what it is called, and by which answers of a visit somebody receives it. */
export interface Program {
  label: string;
  /** Whom it goes to: one person, or a family. */
  unit: 'orang' | 'keluarga';
  /** As lists and decisions write it, the label included; in small letters, words apart by one blank. */
  names: readonly string[];
  said: Readonly<Record<string, readonly string[]>>;
}

/** Sums of the kinds of health insurance in Regsosek22-K that hold PBI/JKN; 99 is something else. */
const sumsWithPbi = ['1', '3', '5', '7', '9', '11', '13', '15'];

/**
 * What the questionnaires ask for: BDT's answers, then those of Regsosek22-K. PBI-JK is of each person, KIP of a pupil;
 * the others are a card of the family (domain 5.2).
 */
export const askedPrograms: readonly Program[] = [
  {
    label: 'PKH',
    unit: 'keluarga',
    names: ['pkh'],
    said: { sta_pkh: ['ya'], Ada_pkh: ['ya'], '501b': ['ya'] },
  },
  {
    label: 'Sembako/BPNT',
    unit: 'keluarga',
    names: ['sembako', 'bpnt'],
    said: { sta_rastra: ['ya'], Ada_rastra: ['ya'], '501a': ['ya'] },
  },
  {
    label: 'PBI-JKN',
    unit: 'orang',
    names: ['pbi'],
    said: { sta_kis: ['ya'], Ada_pbi: ['ya'], '431a': sumsWithPbi },
  },
  {
    label: 'KIP/PIP',
    unit: 'orang',
    names: ['kip', 'pip'],
    said: { sta_kip: ['ya'], Ada_kip: ['ya'], '431e': ['ya'] },
  },
  { label: 'KKS', unit: 'keluarga', names: ['kks'], said: { sta_kks: ['ya'], Ada_kks: ['ya'] } },
  // No questionnaire asks for those of DKI by name.
  { label: 'Bantuan Pemda', unit: 'keluarga', names: [], said: { '501e': ['ya'] } },
];

const family = /\(\s*keluarga\s*\)/i;

/**
 * Those that the office set, a line each: `KLJ = Kartu Lansia Jakarta`. The cards of DKI are for a person (an elderly
 * one, a child, a pupil); one for a family is said to be: `Sembako Jakarta (keluarga)`.
 */
export function programsOfLines(lines: readonly string[]): Program[] {
  return lines.flatMap((line): Program[] => {
    const names = line
      .replace(family, '')
      .split('=')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    const [label] = names;
    const unit = family.test(line) ? 'keluarga' : 'orang';
    return label === undefined ? [] : [{ label, unit, names: names.map(plain), said: {} }];
  });
}

/** Which of these a text names; null where none. */
export function programNamed(text: string, known: readonly Program[]): Program | null {
  const words = ` ${plain(text)} `;
  return known.find(({ names }) => names.some((name) => words.includes(` ${name} `))) ?? null;
}

/**
 * What a list of other things than the register says that somebody receives: by its own name (`Penerima
 * KLJ 2026`), in a column named after a program (`KJP`: `ya`), or in one that names programs (`Jenis
 * bantuan`: `KAJ`).
 */
export function programsInList(
  list: string,
  answers: Readonly<Record<string, string>>,
  known: readonly Program[],
): Program[] {
  const columns = Object.entries(answers);
  return known.filter((program) => {
    const names = (text: string) => programNamed(text, [program]) !== null;
    return (
      names(list) ||
      columns.some(([field, value]) =>
        names(field) ? yes.has(plain(value)) : namesPrograms.test(field) && names(value),
      )
    );
  });
}

const namesPrograms = /program|bansos|bantuan/i;
const yes: ReadonlySet<string> = new Set([
  'ya',
  'y',
  '1',
  'v',
  'x',
  'ada',
  'aktif',
  'terima',
  'penerima',
  'menerima',
]);

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
