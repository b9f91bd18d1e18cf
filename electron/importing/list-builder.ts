import type { DetectedArea, ImportReport } from '../../shared/contract/reference.ts';
import { ReferenceHousehold } from '../../shared/domain/reference.ts';
import { isCityElsewhere } from '../../shared/domain/wilayah.ts';
import { AppError } from '../../shared/errors.ts';
import type { AnswerCheck } from './answer-check.ts';
import type { StatedArea } from './areas.ts';
import type { SourceRow } from './cell.ts';
import { NumberSet } from './number-set.ts';
import type { ProfileColumn } from './profile.ts';
import type { ReferenceSink } from './read-reference.ts';
import type { ReadRow, RowContext, RowReader } from './row-reader.ts';

/** Most areas a report names; a list of the whole city has 267. */
const listedAreas = 300;

interface KnownHousehold {
  no: number;
  members: number;
  fingerprint: number;
}

/** Makes households out of rows that repeat them, wherever in the list they stand. */
export class ListBuilder {
  /** Columns that sheets of families brought. */
  readonly familyColumns: ProfileColumn[] = [];
  readonly #context: RowContext;
  readonly #sink: ReferenceSink;
  readonly #check: AnswerCheck | null;
  /** Families of a sheet of their own, until the first of their members comes; as JSON, which is smaller. */
  readonly #held = new Map<string, string>();
  /** What is kept of each household: its place, its size so far and a fingerprint of its repeated columns. */
  readonly #households = new Map<string, KnownHousehold>();
  /** Of the row before: rows that follow each other are mostly of one household. */
  #last: { household: ReferenceHousehold; fingerprint: number } | null = null;
  #before: { key: string; known: KnownHousehold } | null = null;
  readonly #niks = new NumberSet();
  readonly #areas = new Map<string, DetectedArea>();
  #familiesCame = false;
  #persons = 0;
  #withoutNik = 0;

  constructor(context: RowContext, sink: ReferenceSink, check: AnswerCheck | null = null) {
    this.#context = context;
    this.#check = check;
    this.#sink = sink;
  }

  /**
   * A family's own row, kept for its members on a later sheet.
   *
   * @throws AppError as `add`.
   */
  hold(rows: RowReader, row: SourceRow): void {
    const read = rows.readFamily(row);
    if (read === null) return;
    this.#demandCodeSystem(read);
    if (this.#held.has(read.key))
      this.#context.findings.warn(
        'family_repeated',
        row.number,
        'Keluarga yang sama punya lebih dari satu baris di lembar keluarga; baris terakhirnya yang dipakai.',
      );
    this.#familiesCame = true;
    this.#held.set(read.key, JSON.stringify(read.household));
  }

  /** @throws AppError `import_area_code_system` where the row has area codes and nobody said whose. */
  add(rows: RowReader, row: SourceRow): void {
    const read = rows.read(row);
    if (read === null) return;
    this.#demandCodeSystem(read);
    const fingerprint = this.#fingerprintOf(read.household);
    let known = this.#before?.key === read.key ? this.#before.known : this.#households.get(read.key);
    if (!known) {
      known = { no: this.#households.size, members: 0, fingerprint };
      this.#households.set(read.key, known);
      const household = this.#withHeld(read, row);
      this.#sink.household(known.no, household);
      this.#check?.household(read.key, row.number, household);
      if (household.kelurahan === null && !isElsewhere(read.area))
        this.#warnUnknownArea(row, household.kelurahanName);
      this.#countArea(read, household);
    } else if (known.fingerprint !== fingerprint) {
      this.#context.findings.warn(
        'household_differs',
        row.number,
        'Kolom rumah tangga berbeda antarbaris rumah tangga yang sama; isi baris pertamanya yang dipakai.',
      );
    }
    this.#before = { key: read.key, known };
    known.members += 1;
    this.#sink.person(known.no, { ...read.person, order: read.person.order || known.members });
    this.#check?.person(read.key, row.number, read.person);
    this.#persons += 1;
    this.#countNik(row, read.person.nik);
  }

  /** What a row repeats of its household, completed by the family's own row. */
  #withHeld({ key, household }: ReadRow, row: SourceRow): ReferenceHousehold {
    const held = this.#held.get(key);
    if (held === undefined) {
      if (this.#familiesCame)
        this.#context.findings.warn(
          'family_row_missing',
          row.number,
          'Keluarganya tidak ada di lembar keluarga; orangnya masuk tanpa keterangan keluarga.',
        );
      return household;
    }
    this.#held.delete(key);
    const own = ReferenceHousehold.parse(JSON.parse(held));
    return {
      ...own,
      kk: own.kk ?? household.kk,
      street: own.street ?? household.street,
      rt: own.rt ?? household.rt,
      rw: own.rw ?? household.rw,
      kelurahan: own.kelurahan ?? household.kelurahan,
      kelurahanName: own.kelurahanName ?? household.kelurahanName,
      percentile: own.percentile ?? household.percentile,
      desil: own.desil ?? household.desil,
      answers: { ...household.answers, ...own.answers },
    };
  }

  #demandCodeSystem({ area }: Pick<ReadRow, 'area'>): void {
    if (area.code !== null && this.#context.areaCodes === null) throw new AppError('import_area_code_system');
  }

  report(): Omit<ImportReport, 'sheet' | 'rows' | 'unknownColumns' | 'absentColumns'> {
    this.#check?.finish();
    const late = [...this.#held.keys()].filter((key) => this.#households.has(key)).length;
    if (late > 0)
      this.#context.findings.warn(
        'family_sheet_late',
        1,
        `${late.toLocaleString('id-ID')} keluarga berada di lembar sesudah lembar anggotanya dan tidak terbaca. Pindahkan lembar keluarga ke depan lembar anggota, lalu periksa lagi.`,
      );
    const lonely = this.#held.size - late;
    if (lonely > 0)
      this.#context.findings.warn(
        'family_without_members',
        1,
        `${lonely.toLocaleString('id-ID')} keluarga di lembar keluarga tidak punya anggota di lembar anggota dan tidak ikut masuk.`,
      );
    return {
      households: this.#households.size,
      persons: this.#persons,
      withoutNik: this.#withoutNik,
      ...this.#context.findings.report(),
      detectedAreas: [...this.#areas.values()]
        .sort((left, right) => right.households - left.households)
        .slice(0, listedAreas),
    };
  }

  #fingerprintOf(household: ReferenceHousehold): number {
    if (this.#last?.household !== household)
      this.#last = { household, fingerprint: fingerprintOf(household) };
    return this.#last.fingerprint;
  }

  #warnUnknownArea(row: SourceRow, name: string | null): void {
    this.#context.findings.warn(
      'kelurahan_unknown',
      row.number,
      name === null
        ? 'Kelurahannya tidak disebut; rumah tangganya masuk tanpa kelurahan. Nyatakan kelurahannya bila seluruh daftar dari satu kelurahan.'
        : `Kelurahan "${name}" tidak dikenal di DKI Jakarta; rumah tangganya masuk tanpa kelurahan.`,
      name ?? '',
    );
  }

  #countNik(row: SourceRow, nik: string | null): void {
    if (nik === null) this.#withoutNik += 1;
    else if (!this.#niks.add(nik))
      this.#context.findings.warn(
        'nik_repeated',
        row.number,
        'NIK yang sama muncul lebih dari sekali di daftar ini. Keduanya masuk; periksa mana yang benar.',
      );
  }

  #countArea({ area, areaName }: ReadRow, { kelurahan }: ReferenceHousehold): void {
    const name = area.kelurahan ?? '';
    const key = `${area.code ?? ''} ${name}`;
    const known = this.#areas.get(key);
    if (known) known.households += 1;
    else this.#areas.set(key, { code: area.code, name, kelurahan, kelurahanName: areaName, households: 1 });
  }
}

/** Told as such, and no kelurahan of DKI. */
function isElsewhere({ kabkota }: StatedArea): boolean {
  return kabkota !== null && isCityElsewhere(kabkota);
}

/** FNV-1a over what repeats on every row: enough to notice that rows disagree, cheap to keep. */
function fingerprintOf(household: ReferenceHousehold): number {
  let hash = 0x811c9dc5;
  for (const part of [
    household.street,
    household.rt,
    household.rw,
    household.kelurahanName,
    household.percentile,
    household.desil,
    ...Object.values(household.answers),
  ]) {
    const text = String(part);
    for (let index = 0; index < text.length; index += 1)
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return hash >>> 0;
}
