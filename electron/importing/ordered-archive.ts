import { AppError } from '../../shared/errors.ts';
import type { WorkbookOptions } from './workbook-rows.ts';
import type { ByteSource } from './source.ts';
import { readZipEntry, type ZipEntry } from './zip-directory.ts';

const sheetName = /^xl\/worksheets\/sheet(\d+)\.xml$/;
const noStrings = Buffer.from(
  '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></sst>',
);
/** Shared strings are held in memory while the sheets are read. */
const sharedStringsLimit = 250_000_000;

/**
 * The parts of a workbook that hold data, as a fresh zip stream in the order in which they can be
 * read in one go: relations, workbook, shared strings, sheets. Excel itself writes the strings
 * after the sheets, and ExcelJS then parks whole sheets in clear temporary files on the disk; in this
 * order it has no need to. Entries are unpacked on the way (so the limits hold for what is really
 * there) and passed on stored.
 */
export async function* orderedArchive(
  source: ByteSource,
  entries: readonly ZipEntry[],
  options: WorkbookOptions,
): AsyncGenerator<Uint8Array> {
  const parts = dataParts(entries);
  const total = parts.reduce((sum, part) => sum + (part.entry?.compressedSize ?? 0), 0);
  let done = 0;
  const onRead = (bytes: number): void => {
    if (options.signal?.aborted) throw new AppError('import_cancelled');
    done += bytes;
    options.onRead?.(done, total);
  };
  for (const { name, entry } of parts) {
    yield localHeader(name, entry ?? { size: noStrings.length, crc: 0 });
    if (entry) yield* readZipEntry(source, entry, onRead);
    else yield noStrings;
  }
  yield endRecord;
}

function dataParts(entries: readonly ZipEntry[]): { name: string; entry: ZipEntry | null }[] {
  const find = (name: string): ZipEntry | null => entries.find((entry) => entry.name === name) ?? null;
  const workbook = find('xl/workbook.xml');
  const relations = find('xl/_rels/workbook.xml.rels');
  const strings = find('xl/sharedStrings.xml');
  const sheets = entries
    .filter((entry) => sheetName.test(entry.name))
    .sort((left, right) => sheetNumber(left) - sheetNumber(right))
    .map((entry) => ({ name: entry.name, entry }));
  if (!workbook || !relations || sheets.length === 0) throw new AppError('import_not_workbook');
  if (strings && strings.size > sharedStringsLimit)
    throw new AppError('import_zip_bomb', { size: `${Math.ceil(strings.size / 1_000_000)} MB` });
  return [
    { name: relations.name, entry: relations },
    { name: workbook.name, entry: workbook },
    { name: 'xl/sharedStrings.xml', entry: strings },
    ...sheets,
  ];
}

function sheetNumber(entry: ZipEntry): number {
  return Number(sheetName.exec(entry.name)?.[1] ?? 0);
}

function localHeader(name: string, { size, crc }: { size: number; crc: number }): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(size, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([header, Buffer.from(name)]);
}

const endRecord = Buffer.concat([Buffer.from([0x50, 0x4b, 0x05, 0x06]), Buffer.alloc(18)]);
