import { z } from 'zod';
import { renderDocument } from './document.ts';
import { letterTop, paragraph, ruledTable } from './letter.ts';
import { definePaper, PaperBase, SignerFacts } from './paper-kind.ts';
import { mm } from './paper.ts';
import { withSignatures } from './signatures.ts';
import { paperDayLong } from './words.ts';

const SuratPengantar = PaperBase.extend({
  dated: z.string(),
  /** To whom, line by line. */
  recipient: z.array(z.string()),
  period: z.string(),
  enclosed: z.array(z.object({ title: z.string(), number: z.string(), copies: z.string() })),
  lurah: SignerFacts,
});

/** Surat pengantar: what goes out with it, to whom, with the receipt at its foot. */
export const suratPengantar = definePaper('surat_pengantar', SuratPengantar, (letter, frame, fonts) =>
  renderDocument(
    {
      title: `Surat pengantar ${letter.period}`,
      paper: letter.paper,
      frame,
      content: [
        ...letterTop(letter, 'SURAT PENGANTAR', frame.number),
        { text: ['Kepada Yth.', ...letter.recipient].join('\n'), margin: [0, 0, 0, mm(4)] },
        paragraph(
          `Bersama ini disampaikan dokumen pelaksanaan Mekanisme Pemutakhiran Mandiri periode ${letter.period}:`,
        ),
        ruledTable(
          [
            { label: 'No', width: 10, align: 'right' },
            { label: 'Dokumen', width: 0 },
            { label: 'Nomor', width: 52 },
            { label: 'Banyaknya', width: 30 },
          ],
          letter.enclosed.map(({ title, number, copies }, index) => [
            String(index + 1),
            title,
            number,
            copies,
          ]),
        ),
        { text: '', margin: [0, 0, 0, mm(3)] },
        withSignatures(
          paragraph('Demikian disampaikan. Mohon tanda terima di bawah ini ditandatangani dan dikembalikan.'),
          `${letter.place}, ${paperDayLong(letter.dated)}`,
          [{ role: 'Yang menerima,', name: null, nip: '' }, letter.lurah],
        ),
      ],
    },
    fonts,
  ),
);
