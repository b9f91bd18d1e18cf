import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { z } from 'zod';
import {
  muskelStatusLabel,
  NotFoundReason,
  notFoundReasonLabel,
  MuskelStatus,
  WorkPosition,
  workPositionLabel,
} from '../../shared/domain/muskel.ts';
import { maskNumber } from '../../shared/domain/nik.ts';
import { renderDocument } from './document.ts';
import { across, facts, letterTop, ruledTable } from './letter.ts';
import { fontOf } from './letterhead.ts';
import { AreaHead, ListedFamily, MeetingFacts } from './muskel-facts.ts';
import { definePaper, PaperBase } from './paper-kind.ts';
import { mm, papers, type } from './paper.ts';
import { threeDigits } from '../../shared/domain/rt-rw.ts';

const Prelist = PaperBase.extend({
  meeting: MeetingFacts,
  area: AreaHead,
  /** One part an RT, in walking order; each begins a page. */
  parts: z.array(z.object({ rw: z.number(), rt: z.number(), families: z.array(ListedFamily) })),
  /** Lines left blank at the end of each part, for new proposals. */
  blankLines: z.number(),
});

const columns = [
  { label: '(1) No', width: 10, align: 'right' },
  { label: '(2) Nama KRT', width: 0 },
  { label: '(3) JK', width: 9, align: 'center' },
  { label: '(4) Nama pasangan KRT', width: 40 },
  { label: '(5) Alamat', width: 50 },
  { label: '(6) NIK', width: 36 },
  { label: '(7) Status RT', width: 17, align: 'center' },
  { label: '(8) Sebab tidak ditemukan', width: 21, align: 'center' },
  { label: '(9) RT mampu?', width: 16, align: 'center' },
  { label: '(10) ART bekerja', width: 17, align: 'center' },
  { label: '(11) ART disabilitas', width: 20, align: 'center' },
] as const;

/** Daftar Sasaran Verifikasi Rumah Tangga, with the columns and codes of the ministry's list. */
export const prelist = definePaper('prelist', Prelist, (list, frame, fonts) => {
  const paper = across(papers[list.paper]);
  const content: Content = list.parts.map(({ rw, rt, families }, index): Content => ({
    ...(index === 0 ? {} : { pageBreak: 'before' as const }),
    stack: [
      ...letterTop(list, 'DAFTAR SASARAN VERIFIKASI RUMAH TANGGA', null, paper),
      {
        columns: [
          facts(
            list.area.lines.map(({ label, code, name }) => [label, `${code}  ${name}`] as const),
            32,
          ),
          facts(
            [
              ['RW / RT', `${threeDigits(rw)} / ${threeDigits(rt)}`],
              ['Periode', list.meeting.period],
              ['Untuk', list.meeting.name],
              ['Jumlah', `${families.length} rumah tangga`],
            ],
            32,
          ),
        ],
        columnGap: mm(10),
      },
      ruledTable(
        columns,
        [...families.map(familyRow), ...Array.from({ length: list.blankLines }, blankRow)],
        8.5,
      ),
      legend(),
    ],
  }));
  return renderDocument(
    { title: `Daftar sasaran ${list.meeting.name}`, paper: list.paper, landscape: true, frame, content },
    fonts,
  );
});

/** What the meeting said is filled in once it has said it; before that the boxes are empty. */
function familyRow(family: ListedFamily): (string | TableCell)[] {
  const { verdict, traits } = family;
  return [
    String(family.no),
    family.head,
    family.sex === 'L' ? '1' : '2',
    family.spouse ?? '–',
    family.street,
    family.nik === null ? 'belum ada' : maskNumber(family.nik),
    verdict?.status ?? (family.isNew ? '4' : ''),
    verdict?.reason ?? '',
    verdict?.capable ?? '',
    traits.work ?? '',
    traits.disability ?? '',
  ];
}

function blankRow(): string[] {
  return columns.map(() => ' ');
}

function legend(): Content {
  const lines = [
    `Kolom 3: 1 laki-laki, 2 perempuan. Kolom 7: ${MuskelStatus.options.map((code) => `${code} ${muskelStatusLabel[code].toLowerCase()}`).join(', ')}.`,
    `Kolom 8, bila tidak ditemukan: ${NotFoundReason.options.map((code) => `${code} ${notFoundReasonLabel[code].toLowerCase()}`).join(', ')}.`,
    `Kolom 9, bila ditemukan atau usulan baru: 1 ya, 2 tidak. Kolom 10, kedudukan dalam pekerjaan, kosong bila tidak ada yang bekerja: ${WorkPosition.options.map((code) => `${code} ${uncapitalised(workPositionLabel[code])}`).join('; ')}. Kolom 11: 1 ya, 2 tidak.`,
    'Baris kosong untuk usulan baru dari musyawarah.',
  ];
  return {
    text: lines.join('\n'),
    fontSize: type.small,
    ...fontOf('regular'),
    margin: [0, mm(2), 0, 0],
  };
}

/** An abbreviation stays as it is. */
function uncapitalised(label: string): string {
  return label.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}
