import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { ByteSource } from '../importing/source.ts';

/**
 * A temporary file that is never in the clear on the disk: AES-256-GCM in pieces of 64 KiB, under a
 * key that lives in memory only. Once the program ends, nothing can read what it left behind.
 */
export interface SealedFile {
  path: string;
  key: Buffer;
  /** Bytes of the content. */
  size: number;
  /** Of the content, as hex. */
  sha256: string;
}

const pieceSize = 64 * 1024;
const tagSize = 16;
/** Pieces that are read from the disk at once: asking for one takes longer than opening it. */
const piecesAtOnce = 8;

/** Writes what comes and seals it piece by piece; it is never held in memory whole. */
export async function sealFile(path: string, content: AsyncIterable<Uint8Array>): Promise<SealedFile> {
  const key = randomBytes(32);
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  let size = 0;
  let pieces = 0;
  let pending = Buffer.alloc(0);
  try {
    for await (const chunk of content) {
      hash.update(chunk);
      size += chunk.length;
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= pieceSize) {
        await file.write(seal(key, pieces, pending.subarray(0, pieceSize)));
        pending = pending.subarray(pieceSize);
        pieces += 1;
      }
    }
    if (pending.length > 0) await file.write(seal(key, pieces, pending));
  } finally {
    await file.close();
  }
  return { path, key, size, sha256: hash.digest('hex') };
}

/**
 * Reads a sealed file from any place. A piece that was changed, moved or cut off ends in an error.
 * Takes the parts of a `SealedFile`, so that a worker thread can be handed them.
 */
export function sealedSource({
  path,
  key,
  size,
}: {
  path: string;
  key: Uint8Array;
  size: number;
}): ByteSource {
  return {
    size,
    async *read(start, end) {
      const file = await open(path, 'r');
      try {
        const last = Math.min(end, size);
        for (let at = start; at < last;) {
          const first = Math.floor(at / pieceSize);
          const upTo = Math.min(first + piecesAtOnce, Math.ceil(last / pieceSize));
          const sealed = Buffer.alloc((upTo - first) * (pieceSize + tagSize));
          const { bytesRead } = await file.read(sealed, 0, sealed.length, first * (pieceSize + tagSize));
          for (let piece = first; piece < upTo; piece += 1) {
            const length = Math.min(pieceSize, size - piece * pieceSize);
            const begin = (piece - first) * (pieceSize + tagSize);
            const content = unseal(
              key,
              piece,
              sealed.subarray(begin, Math.min(bytesRead, begin + length + tagSize)),
            );
            const from = at - piece * pieceSize;
            const to = Math.min(length, last - piece * pieceSize);
            at = piece * pieceSize + to;
            yield content.subarray(from, to);
          }
        }
      } finally {
        await file.close();
      }
    },
  };
}

function seal(key: Buffer, piece: number, content: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(piece));
  return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

function unseal(key: Uint8Array, piece: number, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(piece), { authTagLength: tagSize });
  decipher.setAuthTag(sealed.subarray(-tagSize));
  const content = decipher.update(sealed.subarray(0, -tagSize));
  // Says whether it is what was sealed; nothing is left to come.
  decipher.final();
  return content;
}

/** The place of the piece: the key is new for every file, so no nonce comes twice. */
function nonceOf(piece: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(piece, 8);
  return nonce;
}
