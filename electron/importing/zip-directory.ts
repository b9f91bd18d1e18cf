import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { AppError } from '../../shared/errors.ts';
import { readRange, type ByteSource } from './source.ts';

export interface ZipEntry {
  name: string;
  method: number;
  crc: number;
  compressedSize: number;
  /** Uncompressed size as the directory declares it; reading stops where the content goes beyond it. */
  size: number;
  offset: number;
}

export interface ZipLimits {
  /** Largest sum of uncompressed sizes, in bytes. */
  total: number;
  /** Largest growth (uncompressed / compressed) of an entry bigger than `ratioFrom` bytes. */
  ratio: number;
  ratioFrom: number;
}

/**
 * A kecamatan's BDT workbook (150,000 rows of 101 columns) unpacks to about 700 MB and a sheet's
 * XML shrinks 10 to 40 times; deflate itself reaches 1,032 times.
 */
export const workbookLimits: ZipLimits = { total: 1_500_000_000, ratio: 250, ratioFrom: 20_000_000 };

const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;
const encrypted = 0x0001;

/**
 * Reads the directory at the end of a zip file, before anything is unpacked.
 * Errors: `import_not_workbook` (no or broken directory, password), `import_zip_bomb` (declared sizes).
 */
export async function readZipDirectory(
  source: ByteSource,
  limits: ZipLimits = workbookLimits,
): Promise<ZipEntry[]> {
  const tail = await readRange(source, Math.max(0, source.size - 65_557), source.size);
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (at < 0 || at + 22 > tail.length) throw new AppError('import_not_workbook');
  const size = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  if (offset + size > source.size) throw new AppError('import_not_workbook');
  const entries = parseDirectory(await readRange(source, offset, offset + size), tail.readUInt16LE(at + 10));
  refuseBomb(entries, limits);
  return entries;
}

function parseDirectory(directory: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (entries.length < count) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== directoryEntry)
      throw new AppError('import_not_workbook');
    if ((directory.readUInt16LE(at + 8) & encrypted) !== 0) throw new AppError('import_not_workbook');
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

function refuseBomb(entries: readonly ZipEntry[], limits: ZipLimits): void {
  const total = entries.reduce((sum, entry) => sum + entry.size, 0);
  const swollen = entries.some(
    (entry) => entry.size > limits.ratioFrom && entry.size > entry.compressedSize * limits.ratio,
  );
  if (total > limits.total || swollen) throw zipBomb(total);
}

/** The unpacked bytes of one entry; more than declared, fewer, or other than its checksum ends in an error. */
export async function* readZipEntry(
  source: ByteSource,
  entry: ZipEntry,
  onRead: (compressed: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const header = await readRange(source, entry.offset, entry.offset + 30);
  if (header.length < 30 || header.readUInt32LE(0) !== localHeader) throw new AppError('import_not_workbook');
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = counted(source.read(start, start + entry.compressedSize), onRead);
  let size = 0;
  let crc = 0;
  for await (const chunk of unpacked(packed, entry)) {
    size += chunk.length;
    if (size > entry.size) throw zipBomb(size);
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (size !== entry.size || crc !== entry.crc) throw new AppError('import_not_workbook');
}

async function* unpacked(packed: AsyncIterable<Uint8Array>, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  if (entry.method === 0) {
    yield* packed;
    return;
  }
  if (entry.method !== 8) throw new AppError('import_not_workbook');
  // Small pieces: the parser holds all events of a piece, and many at once are dear to clear away.
  const inflate = createInflateRaw({ chunkSize: 32 * 1024 });
  // Whatever breaks on the way in destroys `inflate`, and the loop below throws it.
  pipeline(Readable.from(packed), inflate, () => {});
  try {
    for await (const chunk of inflate) yield chunk;
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('import_not_workbook');
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onRead(chunk.length);
    yield chunk;
  }
}

function zipBomb(size: number): AppError {
  return new AppError('import_zip_bomb', {
    size: `${Math.ceil(size / 1_000_000).toLocaleString('id-ID')} MB`,
  });
}
