import { isUtf8 } from 'node:buffer';

/** Tells whether bytes that come in pieces are UTF-8; nothing is decoded, which takes as long as reading them. */
export class Utf8Check {
  /** The beginning of a character that the last piece broke off. */
  #broken: Uint8Array = new Uint8Array(0);
  #holds = true;

  add(piece: Uint8Array): void {
    if (!this.#holds) return;
    const bytes = this.#broken.length === 0 ? piece : Buffer.concat([this.#broken, piece]);
    const end = wholeCharacters(bytes);
    this.#holds = isUtf8(bytes.subarray(0, end));
    this.#broken = bytes.slice(end);
  }

  /** Whether all that came was. */
  get isUtf8(): boolean {
    return this.#holds && this.#broken.length === 0;
  }
}

/** The same bytes, in pieces that break off no character. */
export async function* wholeCharacterPieces(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let broken: Uint8Array = new Uint8Array(0);
  for await (const piece of pieces) {
    const bytes = broken.length === 0 ? piece : Buffer.concat([broken, piece]);
    const end = wholeCharacters(bytes);
    if (end > 0) yield bytes.subarray(0, end);
    broken = bytes.slice(end);
  }
  if (broken.length > 0) yield broken;
}

/** Where a last character that is not whole begins, if one does. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
