import type { AreaCodeSystem, ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import type { AreaFinder, FoundArea, StatedArea } from './areas.ts';
import { textOf, wholeNumber, type Cell, type SourceRow } from './cell.ts';
import { withoutTokens } from './cleared-cells.ts';
import type { Findings } from './findings.ts';
import { readIdentity, readSixteenDigits } from './numbers.ts';
import { type ColumnRole, type HeaderMatch, isAnswer, type Profile, type ProfileColumn } from './profile.ts';
import { findRtRw, readAnswer, readDate, readRelation, readSex } from './values.ts';

export interface RowContext {
  profile: Profile;
  findArea: AreaFinder;
  areaCodes: AreaCodeSystem | null;
  /** Kemendagri code and name of the kelurahan that rows without one belong to; null where nobody said so. */
  kelurahan: { code: string; name: string } | null;
  today: string;
  findings: Findings;
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

interface LocatedColumn {
  column: ProfileColumn;
  index: number;
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

/** Roles of which a household is made, whatever else its columns answer. */
const householdRoles: ReadonlySet<ColumnRole> = new Set([
  'street',
  'sls',
  'rt',
  'rw',
  'percentile',
  'desil',
  'kabkota',
  'kecamatan',
  'kelurahan',
  'provinsi_code',
  'kabkota_code',
  'kecamatan_code',
  'kelurahan_code',
]);

/** Turns rows into households and persons; a row that cannot be trusted is refused with its reason. */
export class RowReader {
  readonly #context: RowContext;
  /** The columns of each role, in the order of the profile: the first that says something counts. */
  readonly #byRole: ReadonlyMap<ColumnRole, readonly LocatedColumn[]>;
  readonly #answers: readonly LocatedColumn[];
  /** Where a row repeats what the others of its household say. */
  readonly #householdCells: readonly number[];
  #before: RowBefore | null = null;

  constructor(context: RowContext, match: HeaderMatch) {
    this.#context = context;
    const columns = context.profile.columns.flatMap((column) => {
      const index = match.at.get(column);
      return index === undefined ? [] : [{ column, index }];
    });
    this.#byRole = Map.groupBy(columns, ({ column }) => column.role);
    this.#answers = columns
      .filter(({ column }) => isAnswer(column))
      .toSorted((left, right) => left.index - right.index);
    this.#householdCells = columns
      .filter(({ column: { role, scope } }) => scope === 'household' || householdRoles.has(role))
      .map(({ index }) => index);
  }

  /** A family's own row on a sheet of families; null where the row was refused. */
  readFamily(raw: SourceRow): Omit<ReadRow, 'person'> | null {
    const { row, cleared } = withoutTokens(raw);
    const identity = this.#householdIdentity(row);
    if (identity === null) return null;
    const part = this.#householdPart(row, identity);
    this.#noteCleared(part.household, 'household', cleared);
    return { key: identity.key, ...part };
  }

  /** Null where the row was refused. */
  read(raw: SourceRow): ReadRow | null {
    const { row, cleared } = withoutTokens(raw);
    const identity = this.#householdIdentity(row);
    const name = this.#text(row, 'name');
    if (identity === null) return null;
    if (name === null)
      return this.#refuse(row, 'name_missing', 'Nama kosong, sehingga tidak ada yang dapat dicocokkan.', [
        'name',
      ]);
    const nik = readSixteenDigits(this.#cell(row, 'nik'), 'NIK');
    if (nik.kind === 'damaged') return this.#refuse(row, 'nik_damaged', nik.why, ['nik']);
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
    if (nik.kind === 'odd') person.answers['nik_asal'] = nik.text;
    this.#noteCleared(part.household, 'household', cleared);
    this.#noteCleared(person, 'member', cleared);
    return { key: identity.key, person, ...part };
  }

  #householdPart(row: SourceRow, identity: { sourceId: string; kk: string | null }): HouseholdPart {
    const area = this.#statedArea(row);
    const found = this.#findArea(row, area);
    const household = this.#household(row, identity, area.kelurahan, found);
    return { household, area, areaName: found.name };
  }

  /** The same, not read again where the row before says the same and nothing was odd about it. */
  #repeatedPart(row: SourceRow, identity: { sourceId: string; kk: string | null }): HouseholdPart {
    const before = this.#before;
    if (
      before !== null &&
      before.household.sourceId === identity.sourceId &&
      before.household.kk === identity.kk &&
      this.#householdCells.every((index) => before.cells[index] === row.cells[index])
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
    const fields = [...this.#byRole.values()]
      .flat()
      .filter(({ column, index }) => column.scope === scope && cleared.has(index))
      .map(({ column }) => (column.role === 'answer' ? column.field : column.role));
    if (fields.length > 0) target.cleared = fields;
  }

  #householdIdentity(row: SourceRow): { key: string; sourceId: string; kk: string | null } | null {
    const kk = readSixteenDigits(this.#cell(row, 'kk'), 'No KK');
    if (kk.kind === 'damaged') return this.#refuse(row, 'kk_damaged', kk.why, ['kk']);
    const digits = kk.kind === 'whole' ? kk.digits : null;
    if (kk.kind === 'odd')
      this.#warn(row, 'kk_odd', 'No KK bukan 16 angka; rumah tangganya dikenali dari tulisan aslinya.');
    if (this.#byRole.has('household_id')) return this.#ownIdentity(row, digits);
    const text = digits ?? (kk.kind === 'odd' ? kk.text : null);
    if (text !== null) return { key: `kk ${text}`, sourceId: text, kk: digits };
    const personId = readIdentity(this.#cell(row, 'person_id'));
    if (personId.kind !== 'whole' && this.#context.profile.ofPersons) return this.#personIdentity(row);
    if (personId.kind !== 'whole')
      return this.#refuse(
        row,
        'household_id_missing',
        'No KK kosong dan tidak ada ID lain, sehingga keluarganya tidak dapat dikenali.',
        ['kk', 'person_id'],
      );
    if (!this.#context.profile.ofPersons)
      this.#warn(row, 'kk_blank', 'No KK kosong; setiap orangnya masuk sebagai keluarga sendiri.');
    return { key: `id ${personId.text}`, sourceId: personId.text, kk: null };
  }

  /** Somebody of a list of persons who has neither card nor ID: known by NIK, else only by the row. */
  #personIdentity(row: SourceRow): { key: string; sourceId: string; kk: null } {
    const nik = readSixteenDigits(this.#cell(row, 'nik'), 'NIK');
    const text = nik.kind === 'whole' ? nik.digits : `baris ${row.number}`;
    return { key: `orang ${text}`, sourceId: text, kk: null };
  }

  #ownIdentity(
    row: SourceRow,
    kk: string | null,
  ): { key: string; sourceId: string; kk: string | null } | null {
    const id = readIdentity(this.#cell(row, 'household_id'));
    switch (id.kind) {
      case 'whole':
        return { key: id.text, sourceId: id.text, kk };
      case 'blank':
        return this.#refuse(
          row,
          'household_id_missing',
          'ID rumah tangga kosong, sehingga rumah tangganya tidak dapat dikenali.',
          ['household_id'],
        );
      case 'damaged':
        return this.#refuse(
          row,
          'household_id_damaged',
          'ID rumah tangga tersimpan sebagai angka panjang dan sudah dibulatkan; rumah tangga yang berbeda bisa tercampur.',
          ['household_id'],
        );
    }
  }

  #household(
    row: SourceRow,
    identity: { sourceId: string; kk: string | null },
    statedName: string | null,
    found: FoundArea,
  ): ReferenceHousehold {
    const street = this.#text(row, 'street');
    const inText = findRtRw(this.#text(row, 'sls')) ?? findRtRw(street);
    const answers = this.#answersOf(row, 'household');
    const sls = this.#text(row, 'sls');
    if (sls !== null) answers['nama_sls'] = sls;
    return {
      sourceId: identity.sourceId,
      kk: identity.kk,
      street,
      rt: positive(wholeNumber(this.#cell(row, 'rt'))) ?? inText?.rt ?? null,
      rw: positive(wholeNumber(this.#cell(row, 'rw'))) ?? inText?.rw ?? null,
      kelurahan: found.kelurahan,
      kelurahanName: statedName ?? found.name,
      percentile: this.#rank(row, 'percentile', { from: 0, to: 100, label: 'Persentil' }),
      desil: this.#rank(row, 'desil', { from: 1, to: 10, label: 'Desil' }),
      answers,
    };
  }

  #findArea(row: SourceRow, area: StatedArea): FoundArea {
    const { kelurahan } = this.#context;
    const stated = this.#context.findArea(area, this.#context.areaCodes);
    const found =
      kelurahan !== null && stated.kelurahan === null && area.kelurahan === null
        ? { ...stated, kelurahan: kelurahan.code, name: kelurahan.name }
        : stated;
    for (const doubt of found.doubts) this.#warnArea(row, doubt, area);
    return found;
  }

  #person(row: SourceRow, name: string, nik: string | null, kk: string | null): ReferencePerson {
    const age = wholeNumber(this.#cell(row, 'age'));
    return {
      sourceId: this.#text(row, 'person_id'),
      order: wholeNumber(this.#cell(row, 'order')) ?? 0,
      name,
      nik,
      kk,
      sex: this.#told(row, 'sex', readSex, 'Jenis kelamin'),
      birthPlace: this.#text(row, 'birth_place'),
      birthDate: this.#told(
        row,
        'birth_date',
        (cell) => readDate(cell, this.#context.today),
        'Tanggal lahir',
      ),
      age: age !== null && age <= 130 ? age : null,
      relation: this.#told(row, 'relation', readRelation, 'Hubungan keluarga'),
      familyNo: positive(wholeNumber(this.#cell(row, 'family_no'))),
      motherName: this.#text(row, 'mother_name'),
      answers: this.#answersOf(row, 'member'),
    };
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
    for (const { column, index } of this.#answers) {
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

  #warnArea(
    row: SourceRow,
    doubt: 'kecamatan_differs' | 'other_code_system' | 'code_contradicts_name',
    area: StatedArea,
  ): void {
    const place = `${area.kelurahan ?? '(tanpa kelurahan)'}, ${area.kecamatan ?? '(tanpa kecamatan)'}`;
    switch (doubt) {
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
    const columns = this.#byRole.get(role);
    const [first] = columns ?? [];
    if (columns === undefined || first === undefined) return undefined;
    if (columns.length === 1) return row.cells[first.index];
    const said = columns.find(({ index }) => textOf(row.cells[index]) !== null) ?? first;
    return row.cells[said.index];
  }

  #text(row: SourceRow, role: ColumnRole): string | null {
    return textOf(this.#cell(row, role));
  }

  #warn(row: SourceRow, code: string, message: string, about?: string): void {
    this.#context.findings.warn(code, row.number, message, about);
  }

  #refuse(
    row: SourceRow,
    reason: Parameters<Findings['refuse']>[1],
    message: string,
    roles: ColumnRole[],
  ): null {
    this.#context.findings.refuse(
      row.number,
      reason,
      message,
      roles.flatMap((role) => this.#byRole.get(role)?.[0]?.column.header ?? []),
    );
    return null;
  }
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
