import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import { fontOf, letterheadContent } from './letterhead.ts';
import type { PaperBase } from './paper-kind.ts';
import { mm, type Paper, papers, tint, type } from './paper.ts';

// What letters and lists have in common: the head, a title with its number, facts, paragraphs, tables.

/** Letterhead, title in the middle and the number under it. */
export function letterTop(base: PaperBase, title: string, number: string | null, paper?: Paper): Content[] {
  return [
    letterheadContent(base.letterhead, paper ?? papers[base.paper]),
    {
      text: title,
      ...fontOf('bold'),
      fontSize: type.title,
      alignment: 'center',
      margin: [0, mm(5), 0, 0],
    },
    ...(number === null ? [] : [{ text: `Nomor ${number}`, alignment: 'center' } satisfies Content]),
    { text: '', margin: [0, 0, 0, mm(4)] },
  ];
}

/** A paper lying across. */
export function across(paper: Paper): Paper {
  return { width: paper.height, height: paper.width };
}

export function paragraph(text: string, below = 2): Content {
  return { text, margin: [0, 0, 0, mm(below)] };
}

/** Label, colon, value; one line each. */
export function facts(rows: readonly (readonly [string, string])[], labelWidth = 42): Content {
  return {
    table: {
      widths: [mm(labelWidth), mm(2), '*'],
      body: rows.map(([label, value]) => [{ text: label, ...fontOf('medium') }, ':', { text: value }]),
    },
    layout: { ...bare, paddingTop: () => 0.8, paddingBottom: () => 0.8 },
    margin: [0, 0, 0, mm(2)],
  };
}

/** Numbered points. */
export function points(items: readonly string[]): Content {
  return {
    ol: items.map((text) => ({ text, margin: [0, 0, 0, mm(1)] })),
    margin: [0, 0, 0, mm(2)],
  };
}

/** A table whose head repeats and whose rows stay whole. Widths in millimetres; 0 takes what is left. */
export function ruledTable(
  columns: readonly { label: string; width: number; align?: 'right' | 'center' }[],
  rows: readonly (readonly (string | TableCell)[])[],
  heights?: number,
): Content {
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: columns.map(({ width }) => (width === 0 ? '*' : mm(width) - 2 * cellPadding)),
      ...(heights === undefined ? {} : { heights: (row: number) => (row === 0 ? 0 : mm(heights)) }),
      body: [
        columns.map(({ label, align }): TableCell => ({
          text: label,
          ...fontOf('medium'),
          fontSize: type.small,
          fillColor: tint,
          alignment: align ?? 'left',
          lineHeight: 1.05,
        })),
        ...rows.map((row) =>
          row.map((cell, index): TableCell => {
            const alignment = columns[index]?.align ?? 'left';
            return typeof cell === 'string' ? { text: cell, alignment } : cell;
          }),
        ),
      ],
    },
    layout: grid,
    fontSize: type.note,
    fontFeatures: ['tnum'],
  };
}

const cellPadding = 3;

export const bare = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 0,
  paddingTop: () => 0,
  paddingBottom: () => 0,
};

const grid: CustomTableLayout = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0.5,
  paddingLeft: () => cellPadding,
  paddingRight: () => cellPadding,
  paddingTop: () => 1.8,
  paddingBottom: () => 1,
};
