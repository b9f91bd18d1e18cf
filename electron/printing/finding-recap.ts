import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import type { FindingCount, FindingRow } from '../../shared/contract/finding.ts';
import { findingRules } from '../../shared/domain/finding.ts';
import { renderDocument } from './document.ts';
import type { FontFiles } from './fonts.ts';
import { fontOf, type Letterhead, letterheadContent } from './letterhead.ts';
import type { PrintFrame } from './page-frame.ts';
import { mm, type PaperName, papers, tint, type } from './paper.ts';
import { type Signer, withSignatures } from './signatures.ts';
import { paperLongDay, paperNumber } from './words.ts';
import { rtSlashRw } from '../../shared/domain/rt-rw.ts';

/** Findings on paper: how many of each kind, and the open ones with what is to be done. */
export interface FindingRecap {
  letterhead: Letterhead;
  frame: PrintFrame;
  paper: PaperName;
  /** What the paper covers: "Temuan pemadanan, RW 003". */
  scope: string;
  counts: readonly FindingCount[];
  rows: readonly FindingRow[];
  /** Open findings that are counted but no longer told one by one. */
  left: number;
  place: string;
  preparedBy: Signer;
  head: Signer;
}

/** Prints the recap of findings on landscape paper. NIK and No KK that differ are masked: it is passed around. */
export async function printFindingRecap(recap: FindingRecap, fonts: FontFiles): Promise<Uint8Array> {
  const upright = papers[recap.paper];
  const paper = { width: upright.height, height: upright.width };
  const byKind = [...Map.groupBy(recap.rows, ({ kind }) => kind)];
  const content: Content = [
    letterheadContent(recap.letterhead, paper),
    {
      text: 'REKAPITULASI TEMUAN PEMADANAN',
      ...fontOf('bold'),
      fontSize: type.title,
      alignment: 'center',
      margin: [0, mm(3), 0, 0],
    },
    {
      text: `${recap.scope} · keadaan ${paperLongDay(recap.frame.printedAt)}`,
      alignment: 'center',
      margin: [0, 0, 0, mm(2)],
    },
    withSignatures(
      { stack: [caption('Tabel 1. Temuan menurut jenis'), countTable(recap.counts)] },
      `${recap.place}, ${paperLongDay(recap.frame.printedAt)}`,
      [recap.preparedBy, recap.head],
    ),
    ...byKind.map(([kind, rows], index): Content => ({
      stack: [
        caption(`Tabel ${index + 2}. ${findingRules[kind].label}`),
        {
          text: `Tindak lanjut: ${findingRules[kind].remedy}`,
          fontSize: type.note,
          margin: [0, 0, 0, mm(1)],
        },
        openTable(rows),
      ],
      margin: [0, mm(5), 0, 0],
    })),
    ...(recap.left > 0
      ? [
          {
            text: `${paperNumber(recap.left)} temuan lain hanya dihitung di atas; daftarnya ada di layar dan di berkas Excel.`,
            fontSize: type.note,
            margin: [0, mm(3), 0, 0] as [number, number, number, number],
          },
        ]
      : []),
  ];
  return renderDocument(
    { title: recap.scope, paper: recap.paper, landscape: true, frame: recap.frame, content },
    fonts,
  );
}

function countTable(counts: readonly FindingCount[]): Content {
  const sum = (read: (count: FindingCount) => number) =>
    counts.reduce((total, count) => total + read(count), 0);
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ['*', mm(28), mm(28), mm(40)],
      body: [
        [head('Jenis temuan'), numberHead('Terbuka'), numberHead('Selesai'), numberHead('Tertua (hari)')],
        ...counts.map((count): TableCell[] => [
          { text: findingRules[count.kind].label },
          number(count.open),
          number(count.settled),
          count.oldestDays === null ? { text: '–', alignment: 'right' } : number(count.oldestDays),
        ]),
        [
          { text: 'Jumlah', ...fontOf('semiBold') },
          number(
            sum(({ open }) => open),
            true,
          ),
          number(
            sum(({ settled }) => settled),
            true,
          ),
          {},
        ],
      ],
    },
    layout: dense,
    fontSize: type.note,
    fontFeatures: ['tnum'],
  };
}

function openTable(rows: readonly FindingRow[]): Content {
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: [mm(18), mm(44), mm(42), '*', '*', mm(28), mm(12)],
      body: [
        [
          head('RT/RW'),
          head('Nomor berkas'),
          head('Nama'),
          head('Di berkas'),
          head('Di daftar'),
          head('Menurut'),
          numberHead('Hari'),
        ],
        ...rows.map((row): TableCell[] => [
          { text: rtSlashRw(row.rt, row.rw) },
          { text: row.caseNumber },
          { text: row.subject },
          { text: masked(row.reported) },
          { text: masked(row.listed) },
          { text: row.source },
          number(row.days),
        ]),
      ],
    },
    layout: ruled,
    fontSize: type.note,
    fontFeatures: ['tnum'],
  };
}

/** The first four and the last four of sixteen digits, enough to know the card in one's hand. */
function masked(value: string | null): string {
  return (value ?? '–').replace(/\b(\d{4})\d{8}(\d{4})\b/g, '$1 •••• •••• $2');
}

function caption(text: string): Content {
  return { text, ...fontOf('semiBold'), margin: [0, 0, 0, mm(1.5)] };
}

function head(text: string): TableCell {
  return { text, ...fontOf('medium'), fontSize: type.small, fillColor: tint };
}

function numberHead(text: string): TableCell {
  return { text, ...fontOf('medium'), fontSize: type.small, fillColor: tint, alignment: 'right' };
}

function number(count: number, strong = false): TableCell {
  return { text: paperNumber(count), alignment: 'right', ...fontOf(strong ? 'semiBold' : 'regular') };
}

const ruled: CustomTableLayout = {
  hLineWidth: (line, node) => (line <= 1 || line === node.table.body.length ? 0.8 : 0.25),
  vLineWidth: () => 0,
  paddingLeft: () => 3,
  paddingRight: () => 3,
  paddingTop: () => 1.6,
  paddingBottom: () => 0.8,
};

/** All kinds that there are and who signs for them stand on one page. */
const dense: CustomTableLayout = { ...ruled, paddingTop: () => 0.8, paddingBottom: () => 0.3 };
