import type { ImportReport } from '../../shared/contract/reference.ts';
import {
  type AreaCodeSystem,
  type ReferenceHousehold,
  type ReferencePerson,
  type ReferenceSource,
  referenceSourceLabel,
} from '../../shared/domain/reference.ts';
import type { ListMapping } from '../../shared/domain/list-mapping.ts';
import { AppError } from '../../shared/errors.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import { AnswerCheck } from './answer-check.ts';
import { areaFinder, type AreaData } from './areas.ts';
import { textOf, type SheetRows, type SourceRow } from './cell.ts';
import { Findings } from './findings.ts';
import { CountedRows, type LeftOut, leftOutWarning } from './left-out.ts';
import { ListBuilder } from './list-builder.ts';
import {
  type Flowing,
  type FoundHeader,
  rowsTogether,
  seeSheet,
  type SheetOptions,
  sheetsOf,
} from './list-sheets.ts';
import { matchHeader, missingColumns, type Profile, type ProfileColumn } from './profile.ts';
import { profileFor, profiles } from './profiles.ts';
import { type RowPerson, RowPersons } from './known-people.ts';
import { RefusedRows, type SheetBegun, type TakeRefused } from './refused-rows.ts';
import { type HeadSheets, RepeatedSheets } from './repeated-sheets.ts';
import { type RowContext, RowReader } from './row-reader.ts';
import { ShortRows } from './short-rows.ts';
import type { ByteSource } from './source.ts';

export interface ReadOptions extends SheetOptions {
  source: ReferenceSource;
  /** Which system numbers the list's areas; must be stated where the list has codes. */
  areaCodes: AreaCodeSystem | null;
  /** What each column means, where somebody said so; null reads the source's own columns. */
  mapping?: ListMapping | null;
  /** What the list's answers are held to; null where it has no instrument. */
  instrument?: Instrument | null;
  /** Kemendagri code of the kelurahan that rows belong to which name none; null where nobody said so. */
  kelurahan?: string | null;
  areas: AreaData;
  /** Editions of the codes that all this is of, in words; the report repeats them. */
  readBy?: readonly string[];
  /** ISO date; no birth date lies after it. */
  today: string;
}

/** Takes what is read, row by row; a household comes once, before its persons, and is counted from 0. */
export interface ReferenceSink {
  household(no: number, household: ReferenceHousehold): void;
  person(no: number, person: ReferencePerson): void;
  /** Every row that did not come in; left out by who does not keep them. */
  refused?: TakeRefused;
}

/**
 * Reads a reference list (.xlsx or CSV, told by its bytes, never by its name) and hands it to `sink`: every sheet
 * that shows the list, as one sheet an RW does, or the one that somebody mapped. What is left out is told, as a
 * sheet that only repeats who stands on others is, and the heads on a sheet of members after their own (`RepeatedSheets`).
 *
 * Errors: `import_not_workbook`, `import_zip_bomb`, `import_wrong_sheet`, `import_other_list`, `import_missing_columns`,
 * `import_no_rows`, `import_sheet_hidden`, `import_open_quote`, `import_broken_csv`, `import_area_code_system`,
 * `import_cancelled`. Single rows are refused in the report.
 */
export async function readReference(
  file: ByteSource,
  options: ReadOptions,
  sink: ReferenceSink,
): Promise<ImportReport> {
  const profile = profileFor(options.source, options.mapping ?? null);
  const sendBack = new RefusedRows((...refused) => sink.refused?.(...refused), {
    profile,
    today: options.today,
  });
  const findings = new Findings(sendBack);
  const context = rowContext(profile, options, findings);
  const { instrument = null, today } = options;
  const check = instrument === null ? null : new AnswerCheck(instrument, findings, today);
  const builder = new ListBuilder(context, sink, check);
  const mapping = options.mapping ?? null;
  const mapped = mapping?.sheet ?? null;
  const read: Read[] = [];
  const left: LeftOut[] = [];
  const repeats = new RepeatedSheets(file, { ...options, profile, mapping });
  let closest: FoundHeader | null = null;
  let place = 0;
  for await (const sheet of sheetsOf(file, (headers) => matchHeader(profile, headers).at.size, {
    ...options,
    onProgress: repeats.onProgress,
  })) {
    place += 1;
    const rows = new CountedRows(sheet.rows);
    const { header, isMeant, missing, holds } = await seeSheet(sheet, rows, profile, mapping);
    const title = rows.filled;
    const before = holds === 'persons' && read.length > 0 ? await repeats.at(place) : null;
    const repeated = before?.repeated ?? null;
    if (header !== null && holds !== null && repeated === null) {
      findings.sheet = sheet.name;
      sendBack.begin(begunOf(sheet, header, holds));
      const reading = { sheet, rows: rows.rest, header, context, builder, signal: options.signal };
      // Awaited here: returning the promise would close the file before its rows are read.
      if (holds === 'families') await readFamilies(reading);
      else {
        const own = { ...reading, context: { ...context, sheetNo: read.length + 1 } };
        read.push(await readRows(own, before?.heads ?? []));
      }
      findings.sheet = null;
      continue;
    }
    if (header && isMeant && header.match.at.size > (closest?.match.at.size ?? 0)) closest = header;
    await rows.skip();
    left.push({
      sheet: sheet.name ?? '',
      hidden: sheet.hidden,
      rows: rows.filled - (header === null ? 0 : title),
      numbered: rows.numbered,
      missing,
      mapped,
      repeated,
    });
  }
  if (options.signal?.aborted) throw new AppError('import_cancelled');
  const lists = read.filter(({ rows }) => rows > 0);
  if (lists.length === 0) throw nothingRead(profile, { closest, left, isEmpty: read.length > 0 });
  const found = new Set([...builder.familyColumns, ...lists.flatMap((list) => [...list.found])]);
  const { notice } = profile;
  if (notice?.fields.some((field) => [...found].some((column) => column.field === field)))
    findings.warn(notice.code, 1, notice.message);
  for (const sheet of left) {
    const warning = leftOutWarning(sheet);
    if (warning !== null) findings.warn(warning.code, 1, warning.message, sheet.sheet);
  }
  const absent = profile.columns.filter(
    (column) => !found.has(column) && !profile.optional.includes(column.field),
  );
  return {
    sheet: lists.flatMap(({ sheet }) => sheet ?? []).join(', ') || null,
    rows: lists.reduce((sum, { rows }) => sum + rows, 0),
    ...builder.report(),
    unknownColumns: [...new Set(lists.flatMap(({ unknown }) => unknown))],
    absentColumns: absent.map((column) => column.header),
    ...(options.readBy && { readBy: [...options.readBy] }),
  };
}

function begunOf(sheet: SheetRows, header: FoundHeader, holds: 'persons' | 'families'): SheetBegun {
  const { name, evenRows, from1904 = false } = sheet;
  return { name, header, evenRows, from1904, ofFamilies: holds === 'families' };
}

function rowContext(profile: Profile, options: ReadOptions, findings: Findings): RowContext {
  const { areas, areaCodes, today, kelurahan = null } = options;
  const area = areas.wilayah.find(({ code }) => code === kelurahan);
  return {
    profile,
    findArea: areaFinder(areas),
    areaCodes,
    kelurahan: area === undefined ? null : { code: area.code, name: area.name },
    today,
    findings,
    sheetNo: 1,
    named: new Set(),
  };
}

/** Why no row came in: none below the header, all of them hidden, not there, another list, or columns missing. */
function nothingRead(
  profile: Profile,
  { closest, left, isEmpty }: { closest: FoundHeader | null; left: readonly LeftOut[]; isEmpty: boolean },
): AppError {
  const hidden = left.filter((sheet) => sheet.hidden && sheet.rows > 0 && sheet.missing?.length === 0);
  if (hidden.length > 0)
    return new AppError('import_sheet_hidden', { sheets: hidden.map(({ sheet }) => sheet).join(', ') });
  if (isEmpty) return new AppError('import_no_rows');
  if (closest === null) return new AppError('import_wrong_sheet', { profile: profile.title });
  const other = profiles.find(
    (candidate) =>
      candidate !== profile &&
      missingColumns(candidate, matchHeader(candidate, closest.headers)).length === 0,
  );
  if (other) {
    const [found, chosen] = [referenceSourceLabel[other.source], referenceSourceLabel[profile.source]];
    return new AppError('import_other_list', { found, chosen });
  }
  const columns = missingColumns(profile, closest.match).join(', ');
  return new AppError('import_missing_columns', { columns });
}

interface Reading extends Flowing {
  sheet: SheetRows;
  header: FoundHeader;
  context: RowContext;
  builder: ListBuilder;
}

/** What a sheet of persons held. */
interface Read {
  sheet: string | null;
  rows: number;
  found: ReadonlySet<ProfileColumn>;
  unknown: string[];
}

async function readFamilies(reading: Reading): Promise<void> {
  const reader = new RowReader(reading.context, reading.header.match, reading.sheet.from1904);
  noteRepeated(reading);
  for await (const rows of rowsTogether(reading)) {
    reader.look(rows);
    for (const row of rows) reading.builder.hold(reader, row);
  }
  reading.builder.familyColumns.push(...reading.header.match.at.keys());
}

/** @param heads who stands on these came in from them, and is told. */
async function readRows(reading: Reading, heads: HeadSheets): Promise<Read> {
  const { sheet, header, context, builder } = reading;
  const { findings } = context;
  noteRepeated(reading);
  if ('encoding' in sheet && sheet.encoding === 'windows-1252') {
    findings.warn(
      'encoding_old',
      1,
      'Berkas ini bukan UTF-8 dan dibaca sebagai Windows-1252. Periksa huruf yang tidak biasa pada nama.',
    );
  }
  const reader = new RowReader(context, header.match, sheet.from1904);
  const width = header.headers.length;
  const { from1904 = false } = sheet;
  const known = new KnownHeads(new RowPersons(header, { ...context, from1904 }), heads);
  const short = new ShortRows(context, header, from1904);
  let count = 0;
  for await (const all of rowsTogether(reading)) {
    reader.look(all);
    short.look(all);
    const rows = known.without(all);
    count += rows.length;
    for (const row of rows) {
      if (sheet.evenRows && isShifted(row, width) && !short.endsEarly(row)) {
        const message = `Baris ini punya ${row.cells.length} kolom, judulnya ${width}; nilainya bergeser.`;
        findings.refuse(row, [{ reason: 'row_shifted', message, columns: [] }], null);
        continue;
      }
      if (sheet.evenRows && row.cells.length < width)
        findings.warn(
          'row_short',
          row.number,
          'Baris ini berakhir lebih awal daripada judulnya; kolom-kolom terakhirnya dianggap kosong, seperti yang ditulis Excel bila sel di ujung baris kosong. Periksa bila ada nilai yang tampak bergeser.',
        );
      builder.add(reader, row);
    }
  }
  known.tell(findings);
  return {
    sheet: sheet.name,
    rows: count,
    found: new Set(header.match.at.keys()),
    unknown: header.match.unknown,
  };
}

/** Rows of a sheet of members whose persons came in from a sheet of heads before it. */
class KnownHeads {
  readonly #persons: RowPersons;
  readonly #heads: HeadSheets;
  #count = 0;
  /** Of them, who was told by No KK and name; and of these, who has a NIK here. */
  #byCard = 0;
  #withNik = 0;

  constructor(persons: RowPersons, heads: HeadSheets) {
    this.#persons = persons;
    this.#heads = heads;
  }

  without(rows: SourceRow[]): SourceRow[] {
    if (this.#heads.length === 0) return rows;
    this.#persons.look(rows);
    return rows.filter((row) => !this.#isHead(this.#persons.of(row)));
  }

  #isHead(person: RowPerson): boolean {
    const known = this.#heads.map(({ people }) => people.knows(person)).find((by) => by !== null);
    if (known === undefined) return false;
    this.#count += 1;
    if (known === 'card') this.#byCard += 1;
    if (known === 'card' && person.nik !== null) this.#withNik += 1;
    return true;
  }

  tell(findings: Findings): void {
    if (this.#count === 0) return;
    const sheets = this.#heads.map(({ name }) => `"${name}"`).join(', ');
    findings.warn(
      'sheet_joined',
      1,
      `${this.#count.toLocaleString('id-ID')} baris tidak dimasukkan lagi: orangnya sudah masuk dari lembar ${sheets}, dengan keterangan di sana.${this.#byCardText()} Anggota lainnya masuk ke keluarganya menurut No KK. Bila keterangan di lembar ini lebih lengkap, sembunyikan lembar ${sheets}, simpan, lalu periksa lagi.`,
      sheets,
    );
  }

  #byCardText(): string {
    if (this.#byCard === 0) return '';
    const lost =
      this.#withNik === 0
        ? ''
        : `; NIK ${this.#withNik.toLocaleString('id-ID')} orang, yang hanya ada di lembar ini, tidak ikut`;
    return ` ${this.#byCard.toLocaleString('id-ID')} di antaranya tanpa NIK di salah satu lembar dan dikenali dari No KK dan nama${lost}.`;
  }
}

function noteRepeated({ header, context }: Reading): void {
  for (const repeated of header.match.repeated)
    context.findings.warn(
      'column_repeated',
      1,
      `Kolom "${repeated}" ada dua kali; yang pertama yang dibaca.`,
      repeated,
    );
}

/** Too few values (`ShortRows` tells whether that is all), or too many of which one says something: something slid. */
function isShifted(row: SourceRow, width: number): boolean {
  return row.cells.length < width || row.cells.slice(width).some((cell) => textOf(cell) !== null);
}
