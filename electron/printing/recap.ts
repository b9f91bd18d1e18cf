import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import { CaseState } from '../../shared/domain/case-flow.ts';
import { caseStateLabel } from '../../shared/domain/case-words.ts';
import type { Period } from '../../shared/domain/period.ts';
import {
  countCells,
  type RecapCell,
  recapColumns,
  type RecapRow,
  recapRows,
} from '../../shared/domain/recap.ts';
import { renderDocument } from './document.ts';
import type { FontFiles } from './fonts.ts';
import { fontOf, type Letterhead, letterheadContent } from './letterhead.ts';
import type { PrintFrame } from './page-frame.ts';
import { margin, mm, type PaperName, papers, tint, type } from './paper.ts';
import { type Signer, withSignatures } from './signatures.ts';
import { paperDay, paperLongDay, paperNumber } from './words.ts';
import { threeDigits } from '../../shared/domain/rt-rw.ts';

/** Points left and right of each cell; pdfmake adds them to a column's width. */
const cellPadding = 2;

/** The recap of a period: what the counting query found, and who puts their name to it. */
export interface RecapPaper {
  letterhead: Letterhead;
  frame: PrintFrame;
  paper: PaperName;
  period: Period;
  cells: readonly RecapCell[];
  /** Names of the kelurahan in the cells, by code. */
  kelurahan: ReadonlyMap<string, string>;
  place: string;
  preparedBy: Signer;
  /** The lurah (or camat) who signs. */
  head: Signer;
}

/** Prints the recap (rekapitulasi) on landscape paper: per RW and RT, then per state. */
export async function printRecap(recap: RecapPaper, fonts: FontFiles): Promise<Uint8Array> {
  const upright = papers[recap.paper];
  const paper = { width: upright.height, height: upright.width };
  const content: Content = [
    letterheadContent(recap.letterhead, paper),
    {
      text: 'REKAPITULASI PEMUTAKHIRAN MANDIRI',
      ...fontOf('bold'),
      fontSize: type.title,
      alignment: 'center',
      margin: [0, mm(5), 0, 0],
    },
    {
      text: `Periode ${recap.period.name}, ${paperDay(recap.period.start)} – ${paperDay(recap.period.end)} · keadaan ${paperLongDay(recap.frame.printedAt)}`,
      alignment: 'center',
      margin: [0, 0, 0, mm(4)],
    },
    caption('Tabel 1. Rumah tangga menurut RW dan RT'),
    areaTable(recap, paper.width - 2 * margin),
    withSignatures(
      {
        stack: [caption('Tabel 2. Rumah tangga menurut keadaan berkas'), stateTables(recap.cells)],
        margin: [0, mm(6), 0, 0],
      },
      `${recap.place}, ${paperLongDay(recap.frame.printedAt)}`,
      [recap.preparedBy, recap.head],
    ),
  ];
  return renderDocument(
    {
      title: `Rekapitulasi ${recap.period.name}`,
      paper: recap.paper,
      landscape: true,
      frame: recap.frame,
      content,
    },
    fonts,
  );
}

function areaTable(recap: RecapPaper, width: number): Content {
  const rows = recapRows(recap.cells);
  const several = rows.some((row) => row.kind === 'kelurahan');
  const place = 13;
  const column = mm((width - 2 * place) / recapColumns.length) - 2 * cellPadding;
  return {
    table: {
      headerRows: 2,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: [mm(place) - 2 * cellPadding, mm(place) - 2 * cellPadding, ...recapColumns.map(() => column)],
      body: [groupHeads(), columnHeads(), ...rows.map((row) => areaRow(row, recap.kelurahan, several))],
    },
    layout: {
      ...ruled((index) => rows[index - 2]?.kind ?? 'rt'),
      vLineWidth: (line) => (startsGroup(line - 2) ? 0.25 : 0),
    },
    fontSize: type.note,
    fontFeatures: ['tnum'],
  };
}

/** Whether a column is the first of its group, and so has a hairline to its left. */
function startsGroup(column: number): boolean {
  const here = recapColumns[column];
  return here !== undefined && recapColumns[column - 1]?.group !== here.group;
}

function groupHeads(): TableCell[] {
  const cells: TableCell[] = [head('RW', { rowSpan: 2 }), head('RT', { rowSpan: 2 })];
  for (const [index, column] of recapColumns.entries()) {
    const span = recapColumns.filter((other) => other.group === column.group).length;
    if (column.group === '') cells.push(head(column.label, { rowSpan: 2, alignment: 'right' }));
    else if (recapColumns[index - 1]?.group === column.group) cells.push({});
    else cells.push(head(column.group, { colSpan: span, alignment: 'center' }));
  }
  return cells;
}

function columnHeads(): TableCell[] {
  return [
    {},
    {},
    ...recapColumns.map((column): TableCell =>
      column.group === '' ? {} : head(column.label, { alignment: 'right' }),
    ),
  ];
}

function areaRow(row: RecapRow, names: ReadonlyMap<string, string>, several: boolean): TableCell[] {
  const counts = row.counts.map((count) => number(count, row.kind !== 'rt'));
  const { kelurahan, rw, rt } = row.place;
  const name = names.get(kelurahan ?? '') ?? '';
  switch (row.kind) {
    case 'rt':
      return [{ text: threeDigits(rw ?? 0) }, { text: threeDigits(rt ?? 0) }, ...counts];
    case 'rw':
      return [sum(`Jumlah RW ${threeDigits(rw ?? 0)}`), {}, ...counts];
    case 'kelurahan':
      return [sum(name), {}, ...counts];
    case 'total':
      return [sum(several ? 'Seluruhnya' : 'Jumlah'), {}, ...counts];
  }
}

/** Every state with its number, in two tables side by side; the second ends with the sum of both. */
function stateTables(cells: readonly RecapCell[]): Content {
  const states = CaseState.options.filter((state) => state !== 'DRAF');
  const half = Math.ceil(states.length / 2);
  const rows = (part: readonly CaseState[]): TableCell[][] =>
    part.map((state) => [
      { text: caseStateLabel[state] },
      ...(['aktif', 'pasif', undefined] as const).map((mode) =>
        number(countCells(cells, { states: [state], mode }), false),
      ),
    ]);
  const all: TableCell[] = [
    sum('Jumlah seluruhnya', 1),
    ...(['aktif', 'pasif', undefined] as const).map((mode) => number(countCells(cells, { mode }), true)),
  ];
  return {
    columns: [
      stateTable(rows(states.slice(0, half)), false),
      stateTable([...rows(states.slice(half)), all], true),
    ],
    columnGap: mm(10),
  };
}

function stateTable(body: TableCell[][], last: boolean): Content {
  return {
    table: { headerRows: 1, widths: ['*', mm(18), mm(18), mm(18)], body: [stateHeads(), ...body] },
    layout: ruled((index) => (last && index === body.length ? 'total' : 'rt'), 1),
    fontSize: type.note,
    fontFeatures: ['tnum'],
  };
}

/** pdfmake keeps what it measured in the cells themselves: each table needs its own. */
function stateHeads(): TableCell[] {
  return [
    head('Keadaan'),
    ...['Aktif', 'Pasif', 'Jumlah'].map((label) => head(label, { alignment: 'right' })),
  ];
}

function caption(text: string): Content {
  return { text, ...fontOf('semiBold'), margin: [0, 0, 0, mm(1.5)] };
}

function head(
  text: string,
  cell: { colSpan?: number; rowSpan?: number; alignment?: 'center' | 'right' } = {},
): TableCell {
  return {
    text,
    ...fontOf('medium'),
    fontSize: type.small,
    fillColor: tint,
    verticalAlignment: 'middle',
    lineHeight: 1.05,
    ...cell,
  };
}

function sum(text: string, colSpan = 2): TableCell {
  return { text, ...fontOf('semiBold'), colSpan };
}

/** Nothing is a dash: a table of zeros hides the numbers that matter. */
function number(count: number, strong: boolean): TableCell {
  return {
    text: count === 0 ? '–' : paperNumber(count),
    alignment: 'right',
    ...fontOf(strong ? 'semiBold' : 'regular'),
  };
}

/** Hairlines between rows, a firm line over sums, none upright: the numbers make the columns. */
function ruled(kindOf: (row: number) => RecapRow['kind'], headRows = 2): CustomTableLayout {
  return {
    hLineWidth: (line, node) => {
      if (line === 0 || line === node.table.body.length || line === headRows) return 0.8;
      if (line < headRows) return 0.25;
      return kindOf(line) === 'total' ? 0.8 : 0.25;
    },
    vLineWidth: () => 0,
    paddingLeft: () => cellPadding,
    paddingRight: () => cellPadding,
    paddingTop: () => 1.6,
    paddingBottom: () => 0.8,
  };
}
