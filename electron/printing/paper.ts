/** Paper the offices print on. F4 (folio) is what Indonesian offices stock; A4 is what others send. */
export type PaperName = 'F4' | 'A4';

export interface Paper {
  /** Millimetres. */
  width: number;
  height: number;
}

export const papers: Record<PaperName, Paper> = {
  F4: { width: 215, height: 330 },
  A4: { width: 210, height: 297 },
};

/** All four margins, in millimetres. */
export const margin = 15;

/** Type sizes in points: nothing smaller than `small` is printed, so that it survives a photocopy. */
export const type = { title: 13, heading: 10.5, body: 10, note: 9, small: 8 } as const;

/** The only grey of the house: 10 % ink, well under the 15 % that a photocopier swallows or smears. */
export const tint = '#e6e6e6';

/** Millimetres to points, the unit of PDF. */
export function mm(length: number): number {
  return (length * 72) / 25.4;
}
