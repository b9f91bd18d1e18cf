import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { z } from 'zod';
import { confirmationLabel, OfficerRating, officerRatingLabel } from '../../shared/domain/spot-check.ts';
import { renderDocument } from './document.ts';
import { facts, letterTop, paragraph, ruledTable } from './letter.ts';
import { fontOf } from './letterhead.ts';
import { definePaper, PaperBase, SignerFacts } from './paper-kind.ts';
import { mm, tint } from './paper.ts';
import { withSignatures } from './signatures.ts';
import { paperDay } from './words.ts';
import { formatRtRw } from '../../shared/domain/rt-rw.ts';

const KunjunganUlang = PaperBase.extend({
  number: z.string(),
  head: z.string(),
  street: z.string(),
  rt: z.number(),
  rw: z.number(),
  enumerator: z.string(),
  visitedOn: z.string().nullable(),
  parts: z.array(
    z.object({
      title: z.string(),
      lines: z.array(z.object({ no: z.string(), label: z.string(), recorded: z.string() })),
    }),
  ),
  supervisor: SignerFacts,
});

/** Formulir kunjungan ulang: each answer of the first visit, to be confirmed or put right. */
export const kunjunganUlang = definePaper('kunjungan_ulang', KunjunganUlang, (form, frame, fonts) => {
  const ratings = OfficerRating.options
    .map((code) => `[\u00a0\u00a0\u00a0]\u00a0${code}\u00a0${officerRatingLabel[code]}`)
    .join('   ');
  const content: Content = [
    ...letterTop(form, 'FORMULIR KUNJUNGAN ULANG', form.number),
    facts(
      [
        ['Kepala rumah tangga', form.head],
        ['Alamat', `${form.street}, ${formatRtRw(form.rt, form.rw)}`],
        [
          'Kunjungan pertama',
          `${form.enumerator}${form.visitedOn === null ? '' : `, ${paperDay(form.visitedOn)}`}`,
        ],
        ['Kunjungan ulang', '........................................'],
      ],
      44,
    ),
    paragraph(
      `Konfirmasi: 1 ${confirmationLabel['1'].toLowerCase()}, 2 ${confirmationLabel['2'].toLowerCase()}. Bila 2, tulis isian yang benar di kolom terakhir.`,
    ),
    ruledTable(
      [
        { label: 'No', width: 14 },
        { label: 'Pertanyaan', width: 0 },
        { label: 'Tercatat', width: 46 },
        { label: '1/2', width: 11, align: 'center' },
        { label: 'Perbaikan', width: 40 },
      ],
      form.parts.flatMap(({ title, lines }) => [
        [{ text: title, ...fontOf('semiBold'), colSpan: 5, fillColor: tint }, {}, {}, {}, {}] as TableCell[],
        ...lines.map(({ no, label, recorded }) => [no, label, recorded, ' ', ' ']),
      ]),
    ),
    withSignatures(
      {
        stack: [
          { text: `Penilaian atas kerja petugas:   ${ratings}`, margin: [0, mm(3), 0, mm(2)] },
          {
            text: 'Catatan: ........................................................................................',
          },
        ],
      },
      `${form.place}, ........................`,
      [{ role: 'Yang dikunjungi,', name: null, nip: null }, form.supervisor],
    ),
  ];
  return renderDocument(
    { title: `Kunjungan ulang ${form.number}`, paper: form.paper, frame, content },
    fonts,
  );
});
