import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/**
 * Bytes that can be read from any place, more than once: a file, or an upload that lies encrypted
 * on disk. Importing asks for nothing else, so it never needs a clear copy of what it reads.
 */
export interface ByteSource {
  readonly size: number;
  /** The bytes from `start` up to, not including, `end`. */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}

/** A plain file, for tools and tests. */
export async function fileSource(path: string): Promise<ByteSource> {
  const { size } = await stat(path);
  return {
    size,
    read: (start, end) =>
      end > start ? createReadStream(path, { start, end: end - 1, highWaterMark: 256 * 1024 }) : nothing(),
  };
}

export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    async *read(start, end) {
      if (end > start) yield bytes.subarray(start, end);
    },
  };
}

/** The bytes of a short range in one piece. */
export async function readRange(source: ByteSource, start: number, end: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.read(start, Math.min(end, source.size))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* nothing(): AsyncIterable<Uint8Array> {
  // A range without bytes.
}
