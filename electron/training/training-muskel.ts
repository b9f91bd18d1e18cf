import type { MuskelVerdict } from '../../shared/domain/muskel.ts';
import { today } from '../clock.ts';
import {
  createSession,
  finishSession,
  legaliseSession,
  saveAttendees,
  saveForm,
} from '../services/muskel.ts';
import { fileObjection } from '../services/muskel-objections.ts';
import { decideFamily, proposeHousehold } from '../services/muskel-verdicts.ts';
import type { Register } from '../services/register.ts';
import { addDecree, saveMember } from '../services/team.ts';
import { getCase } from '../services/case-steps.ts';
import type { TrainingStaff } from './training-families.ts';

/** What the meeting says of a family; null leaves it for the next meeting. */
export type Word = 'layak' | 'mampu' | 'tidak_ditemukan' | 'ganda';

/**
 * A first meeting that was held, closed and legalised, with somebody who disagrees, and a second one
 * that is going on with the families that were left.
 */
export function seedMeetings(
  register: Register,
  { clerk, verifier, lurah }: TrainingStaff,
  families: readonly { caseId: string; word: Word | null }[],
): void {
  const heldOn = today(register.clock);
  const facts = { heldOn, startsAt: '19.30', endsAt: '22.00', place: 'Aula Kelurahan Gambir', areas: [] };
  const { id: muskelId } = createSession(register, verifier, facts);
  for (const { caseId, word } of families) {
    if (word === null) continue;
    const { result } = getCase(register, caseId);
    const verdict = verdictOf(word, result === 'baru' ? '4' : '1');
    decideFamily(register, verifier, { muskelId, caseId, verdict });
  }
  proposeHousehold(register, muskelId, {
    name: 'Sukinem',
    sex: 'P',
    spouse: '',
    street: 'Gang Kenanga No. 4',
    rt: 2,
    rw: 3,
    nik: '',
    proposer: 'Ketua RW 003',
    capable: '2',
  });
  const attendance = saveAttendees(register, { muskelId, version: 1, attendees });
  const form = saveForm(register, {
    muskelId,
    version: attendance.version,
    form: {
      MK01: `${lurah.name}, Lurah`,
      MK02: '7',
      MK03: '7',
      MK05: '42',
      MK06: '42',
      MK09: '1',
      MK10: '1',
      MK11: '1',
      MK12: '1',
      MK13: 'Penghasilan kepala rumah tangga\nKeadaan rumah\nJumlah tanggungan',
      MK14: '1',
      MK15: '1',
      MK16: '1',
      MK17: '1',
      MK18: '1',
    },
  });
  finishSession(register, verifier, { muskelId, version: form.version });
  legaliseSession(register, lurah, { muskelId, version: form.version + 1 });

  const contested = families.find(({ word }) => word === 'mampu');
  if (contested !== undefined) {
    fileObjection(register, clerk, {
      muskelId,
      caseId: contested.caseId,
      objector: 'Kepala keluarga sendiri',
      relation: 'yang bersangkutan',
      grounds: 'Usaha yang dianggap miliknya milik kakaknya; ia hanya bekerja di sana.',
      lateReason: '',
    });
  }
  createSession(register, verifier, { ...facts, startsAt: '', endsAt: '', place: '' });
}

/** The team with its decree; the first of them is on the forms that are out. */
export function seedTeam(register: Register, { verifier, lurah }: TrainingStaff, first: string): void {
  const dated = `${today(register.clock).slice(0, 4)}-01-15`;
  const { id: decreeId } = addDecree(register, lurah, {
    number: `12/SK/I/${dated.slice(0, 4)}`,
    dated,
    about: 'Pembentukan Tim Masyarakat Peduli Kelurahan Gambir',
    startsOn: dated,
    endsOn: `${dated.slice(0, 4)}-12-31`,
  });
  const members = [
    { name: first, origin: 'PSM', position: 'ketua', rws: [1, 2] },
    { name: 'Agus Setiawan', origin: 'TKSK', position: 'sekretaris', rws: [3, 4] },
    { name: 'Nurhayati', origin: 'PKK', position: 'anggota', rws: [5, 6] },
    { name: 'Joko Prasetyo', origin: 'Karang Taruna', position: 'anggota', rws: [] },
  ] as const;
  for (const { rws, ...member } of members) {
    saveMember(register, verifier, {
      memberId: null,
      version: 0,
      member: {
        ...member,
        phone: '',
        decreeId,
        areas: rws.map((rw) => ({ rw, rt: null })),
        training: [
          {
            level: member.position === 'anggota' ? 'kelurahan' : 'tot_kota',
            heldOn: dated,
            trainer: member.position === 'anggota' ? first : 'Suku Dinas Sosial',
          },
        ],
        active: true,
      },
    });
  }
}

const attendees = [
  { name: 'H. Sulaiman', sex: 'L' as const, group: 'rw' as const, represents: 'RW 001', present: true },
  { name: 'Yuliana', sex: 'P' as const, group: 'rw' as const, represents: 'RW 003', present: true },
  { name: 'Tarno', sex: 'L' as const, group: 'rt' as const, represents: 'RT 002/RW 001', present: true },
  {
    name: 'Sri Mulyati',
    sex: 'P' as const,
    group: 'rt' as const,
    represents: 'RT 004/RW 003',
    present: true,
  },
  { name: 'Serka Wahyudi', sex: 'L' as const, group: 'lain' as const, represents: 'Babinsa', present: true },
  {
    name: 'Hj. Maemunah',
    sex: 'P' as const,
    group: 'lain' as const,
    represents: 'tokoh agama',
    present: false,
  },
];

function verdictOf(word: Word, status: '1' | '4'): MuskelVerdict {
  const blank = { reason: null, capable: null, twin: '', note: '' };
  switch (word) {
    case 'layak':
      return { ...blank, status, capable: '2' };
    case 'mampu':
      return { ...blank, status, capable: '1' };
    case 'tidak_ditemukan':
      return { ...blank, status: '2', reason: '3', note: 'Tidak dikenal oleh RT dan RW setempat' };
    case 'ganda':
      return { ...blank, status: '3', note: 'Sudah terdaftar bersama orang tuanya' };
  }
}
