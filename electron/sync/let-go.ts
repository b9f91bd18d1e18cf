/**
 * Gives the memory of bytes back that nobody looks at any more. Left to the garbage collector, which counts it only once it
 * comes to dozens of megabytes, what goes out batch after batch would pile up so far beside everything else.
 *
 * @param bytes are empty afterwards where they are all of their buffer; a part of one that others share is left alone
 */
export function letGo(bytes: Uint8Array<ArrayBuffer>): void {
  if (bytes.byteLength === bytes.buffer.byteLength) bytes.buffer.transfer(0);
}
