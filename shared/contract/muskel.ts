import { z } from 'zod';
import { LetterNumber } from './documents.ts';
import { CaseState } from '../domain/case-flow.ts';
import { Attendee, MuskelState, MuskelTraits, MuskelVerdict, YesNo } from '../domain/muskel.ts';
import { MkAnswers } from '../domain/muskel-form.ts';
import { Period } from '../domain/period.ts';
import { IsoDate, IsoInstant, Sex } from '../domain/person.ts';
import { IdentificationResult } from '../domain/registration.ts';
import { TeamArea } from '../domain/team.ts';

const Clock = z.string().regex(/^$|^([01]\d|2[0-3])\.[0-5]\d$/, 'Tulis jam seperti 09.30.');

/** When and where a meeting is held, and for which part of the kelurahan. */
export const MuskelFacts = z.object({
  heldOn: IsoDate,
  startsAt: Clock,
  endsAt: Clock,
  place: z.string().trim().max(120),
  /** Whose families stand on the agenda; empty for the whole office. */
  areas: z.array(TeamArea).max(60),
});
export type MuskelFacts = z.infer<typeof MuskelFacts>;

/** A family on the agenda, with what the printed list shows of it. */
export const MuskelItem = z.object({
  caseId: z.uuid(),
  no: z.int(),
  number: z.string(),
  state: CaseState,
  result: IdentificationResult.nullable(),
  headName: z.string(),
  headSex: Sex,
  spouseName: z.string().nullable(),
  nik: z.string().nullable(),
  street: z.string(),
  rt: z.int(),
  rw: z.int(),
  kelurahan: z.string(),
  members: z.int(),
  verdict: MuskelVerdict.nullable(),
  traits: MuskelTraits,
  openObjection: z.boolean(),
});
export type MuskelItem = z.infer<typeof MuskelItem>;

const line = (max: number) => z.string().trim().max(max);

/** A household that the meeting proposes and nobody has registered yet. */
export const ProposalInput = z.object({
  name: line(120).min(1, 'Isi nama kepala rumah tangga.'),
  sex: Sex,
  spouse: line(120),
  street: line(200).min(1, 'Isi alamat.'),
  rt: z.int().min(1).max(999),
  rw: z.int().min(1).max(999),
  nik: z.string().regex(/^$|^\d{16}$/, 'NIK terdiri dari 16 angka, atau kosong.'),
  proposer: line(120).min(1, 'Isi nama pengusul.'),
  capable: YesNo,
});
export type ProposalInput = z.infer<typeof ProposalInput>;

export const Proposal = ProposalInput.extend({
  id: z.string(),
  draftId: z.string().nullable(),
  /** Number of the case, once the draft was registered. */
  caseNumber: z.string().nullable(),
});
export type Proposal = z.infer<typeof Proposal>;

export const Objection = z.object({
  id: z.string(),
  caseId: z.string(),
  number: z.string(),
  headName: z.string(),
  objector: z.string(),
  relation: z.string(),
  grounds: z.string(),
  lateReason: z.string().nullable(),
  filedAt: IsoInstant,
  answerDue: IsoDate,
  state: z.enum(['diajukan', 'diterima', 'ditolak']),
  answer: z.string().nullable(),
  decidedByName: z.string().nullable(),
});
export type Objection = z.infer<typeof Objection>;

export const Muskel = MuskelFacts.extend({
  id: z.string(),
  no: z.int(),
  periodId: Period.shape.id,
  state: MuskelState,
  version: z.int(),
  attendees: z.array(Attendee),
  form: MkAnswers,
  legalisedAt: IsoInstant.nullable(),
  legalisedByName: z.string().nullable(),
  /** Last day on which somebody may object; null before it was legalised. */
  objectionUntil: IsoDate.nullable(),
});
export type Muskel = z.infer<typeof Muskel>;

export const MuskelDetail = z.object({
  muskel: Muskel,
  periodName: z.string(),
  items: z.array(MuskelItem),
  proposals: z.array(Proposal),
  objections: z.array(Objection),
  /** Families on the target list that stand on no agenda yet and would fit this one. */
  waiting: z.int(),
});
export type MuskelDetail = z.infer<typeof MuskelDetail>;

export const MuskelSummary = z.object({
  id: z.string(),
  no: z.int(),
  periodId: z.string(),
  heldOn: IsoDate,
  place: z.string(),
  areas: z.array(TeamArea),
  state: MuskelState,
  families: z.int(),
  decided: z.int(),
  openObjections: z.int(),
});
export type MuskelSummary = z.infer<typeof MuskelSummary>;

const Ref = z.object({ muskelId: z.uuid() });
const Versioned = Ref.extend({ version: z.int().positive() });
const Done = z.object({ version: z.int() });

/** Input of the documents `daftar_hadir`, and, as letters, `berita_acara` and `sptjm`. */
export const PrintMuskel = Ref.extend({ letterNumber: LetterNumber });
export type PrintMuskel = z.infer<typeof PrintMuskel>;
/** Input of the document `surat_pengantar`, one a period. */
export const PrintCoverLetter = z.object({ periodId: Period.shape.id, letterNumber: LetterNumber });
export type PrintCoverLetter = z.infer<typeof PrintCoverLetter>;
export const PrintPrelist = Ref.extend({ rw: z.int().nullable(), rt: z.int().nullable() });
export type PrintPrelist = z.infer<typeof PrintPrelist>;

export const muskelContract = {
  list: {
    output: z.object({ sessions: z.array(MuskelSummary), waiting: z.int(), rws: z.array(z.int()) }),
  },
  create: { input: MuskelFacts, output: z.object({ id: z.string() }) },
  get: { input: Ref, output: MuskelDetail },
  saveFacts: { input: Versioned.extend({ facts: MuskelFacts }), output: Done },
  saveAttendees: { input: Versioned.extend({ attendees: z.array(Attendee).max(300) }), output: Done },
  saveForm: { input: Versioned.extend({ form: MkAnswers }), output: Done },
  /** Puts the families that came on the list since at the end of the agenda. */
  refreshAgenda: { input: Ref, output: z.object({ added: z.int() }) },
  decide: {
    input: Ref.extend({ caseId: z.uuid(), verdict: MuskelVerdict }),
    output: z.object({ state: CaseState }),
  },
  /** Columns 10 and 11 of a family's line, while the meeting is open. */
  saveTraits: { input: Ref.extend({ caseId: z.uuid(), traits: MuskelTraits }) },
  undo: {
    input: Ref.extend({ caseId: z.uuid(), reason: z.string().trim().min(1).max(300) }),
    output: z.object({ state: CaseState }),
  },
  propose: { input: Ref.extend({ proposal: ProposalInput }), output: z.object({ id: z.string() }) },
  removeProposal: { input: z.object({ proposalId: z.uuid() }) },
  /** Opens a passive registration with what the meeting said. */
  draftProposal: { input: z.object({ proposalId: z.uuid() }), output: z.object({ draftId: z.string() }) },
  finish: { input: Versioned, output: z.object({ state: MuskelState }) },
  reopen: {
    input: Versioned.extend({ reason: z.string().trim().min(1).max(300) }),
    output: z.object({ state: MuskelState }),
  },
  legalise: { input: Versioned, output: z.object({ state: MuskelState }) },
  object: {
    input: Ref.extend({
      caseId: z.uuid(),
      objector: line(120).min(1, 'Isi nama yang menyanggah.'),
      relation: line(80).min(1, 'Isi hubungannya dengan keluarga.'),
      grounds: line(500).min(1, 'Isi isi sanggahan.'),
      lateReason: line(300),
    }),
    output: z.object({ id: z.string() }),
  },
  answerObjection: {
    input: z.object({
      objectionId: z.uuid(),
      /** The verdict in place of the contested one; null where the objection is turned down. */
      verdict: MuskelVerdict.nullable(),
      answer: line(500).min(1, 'Isi jawaban atas sanggahan.'),
    }),
    output: z.object({ id: z.string() }),
  },
};
export type NewObjection = z.infer<typeof muskelContract.object.input>;
export type ObjectionAnswer = z.infer<typeof muskelContract.answerObjection.input>;
