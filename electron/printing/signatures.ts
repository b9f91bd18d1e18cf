import type { Column, Content } from 'pdfmake/interfaces.js';
import { mm, type } from './paper.ts';
import { fontOf } from './letterhead.ts';

export interface Signer {
  /** What the person signs as: "Lurah Gambir", "Petugas loket". */
  role: string;
  /** Null leaves a line to write the name on. */
  name: string | null;
  /** Civil servant number; empty prints "NIP" with space to write it, null (or none) leaves the line out. */
  nip?: string | null;
}

/** What a signer's lines say, under the space to sign in. */
export function signerLines(signer: Signer): { name: string; nip: string | null } {
  return {
    name: signer.name ?? '',
    nip: signer.nip === undefined || signer.nip === null ? null : `NIP ${signer.nip}`.trimEnd(),
  };
}

/**
 * Signature blocks side by side, place and date over the last. They are tied to `last`, the content
 * before them, so that a signature never stands alone on a page: keep `last` shorter than a page.
 */
export function withSignatures(last: Content, placeAndDate: string, signers: readonly Signer[]): Content {
  const row = signatureRow(placeAndDate, signers);
  // Whoever signs alone signs at the right.
  const placed =
    signers.length > 1
      ? row
      : {
          columns: [
            { width: '*', text: '' },
            { width: '*', stack: [row] },
          ],
        };
  return { unbreakable: true, stack: [last, placed] };
}

/** The row by itself, for papers of fixed height; `room` in millimetres: to sign in, and above the row. */
export function signatureRow(
  placeAndDate: string,
  signers: readonly Signer[],
  room = { space: 16, above: 6 },
): Content {
  const blocks = signers.map((signer, index): Column => {
    const lines = signerLines(signer);
    return {
      width: '*',
      alignment: 'center',
      stack: [
        { text: index === signers.length - 1 ? placeAndDate : ' ' },
        { text: signer.role, ...fontOf('medium') },
        {
          text: lines.name === '' ? ' ' : lines.name,
          ...fontOf('semiBold'),
          margin: [0, mm(room.space), 0, 0],
        },
        { canvas: [{ type: 'line', x1: 0, y1: 0, x2: mm(52), y2: 0, lineWidth: 0.5 }] },
        { text: lines.nip ?? ' ', fontSize: type.note, margin: [0, mm(0.8), 0, 0] },
      ],
    };
  });
  return { columns: blocks, columnGap: mm(8), margin: [0, mm(room.above), 0, 0] };
}
