import { z } from 'zod';
import { renderDocument } from './document.ts';
import { facts, letterTop, paragraph, points, ruledTable } from './letter.ts';
import { fontOf } from './letterhead.ts';
import { definePaper, PaperBase, SignerFacts } from './paper-kind.ts';
import { mm } from './paper.ts';
import { withSignatures } from './signatures.ts';
import { paperDay, paperDayLong } from './words.ts';
import { rtSlashRw } from '../../shared/domain/rt-rw.ts';

const SuratTugas = PaperBase.extend({
  dated: z.string(),
  teamName: z.string(),
  period: z.string(),
  /** What the letter rests on, e.g. the lurah's decree. */
  basis: z.array(z.string()),
  member: z.object({
    name: z.string(),
    position: z.string(),
    origin: z.string(),
    phone: z.string(),
    /** Letters issued before the team's register held one have none. */
    nik: z.string().nullable().default(null),
  }),
  areas: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
  families: z.array(
    z.object({ number: z.string(), head: z.string(), street: z.string(), rt: z.number(), rw: z.number() }),
  ),
  lurah: SignerFacts,
});

/** Surat tugas: who goes where, from when to when, on what ground; the families stand in its annex. */
export const suratTugas = definePaper('surat_tugas', SuratTugas, (letter, frame, fonts) =>
  renderDocument(
    {
      title: `Surat tugas ${letter.member.name}`,
      paper: letter.paper,
      frame,
      content: [
        ...letterTop(letter, 'SURAT TUGAS', frame.number),
        ...(letter.basis.length === 0
          ? []
          : [
              {
                text: 'Dasar',
                ...fontOf('semiBold'),
                margin: [0, 0, 0, mm(1)] as [number, number, number, number],
              },
              points(letter.basis),
            ]),
        paragraph(`${letter.lurah.role} menugaskan kepada:`),
        facts([
          ['Nama', letter.member.name],
          // Where it is not known it is written in by hand.
          ['NIK', letter.member.nik ?? '………………………………………………'],
          ['Jabatan', `${letter.member.position} ${letter.teamName}`],
          ['Unsur', letter.member.origin],
          ...(letter.member.phone === '' ? [] : [['Telepon', letter.member.phone] as const]),
        ]),
        paragraph('untuk melaksanakan verifikasi rumah tangga dalam rangka Mekanisme Pemutakhiran Mandiri:'),
        facts([
          ['Periode', letter.period],
          ['Wilayah', letter.areas],
          ['Jumlah keluarga', `${letter.families.length} keluarga, daftarnya terlampir`],
          ['Waktu', `${paperDay(letter.startsOn)} sampai dengan ${paperDay(letter.endsOn)}`],
        ]),
        withSignatures(
          paragraph(
            'Petugas menunjukkan surat ini kepada keluarga yang dikunjungi, menjaga kerahasiaan data mereka, dan tidak memungut biaya apa pun. Sesudah selesai, formulir diserahkan kembali ke kelurahan.',
          ),
          `${letter.place}, ${paperDayLong(letter.dated)}`,
          [letter.lurah],
        ),
        {
          pageBreak: 'before',
          stack: [
            { text: `Lampiran Surat Tugas Nomor ${frame.number}`, ...fontOf('semiBold') },
            { text: letter.member.name, margin: [0, 0, 0, mm(3)] },
            ruledTable(
              [
                { label: 'No', width: 9, align: 'right' },
                { label: 'Nomor berkas', width: 48 },
                { label: 'Kepala rumah tangga', width: 0 },
                { label: 'Alamat', width: 54 },
                { label: 'RT/RW', width: 18 },
              ],
              letter.families.map((family, index) => [
                String(index + 1),
                family.number,
                family.head,
                family.street,
                rtSlashRw(family.rt, family.rw),
              ]),
            ),
          ],
        },
      ],
    },
    fonts,
  ),
);
