import type { Content } from 'pdfmake/interfaces.js';
import { z } from 'zod';
import { margin, mm, type Paper, type } from './paper.ts';
import type { Weight } from './fonts.ts';

/** Who signs for the paper: the office with the areas it lies in. */
export const Letterhead = z.object({
  /** e.g. "Provinsi Daerah Khusus Jakarta". */
  province: z.string(),
  city: z.string().nullable(),
  kecamatan: z.string().nullable(),
  /** Null where the office is a kecamatan. */
  kelurahan: z.string().nullable(),
  address: z.string(),
  phone: z.string(),
  /** The office's coat of arms as a data URL (PNG or JPEG); null prints an empty shield to paste or stamp on. */
  emblem: z.string().nullable(),
});
export type Letterhead = z.infer<typeof Letterhead>;

export interface LetterheadLine {
  text: string;
  size: number;
  weight: Weight;
}

/** The space kept for the coat of arms, in millimetres. */
export const emblemBox = { width: 17, height: 21 } as const;

/** An empty shield in a box of 17 × 21, where no coat of arms was set. */
export const shieldPath = 'M0.5 0.5 H16.5 V11 C16.5 16 13 19 8.5 20.5 C4 19 0.5 16 0.5 11 Z';

/** The lines of the head, the office itself the largest. */
export function letterheadLines(head: Letterhead): LetterheadLine[] {
  const above = [
    `Pemerintah ${head.province}`,
    head.city,
    head.kelurahan === null ? null : `Kecamatan ${head.kecamatan ?? ''}`,
  ];
  const own = head.kelurahan === null ? `Kecamatan ${head.kecamatan ?? ''}` : `Kelurahan ${head.kelurahan}`;
  const contact = [head.address, head.phone === '' ? '' : `Telepon ${head.phone}`]
    .filter((part) => part !== '')
    .join(' · ');
  return [
    ...above
      .filter((line) => line !== null)
      .map((line): LetterheadLine => ({ text: line.toUpperCase(), size: type.body, weight: 'medium' })),
    { text: own.toUpperCase(), size: type.title, weight: 'bold' },
    ...(contact === '' ? [] : [{ text: contact, size: type.small, weight: 'regular' } as const]),
  ];
}

/** The head as pdfmake content, as wide as the type area of the paper. */
export function letterheadContent(head: Letterhead, paper: Paper): Content {
  const width = mm(paper.width - 2 * margin);
  return {
    stack: [
      {
        columns: [
          { width: mm(emblemBox.width), ...emblemContent(head) },
          {
            width: '*',
            stack: letterheadLines(head).map((line) => ({
              text: line.text,
              fontSize: line.size,
              ...fontOf(line.weight),
              lineHeight: 1.1,
            })),
            alignment: 'center',
          },
          { width: mm(emblemBox.width), text: '' },
        ],
      },
      {
        canvas: [
          { type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 1.4 },
          { type: 'line', x1: 0, y1: 2.2, x2: width, y2: 2.2, lineWidth: 0.5 },
        ],
        margin: [0, mm(2), 0, 0],
      },
    ],
  };
}

/** pdfmake knows two weights a family; Inter's four are two families. */
export function fontOf(weight: Weight): { font: string; bold: boolean } {
  switch (weight) {
    case 'regular':
      return { font: 'Inter', bold: false };
    case 'semiBold':
      return { font: 'Inter', bold: true };
    case 'medium':
      return { font: 'InterMedium', bold: false };
    case 'bold':
      return { font: 'InterMedium', bold: true };
  }
}

function emblemContent(head: Letterhead) {
  const box = { width: mm(emblemBox.width), height: mm(emblemBox.height) };
  if (head.emblem !== null)
    return { image: head.emblem, fit: [box.width, box.height] satisfies [number, number] };
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 17 21"><path d="${shieldPath}" fill="none" stroke="#000" stroke-width="0.25"/></svg>`,
    ...box,
  };
}
