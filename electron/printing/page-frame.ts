import type { DynamicContent, Watermark } from 'pdfmake/interfaces.js';
import { margin, mm, type } from './paper.ts';
import { paperTime } from './words.ts';

/** What stands at the foot of every page of every paper. */
export interface PrintFrame {
  /** Number of the document, as the office files it. */
  number: string;
  /** How many times this document was printed, this time included. */
  printNo: number;
  /** ISO instant. */
  printedAt: string;
  /** Papers of the training office bear LATIHAN across. */
  training: boolean;
}

export const trainingMark = 'LATIHAN';

/** The parts of the foot: left, middle, right. */
export function footParts(frame: PrintFrame, page: number, pages: number): [string, string, string] {
  return [
    frame.number,
    `Cetakan ke-${frame.printNo} · ${paperTime(frame.printedAt)} · Mutakhir`,
    `Halaman ${page} dari ${pages}`,
  ];
}

/** The foot as pdfmake draws it, within the bottom margin. */
export function footer(frame: PrintFrame): DynamicContent {
  return (page, pages, pageSize) => {
    const [left, middle, right] = footParts(frame, page, pages);
    return {
      margin: [mm(margin), mm(3), mm(margin), 0],
      fontSize: type.small,
      stack: [
        {
          canvas: [
            { type: 'line', x1: 0, y1: 0, x2: pageSize.width - 2 * mm(margin), y2: 0, lineWidth: 0.4 },
          ],
        },
        {
          margin: [0, mm(1.2), 0, 0],
          columns: [
            { text: left, width: '*' },
            { text: middle, width: 'auto', alignment: 'center' },
            { text: right, width: '*', alignment: 'right' },
          ],
        },
      ],
    };
  };
}

/** LATIHAN across the page, at 12 % so that the text over it stays black and readable. */
export function watermark(frame: PrintFrame, landscape: boolean): Watermark | undefined {
  if (!frame.training) return undefined;
  return {
    text: trainingMark,
    font: 'InterMedium',
    bold: true,
    fontSize: 96,
    angle: landscape ? -35 : -55,
    color: 'black',
    opacity: 0.12,
  };
}
