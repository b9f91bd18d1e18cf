/**
 * Gives the memory of bytes back that nobody looks at any more. Left to the garbage collector, which counts it only once it
 * comes to dozens of megabytes, what goes out batch after batch would pile up so far beside everything else.
 *
 * @param bytes all of a buffer of their own, never part of one that others share; they are empty afterwards
 */
export function letGo(bytes: Uint8Array<ArrayBuffer>): void {
  bytes.buffer.transfer(0);
}
