import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { maskNumber } from '../../shared/domain/nik.ts';
import { type RegistrationMode, registrationModeLabel } from '../../shared/domain/registration.ts';
import { renderDocument } from './document.ts';
import type { FontFiles } from './fonts.ts';
import { fontOf, type Letterhead, letterheadContent } from './letterhead.ts';
import type { PrintFrame } from './page-frame.ts';
import { margin, mm, type PaperName, papers, tint, type } from './paper.ts';
import { signatureRow } from './signatures.ts';
import { paperLongDay } from './words.ts';
import { formatRtRw } from '../../shared/domain/rt-rw.ts';

/** What a family takes home after registering, twice on one page: theirs, and the office's. */
export interface Receipt {
  letterhead: Letterhead;
  /** `number` is the case number. */
  frame: PrintFrame;
  paper: PaperName;
  registeredAt: string;
  mode: RegistrationMode;
  head: string;
  /** Whole numbers; the receipt shows them masked, for it is carried about. */
  kk: string | null;
  nik: string | null;
  street: string;
  rt: number;
  rw: number;
  kelurahan: string;
  members: number;
  /** Place of the signature, e.g. "Jakarta". */
  place: string;
  clerk: { name: string; nip: string | null };
}

const nextSteps: Record<RegistrationMode, readonly string[]> = {
  aktif: [
    'Data dicocokkan dengan daftar acuan, lalu dibahas dalam musyawarah kelurahan.',
    'Bila perlu diverifikasi, petugas bersurat tugas datang ke rumah. Siapkan KTP dan Kartu Keluarga.',
    'Untuk bertanya, datang ke kantor dan sebutkan nomor pendaftaran ini. Semua langkah tanpa biaya.',
  ],
  pasif: [
    'Usulan menunggu persetujuan lurah, lalu data dicocokkan dengan daftar acuan.',
    'Bila perlu diverifikasi, petugas bersurat tugas datang ke rumah. Siapkan KTP dan Kartu Keluarga.',
    'Untuk bertanya, datang ke kantor dan sebutkan nomor pendaftaran ini. Semua langkah tanpa biaya.',
  ],
};

/** Prints a receipt (tanda terima pendaftaran): two equal halves to cut apart. */
export async function printReceipt(receipt: Receipt, fonts: FontFiles): Promise<Uint8Array> {
  const paper = papers[receipt.paper];
  const gap = 10;
  const half = (paper.height - 2 * margin - gap) / 2;
  const content: Content = {
    table: {
      widths: ['*'],
      heights: [mm(half), mm(gap), mm(half)],
      body: [
        [copy(receipt, 'Lembar untuk keluarga')],
        [cutLine(paper.width - 2 * margin)],
        [copy(receipt, 'Lembar untuk kantor')],
      ],
    },
    layout: bare,
  };
  return renderDocument(
    { title: `Tanda terima ${receipt.frame.number}`, paper: receipt.paper, frame: receipt.frame, content },
    fonts,
  );
}

const bare = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 0,
  paddingTop: () => 0,
  paddingBottom: () => 0,
};

function copy(receipt: Receipt, whose: string): TableCell {
  return {
    stack: [
      letterheadContent(receipt.letterhead, papers[receipt.paper]),
      {
        text: 'TANDA TERIMA PENDAFTARAN',
        ...fontOf('bold'),
        fontSize: type.title,
        alignment: 'center',
        margin: [0, mm(3), 0, 0],
        lineHeight: 1.1,
      },
      {
        columns: [
          { width: '*', text: '' },
          { width: 'auto', text: `Nomor ${receipt.frame.number}` },
          { width: '*', text: whose, fontSize: type.small, alignment: 'right', margin: [0, 1.5, 0, 0] },
        ],
        margin: [0, 0, 0, mm(2.5)],
      },
      facts(receipt),
      {
        columns: [
          {
            width: '*',
            stack: [steps(receipt.mode)],
          },
          { width: mm(64), ...signatures(receipt) },
        ],
        columnGap: mm(6),
        margin: [0, mm(4), 0, 0],
      },
    ],
  };
}

function facts(receipt: Receipt): Content {
  return {
    table: {
      widths: [mm(42), '*', mm(27), '*'],
      body: [
        [
          label('Tanggal daftar'),
          { text: paperLongDay(receipt.registeredAt) },
          label('Cara daftar'),
          { text: registrationModeLabel[receipt.mode] },
        ],
        wide('Kepala rumah tangga', receipt.head),
        [label('Nomor KK'), masked(receipt.kk), label('NIK kepala'), masked(receipt.nik)],
        wide(
          'Alamat',
          `${receipt.street}, ${formatRtRw(receipt.rt, receipt.rw)}, Kelurahan ${receipt.kelurahan}`,
        ),
        wide('Jumlah anggota', `${receipt.members} orang`),
      ],
    },
    layout: { ...bare, paddingTop: () => 0.8, paddingBottom: () => 0.8 },
  };
}

function label(text: string): TableCell {
  return { text, ...fontOf('medium') };
}

function wide(name: string, value: string): TableCell[] {
  return [label(name), { text: value, colSpan: 3 }, {}, {}];
}

function masked(digits: string | null): TableCell {
  return { text: digits === null ? 'Belum ada' : maskNumber(digits), fontFeatures: ['tnum'] };
}

function steps(mode: RegistrationMode): Content {
  return {
    table: {
      widths: ['*'],
      body: [
        [
          {
            stack: [
              { text: 'Sesudah ini', ...fontOf('semiBold'), fontSize: type.note },
              {
                ol: nextSteps[mode].map((step) => ({ text: step, fontSize: type.note })),
                fontSize: type.note,
              },
            ],
          },
        ],
      ],
    },
    layout: {
      ...bare,
      fillColor: () => tint,
      paddingLeft: () => mm(3),
      paddingRight: () => mm(3),
      paddingTop: () => mm(1.6),
      paddingBottom: () => mm(1.6),
    },
  };
}

function signatures(receipt: Receipt): { stack: Content[] } {
  const clerk = { role: 'Petugas pendaftaran', name: receipt.clerk.name, nip: receipt.clerk.nip };
  return {
    stack: [
      signatureRow(`${receipt.place}, ${paperLongDay(receipt.registeredAt)}`, [clerk], {
        space: 13,
        above: 0,
      }),
    ],
  };
}

function cutLine(width: number): TableCell {
  return {
    canvas: [
      {
        type: 'line',
        x1: 0,
        y1: mm(6),
        x2: mm(width),
        y2: mm(6),
        lineWidth: 0.4,
        dash: { length: 3, space: 3 },
      },
    ],
  };
}
