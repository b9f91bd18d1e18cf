import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { z } from 'zod';
import { VisitResult, visitResultLabel } from '../../shared/domain/visit.ts';
import { renderDocument } from './document.ts';
import { across, letterTop, ruledTable } from './letter.ts';
import { fontOf } from './letterhead.ts';
import { definePaper, PaperBase, SignerFacts } from './paper-kind.ts';
import { mm, papers } from './paper.ts';
import { withSignatures } from './signatures.ts';
import { paperDayLong, paperNumber } from './words.ts';
import { threeDigits } from '../../shared/domain/rt-rw.ts';

const Line = z.object({
  rw: z.number(),
  rt: z.number(),
  /** Prelist, then the five outcomes of the meeting, then the six results of the visit. */
  counts: z.array(z.number()).length(12),
});

const RekapMuskel = PaperBase.extend({
  dated: z.string(),
  period: z.string(),
  lines: z.array(Line),
  preparedBy: SignerFacts,
  lurah: SignerFacts,
});

const heads = [
  'Prelist',
  'Ditemukan, tidak mampu',
  'Ditemukan, mampu',
  'Tidak ditemukan',
  'Ganda',
  'Usulan',
  ...VisitResult.options.map((code) => `${code} ${visitResultLabel[code]}`),
];

/** The recap of the meeting and the visits per RW and RT, as Dinas and TKPK ask for it. */
export const rekapMuskel = definePaper('rekap_muskel', RekapMuskel, (recap, frame, fonts) => {
  const sums = heads.map((_, index) =>
    recap.lines.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0),
  );
  const rows = recap.lines.map((line) => [
    threeDigits(line.rw),
    threeDigits(line.rt),
    ...line.counts.map((count) => (count === 0 ? '–' : paperNumber(count))),
  ]);
  const total: TableCell[] = [
    { text: 'Jumlah', ...fontOf('semiBold'), colSpan: 2 },
    {},
    ...sums.map((count): TableCell => ({
      text: paperNumber(count),
      ...fontOf('semiBold'),
      alignment: 'right',
    })),
  ];
  const content: Content = [
    ...letterTop(recap, 'REKAPITULASI HASIL MUSKEL DAN VERIVALI', null, across(papers[recap.paper])),
    {
      text: `Periode ${recap.period} · keadaan ${paperDayLong(recap.dated)}`,
      alignment: 'center',
      margin: [0, 0, 0, mm(3)],
    },
    ruledTable(
      [
        { label: 'RW', width: 13 },
        { label: 'RT', width: 13 },
        ...heads.map((label) => ({ label, width: 0, align: 'right' as const })),
      ],
      [...rows, total],
    ),
    withSignatures(
      {
        text: 'Kolom 1–6: hasil verivali pada keluarga yang dikunjungi. Setiap keluarga terhitung satu kali.',
        margin: [0, mm(3), 0, 0],
      },
      `${recap.place}, ${paperDayLong(recap.dated)}`,
      [recap.preparedBy, recap.lurah],
    ),
  ];
  return renderDocument(
    { title: `Rekap muskel ${recap.period}`, paper: recap.paper, landscape: true, frame, content },
    fonts,
  );
});
