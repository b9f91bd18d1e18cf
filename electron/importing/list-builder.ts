import type { DetectedArea, ImportReport } from '../../shared/contract/reference.ts';
import type { ReferenceHousehold } from '../../shared/domain/reference.ts';
import { AppError } from '../../shared/errors.ts';
import type { SourceRow } from './cell.ts';
import type { ReferenceSink } from './read-reference.ts';
import { type ReadRow, type RowContext, RowReader } from './row-reader.ts';

/** Most areas a report names; a list of the whole city has 267. */
const listedAreas = 300;

/** Makes households out of rows that repeat them, wherever in the list they stand. */
export class ListBuilder {
  readonly #context: RowContext;
  readonly #sink: ReferenceSink;
  readonly #rows: RowReader;
  /** What is kept of each household: its size so far and a fingerprint of its repeated columns. */
  readonly #households = new Map<string, { members: number; fingerprint: number }>();
  readonly #niks = new Set<string>();
  readonly #areas = new Map<string, DetectedArea>();
  #persons = 0;
  #withoutNik = 0;

  constructor(context: RowContext, sink: ReferenceSink) {
    this.#context = context;
    this.#sink = sink;
    this.#rows = new RowReader(context);
  }

  /** @throws AppError `import_area_code_system` where the row has area codes and nobody said whose. */
  add(row: SourceRow): void {
    const read = this.#rows.read(row);
    if (read === null) return;
    if (read.area.code !== null && this.#context.areaCodes === null)
      throw new AppError('import_area_code_system');
    const fingerprint = fingerprintOf(read.household);
    const known = this.#households.get(read.key);
    if (!known) {
      this.#sink.household(read.key, read.household);
      this.#countArea(read);
    } else if (known.fingerprint !== fingerprint) {
      this.#context.findings.warn(
        'household_differs',
        row.number,
        'Kolom rumah tangga berbeda antarbaris rumah tangga yang sama; isi baris pertamanya yang dipakai.',
      );
    }
    const members = (known?.members ?? 0) + 1;
    this.#households.set(read.key, { members, fingerprint: known?.fingerprint ?? fingerprint });
    this.#sink.person(read.key, { ...read.person, order: read.person.order || members });
    this.#persons += 1;
    this.#countNik(row, read.person.nik);
  }

  report(): Omit<ImportReport, 'sheet' | 'rows' | 'unknownColumns' | 'absentColumns'> {
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

  #countNik(row: SourceRow, nik: string | null): void {
    if (nik === null) this.#withoutNik += 1;
    else if (this.#niks.has(nik))
      this.#context.findings.warn(
        'nik_repeated',
        row.number,
        'NIK yang sama muncul lebih dari sekali di daftar ini. Keduanya masuk; periksa mana yang benar.',
      );
    else this.#niks.add(nik);
  }

  #countArea({ area, areaName, household: { kelurahan } }: ReadRow): void {
    const name = area.kelurahan ?? '';
    const key = `${area.code ?? ''} ${name}`;
    const known = this.#areas.get(key);
    if (known) known.households += 1;
    else this.#areas.set(key, { code: area.code, name, kelurahan, kelurahanName: areaName, households: 1 });
  }
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
    ...Object.values(household.answers),
  ]) {
    const text = String(part);
    for (let index = 0; index < text.length; index += 1)
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return hash >>> 0;
}
