import type { Content } from 'pdfmake/interfaces.js';
import { renderDocument } from './document.ts';
import type { FontFiles } from './fonts.ts';
import { fontOf, type Letterhead, letterheadContent } from './letterhead.ts';
import type { PrintFrame } from './page-frame.ts';
import { mm, type PaperName, papers, tint, type } from './paper.ts';
import { buildQr, qrSvg } from './qr.ts';
import { withSignatures } from './signatures.ts';
import { paperLongDay } from './words.ts';

/** The register's recovery code on paper: whoever holds it can open the register. */
export interface RecoverySheet {
  letterhead: Letterhead;
  frame: PrintFrame;
  paper: PaperName;
  /** The code as shown on screen, its groups parted by dashes. */
  code: string;
  place: string;
  lurah: { name: string; nip: string | null };
  administrator: { name: string; nip: string | null };
}

const uses = [
  'Semua pengguna lupa kata sandi, atau akun administrator tidak dapat dibuka.',
  'Komputer rusak dan register dipulihkan dari cadangan ke komputer lain.',
];

const storage = [
  'Cetak dua lembar. Masukkan masing-masing ke amplop, segel, dan tanda tangani tutupnya.',
  'Satu amplop di lemari besi kelurahan atas nama lurah, satu dititipkan ke Suku Dinas Sosial dengan berita acara.',
  'Jangan difoto, dipindai, dikirim lewat pesan, atau disimpan bersama komputernya.',
  'Bila amplop terbuka atau hilang, buat kode baru di Pengaturan; kode ini langsung tidak berlaku.',
];

/** Prints the recovery sheet (lembar pemulihan), one page. */
export async function printRecoverySheet(sheet: RecoverySheet, fonts: FontFiles): Promise<Uint8Array> {
  const content: Content = [
    letterheadContent(sheet.letterhead, papers[sheet.paper]),
    {
      text: 'LEMBAR PEMULIHAN REGISTER',
      ...fontOf('bold'),
      fontSize: type.title,
      alignment: 'center',
      margin: [0, mm(7), 0, 0],
    },
    {
      text: 'RAHASIA',
      ...fontOf('semiBold'),
      alignment: 'center',
      characterSpacing: 3,
      margin: [0, 0, 0, mm(5)],
    },
    {
      text: 'Register Mutakhir kantor ini terkunci. Kode di bawah membukanya tanpa kata sandi siapa pun. Siapa yang memegang lembar ini dapat membaca seluruh data keluarga yang terdaftar.',
    },
    codeBox(sheet.code),
    section('Kapan dipakai', uses),
    section('Cara memakai', [
      'Di layar masuk pilih “Pakai lembar pemulihan”, pindai kode QR atau ketik kodenya. Tanda hubung boleh dilewati; huruf besar dan kecil sama saja.',
      'Buat kata sandi baru, lalu cetak lembar pemulihan yang baru dan musnahkan lembar ini.',
    ]),
    withSignatures(
      section('Cara menyimpan', storage),
      `${sheet.place}, ${paperLongDay(sheet.frame.printedAt)}`,
      [
        { role: 'Administrator', ...sheet.administrator },
        {
          role: `Lurah${sheet.letterhead.kelurahan === null ? '' : ` ${sheet.letterhead.kelurahan}`}`,
          ...sheet.lurah,
        },
      ],
    ),
  ];
  return renderDocument(
    { title: 'Lembar pemulihan register', paper: sheet.paper, frame: sheet.frame, content },
    fonts,
  );
}

/** The code as large as it can be read aloud, three groups a line, its QR beside it. */
function codeBox(code: string): Content {
  const groups = code.split('-');
  const lines: string[] = [];
  for (let start = 0; start < groups.length; start += 3)
    lines.push(groups.slice(start, start + 3).join('   '));
  return {
    table: {
      widths: ['*', mm(40)],
      body: [
        [
          {
            stack: lines.map((line) => ({
              text: line,
              ...fontOf('semiBold'),
              fontSize: 17,
              fontFeatures: ['tnum', 'zero'],
              lineHeight: 1.5,
              characterSpacing: 1,
            })),
            verticalAlignment: 'middle',
          },
          { svg: qrSvg(buildQr(code, 'Q'), mm(30)), width: mm(30), alignment: 'center' },
        ],
      ],
    },
    layout: {
      hLineWidth: () => 1,
      vLineWidth: (column) => (column === 1 ? 0 : 1),
      paddingLeft: () => mm(6),
      paddingRight: () => mm(5),
      paddingTop: () => mm(6),
      paddingBottom: () => mm(6),
    },
    margin: [0, mm(6), 0, mm(2)],
  };
}

function section(title: string, lines: readonly string[]): Content {
  return {
    margin: [0, mm(4), 0, 0],
    stack: [
      {
        table: { widths: ['*'], body: [[{ text: title, ...fontOf('semiBold'), fontSize: type.heading }]] },
        layout: {
          hLineWidth: () => 0,
          vLineWidth: () => 0,
          fillColor: () => tint,
          paddingLeft: () => mm(2),
          paddingTop: () => 2,
          paddingBottom: () => 1,
        },
        margin: [0, 0, 0, mm(1.5)],
      },
      { ul: lines.map((line) => ({ text: line })), margin: [mm(1), 0, 0, 0] },
    ],
  };
}
