import { z } from 'zod';
import { HouseholdChange, PersonChange, PlacedKind } from '../domain/reference-change.ts';
import { ReferenceSource } from '../domain/reference.ts';
import { IsoDate, IsoInstant } from '../domain/person.ts';
import { JobProgress } from './jobs.ts';
import { NewReferenceList } from './reference.ts';

/** A snapshot as it is named beside another. */
export const NamedList = z.object({
  id: z.uuid(),
  source: ReferenceSource,
  name: z.string(),
  listDate: IsoDate,
  /** 0 while it is only being looked at. */
  version: z.int().min(0),
});
export type NamedList = z.infer<typeof NamedList>;

/** A part of the area: one kelurahan of several, one RW. */
const ChangePlace = z.object({ kelurahan: z.string().optional(), rw: z.int().optional() });
export type ChangePlace = z.infer<typeof ChangePlace>;

export const ChangeFilter = ChangePlace.extend({
  kinds: z.array(PlacedKind).optional(),
  /** Only those whose official rank moved, of the households that stand in the place now. */
  rankMoved: z.boolean().optional(),
  accepted: z.boolean().optional(),
  /** Only those of whom somebody could not be read. */
  unread: z.boolean().optional(),
});
export type ChangeFilter = z.infer<typeof ChangeFilter>;

/** What was decided of rows of a waiting file, and whether it was taken back. */
export const StagedDecision = z.object({
  id: z.int(),
  accepted: z.boolean(),
  /** Households that stood otherwise before. */
  counts: z.object({ baru: z.int(), berubah: z.int(), hilang: z.int() }),
  /** Of all that was shown: under which filter; null where rows were ticked. */
  filter: ChangeFilter.nullable(),
  at: IsoInstant,
  byName: z.string(),
  withdrawn: z.object({ at: IsoInstant, byName: z.string() }).nullable(),
});
export type StagedDecision = z.infer<typeof StagedDecision>;

const KindCount = z.object({ households: z.int(), accepted: z.int() });

/** How a later snapshot differs from an earlier one, in figures. */
export const DifferenceInfo = z.object({
  id: z.uuid(),
  base: NamedList,
  list: NamedList,
  complete: z.boolean(),
  /** The later list waits to be accepted in parts. */
  staged: z.boolean(),
  /**
   * Lists of other names that count no more once it is saved; it is laid beside them too. How many of their households are
   * gone by what is accepted.
   */
  replaces: z.array(NamedList.extend({ gone: z.int() })),
  /** What is accepted is being saved, or all is compared again: by whom, and the job where it is one's own. */
  busy: z.object({ again: z.boolean(), jobId: z.uuid().nullable(), byName: z.string() }).nullable(),
  /** What was decided of it while it waited, the latest first; nothing of snapshots that both stand. */
  decisions: z.array(StagedDecision),
  /** Households within the place that is asked for; of the whole none moved in or out. */
  counts: z.record(PlacedKind, KindCount),
  /** Who of the earlier list is told of by rows that the later list refused: in how many households, how many persons. */
  unread: z.object({ households: z.int(), persons: z.int() }),
  /** Rows of the later list that were refused. */
  refusedRows: z.int(),
  /** Whether it was looked whom they tell of; not where an older program read them, which did not keep them. */
  refusedRead: z.boolean(),
  /** Households whose official rank moved: from, to, how many. */
  moves: z.array(z.object({ from: z.int(), to: z.int(), households: z.int() })),
  rws: z.array(z.int()),
  kelurahan: z.array(z.object({ code: z.string(), name: z.string(), households: z.int() })),
  /** The office's own kelurahan, where the office is one and the lists hold it. */
  ownKelurahan: z.string().nullable(),
});
export type DifferenceInfo = z.infer<typeof DifferenceInfo>;

/** A case of the office. */
export const KnownCase = z.object({ id: z.string(), number: z.string() });
export type KnownCase = z.infer<typeof KnownCase>;

/** Somebody of a household that differs, with their own case: who left may stand in another. */
export const KnownPersonChange = PersonChange.extend({ case: KnownCase.nullable() });
export type KnownPersonChange = z.infer<typeof KnownPersonChange>;

export const ChangeRow = z.object({
  id: z.int(),
  /** Within the place of the filter. */
  kind: PlacedKind,
  headName: z.string(),
  kk: z.string().nullable(),
  kelurahanName: z.string().nullable(),
  rt: z.int().nullable(),
  rw: z.int().nullable(),
  /** Official desil (or percentile) of the earlier and of the later snapshot. */
  rankBefore: z.int().nullable(),
  rankAfter: z.int().nullable(),
  changes: HouseholdChange.extend({ persons: z.array(KnownPersonChange) }),
  accepted: z.boolean(),
  /** The office's own case of the household, by NIK or by what was decided of its persons. */
  case: KnownCase.nullable(),
});
export type ChangeRow = z.infer<typeof ChangeRow>;

export const DifferenceProgress = JobProgress.extend({
  /** The difference, once it is worked out. */
  differenceId: z.uuid().nullable(),
  /** The snapshot that was made of what was accepted. */
  list: z.object({ id: z.uuid(), name: z.string(), version: z.int() }).nullable(),
});
export type DifferenceProgress = z.infer<typeof DifferenceProgress>;

export const StageInput = NewReferenceList.omit({ name: true })
  .extend({
    baseListId: z.uuid(),
    /** Whether the file holds the whole list, so that who is not in it is gone. */
    complete: z.boolean(),
    /**
     * Of a register, where the file is complete: whether it holds the whole of its source, so that lists of other names and the same or an earlier date
     * count no more. What the file leaves blank is taken from them too.
     */
    replacesOthers: z.boolean().default(false),
  })
  .refine(({ complete, replacesOthers }) => complete || !replacesOthers, {
    path: ['replacesOthers'],
    message: 'Berkas yang memuat sebagian saja tidak dapat menggantikan daftar lain.',
  });
export type StageInput = z.infer<typeof StageInput>;

/** So many rows are named in one call; more are sent one call after the other. */
export const rowsAtOnce = 5000;

const Reason = z.string().trim().min(1, 'Tulis alasannya.').max(300);
const JobInput = z.object({ jobId: z.uuid() });
const DifferenceInput = z.object({ id: z.uuid() });
const ListInput = z.object({ listId: z.uuid(), reason: Reason });

export const differenceContract = {
  /** Answers the difference where it is worked out already, else the job that does it. */
  compare: {
    input: z.object({ baseListId: z.uuid(), listId: z.uuid() }),
    output: z.object({ differenceId: z.uuid().nullable(), jobId: z.uuid().nullable() }),
  },
  progress: { input: JobInput, output: DifferenceProgress },
  cancel: { input: JobInput },
  /** Figures of the whole difference, or of one kelurahan and RW. */
  info: { input: DifferenceInput.extend(ChangePlace.shape), output: DifferenceInfo },
  rows: {
    input: DifferenceInput.extend({
      filter: ChangeFilter,
      offset: z.int().min(0),
      limit: z.int().min(1).max(200),
    }),
    output: z.object({ total: z.int(), rows: z.array(ChangeRow) }),
  },
  /** Lists that wait to be looked at. */
  waiting: {
    output: z.array(
      z.object({
        differenceId: z.uuid(),
        list: NamedList,
        importedAt: IsoInstant,
        importedByName: z.string(),
      }),
    ),
  },
  stage: { input: StageInput, output: JobInput },
  decide: {
    input: DifferenceInput.extend({
      accepted: z.boolean(),
      /** These rows, or all that the filter lets through. */
      which: z.union([
        z.object({ rows: z.array(z.int()).max(rowsAtOnce) }),
        z.object({ filter: ChangeFilter }),
      ]),
    }),
    /** How many rows stood otherwise before, and the decision by which they are turned back; null where none did. */
    output: z.object({ changed: z.int(), decision: z.int().nullable() }),
  },
  /**
   * Turns back what a decision turned, where it still stands so: how many rows that were, and how many were left, since
   * these decided on them again.
   */
  takeBack: {
    input: DifferenceInput.extend({ decision: z.int() }),
    output: z.object({
      changed: z.int(),
      left: z.object({ rows: z.int(), byNames: z.array(z.string()) }),
    }),
  },
  /** What was decided of a file while it waited, the latest first; also once it stands. */
  decisions: { input: z.object({ listId: z.uuid() }), output: z.array(StagedDecision) },
  accept: { input: DifferenceInput, output: JobInput },
  /** Lays a waiting file beside the version that is the newest by now; answers itself where it lies there already. */
  compareAgain: {
    input: DifferenceInput,
    output: z.object({ differenceId: z.uuid().nullable(), jobId: z.uuid().nullable() }),
  },
  discard: { input: DifferenceInput },
  withdraw: { input: ListInput },
  restore: { input: ListInput },
};
