import type { TableCell } from 'pdfmake/interfaces.js';
import { z } from 'zod';
import { Attendee, attendeeGroupLabel } from '../../shared/domain/muskel.ts';
import { renderDocument } from './document.ts';
import { facts, letterTop, ruledTable } from './letter.ts';
import { MeetingFacts } from './muskel-facts.ts';
import { definePaper, PaperBase, SignerFacts } from './paper-kind.ts';
import { mm } from './paper.ts';
import { withSignatures } from './signatures.ts';
import { paperDayLong, paperWeekday } from './words.ts';

const DaftarHadir = PaperBase.extend({
  meeting: MeetingFacts,
  attendees: z.array(Attendee),
  blankLines: z.number(),
  lurah: SignerFacts,
});

/** Daftar hadir: who is expected or came, with room to sign, and blank lines for who comes besides. */
export const daftarHadir = definePaper('daftar_hadir', DaftarHadir, (list, frame, fonts) =>
  renderDocument(
    {
      title: `Daftar hadir ${list.meeting.name}`,
      paper: list.paper,
      frame,
      content: [
        ...letterTop(list, 'DAFTAR HADIR MUSYAWARAH KELURAHAN', null),
        facts([
          ['Musyawarah', list.meeting.name],
          ['Hari, tanggal', `${paperWeekday(list.meeting.heldOn)}, ${paperDayLong(list.meeting.heldOn)}`],
          ['Waktu', clockOf(list.meeting)],
          ['Tempat', list.meeting.place === '' ? '........................' : list.meeting.place],
        ]),
        ruledTable(
          [
            { label: 'No', width: 10, align: 'right' },
            { label: 'Nama', width: 0 },
            { label: 'L/P', width: 11, align: 'center' },
            { label: 'Mewakili', width: 52 },
            { label: 'Tanda tangan', width: 44 },
          ],
          [
            ...list.attendees.map((one, index) => [
              String(index + 1),
              one.name,
              one.sex,
              one.represents === '' ? attendeeGroupLabel[one.group] : one.represents,
              signHere(index),
            ]),
            ...Array.from({ length: list.blankLines }, (_, index) => {
              const no = list.attendees.length + index;
              return [String(no + 1), ' ', ' ', ' ', signHere(no)];
            }),
          ],
          8.5,
        ),
        withSignatures(
          { text: 'Daftar hadir ini dibubuhi stempel kelurahan.', margin: [0, 8, 0, 0] },
          `${list.place}, ${paperDayLong(list.meeting.heldOn)}`,
          [list.lurah],
        ),
      ],
    },
    fonts,
  ),
);

/** Odd lines sign at the left, even ones at the right, so that signatures do not run together. */
function signHere(index: number): TableCell {
  return { text: `${index + 1}.`, margin: [index % 2 === 0 ? 0 : mm(20), 0, 0, 0] };
}

export function clockOf({ startsAt, endsAt }: { startsAt: string; endsAt: string }): string {
  return startsAt === ''
    ? '........................'
    : `${startsAt} – ${endsAt === '' ? 'selesai' : endsAt} WIB`;
}
