import type { AreaCodeSystem, ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import type { Relation } from '../../shared/domain/person.ts';
import { findRtRw, readRtRw } from '../../shared/domain/rt-rw.ts';
import type { AreaDoubt, AreaFinder, FoundArea, StatedArea } from './areas.ts';
import { textOf, wholeNumber, type Cell, type SourceRow } from './cell.ts';
import { plainRow } from './cleared-cells.ts';
import { DateColumn } from './date-column.ts';
import type { Findings, Wrong } from './findings.ts';
import { HouseholdIdentity, type Identity, wrongOf } from './household-identity.ts';
import { nikAsWritten, relationAsWritten } from './merge.ts';
import { NumberColumns } from './number-columns.ts';
import { readIdentity } from './numbers.ts';
import type { ColumnRole, HeaderMatch, Profile, ProfileColumn } from './profile.ts';
import { RowColumns, slsAnswer } from './row-columns.ts';
import { readAge, readAnswer, readRelation, readSex } from './values.ts';

export interface RowContext {
  profile: Profile;
  findArea: AreaFinder;
  areaCodes: AreaCodeSystem | null;
  /** Kemendagri code and name of the kelurahan that rows without one belong to; null where nobody said so. */
  kelurahan: { code: string; name: string } | null;
  today: string;
  findings: Findings;
  /** Which of the sheets that are read, from 1; two have rows of one number. */
  sheetNo: number;
  /** Identities that were given to somebody of this list by who they are. */
  named: Set<string>;
}

/** A row that may come in. */
export interface ReadRow {
  /** Tells the households of a list apart. */
  key: string;
  household: ReferenceHousehold;
  person: ReferencePerson;
  area: StatedArea;
  /** Official name of the kelurahan that the area was taken for. */
  areaName: string | null;
}

/** What a row says of its household. */
interface HouseholdPart {
  household: ReferenceHousehold;
  area: StatedArea;
  areaName: string | null;
}

/** The row before, where its household gave no cause for a warning. */
interface RowBefore extends HouseholdPart {
  cells: readonly Cell[];
}

/** Turns rows into households and persons; a row that cannot be trusted is refused with its reason. */
export class RowReader {
  readonly #context: RowContext;
  readonly #columns: RowColumns;
  readonly #numbers: NumberColumns;
  readonly #dates: DateColumn;
  readonly #identity: HouseholdIdentity;
  #before: RowBefore | null = null;
  /** Written in few ways, and read for every person. */
  readonly #readSex = remembering(readSex);
  readonly #readRelation: (cell: Cell | undefined) => Relation | null;

  /** @param from1904 whether the sheet counts its days from 1904. */
  constructor(context: RowContext, match: HeaderMatch, from1904 = false) {
    this.#context = context;
    this.#readRelation = remembering((cell) => readRelation(cell, context.profile.relationCodes === true));
    this.#columns = new RowColumns(context.profile, match);
    this.#numbers = new NumberColumns(this.#columns);
    this.#dates = new DateColumn(context, this.#columns, from1904);
    this.#identity = new HouseholdIdentity(context, this.#columns, this.#numbers);
  }

  /** Looks at rows that are to be read next: some things are told by many of them only. */
  look(rows: readonly SourceRow[]): void {
    this.#numbers.look(rows);
    this.#dates.look(rows);
  }

  /** A family's own row on a sheet of families; null where the row was refused. */
  readFamily(raw: SourceRow): Omit<ReadRow, 'person'> | null {
    const { row, cleared } = this.#plain(raw);
    const identity = this.#identity.of(row);
    if (Array.isArray(identity)) return this.#refuse(raw, identity);
    const part = this.#householdPart(row, identity);
    this.#noteCleared(part.household, 'household', cleared);
    return { key: identity.key, ...part };
  }

  /** Null where the row was refused. */
  read(raw: SourceRow): ReadRow | null {
    const { row, cleared } = this.#plain(raw);
    const identity = this.#identity.of(row);
    const name = this.#text(row, 'name');
    const nik = this.#numbers.nik(row);
    if (Array.isArray(identity) || name === null || nik.kind === 'damaged') {
      const wrongs = Array.isArray(identity) ? identity : [];
      if (name === null) wrongs.push(wrongOf(this.#columns, row, nameless));
      if (nik.kind === 'damaged') wrongs.push(wrongOf(this.#columns, row, ['nik_damaged', nik.why, ['nik']]));
      return this.#refuse(raw, wrongs);
    }
    if (nik.kind === 'blank' && nik.filler)
      this.#warn(
        row,
        'nik_filler',
        'NIK berisi angka pengisi (0, strip, atau angka kembar); dianggap belum ada NIK.',
      );
    if (nik.kind === 'odd')
      this.#warn(
        row,
        'nik_odd',
        'NIK bukan 16 angka; orangnya tetap masuk tanpa NIK, dan tulisan aslinya disimpan.',
      );
    if (nik.kind === 'whole' && nik.asNumber)
      this.#warn(
        row,
        'nik_as_number',
        'NIK tersimpan sebagai angka, tetapi ke-16 digitnya masih utuh. Lain kali simpan kolomnya sebagai teks.',
      );
    const part = cleared.size === 0 ? this.#repeatedPart(row, identity) : this.#householdPart(row, identity);
    const person = this.#person(row, name, nik.kind === 'whole' ? nik.digits : null, identity.kk);
    if (nik.kind === 'odd') person.answers[nikAsWritten] = nik.text;
    this.#noteCleared(part.household, 'household', cleared);
    this.#noteCleared(person, 'member', cleared);
    const household = this.#identity.namedByPerson(part.household, person);
    return { key: identity.key, person, ...part, household };
  }

  /** Refuses a row as it stands in the file, for all that is wrong with it. */
  #refuse(raw: SourceRow, [first, ...others]: readonly Wrong[]): null {
    if (first !== undefined)
      this.#context.findings.refuse(raw, [first, ...others], this.#dates.trusted(plainRow(raw).row));
    return null;
  }

  #plain(raw: SourceRow): ReturnType<typeof plainRow> {
    const plain = plainRow(raw);
    for (const place of plain.errors) {
      const header = this.#columns.headerAt(place);
      if (header !== null)
        this.#warn(
          raw,
          'cell_error',
          `Kolom ${header} berisi kesalahan rumus (${textOf(raw.cells[place])}); selnya dianggap kosong.`,
          header,
        );
    }
    return plain;
  }

  #householdPart(row: SourceRow, identity: Identity): HouseholdPart {
    const area = this.#statedArea(row);
    const found = this.#findArea(row, area);
    const household = this.#household(row, identity, area.kelurahan, found);
    return { household, area, areaName: found.name };
  }

  /** The same, not read again where the row before says the same and nothing was odd about it. */
  #repeatedPart(row: SourceRow, identity: Identity): HouseholdPart {
    const before = this.#before;
    if (
      before !== null &&
      before.household.sourceId === identity.sourceId &&
      before.household.kk === identity.kk &&
      this.#columns.householdCells.every((index) => before.cells[index] === row.cells[index])
    )
      return before;
    const { findings } = this.#context;
    const warned = findings.warned;
    const part = this.#householdPart(row, identity);
    this.#before = findings.warned === warned ? { ...part, cells: row.cells } : null;
    return part;
  }

  #noteCleared(
    target: ReferenceHousehold | ReferencePerson,
    scope: ProfileColumn['scope'],
    cleared: ReadonlySet<number>,
  ): void {
    if (cleared.size === 0) return;
    const fields = this.#columns.fieldsAt(cleared, scope);
    if (fields.length > 0) target.cleared = fields;
  }

  #household(
    row: SourceRow,
    identity: Identity,
    statedName: string | null,
    found: FoundArea,
  ): ReferenceHousehold {
    const street = this.#text(row, 'street');
    const inText = findRtRw(this.#text(row, 'sls')) ?? findRtRw(street);
    const { rt, rw } = this.#rtRw(row);
    const answers = this.#answersOf(row, 'household');
    const sls = this.#text(row, 'sls');
    if (sls !== null) answers[slsAnswer] = sls;
    return {
      sourceId: identity.sourceId,
      kk: identity.kk,
      street,
      rt: rt ?? inText?.rt ?? null,
      rw: rw ?? inText?.rw ?? null,
      kelurahan: found.kelurahan,
      kelurahanName: statedName ?? found.name,
      percentile: this.#rank(row, 'percentile', { from: 0, to: 100, label: 'Persentil' }),
      desil: this.#rank(row, 'desil', { from: 1, to: 10, label: 'Desil' }),
      answers,
    };
  }

  /** What stands in one of the two columns and is no number of it is told; zeros and dashes say nothing. */
  #rtRw(row: SourceRow): ReturnType<typeof readRtRw> {
    const said = { rt: this.#text(row, 'rt'), rw: this.#text(row, 'rw') };
    const read = readRtRw(said.rt, said.rw);
    for (const role of ['rt', 'rw'] as const)
      if (read[role] === null && said[role] !== null && !/^[-0.\s/]*$/.test(said[role]))
        this.#warn(
          row,
          `${role}_unreadable`,
          `${role.toUpperCase()} "${said[role]}" tidak dapat dibaca dan dikosongkan.`,
        );
    return read;
  }

  #findArea(row: SourceRow, area: StatedArea): FoundArea {
    const { kelurahan } = this.#context;
    const stated = this.#context.findArea(area, this.#context.areaCodes);
    const found =
      kelurahan !== null &&
      stated.kelurahan === null &&
      area.kelurahan === null &&
      !stated.doubts.includes('city_elsewhere')
        ? { ...stated, kelurahan: kelurahan.code, name: kelurahan.name }
        : stated;
    for (const doubt of found.doubts) this.#warnArea(row, doubt, area);
    return found;
  }

  #person(row: SourceRow, name: string, nik: string | null, kk: string | null): ReferencePerson {
    const said = this.#text(row, 'relation');
    const relation = this.#relation(row);
    return {
      sourceId: this.#personId(row),
      order: wholeNumber(this.#cell(row, 'order')) ?? 0,
      name,
      nik,
      kk,
      sex: this.#told(row, 'sex', this.#readSex, 'Jenis kelamin'),
      birthPlace: this.#text(row, 'birth_place'),
      birthDate: this.#dates.read(row),
      age: this.#told(row, 'age', readAge, 'Umur'),
      relation,
      familyNo: positive(wholeNumber(this.#cell(row, 'family_no'))),
      motherName: this.#text(row, 'mother_name'),
      answers: {
        ...this.#answersOf(row, 'member'),
        ...(relation === null && said !== null && /\w/.test(said) && { [relationAsWritten]: said }),
      },
    };
  }

  /** A long number that was rounded would make two people one. */
  #personId(row: SourceRow): string | null {
    const id = readIdentity(this.#cell(row, 'person_id'));
    if (id.kind === 'damaged')
      this.#warn(
        row,
        'person_id_damaged',
        'ID orang tersimpan sebagai angka panjang dan sudah dibulatkan; ID-nya dikosongkan supaya dua orang tidak dianggap satu. Minta ekspor ulang dengan kolom ID bertipe teks.',
      );
    return id.kind === 'whole' ? id.text : null;
  }

  /** A number whose meaning the list does not tell is no relation; it is told, and kept as it stands. */
  #relation(row: SourceRow): Relation | null {
    const said = this.#text(row, 'relation');
    const relation = this.#readRelation(this.#cell(row, 'relation'));
    if (relation === null && said !== null)
      this.#warn(
        row,
        'relation_unreadable',
        /^\d+$/.test(said)
          ? `Hubungan keluarga "${said}" adalah angka yang artinya tidak disebut daftar ini; disimpan apa adanya sebagai keterangan.`
          : `Hubungan keluarga "${said}" tidak dikenal; disimpan apa adanya sebagai keterangan.`,
      );
    return relation;
  }

  /** A value that is there but says nothing we know becomes null, and is told. */
  #told<Value>(
    row: SourceRow,
    role: ColumnRole,
    read: (cell: Cell | undefined) => Value | null,
    label: string,
  ): Value | null {
    const cell = this.#cell(row, role);
    const value = read(cell);
    if (value === null && textOf(cell) !== null)
      this.#warn(row, `${role}_unreadable`, `${label} "${textOf(cell)}" tidak dapat dibaca dan dikosongkan.`);
    return value;
  }

  /** `12`, `Desil 3`; what lies outside its scale is emptied and told. */
  #rank(
    row: SourceRow,
    role: 'percentile' | 'desil',
    { from, to, label }: { from: number; to: number; label: string },
  ): number | null {
    const text = this.#text(row, role);
    if (text === null) return null;
    const value = wholeNumber(text.replace(/^(desil|persentil|d|p)\s*/i, ''));
    if (value !== null && value >= from && value <= to) return value;
    this.#warn(
      row,
      `${role}_unreadable`,
      `${label} "${text}" bukan angka ${from} sampai ${to} dan dikosongkan.`,
    );
    return null;
  }

  #answersOf(row: SourceRow, scope: ProfileColumn['scope']): Record<string, string> {
    const answers: Record<string, string> = {};
    for (const { column, index } of this.#columns.answers) {
      if (column.scope !== scope) continue;
      const text = readAnswer(column, row.cells[index]);
      if (text === null) continue;
      const answer = column.convert === undefined ? text : (column.convert(text) ?? text);
      if (this.#isUnknown(column, text, answer)) {
        this.#warn(
          row,
          'code_unknown',
          `Kolom ${column.header} berisi kode "${text}" yang tidak ada di daftar kode; disimpan apa adanya.`,
          `${column.field} ${text}`,
        );
      }
      answers[column.field] = answer;
    }
    const derived = scope === 'member' ? this.#context.profile.derive?.(answers) : undefined;
    return { ...answers, ...derived };
  }

  #isUnknown(column: ProfileColumn, text: string, answer: string): boolean {
    if (column.codes !== undefined) return !column.codes.includes(answer);
    return column.convert !== undefined && column.convert(text) === null;
  }

  #statedArea(row: SourceRow): StatedArea {
    const codes = (['provinsi_code', 'kabkota_code', 'kecamatan_code', 'kelurahan_code'] as const).map(
      (role) => digitsOf(this.#cell(row, role)),
    );
    return {
      kabkota: this.#text(row, 'kabkota'),
      kecamatan: this.#text(row, 'kecamatan'),
      kelurahan: this.#text(row, 'kelurahan'),
      code: codes.every((code) => !code) ? null : codes.filter((code) => code).join('-'),
      kabkotaCode: kabkotaCodeOf(codes),
    };
  }

  #warnArea(row: SourceRow, doubt: AreaDoubt, area: StatedArea): void {
    const place = `${area.kelurahan ?? '(tanpa kelurahan)'}, ${area.kecamatan ?? '(tanpa kecamatan)'}`;
    switch (doubt) {
      case 'city_elsewhere':
        return this.#warn(
          row,
          doubt,
          `${area.kabkota} bukan kota di DKI Jakarta; rumah tangganya masuk tanpa kelurahan.`,
          area.kabkota ?? '',
        );
      case 'kecamatan_differs':
        return this.#warn(
          row,
          doubt,
          `${place}: kelurahan ini berada di kecamatan lain. Periksa wilayahnya.`,
          place,
        );
      case 'other_code_system':
        return this.#warn(
          row,
          doubt,
          `Kode kota ${area.kabkotaCode} dengan nama ${area.kabkota ?? place} cocok dengan sistem kode yang lain. Periksa pilihan BPS atau Kemendagri.`,
          area.kabkotaCode ?? '',
        );
      case 'code_contradicts_name':
        return this.#warn(
          row,
          doubt,
          `Kode kota ${area.kabkotaCode} tidak cocok dengan nama ${area.kabkota ?? place} di sistem kode mana pun.`,
          area.kabkotaCode ?? '',
        );
    }
  }

  #cell(row: SourceRow, role: ColumnRole): Cell | undefined {
    return this.#columns.cell(row, role);
  }

  #text(row: SourceRow, role: ColumnRole): string | null {
    return this.#columns.text(row, role);
  }

  #warn(row: SourceRow, code: string, message: string, about?: string): void {
    this.#context.findings.warn(code, row.number, message, about);
  }
}

const nameless: Parameters<typeof wrongOf>[2] = [
  'name_missing',
  'Nama kosong, sehingga tidak ada yang dapat dicocokkan.',
  ['name'],
];

/** The ways of writing a value that are remembered, at most: a column that was mistaken for another has thousands. */
const mostWays = 100;

function remembering<Value>(read: (cell: Cell | undefined) => Value | null): typeof read {
  const known = new Map<Cell | undefined, Value | null>();
  return (cell) => {
    const value = known.get(cell);
    if (value !== undefined) return value;
    const fresh = read(cell);
    if (known.size < mostWays) known.set(cell, fresh);
    return fresh;
  };
}

function positive(value: number | null): number | null {
  return value === null || value === 0 ? null : value;
}

/** Four digits of province and city, from parts (`31` and `73`) or from any full code (`3173050003`). */
function kabkotaCodeOf([provinsi, kabkota, kecamatan, kelurahan]: readonly (string | null)[]): string | null {
  const full = [kabkota, kecamatan, kelurahan].find((code) => code && code.length >= 4);
  if (full) return full.slice(0, 4);
  return provinsi && kabkota ? provinsi + kabkota.padStart(2, '0') : null;
}

function digitsOf(cell: Cell | undefined): string | null {
  const digits = textOf(cell)?.replace(/\D/g, '') ?? '';
  return digits === '' ? null : digits;
}
