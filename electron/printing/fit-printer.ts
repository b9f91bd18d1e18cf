import { type Printer, scaleFor } from '../../shared/domain/printer.ts';
import { mm } from './paper.ts';

/** The same pages moved, and where its blank edge is wide scaled about their middle, for a printer. */
export async function fitToPrinter(
  pdf: Uint8Array,
  { offsetX, offsetY, edge }: Pick<Printer, 'offsetX' | 'offsetY' | 'edge'>,
): Promise<Uint8Array> {
  const { PDFDocument } = await import('pdf-lib');
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  for (const page of document.getPages()) {
    const { width, height } = page.getSize();
    const scale = scaleFor(edge, (Math.min(width, height) * 25.4) / 72);
    page.scaleContent(scale, scale);
    page.translateContent(((1 - scale) * width) / 2 + mm(offsetX), ((1 - scale) * height) / 2 - mm(offsetY));
  }
  return document.save();
}
