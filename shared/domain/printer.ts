import { z } from 'zod';

const millimetres = z.number().multipleOf(0.1);

/** How one printer of the office puts a page on paper; measured with its ruler page. */
export const Printer = z.object({
  name: z.string().trim().min(1, 'Isi nama pencetak.').max(60),
  paper: z.enum(['F4', 'A4']),
  /** Millimetres by which it prints too far left (positive moves the page to the right). */
  offsetX: millimetres.min(-15).max(15),
  /** Millimetres by which it prints too high (positive moves the page down). */
  offsetY: millimetres.min(-15).max(15),
  /** Millimetres along each edge that it cannot print on. */
  edge: millimetres.min(0).max(20),
});
export type Printer = z.infer<typeof Printer>;

/** Nothing on a paper of the office stands nearer to its edge than this, in millimetres. */
export const designEdge = 7;

/** How much a page of this width is scaled so that a printer with a wider blank edge loses nothing. */
export function scaleFor(edge: number, width: number): number {
  return edge <= designEdge ? 1 : (width - 2 * edge) / (width - 2 * designEdge);
}
