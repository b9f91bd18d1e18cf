import {
  closeSync,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import type { Kept } from '../matching/bulk/kept.ts';

const mark = 'mutakhir-link\n';
/** Before each piece: its length and the CRC-32 of its bytes, four bytes each. */
const frame = 8;

/**
 * What a run has come to, in a file beside its result, so that the same command goes on from there after it was
 * stopped. The file holds the mark, the task, then the pieces one after the other; it is good up to the first that is
 * not whole. It names nobody: pieces hold numbers of rows and what they weigh. Where it cannot be kept the run goes
 * on without, and says so.
 */
export class Checkpoint implements Kept {
  readonly path: string;
  /** Pieces that an earlier run left. */
  readonly earlier: number;
  readonly #tell: (line: string) => void;
  #file: number | null = null;
  /** Where the next piece stands. */
  #at = 0;
  /** Whether it may be a piece of an earlier run. */
  #goesOn = false;

  /**
   * Opens what an earlier run of this task left, or begins anew, also where the earlier one was killed before it had
   * written anything: an empty file holds nothing that could be lost.
   *
   * @param task tells the task from every other, in one line of a length that never changes.
   */
  constructor(path: string, task: string, tell: (line: string) => void) {
    this.path = path;
    this.#tell = tell;
    const head = Buffer.from(`${mark}${task}\n`);
    this.earlier = this.#trying(() => this.#open(head)) ?? 0;
  }

  piece<Value>(make: () => Value): Value {
    const kept = this.#trying(() => this.#next());
    if (kept !== null) return deserialize(kept);
    const value = make();
    this.#trying(() => this.#keep(serialize(value)));
    return value;
  }

  /** @returns whether there was a file to remove. */
  remove(): boolean {
    if (this.#file === null) return false;
    closeSync(this.#file);
    this.#file = null;
    try {
      rmSync(this.path, { force: true });
    } catch {
      this.#tell(`link: ${this.path} tidak dapat dihapus; hapus sendiri, berkas itu tidak diperlukan lagi.`);
    }
    return true;
  }

  /** @returns how many pieces there are already. */
  #open(head: Buffer): number {
    const { file, isNew } = openFile(this.path);
    const { size } = fstatSync(file);
    if (size === 0 && !isNew)
      this.#tell(`link: ${this.path} masih kosong; padanan ini dimulai dari awal dan mencatat di situ.`);
    const there = Buffer.alloc(Math.min(size, head.length));
    readSync(file, there, 0, there.length, 0);
    // Cut within the mark it is still ours; anything else is somebody's file.
    const ours = there.subarray(0, mark.length);
    if (!head.subarray(0, ours.length).equals(ours)) {
      closeSync(file);
      this.#tell(`link: ${this.path} bukan catatan pekerjaan; bila terhenti, padanan ini dimulai dari awal.`);
      return 0;
    }
    this.#file = file;
    fchmodSync(file, 0o600);
    if (there.equals(head)) {
      this.#at = head.length;
      this.#goesOn = true;
      return this.#countFrom(head.length);
    }
    if (size > 0)
      this.#tell(
        'link: yang terhenti tidak dapat dilanjutkan karena masukan, program, atau harinya lain; dimulai dari awal.',
      );
    ftruncateSync(file);
    this.#put(head);
    return 0;
  }

  #countFrom(at: number): number {
    let pieces = 0;
    for (let piece = this.#pieceAt(at); piece !== null; piece = this.#pieceAt(at)) {
      at += frame + piece.length;
      pieces += 1;
    }
    return pieces;
  }

  /** Null where the earlier run left none; what follows one that is not whole is of no use. */
  #next(): Buffer | null {
    if (!this.#goesOn || this.#file === null) return null;
    const piece = this.#pieceAt(this.#at);
    if (piece !== null) {
      this.#at += frame + piece.length;
      return piece;
    }
    this.#goesOn = false;
    ftruncateSync(this.#file, this.#at);
    return null;
  }

  /** Null where none is whole. */
  #pieceAt(at: number): Buffer | null {
    if (this.#file === null) return null;
    const head = Buffer.alloc(frame);
    if (readSync(this.#file, head, 0, frame, at) < frame) return null;
    const length = head.readUInt32LE(0);
    if (length === 0 || at + frame + length > fstatSync(this.#file).size) return null;
    const piece = Buffer.alloc(length);
    return readSync(this.#file, piece, 0, length, at + frame) === length &&
      crc32(piece) === head.readUInt32LE(4)
      ? piece
      : null;
  }

  #keep(piece: Buffer): void {
    if (this.#file === null) return;
    const head = Buffer.alloc(frame);
    head.writeUInt32LE(piece.length, 0);
    head.writeUInt32LE(crc32(piece), 4);
    this.#put(Buffer.concat([head, piece]));
  }

  #put(bytes: Buffer): void {
    if (this.#file === null) return;
    for (let done = 0; done < bytes.length;)
      done += writeSync(this.#file, bytes, done, bytes.length - done, this.#at + done);
    this.#at += bytes.length;
  }

  /** What the disk refuses ends the keeping and not the run; the room that the file took is the result's. */
  #trying<Value>(act: () => Value): Value | null {
    try {
      return act();
    } catch (error) {
      const why = isFull(error) ? 'disk penuh' : 'berkasnya tidak dapat dibaca atau ditulis';
      this.#tell(
        `link: catatan pekerjaan ${this.path} dihentikan (${why}); padanan berlanjut, tetapi bila terhenti dimulai dari awal.`,
      );
      this.remove();
      return null;
    }
  }
}

/** Whether the disk, or what one may use of it, is full. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT'].includes(String(error.code));
}

function openFile(path: string): { file: number; isNew: boolean } {
  try {
    return { file: openSync(path, 'r+'), isNew: false };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { file: openSync(path, 'wx+', 0o600), isNew: true };
    throw error;
  }
}
