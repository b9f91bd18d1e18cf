import { z } from 'zod';
import { JobProgress, Problem } from './jobs.ts';
import { FieldComparison, MatchExplanation, MatchJudgement, MatchOutcome } from '../domain/match.ts';
import { ReferenceSource } from '../domain/reference.ts';
import { IdentificationResult } from '../domain/registration.ts';

/** Two persons side by side, and what the program makes of it. */
export const PairEvidence = z.object({
  /** Identity parameters of the person, then KK, address and RT/RW of the household. */
  fields: z.array(FieldComparison),
  householdFields: z.array(FieldComparison),
  judgement: MatchJudgement,
});
export type PairEvidence = z.infer<typeof PairEvidence>;

/** The same with why the program thinks so, which few open. */
export const ExplainedPair = PairEvidence.extend({ explanation: MatchExplanation });
export type ExplainedPair = z.infer<typeof ExplainedPair>;

/** A person of a list beside a member of the case. */
export const MatchCandidate = z.object({
  personId: z.string(),
  householdId: z.string(),
  name: z.string(),
  probability: z.number(),
  /** Of the one that is asked about and the nearest rival; of the others it is asked for (`evidence`). */
  evidence: PairEvidence.nullable(),
  /** Number of another case with which this person is already linked, or null. */
  linkedWith: z.string().nullable(),
  /** Said before not to be the same person: never proposed again until it is withdrawn. */
  notSame: z.object({ id: z.string(), reason: z.string(), byName: z.string(), at: z.string() }).nullable(),
});
export type MatchCandidate = z.infer<typeof MatchCandidate>;

export const MemberProposal = z.object({
  memberId: z.string(),
  name: z.string(),
  relation: z.string(),
  outcome: MatchOutcome,
  /** Person about whom a verdict is asked; null where nobody is likely. */
  askedId: z.string().nullable(),
  /** Whether the program itself takes them for the same. */
  proposes: z.boolean(),
  /** Best first, the asked one at the head; about five. */
  candidates: z.array(MatchCandidate),
});
export type MemberProposal = z.infer<typeof MemberProposal>;

/** What one source (all its current lists) says of the case. */
export const SourceProposal = z.object({
  source: ReferenceSource,
  /** "BDT 2015 Gambir, per 1 Okt 2015" */
  lists: z.array(z.string()),
  persons: z.int(),
  /** Where the weights of its evidence come from, as a sentence goes on: "dipelajari dari daftar ini, …". */
  modelOrigin: z.string(),
  members: z.array(MemberProposal),
  /** Households of the list that the links speak for: one, or one for each family with a No KK. */
  households: z.array(
    z.object({
      id: z.string(),
      listName: z.string(),
      address: z.string(),
      percentile: z.int().nullable(),
      desil: z.int().nullable(),
      persons: z.array(z.object({ personId: z.string(), name: z.string(), relation: z.string() })),
      characteristics: z.array(FieldComparison),
    }),
  ),
  sure: z.boolean(),
  /** Members for whom a search word was too common and was left out, and nobody was found by the others. */
  overlooked: z.array(z.string()),
  /** Members whose No KK, or household in the lists, more people share than live together: it was no evidence. */
  crowded: z.array(z.string()),
});
export type SourceProposal = z.infer<typeof SourceProposal>;

/** `sama`: one person; `bukan`: two. A person always says it, also where the program is sure. */
export const PairVerdict = z.object({
  memberId: z.string(),
  personId: z.string(),
  verdict: z.enum(['sama', 'bukan']),
  /** Why they are two people: "NIK berbeda"; remembered with the pair. Null beside `sama`. */
  reason: z.string().trim().max(300).nullable().default(null),
});
export type PairVerdict = z.infer<typeof PairVerdict>;

export const ResultProposal = z.object({
  result: IdentificationResult,
  reasons: z.array(z.string()),
  /** List that decided between tetap and berubah; null where nobody was found. */
  listName: z.string().nullable(),
});
export type ResultProposal = z.infer<typeof ResultProposal>;

export const CaseProposal = z.object({
  caseId: z.string(),
  number: z.string(),
  version: z.int(),
  headName: z.string(),
  address: z.string(),
  modelVersion: z.string(),
  sources: z.array(SourceProposal),
  /** The result if everything proposed is confirmed. */
  proposed: ResultProposal,
  /** Verdicts that were given and undone with Ctrl+Z: they stand as they were until they are changed. */
  earlier: z.array(PairVerdict),
  /** Version of the case on which those were given: on another they are to be looked at again. Null where it is not known. */
  earlierVersion: z.int().nullable(),
  /** Nothing is doubtful: one stroke confirms it. */
  sure: z.boolean(),
  /** Why not, in words; empty where it is sure. */
  doubts: z.array(z.string()),
});
export type CaseProposal = z.infer<typeof CaseProposal>;

export const QueueRow = z.object({
  caseId: z.string(),
  number: z.string(),
  version: z.int(),
  headName: z.string(),
  address: z.string(),
  members: z.int(),
  /** Members whom a list knows. */
  found: z.int(),
  result: IdentificationResult,
  sure: z.boolean(),
  /** Persons who would on average be recorded wrongly if nobody looked; the queue's order. */
  gain: z.number(),
  /** What the decision is worth, in one phrase: "Menentukan hasil 4 orang". */
  why: z.string(),
  /** Compared before the case, the lists or the model changed; it is to be compared anew. */
  stale: z.boolean(),
  /** It could not be compared; `why` says what to do. */
  failed: z.boolean(),
});
export type QueueRow = z.infer<typeof QueueRow>;

/** A case that the program is sure of. */
export const SureCase = z.object({
  caseId: z.string(),
  number: z.string(),
  version: z.int(),
  headName: z.string(),
  result: IdentificationResult,
  /** Links that confirming it makes, a member and a list each; and how many of them are wrong on average, by the model's own probabilities. */
  links: z.int(),
  wrong: z.number(),
});
export type SureCase = z.infer<typeof SureCase>;

/** So many cases of one stroke are confirmed, or taken back, in one call; more in one call after the other. */
export const strokeAtOnce = 200;

/** So many families of a stroke are named; the others are counted. */
export const mostNames = 500;

export const DecideInput = z.object({
  caseId: z.uuid(),
  /** The version of the case that the screen compared. */
  version: z.int().positive(),
  pairs: z.array(PairVerdict).max(400),
  result: IdentificationResult,
  /** Why the result is another than the rule's. */
  overrideReason: z.string().trim().max(500).nullable(),
});
export type DecideInput = z.infer<typeof DecideInput>;

export const BatchOutcome = z.object({
  caseId: z.string(),
  number: z.string(),
  done: z.boolean(),
  result: IdentificationResult.nullable(),
  problem: z.string().nullable(),
});
export type BatchOutcome = z.infer<typeof BatchOutcome>;

/** The decision as it stands, for the case's screen. */
export const IdentificationView = z.object({
  result: IdentificationResult,
  proposed: IdentificationResult,
  overrideReason: z.string().nullable(),
  decidedByName: z.string(),
  decidedAt: z.string(),
  modelVersion: z.string(),
  links: z.array(
    z.object({
      memberId: z.string(),
      memberName: z.string(),
      referenceName: z.string(),
      listName: z.string(),
      verdict: z.enum(['sama', 'bukan']),
      probability: z.number(),
    }),
  ),
});
export type IdentificationView = z.infer<typeof IdentificationView>;

/** What Ctrl+Z would take back: the last key press of this person, and whose cases it decided. */
export const UndoableStroke = z.object({
  stroke: z.string(),
  decidedAt: z.string(),
  count: z.int().positive(),
  /** The first `mostNames` of them. */
  cases: z
    .array(z.object({ caseId: z.string(), number: z.string(), headName: z.string() }))
    .min(1)
    .max(mostNames),
});
export type UndoableStroke = z.infer<typeof UndoableStroke>;

/** How far "Padankan semua" is, and what it found so far. */
export const MatchAllState = z.object({
  /** While it waits or runs. */
  job: JobProgress.nullable(),
  waiting: z.int(),
  ranked: z.int(),
  sure: z.int(),
  /** What confirming the sure would link, and how much of that is wrong on average. */
  links: z.int(),
  wrong: z.number(),
  /** Searched with a word left out because too many bear it. */
  incomplete: z.int(),
  /** Numbers of those that could not be compared. */
  failed: z.array(z.string()),
});
export type MatchAllState = z.infer<typeof MatchAllState>;

export const identificationContract = {
  /** Cases in TERDAFTAR, the greatest gain first and what is sure last, with what the program proposes. */
  queue: {
    input: z.object({ offset: z.int().min(0), limit: z.int().min(1).max(200) }),
    output: z.object({
      /** All that wait. */
      total: z.int(),
      /** Of those, how many the program is sure of. */
      sure: z.int(),
      /** Of those, how many still have to be ranked. */
      unranked: z.int(),
      /** Asking again ranks the next; otherwise they are so many that `matchAll` should, or does. */
      ranking: z.boolean(),
      lists: z.int(),
      /** Set while keys are renewed: then nothing is ranked. */
      renewing: Problem.nullable(),
      rows: z.array(QueueRow),
    }),
  },
  /** Compares all that wait with every list, in a thread beside the work of others; goes on where it was left. */
  matchAll: { output: z.object({ jobId: z.uuid() }) },
  matchAllState: { output: MatchAllState },
  proposal: { input: z.object({ caseId: z.uuid() }), output: CaseProposal },
  /** Of a candidate whom the proposal only names, and of any why the program thinks so. */
  evidence: {
    input: z.object({ caseId: z.uuid(), memberId: z.string(), personId: z.string() }),
    output: ExplainedPair,
  },
  /** What the rule says of the verdicts given so far; the screen shows it while a person decides. */
  preview: {
    input: z.object({ caseId: z.uuid(), pairs: z.array(PairVerdict).max(400) }),
    output: ResultProposal,
  },
  decide: { input: DecideInput, output: z.object({ result: IdentificationResult }) },
  /** All that the program is sure of. */
  sure: { output: z.array(SureCase) },
  confirmSure: {
    input: z.object({
      /** Made by the screen; the calls of one key press bear the same. */
      stroke: z.uuid(),
      cases: z
        .array(z.object({ caseId: z.uuid(), version: z.int().positive() }))
        .min(1)
        .max(strokeAtOnce),
    }),
    output: z.array(BatchOutcome),
  },
  view: { input: z.object({ caseId: z.uuid() }), output: IdentificationView.nullable() },
  /** Takes a remembered "bukan" back: the pair is asked about again. */
  withdrawNotSame: {
    input: z.object({
      caseId: z.uuid(),
      notSameId: z.uuid(),
      reason: z.string().trim().min(1, 'Tulis alasannya dengan singkat.').max(300),
    }),
  },
  /** What this person decided last and can still take back with one key. */
  undoable: { output: UndoableStroke.nullable() },
  /** Takes as many cases of a stroke back as a call does; asked again until none is left. */
  undo: {
    input: z.object({ stroke: z.uuid() }),
    output: z.object({ caseIds: z.array(z.string()).min(1).max(strokeAtOnce), left: z.int().min(0) }),
  },
};
