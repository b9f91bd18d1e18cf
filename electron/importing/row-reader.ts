import type { AreaCodeSystem, ReferenceHousehold, ReferencePerson } from '../../shared/domain/reference.ts';
import type { AreaFinder, FoundArea, StatedArea } from './areas.ts';
import { textOf, wholeNumber, type Cell, type SourceRow } from './cell.ts';
import type { Findings } from './findings.ts';
import { readIdentity, readSixteenDigits } from './numbers.ts';
import type { ColumnRole, HeaderMatch, ProfileColumn } from './profile.ts';
import { findRtRw, readAnswer, readDate, readRelation, readSex } from './values.ts';

export interface RowContext {
  match: HeaderMatch;
  findArea: AreaFinder;
  areaCodes: AreaCodeSystem | null;
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

/** Turns rows into households and persons; a row that cannot be trusted is refused with its reason. */
export class RowReader {
  readonly #context: RowContext;
  readonly #byRole: ReadonlyMap<ColumnRole, { column: ProfileColumn; index: number }>;
  readonly #answers: readonly { column: ProfileColumn; index: number }[];

  constructor(context: RowContext) {
    this.#context = context;
    const columns = [...context.match.at].map(([column, index]) => ({ column, index }));
    this.#byRole = new Map(
      columns.filter(({ column }) => column.role !== 'answer').map((entry) => [entry.column.role, entry]),
    );
    this.#answers = columns.filter(({ column }) => column.role === 'answer');
  }

  /** Null where the row was refused. */
  read(row: SourceRow): ReadRow | null {
    const identity = this.#householdIdentity(row);
    const name = textOf(this.#cell(row, 'name'));
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
    const area = this.#statedArea(row);
    const found = this.#findArea(row, area);
    const household = this.#household(row, identity, area.kelurahan, found.kelurahan);
    const person = this.#person(row, name, nik.kind === 'whole' ? nik.digits : null, identity.kk);
    if (nik.kind === 'odd') person.answers['nik_asal'] = nik.text;
    return { key: identity.key, household, person, area, areaName: found.name };
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
    if (personId.kind !== 'whole')
      return this.#refuse(
        row,
        'household_id_missing',
        'No KK kosong dan tidak ada ID lain, sehingga keluarganya tidak dapat dikenali.',
        ['kk', 'person_id'],
      );
    this.#warn(row, 'kk_blank', 'No KK kosong; setiap orangnya masuk sebagai keluarga sendiri.');
    return { key: `id ${personId.text}`, sourceId: personId.text, kk: null };
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
    kelurahanName: string | null,
    kelurahan: string | null,
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
      kelurahan,
      kelurahanName,
      percentile: this.#percentile(row),
      answers,
    };
  }

  #findArea(row: SourceRow, area: StatedArea): FoundArea {
    const found = this.#context.findArea(area, this.#context.areaCodes);
    for (const doubt of found.doubts) this.#warnArea(row, doubt, area);
    if (found.kelurahan === null)
      this.#warn(
        row,
        'kelurahan_unknown',
        `Kelurahan "${area.kelurahan ?? '(kosong)'}" tidak dikenal di DKI Jakarta; rumah tangganya masuk tanpa kelurahan.`,
        area.kelurahan ?? '',
      );
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

  #percentile(row: SourceRow): number | null {
    const value = wholeNumber(this.#cell(row, 'percentile'));
    if (value === null || value <= 100) return value;
    this.#warn(row, 'percentile_unreadable', `Persentil ${value} lebih dari 100 dan dikosongkan.`);
    return null;
  }

  #answersOf(row: SourceRow, scope: ProfileColumn['scope']): Record<string, string> {
    const answers: Record<string, string> = {};
    for (const { column, index } of this.#answers) {
      if (column.scope !== scope) continue;
      const answer = readAnswer(column, row.cells[index]);
      if (answer === null) continue;
      if (column.codes && !column.codes.includes(answer)) {
        this.#warn(
          row,
          'code_unknown',
          `Kolom ${column.header} berisi kode "${answer}" yang tidak ada di daftar kode; disimpan apa adanya.`,
          `${column.field} ${answer}`,
        );
      }
      answers[column.field] = answer;
    }
    return answers;
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
    const entry = this.#byRole.get(role);
    return entry && row.cells[entry.index];
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
      roles.flatMap((role) => this.#byRole.get(role)?.column.header ?? []),
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
