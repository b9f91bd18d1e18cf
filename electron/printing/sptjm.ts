import { z } from 'zod';
import { renderDocument } from './document.ts';
import { facts, letterTop, paragraph, points } from './letter.ts';
import { MeetingFacts } from './muskel-facts.ts';
import { definePaper, PaperBase, SignerFacts } from './paper-kind.ts';
import { withSignatures } from './signatures.ts';
import { paperDayLong, paperNumber } from './words.ts';

const Sptjm = PaperBase.extend({
  dated: z.string(),
  meeting: MeetingFacts,
  kelurahan: z.string(),
  eligible: z.number(),
  all: z.number(),
  /** Number of the Berita Acara, once it has one. */
  minutesNumber: z.string().nullable(),
  statements: z.array(z.string()).min(1),
  lurah: SignerFacts,
});

/** Surat Pernyataan Tanggung Jawab Mutlak: the lurah answers for the list. */
export const sptjm = definePaper('sptjm', Sptjm, (letter, frame, fonts) =>
  renderDocument(
    {
      title: `SPTJM ${letter.meeting.name}`,
      paper: letter.paper,
      frame,
      content: [
        ...letterTop(letter, 'SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK', frame.number),
        paragraph('Yang bertanda tangan di bawah ini:'),
        facts([
          ['Nama', letter.lurah.name ?? '........................'],
          ['NIP', letter.lurah.nip ?? '........................'],
          ['Jabatan', letter.lurah.role],
        ]),
        paragraph(
          `menyatakan dengan sesungguhnya, sehubungan dengan hasil ${letter.meeting.name} tanggal ${paperDayLong(letter.meeting.heldOn)}${letter.minutesNumber === null ? '' : ` sebagaimana Berita Acara Nomor ${letter.minutesNumber}`}, yang memuat ${paperNumber(letter.all)} rumah tangga ${letter.kelurahan}, ${paperNumber(letter.eligible)} di antaranya berlanjut ke verifikasi, bahwa:`,
        ),
        points(letter.statements),
        withSignatures(
          paragraph(
            'Demikian surat pernyataan ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.',
          ),
          `${letter.place}, ${paperDayLong(letter.dated)}`,
          [{ ...letter.lurah, role: `${letter.lurah.role}\n(meterai)` }],
        ),
      ],
    },
    fonts,
  ),
);
