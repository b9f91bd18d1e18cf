import type { CanvasLine, Content } from 'pdfmake/interfaces.js';
import { renderDocument } from './document.ts';
import type { FontFiles } from './fonts.ts';
import { points } from './letter.ts';
import { fontOf } from './letterhead.ts';
import type { PrintFrame } from './page-frame.ts';
import { mm, type PaperName, papers, type } from './paper.ts';

/** Where the firm lines of the page stand, in millimetres from its left and upper edge. */
export const rulerLine = 20;

export interface RulerPage {
  printer: string;
  paper: PaperName;
  frame: PrintFrame;
  /** The profile as it is now, in words. */
  profile: string;
}

/** Rulers in millimetres along the left and the upper edge, firm lines at 20 mm, and 100 mm both ways. */
export function printRulerPage(page: RulerPage, fonts: FontFiles): Promise<Uint8Array> {
  const { width, height } = papers[page.paper];
  const content: Content = [
    { absolutePosition: { x: 0, y: 0 }, canvas: [...ticks(width, 'x'), ...ticks(height - 20, 'y')] },
    ...numbers(width, 'x'),
    ...numbers(height - 20, 'y'),
    {
      absolutePosition: { x: 0, y: 0 },
      canvas: [
        line(rulerLine, rulerLine, width - rulerLine, rulerLine, 1),
        line(rulerLine, rulerLine, rulerLine, height - 30, 1),
        line(50, 150, 150, 150, 1.5),
        line(50, 148, 50, 152, 1.5),
        line(150, 148, 150, 152, 1.5),
        line(50, 160, 50, 260, 1.5),
        line(48, 160, 52, 160, 1.5),
        line(48, 260, 52, 260, 1.5),
      ],
    },
    { absolutePosition: { x: mm(85), y: mm(144) }, text: '100 mm', fontSize: type.note },
    { absolutePosition: { x: mm(54), y: mm(208) }, text: '100 mm', fontSize: type.note },
    {
      margin: [mm(20), mm(25), 0, 0],
      stack: [
        { text: 'HALAMAN UJI PENCETAK', ...fontOf('bold'), fontSize: type.title },
        { text: `${page.printer} · ${page.paper} · ${page.profile}`, margin: [0, mm(1), 0, mm(5)] },
        points([
          'Cetak dengan ukuran sebenarnya (100 %, tanpa “sesuaikan halaman”).',
          'Ukur dengan penggaris dari tepi kiri kertas ke garis tegak yang tebal. Seharusnya 20 mm. Bila terbaca 18, tambahkan 2 pada geser kanan; bila terbaca 22, kurangi 2.',
          'Ukur dari tepi atas kertas ke garis mendatar yang tebal dengan cara yang sama, untuk geser bawah.',
          'Angka terkecil yang masih tercetak di penggaris tepi adalah tepi yang tidak dapat dicetak.',
          'Kedua garis di bawah harus 100 mm. Bila tidak, periksa lagi ukuran cetaknya.',
        ]),
      ],
    },
  ];
  return renderDocument(
    { title: `Halaman uji ${page.printer}`, paper: page.paper, frame: page.frame, content },
    fonts,
  );
}

function ticks(length: number, along: 'x' | 'y'): CanvasLine[] {
  return Array.from({ length: Math.floor(length) }, (_, at) => {
    const reach = at % 10 === 0 ? 8 : at % 5 === 0 ? 5 : 3;
    return along === 'x' ? line(at, 0, at, reach, 0.3) : line(0, at, reach, at, 0.3);
  });
}

function numbers(length: number, along: 'x' | 'y'): Content[] {
  return Array.from({ length: Math.floor(length / 10) - 1 }, (_, index): Content => {
    const at = (index + 1) * 10;
    return {
      absolutePosition: along === 'x' ? { x: mm(at) + 1, y: mm(6) } : { x: mm(8.5), y: mm(at) - 5 },
      text: String(at),
      fontSize: type.small,
    };
  });
}

function line(x1: number, y1: number, x2: number, y2: number, lineWidth: number): CanvasLine {
  return { type: 'line', x1: mm(x1), y1: mm(y1), x2: mm(x2), y2: mm(y2), lineWidth };
}
