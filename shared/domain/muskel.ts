import { z } from 'zod';
import type { CaseAction } from './case-flow.ts';
import { Sex } from './person.ts';

/** What the meeting says of a family: `Status RT` of the printed list. */
export const MuskelStatus = z.enum(['1', '2', '3', '4']);
export type MuskelStatus = z.infer<typeof MuskelStatus>;

export const muskelStatusLabel: Record<MuskelStatus, string> = {
  '1': 'Ditemukan',
  '2': 'Tidak ditemukan',
  '3': 'Data ganda',
  '4': 'Usulan baru',
};

export const NotFoundReason = z.enum(['1', '2', '3', '4']);
export type NotFoundReason = z.infer<typeof NotFoundReason>;

export const notFoundReasonLabel: Record<NotFoundReason, string> = {
  '1': 'Pindah',
  '2': 'Meninggal',
  '3': 'Tidak tahu',
  '4': 'Alamat tidak ada di kelurahan ini',
};

/** 1 Ya, 2 Tidak, as on the paper. */
export const YesNo = z.enum(['1', '2']);
export type YesNo = z.infer<typeof YesNo>;

export const yesNoLabel: Record<YesNo, string> = { '1': 'Ya', '2': 'Tidak' };

/** Kedudukan dalam pekerjaan, column 10 of the printed list: the codes of the questionnaire's 6.15. */
export const WorkPosition = z.enum(['1', '2', '3', '4', '5', '6', '7', '8']);
export type WorkPosition = z.infer<typeof WorkPosition>;

export const workPositionLabel: Record<WorkPosition, string> = {
  '1': 'Berusaha sendiri',
  '2': 'Berusaha dibantu buruh tidak tetap',
  '3': 'Berusaha dibantu buruh tetap',
  '4': 'Buruh, karyawan, pegawai swasta',
  '5': 'PNS, TNI, Polri, BUMN, BUMD, legislatif',
  '6': 'Pekerja bebas pertanian',
  '7': 'Pekerja bebas non-pertanian',
  '8': 'Pekerja keluarga, tidak dibayar',
};

/** Columns 10 and 11 of the printed list: what the meeting knows of the members of a household. */
export const MuskelTraits = z.object({
  /** Null where nobody works, or nobody said. */
  work: WorkPosition.nullable(),
  disability: YesNo.nullable(),
});
export type MuskelTraits = z.infer<typeof MuskelTraits>;

/** One line of the printed list, filled in. */
export const MuskelVerdict = z
  .object({
    status: MuskelStatus,
    /** Only for a family that was not found. */
    reason: NotFoundReason.nullable(),
    /** Rumah tangga mampu? Only for one that was found, or proposed. */
    capable: YesNo.nullable(),
    /** Number of the case that this one is a second record of. */
    twin: z.string().trim().max(60),
    note: z.string().trim().max(300),
  })
  .refine(({ status, reason }) => (status === '2') === (reason !== null), {
    path: ['reason'],
    message: 'Pilih sebab tidak ditemukan.',
  })
  .refine(({ status, capable }) => (status === '1' || status === '4') === (capable !== null), {
    path: ['capable'],
    message: 'Nyatakan mampu atau tidak.',
  });
export type MuskelVerdict = z.infer<typeof MuskelVerdict>;

/** Whether a family that is in the lists and was found well-off still goes on to the visit: a setting. */
export const CapableRule = z.enum(['tidak_layak', 'lanjut']);
export type CapableRule = z.infer<typeof CapableRule>;

/**
 * The step that a verdict takes along the table of edges. A new proposal that is well-off always
 * leaves; a listed family that is well-off leaves by the rule of Jakarta (Kepgub 1250/2020: judged not
 * poor by the community), or goes on to the visit by that of the ministry's back office.
 */
export function stepOfVerdict(verdict: MuskelVerdict, rule: CapableRule): CaseAction {
  switch (verdict.status) {
    case '2':
      return 'catat_muskel_tidak_ditemukan';
    case '3':
      return 'catat_muskel_ganda';
    case '4':
      return verdict.capable === '1' ? 'catat_muskel_tidak_layak' : 'catat_muskel_layak';
    case '1':
      return verdict.capable === '1' && rule === 'tidak_layak'
        ? 'catat_muskel_tidak_layak'
        : 'catat_muskel_layak';
  }
}

/** The verdict in words, as history and papers have it. */
export function describeVerdict(verdict: MuskelVerdict): string {
  const parts = [
    muskelStatusLabel[verdict.status],
    verdict.reason === null ? null : notFoundReasonLabel[verdict.reason].toLowerCase(),
    verdict.capable === null ? null : verdict.capable === '1' ? 'mampu' : 'tidak mampu',
    verdict.twin === '' ? null : `sama dengan ${verdict.twin}`,
    verdict.note === '' ? null : verdict.note,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

/** The columns a recap of the meeting counts, in the order of the back office's. */
export interface MuskelCounts {
  all: number;
  poor: number;
  capable: number;
  notFound: number;
  twin: number;
  proposed: number;
  undecided: number;
}

export function countVerdicts(verdicts: readonly (MuskelVerdict | null)[]): MuskelCounts {
  const count = (test: (verdict: MuskelVerdict) => boolean) =>
    verdicts.filter((verdict) => verdict !== null && test(verdict)).length;
  return {
    all: verdicts.length,
    poor: count(({ status, capable }) => status === '1' && capable === '2'),
    capable: count(({ status, capable }) => status === '1' && capable === '1'),
    notFound: count(({ status }) => status === '2'),
    twin: count(({ status }) => status === '3'),
    proposed: count(({ status }) => status === '4'),
    undecided: verdicts.filter((verdict) => verdict === null).length,
  };
}

/** The state of a meeting: being prepared and held, closed by its recorder, legalised by the lurah. */
export const MuskelState = z.enum(['berlangsung', 'selesai', 'disahkan']);
export type MuskelState = z.infer<typeof MuskelState>;

export const muskelStateLabel: Record<MuskelState, string> = {
  berlangsung: 'Berlangsung',
  selesai: 'Menunggu pengesahan lurah',
  disahkan: 'Disahkan',
};

export const AttendeeGroup = z.enum(['rw', 'rt', 'lain']);
export type AttendeeGroup = z.infer<typeof AttendeeGroup>;

export const attendeeGroupLabel: Record<AttendeeGroup, string> = {
  rw: 'Wakil RW',
  rt: 'Wakil RT',
  lain: 'Lainnya',
};

export const Attendee = z.object({
  name: z.string().trim().max(120),
  sex: Sex,
  group: AttendeeGroup,
  /** "RW 003", "Babinsa", "tokoh masyarakat". */
  represents: z.string().trim().max(80),
  present: z.boolean(),
});
export type Attendee = z.infer<typeof Attendee>;
