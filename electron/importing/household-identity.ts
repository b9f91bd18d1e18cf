import {
  identityOfRow,
  isLastingIdentity,
  type ReferenceHousehold,
  type ReferencePerson,
} from '../../shared/domain/reference.ts';
import type { Cell, SourceRow } from './cell.ts';
import type { Wrong } from './findings.ts';
import type { NumberColumns } from './number-columns.ts';
import { readIdentity } from './numbers.ts';
import type { ColumnRole } from './profile.ts';
import type { RowColumns } from './row-columns.ts';
import type { RowContext } from './row-reader.ts';

/** What a household is called by its source, and its No KK where it is whole. */
export interface Identity {
  sourceId: string;
  kk: string | null;
}

export interface KeyedIdentity extends Identity {
  /** Tells the households of a list apart. */
  key: string;
}

/** Digits from which a No KK of another length is taken for a number that somebody typed wrong. */
const fewestCardDigits = 10;

type IdentityContext = Pick<RowContext, 'profile' | 'findings' | 'sheetNo' | 'named'>;

/** By what the rows of a list are told to be of one household: its own ID, its No KK, or who stands alone in it. */
export class HouseholdIdentity {
  readonly #context: IdentityContext;
  readonly #columns: RowColumns;
  readonly #numbers: NumberColumns;
  /** What the row before called its household: most are followed by another of it. */
  #before: { cell: Cell | undefined; id: ReturnType<typeof readIdentity> } = {
    cell: undefined,
    id: { kind: 'blank' },
  };

  constructor(context: IdentityContext, columns: RowColumns, numbers: NumberColumns) {
    this.#context = context;
    this.#columns = columns;
    this.#numbers = numbers;
  }

  /** What is wrong with the row, where it cannot be told. */
  of(row: SourceRow): KeyedIdentity | Wrong[] {
    const kk = this.#numbers.kk(row);
    if (kk.kind === 'damaged') {
      const wrong = wrongOf(this.#columns, row, ['kk_damaged', kk.why, ['kk']]);
      const own = this.#columns.has('household_id') ? this.#ownIdentity(row, null) : [];
      return [wrong, ...(Array.isArray(own) ? own : [])];
    }
    const digits = kk.kind === 'whole' ? kk.digits : null;
    const odd = kk.kind === 'odd' ? this.#oddKk(row, kk.text) : null;
    if (this.#columns.has('household_id')) return this.#ownIdentity(row, digits);
    const text = digits ?? odd;
    if (text !== null) return { key: `kk ${text}`, sourceId: text, kk: digits };
    const personId = readIdentity(this.#columns.cell(row, 'person_id'));
    if (personId.kind !== 'whole' && this.#context.profile.ofPersons) return this.#personIdentity(row);
    if (personId.kind !== 'whole')
      return this.#wrong(
        row,
        'household_id_missing',
        'No KK kosong dan tidak ada ID lain, sehingga keluarganya tidak dapat dikenali.',
        ['kk', 'person_id'],
      );
    if (!this.#context.profile.ofPersons)
      this.#warn(row, 'kk_blank', 'No KK kosong; setiap orangnya masuk sebagai keluarga sendiri.');
    return { key: `id ${personId.text}`, sourceId: personId.text, kk: null };
  }

  /** A No KK that lacks digits still tells one card; a word in its place is written for many families. */
  #oddKk(row: SourceRow, text: string): string | null {
    if (text.replace(/\D/g, '').length >= fewestCardDigits) {
      this.#warn(row, 'kk_odd', 'No KK bukan 16 angka; rumah tangganya dikenali dari tulisan aslinya.');
      return text;
    }
    this.#warn(row, 'kk_no_number', 'Kolom No KK berisi tulisan, bukan nomor; No KK-nya dianggap kosong.');
    return null;
  }

  /**
   * The household of somebody who is known by the row alone, called by who that is: name, birth date and kelurahan.
   * Without a birth date, or as the second of a list, it keeps its row, which is no lasting identity.
   */
  namedByPerson(household: ReferenceHousehold, { name, birthDate }: ReferencePerson): ReferenceHousehold {
    if (isLastingIdentity(household.sourceId) || birthDate === null) return household;
    const sourceId = ['orang', name.toUpperCase(), birthDate, household.kelurahan ?? []].flat().join(' ');
    const { named } = this.#context;
    if (named.has(sourceId)) return household;
    named.add(sourceId);
    return { ...household, sourceId };
  }

  /** Somebody of a list of persons who has neither card nor ID: known by NIK, else only by the row. */
  #personIdentity(row: SourceRow): KeyedIdentity {
    const nik = this.#numbers.nik(row);
    const text = nik.kind === 'whole' ? nik.digits : identityOfRow(row.number, this.#context.sheetNo);
    return { key: `orang ${text}`, sourceId: text, kk: null };
  }

  #ownIdentity(row: SourceRow, kk: string | null): KeyedIdentity | Wrong[] {
    const cell = this.#columns.cell(row, 'household_id');
    if (this.#before.cell !== cell) this.#before = { cell, id: readIdentity(cell) };
    const { id } = this.#before;
    switch (id.kind) {
      case 'whole':
        return { key: id.text, sourceId: id.text, kk };
      case 'blank':
        return this.#wrong(
          row,
          'household_id_missing',
          'ID rumah tangga kosong, sehingga rumah tangganya tidak dapat dikenali.',
          ['household_id'],
        );
      case 'damaged':
        return this.#wrong(
          row,
          'household_id_damaged',
          'ID rumah tangga tersimpan sebagai angka panjang dan sudah dibulatkan; rumah tangga yang berbeda bisa tercampur.',
          ['household_id'],
        );
    }
  }

  #warn(row: SourceRow, code: string, message: string): void {
    this.#context.findings.warn(code, row.number, message);
  }

  #wrong(row: SourceRow, ...why: WrongWhy): Wrong[] {
    return [wrongOf(this.#columns, row, why)];
  }
}

type WrongWhy = [reason: Wrong['reason'], message: string, roles: ColumnRole[]];

/** What is wrong with a row, with the columns that are to blame. */
export function wrongOf(columns: RowColumns, row: SourceRow, [reason, message, roles]: WrongWhy): Wrong {
  return {
    reason,
    message,
    columns: columns.headersOf(roles),
    ...(reason.endsWith('_damaged') && {
      damaged: roles.flatMap((role) => columns.placeOf(row, role) ?? []),
    }),
  };
}
