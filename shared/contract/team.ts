import { z } from 'zod';
import { LetterNumber } from './documents.ts';
import { AssignmentPart } from '../domain/assignment.ts';
import { CaseState } from '../domain/case-flow.ts';
import { Period } from '../domain/period.ts';
import { IsoDate, SixteenDigits } from '../domain/person.ts';
import { TeamArea, TeamPosition, Training } from '../domain/team.ts';

/** The lurah's decree (SK) that makes the team. */
export const TeamDecree = z.object({
  id: z.string(),
  number: z.string(),
  dated: IsoDate,
  about: z.string(),
  startsOn: IsoDate,
  endsOn: IsoDate.nullable(),
});
export type TeamDecree = z.infer<typeof TeamDecree>;

export const NewDecree = z
  .object({
    number: z.string().trim().min(1, 'Isi nomor SK.').max(80),
    dated: IsoDate,
    about: z.string().trim().min(1, 'Isi tentang apa SK ini.').max(200),
    startsOn: IsoDate,
    endsOn: IsoDate.nullable(),
  })
  .refine(({ startsOn, endsOn }) => endsOn === null || endsOn >= startsOn, {
    path: ['endsOn'],
    message: 'Akhirnya mendahului awalnya.',
  });
export type NewDecree = z.infer<typeof NewDecree>;

/** Where a member's families stand: to be printed, out, back, done. */
export const TeamProgress = z.object({
  waiting: z.int(),
  out: z.int(),
  back: z.int(),
  done: z.int(),
});
export type TeamProgress = z.infer<typeof TeamProgress>;

export const TeamMember = z.object({
  id: z.string(),
  name: z.string(),
  origin: z.string(),
  position: TeamPosition,
  phone: z.string(),
  nik: z.string().nullable(),
  decreeId: z.string().nullable(),
  areas: z.array(TeamArea),
  training: z.array(Training),
  active: z.boolean(),
  version: z.int(),
  progress: TeamProgress,
});
export type TeamMember = z.infer<typeof TeamMember>;

export const MemberInput = z.object({
  name: z.string().trim().min(1, 'Isi nama anggota.').max(120),
  origin: z.string().trim().min(1, 'Pilih unsurnya.').max(60),
  position: TeamPosition,
  phone: z.string().trim().max(30),
  /** Absent leaves what is there: a screen knows it masked. */
  nik: SixteenDigits.nullable().optional(),
  decreeId: z.uuid().nullable(),
  areas: z.array(TeamArea).max(60),
  training: z.array(Training).max(20),
  active: z.boolean(),
});
export type MemberInput = z.infer<typeof MemberInput>;

export const AssignedCase = z.object({
  caseId: z.string(),
  number: z.string(),
  headName: z.string(),
  street: z.string(),
  rt: z.int(),
  rw: z.int(),
  state: CaseState,
});
export type AssignedCase = z.infer<typeof AssignedCase>;

/** Input of the document `surat_tugas`. */
export const PrintSuratTugas = z
  .object({
    memberId: z.uuid(),
    periodId: Period.shape.id,
    startsOn: IsoDate,
    endsOn: IsoDate,
    letterNumber: LetterNumber,
  })
  .refine(({ startsOn, endsOn }) => endsOn >= startsOn, {
    path: ['endsOn'],
    message: 'Akhirnya mendahului awalnya.',
  });
export type PrintSuratTugas = z.infer<typeof PrintSuratTugas>;

export const teamContract = {
  read: {
    output: z.object({
      members: z.array(TeamMember),
      decrees: z.array(TeamDecree),
      /** Cases that wait for somebody. */
      unassigned: z.int(),
      origins: z.array(z.string()),
      name: z.string(),
    }),
  },
  addDecree: { input: NewDecree, output: TeamDecree },
  saveMember: {
    input: z.object({ memberId: z.uuid().nullable(), version: z.int().min(0), member: MemberInput }),
    output: z.object({ id: z.string() }),
  },
  /** The proposal for all cases without a member; nothing is decided yet. */
  plan: { output: z.array(AssignmentPart) },
  assign: {
    input: z.object({
      parts: z
        .array(z.object({ memberId: z.uuid(), caseIds: z.array(z.uuid()).min(1), why: z.string().max(300) }))
        .min(1),
    }),
    output: z.object({ cases: z.int() }),
  },
  casesOf: { input: z.object({ memberId: z.uuid() }), output: z.array(AssignedCase) },
};
