import { textOf, type SourceRow } from './cell.ts';
import type { Repeated } from './repeated-sheets.ts';

/** The rows of a sheet, and what of them has flowed past so far. */
export class CountedRows implements AsyncIterator<SourceRow> {
  readonly #rows: AsyncIterator<SourceRow>;
  /** Rows that say something. */
  filled = 0;
  /** Rows with a number of sixteen digits, as a NIK or a No KK is. */
  numbered = 0;

  constructor(rows: AsyncIterable<SourceRow>) {
    this.#rows = rows[Symbol.asyncIterator]();
  }

  async next(): Promise<IteratorResult<SourceRow>> {
    const next = await this.#rows.next();
    if (next.done) return next;
    const texts = next.value.cells.map((cell) => textOf(cell)).filter((text) => text !== null);
    if (texts.length > 0) this.filled += 1;
    if (texts.some((text) => /^\d{16}$/.test(text))) this.numbered += 1;
    return next;
  }

  /** The rest, for whoever reads it: no longer counted. */
  get rest(): AsyncIterator<SourceRow> {
    return this.#rows;
  }

  /** The rest of a sheet that is not ours must flow past before the next can be read. */
  async skip(): Promise<void> {
    while (!(await this.next()).done);
  }
}

/** What is known of a sheet that was not read. */
export interface LeftOut {
  sheet: string;
  hidden: boolean;
  /** Rows that say something: below the header where it has one of the list. */
  rows: number;
  numbered: number;
  /** Required columns that its header lacks; null where no header of this list was found. */
  missing: readonly string[] | null;
  /** The sheet that somebody mapped in its place. */
  mapped: string | null;
  /** The sheets that it repeats; null where it would be read. */
  repeated: Repeated | null;
}

/** Code and sentence of the warning; null where the sheet holds no persons, as far as one can tell. */
export function leftOutWarning(left: LeftOut): { code: string; message: string } | null {
  const { sheet, hidden, rows, numbered, missing, mapped, repeated } = left;
  if (rows === 0 || (missing === null && numbered === 0)) return null;
  const name = `Lembar "${sheet}" (${inWords(rows)} baris)`;
  if (repeated !== null) return { code: 'sheet_repeated', message: repeatedText(name, repeated) };
  const code = hidden ? 'sheet_hidden' : 'sheet_left_out';
  if (missing === null)
    return {
      code,
      message: `${name} memuat nomor 16 angka, tetapi judul kolomnya tidak dikenali dan tidak dibaca. Bila isinya ikut daftar ini, samakan judul kolomnya, lalu periksa lagi.`,
    };
  if (missing.length > 0)
    return {
      code,
      message: `${name} tidak dibaca karena kolom wajibnya tidak ada: ${missing.join(', ')}. Lengkapi judul kolomnya, lalu periksa lagi.`,
    };
  if (hidden)
    return {
      code,
      message: `${name} disembunyikan di Excel dan tidak dibaca. Bila isinya ikut daftar ini, tampilkan lembarnya, simpan, lalu periksa lagi.`,
    };
  return {
    code,
    message: `${name} berjudul kolom sama, tetapi tidak dibaca: yang dipetakan lembar "${mapped ?? ''}". Bila isinya ikut daftar ini, satukan di satu lembar, lalu periksa lagi.`,
  };
}

function repeatedText(name: string, { of, niks, own, byCard, withoutNik }: Repeated): string {
  const others = of.map((other) => `"${other}"`).join(', ');
  const lost = [
    ...(own === 0 ? [] : [`${inWords(own)} NIK lain`]),
    ...(withoutNik === 0 ? [] : [`${inWords(withoutNik)} baris tanpa NIK utuh`]),
  ];
  const also = lost.length === 0 ? '' : ` Yang ikut tidak masuk: ${lost.join(' dan ')}.`;
  const known = [
    ...(niks === 0 ? [] : [`${inWords(niks - own)} dari ${inWords(niks)} NIK-nya`]),
    ...(byCard === 0 ? [] : [`${inWords(byCard)} orang menurut No KK dan nama`]),
  ].join(' dan ');
  return `${name} tidak dibaca supaya tidak ada yang masuk dua kali: ${known} sudah ada di lembar ${others}.${also} Bila lembar inilah yang benar, sembunyikan atau hapus lembar yang lain; bila isinya memang daftar lain, simpan sebagai berkas tersendiri. Lalu periksa lagi.`;
}

function inWords(count: number): string {
  return count.toLocaleString('id-ID');
}
