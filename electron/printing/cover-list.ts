import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { displaySheetCode } from '../../shared/domain/sheet-code.ts';
import { renderDocument } from './document.ts';
import type { FontFiles } from './fonts.ts';
import { fontOf, type Letterhead, letterheadContent } from './letterhead.ts';
import type { PrintFrame } from './page-frame.ts';
import { margin, mm, type PaperName, papers, type } from './paper.ts';
import { withSignatures } from './signatures.ts';
import { paperLongDay } from './words.ts';
import { formatRtRw, rtSlashRw } from '../../shared/domain/rt-rw.ts';

export interface CoverSheet {
  code: string;
  number: string;
  head: string;
  street: string;
  rt: number;
  rw: number;
  members: number;
}

/** What lies on top of a stack: the sheets in walking order, and a receipt to tear off for each family. */
export interface CoverList {
  letterhead: Letterhead;
  frame: PrintFrame;
  paper: PaperName;
  enumerator: string;
  teamName: string;
  place: string;
  officePhone: string;
  sheets: readonly CoverSheet[];
}

export async function printCoverList(cover: CoverList, fonts: FontFiles): Promise<Uint8Array> {
  const content: Content[] = [
    letterheadContent(cover.letterhead, papers[cover.paper]),
    {
      text: 'DAFTAR SAMPUL FORMULIR VERIFIKASI',
      ...fontOf('bold'),
      fontSize: type.title,
      alignment: 'center',
      margin: [0, mm(3), 0, mm(1)],
    },
    {
      text: `Petugas lapangan: ${cover.enumerator} · ${cover.sheets.length} rumah tangga, menurut urutan jalan`,
      alignment: 'center',
      margin: [0, 0, 0, mm(3)],
    },
    list(cover),
    // Signatures stay with a line of their own: the list may be longer than a page.
    withSignatures(total(cover), `${cover.place}, ${paperLongDay(cover.frame.printedAt)}`, [
      { role: 'Yang membawa', name: cover.enumerator },
      { role: 'Petugas verifikasi', name: null },
    ]),
    {
      text: 'TANDA KUNJUNGAN, sobek dan berikan kepada keluarga',
      ...fontOf('semiBold'),
      pageBreak: 'before',
    },
    ...cover.sheets.map((sheet) => slip(cover, sheet)),
  ];
  return renderDocument(
    { title: `Daftar sampul ${cover.frame.number}`, paper: cover.paper, frame: cover.frame, content },
    fonts,
  );
}

function total({ sheets }: CoverList): Content {
  return { text: `Jumlah: ${sheets.length} lembar`, ...fontOf('semiBold'), margin: [0, mm(2), 0, 0] };
}

function list(cover: CoverList): Content {
  const head = ['No', 'Lembar', 'Kepala', 'Alamat', 'RT/RW', 'Agt', 'Kembali'];
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [mm(8), mm(28), mm(38), '*', mm(18), mm(9), mm(16)],
      body: [
        head.map((text): TableCell => ({ text, ...fontOf('semiBold'), fontSize: type.note })),
        ...cover.sheets.map((sheet, index): TableCell[] =>
          [
            String(index + 1),
            displaySheetCode(sheet.code),
            sheet.head,
            sheet.street,
            rtSlashRw(sheet.rt, sheet.rw),
            String(sheet.members),
            '',
          ].map((text) => ({ text, fontSize: type.note })),
        ),
      ],
    },
    layout: { hLineWidth: () => 0.4, vLineWidth: () => 0.4 },
  };
}

/** What stays with the family: who came, for which sheet, and where to ask. No NIK: it is carried about. */
function slip(cover: CoverList, sheet: CoverSheet): Content {
  const width = mm(papers[cover.paper].width - 2 * margin);
  const ask =
    cover.officePhone === ''
      ? 'Tanyakan ke kantor kelurahan'
      : `Tanyakan ke kantor, telepon ${cover.officePhone}`;
  return {
    unbreakable: true,
    stack: [
      {
        columns: [
          {
            width: '*',
            stack: [
              { text: sheet.head, ...fontOf('semiBold') },
              `${sheet.street}, ${formatRtRw(sheet.rt, sheet.rw)}`,
              { text: `Nomor ${sheet.number} · lembar ${displaySheetCode(sheet.code)}`, fontSize: type.note },
              {
                text: `${ask} dengan menyebut nomor ini. Kunjungan ini tanpa biaya.`,
                fontSize: type.small,
              },
            ],
          },
          {
            width: mm(66),
            stack: [
              { text: 'Tanggal kunjungan ……………………………', fontSize: type.note },
              { text: `${cover.teamName}: ${cover.enumerator}`, fontSize: type.note },
              { text: 'Tanda tangan ……………………………………', fontSize: type.note, margin: [0, mm(4), 0, 0] },
            ],
          },
        ],
        margin: [0, mm(4), 0, mm(3)],
      },
      {
        canvas: [
          { type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.4, dash: { length: 3, space: 3 } },
        ],
      },
    ],
  };
}
