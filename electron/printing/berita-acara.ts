import type { Content } from 'pdfmake/interfaces.js';
import { z } from 'zod';
import { countVerdicts, describeVerdict, yesNoLabel } from '../../shared/domain/muskel.ts';
import { mkFields } from '../../shared/domain/muskel-form.ts';
import { clockOf } from './daftar-hadir.ts';
import { renderDocument } from './document.ts';
import { facts, letterTop, paragraph, ruledTable } from './letter.ts';
import { fontOf } from './letterhead.ts';
import { ListedFamily, MeetingFacts, ProposedFamily } from './muskel-facts.ts';
import { definePaper, PaperBase, SignerFacts } from './paper-kind.ts';
import { mm } from './paper.ts';
import { withSignatures } from './signatures.ts';
import { paperDayLong, paperNumber, paperWeekday } from './words.ts';
import { rtSlashRw } from '../../shared/domain/rt-rw.ts';

const BeritaAcara = PaperBase.extend({
  meeting: MeetingFacts,
  kelurahan: z.string(),
  /** Who came, by group and sex. */
  present: z.object({ rw: z.number(), rt: z.number(), lain: z.number() }),
  families: z.array(ListedFamily),
  proposals: z.array(ProposedFamily),
  form: z.record(z.string(), z.string()),
  closing: z.string(),
  signers: z.array(SignerFacts).min(1).max(3),
});
type BeritaAcara = z.infer<typeof BeritaAcara>;

/** Berita Acara of a Muskel: what was decided, by whom, with the list and the monitoring form annexed. */
export const beritaAcara = definePaper('berita_acara', BeritaAcara, (minutes, frame, fonts) => {
  const { meeting } = minutes;
  const counts = countVerdicts(minutes.families.map(({ verdict }) => verdict));
  const content: Content = [
    ...letterTop(minutes, 'BERITA ACARA MUSYAWARAH KELURAHAN', frame.number),
    paragraph(
      `Pada hari ${paperWeekday(meeting.heldOn)}, ${paperDayLong(meeting.heldOn)}, bertempat di ${meeting.place}, pukul ${clockOf(meeting)}, telah diselenggarakan ${meeting.name} untuk membahas Daftar Sasaran Verifikasi Rumah Tangga ${minutes.kelurahan}, ${meeting.areas}.`,
    ),
    paragraph(
      `Musyawarah dihadiri ${minutes.present.rw} wakil RW, ${minutes.present.rt} wakil RT, dan ${minutes.present.lain} peserta lain, sebagaimana daftar hadir yang ditandatangani dan distempel. Hasilnya:`,
    ),
    ruledTable(
      [
        { label: 'Hasil musyawarah', width: 0 },
        { label: 'Rumah tangga', width: 34, align: 'right' },
      ],
      [
        ['Ditemukan, tidak mampu', paperNumber(counts.poor)],
        ['Ditemukan, mampu', paperNumber(counts.capable)],
        ['Tidak ditemukan', paperNumber(counts.notFound)],
        ['Data ganda', paperNumber(counts.twin)],
        ['Usulan baru dari pendaftaran', paperNumber(counts.proposed)],
        ['Belum diputuskan, dibahas pada musyawarah berikutnya', paperNumber(counts.undecided)],
        [
          { text: 'Jumlah dalam agenda', ...fontOf('semiBold') },
          { text: paperNumber(counts.all), ...fontOf('semiBold'), alignment: 'right' },
        ],
        ['Usulan baru dari musyawarah (belum terdaftar)', paperNumber(minutes.proposals.length)],
      ],
    ),
    { text: '', margin: [0, 0, 0, mm(3)] },
    withSignatures(
      paragraph(minutes.closing),
      `${minutes.place}, ${paperDayLong(meeting.heldOn)}`,
      minutes.signers,
    ),
    annex('Lampiran 1. Daftar putusan', frame.number, verdictTable(minutes)),
    ...(minutes.proposals.length === 0
      ? []
      : [annex('Lampiran 2. Usulan baru dari musyawarah', frame.number, proposalTable(minutes))]),
    annex(
      `Lampiran ${minutes.proposals.length === 0 ? 2 : 3}. Formulir pemantauan MK01–MK18`,
      frame.number,
      monitoring(minutes),
    ),
  ];
  return renderDocument(
    { title: `Berita Acara ${meeting.name}`, paper: minutes.paper, frame, content },
    fonts,
  );
});

function annex(title: string, number: string, body: Content): Content {
  return {
    pageBreak: 'before',
    stack: [
      { text: title, ...fontOf('semiBold') },
      { text: `Berita Acara Nomor ${number}`, margin: [0, 0, 0, mm(3)] },
      body,
    ],
  };
}

function verdictTable({ families }: BeritaAcara): Content {
  return ruledTable(
    [
      { label: 'No', width: 10, align: 'right' },
      { label: 'Nomor berkas', width: 46 },
      { label: 'Kepala rumah tangga', width: 0 },
      { label: 'RT/RW', width: 18 },
      { label: 'Putusan', width: 62 },
    ],
    families.map((family) => [
      String(family.no),
      family.number,
      family.head,
      rtSlashRw(family.rt, family.rw),
      family.verdict === null ? 'belum diputuskan' : describeVerdict(family.verdict),
    ]),
  );
}

function proposalTable({ proposals }: BeritaAcara): Content {
  return ruledTable(
    [
      { label: 'No', width: 10, align: 'right' },
      { label: 'Nama', width: 0 },
      { label: 'Pasangan', width: 36 },
      { label: 'Alamat', width: 48 },
      { label: 'RT/RW', width: 18 },
      { label: 'Pengusul', width: 30 },
      { label: 'Mampu', width: 15 },
    ],
    proposals.map((one, index) => [
      String(index + 1),
      `${one.name} (${one.sex})`,
      one.spouse === '' ? '–' : one.spouse,
      one.street,
      rtSlashRw(one.rt, one.rw),
      one.proposer,
      yesNoLabel[one.capable],
    ]),
  );
}

function monitoring({ form, meeting }: BeritaAcara): Content {
  return [
    facts([
      ['Tanggal', paperDayLong(meeting.heldOn)],
      ['Jam', clockOf(meeting)],
      ['Tempat', meeting.place],
    ]),
    ruledTable(
      [
        { label: 'Kode', width: 16 },
        { label: 'Uraian', width: 0 },
        { label: 'Isian', width: 66 },
      ],
      mkFields.map(({ code, label, kind }) => {
        const value = form[code] ?? '';
        return [
          code,
          label,
          kind === 'yesno' && (value === '1' || value === '2') ? `${value} ${yesNoLabel[value]}` : value,
        ];
      }),
    ),
  ];
}
