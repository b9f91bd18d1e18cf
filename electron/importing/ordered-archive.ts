import { AppError } from '../../shared/errors.ts';
import { withoutPrefixes } from './element-prefixes.ts';
import type { WorkbookOptions } from './workbook-rows.ts';
import type { ByteSource } from './source.ts';
import { wholeCharacterPieces } from './utf8-check.ts';
import type { WorkbookParts } from './workbook-parts.ts';
import { readZipEntry, type ZipEntry } from './zip-directory.ts';

const noRelations = Buffer.from(
  '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>',
);
const noStrings = Buffer.from(
  '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></sst>',
);
/** Shared strings are held in memory while the sheets are read. */
const sharedStringsLimit = 250_000_000;

/**
 * The parts of a workbook that hold data, as a fresh zip stream in the order in which they can be
 * read in one go: relations, shared strings, sheets, numbered in the order of the tabs. Excel itself writes the
 * strings after the sheets, and ExcelJS then parks whole sheets in clear temporary files on the disk; in this
 * order it has no need to. What the sheets are called is not passed on: ExcelJS finds it of those alone that are
 * numbered as Excel does. Entries are unpacked on the way (so the limits hold for what is really
 * there) and passed on stored.
 *
 * @param lastSeen held until the last sheet was handed out: as soon as the archive ends, unzipper lets go of the
 *   sheets that it has not handed out yet, so that they would be lost to whoever pauses before them.
 */
export async function* orderedArchive(
  source: ByteSource,
  { strings, sheets }: WorkbookParts,
  options: WorkbookOptions,
  lastSeen: Promise<void>,
): AsyncGenerator<Uint8Array> {
  if (strings !== null && strings.size > sharedStringsLimit)
    throw new AppError('import_zip_bomb', { size: `${Math.ceil(strings.size / 1_000_000)} MB` });
  const parts: { name: string; content: ZipEntry | Buffer }[] = [
    { name: 'xl/_rels/workbook.xml.rels', content: noRelations },
    { name: 'xl/sharedStrings.xml', content: strings ?? noStrings },
    ...sheets.map(({ entry }, at) => ({ name: `xl/worksheets/sheet${at + 1}.xml`, content: entry })),
  ];
  const total = parts.reduce((sum, { content }) => sum + ('crc' in content ? content.compressedSize : 0), 0);
  let done = 0;
  const onRead = (bytes: number): void => {
    if (options.signal?.aborted) throw new AppError('import_cancelled');
    done += bytes;
    options.onRead?.(done, total);
  };
  for (const { name, content } of parts) {
    if ('crc' in content) {
      yield localHeader(name, content);
      // ExcelJS decodes each piece by itself.
      yield* wholeCharacterPieces(withoutPrefixes(readZipEntry(source, content, onRead)));
    } else {
      yield localHeader(name, { size: content.length, crc: 0 });
      yield content;
    }
  }
  await lastSeen;
  yield endRecord;
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
