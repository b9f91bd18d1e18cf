import { z } from 'zod';
import type { MatchAllState } from '../../shared/contract/identification.ts';
import type { JobState } from '../../shared/contract/jobs.ts';
import { instant } from '../clock.ts';
import { progressOf } from '../jobs/job-pool.ts';
import { Key } from '../jobs/reference-order.ts';
import { defaultModel } from '../matching/model.ts';
import { listCurrentLists } from '../store/identification.ts';
import { appendEvent } from '../store/journal.ts';
import { modelsOf } from '../store/list-model.ts';
import { listFailed, rankFigures } from '../store/review-rank.ts';
import { askedLists, matchAllKind, rankingStamp } from './identification-queue.ts';
import { demandKeys } from './key-renewal.ts';
import { ownerOf } from './reference.ts';
import type { Register, ServiceActor } from './register.ts';

const worker = new URL('./match-worker.ts', import.meta.url);

export const MatchOrder = z.object({
  register: z.string(),
  registerKey: Key,
  resourcesDir: z.string(),
  /** ISO instant at which it was asked for. */
  at: z.string(),
});
export type MatchOrder = z.infer<typeof MatchOrder>;

/**
 * Compares every case that waits with every list, in a worker thread. What it has done stands, also
 * where it is stopped or the power fails: the next run goes on with the rest. It decides nothing.
 * Answers the id of the job, of the one that runs already where there is one.
 *
 * @throws what `demandKeys` throws.
 */
export function matchAll(register: Register, actor: ServiceActor): string {
  const running = register.jobs.open(matchAllKind);
  if (running !== null) return running.id;
  demandKeys(register, askedLists(listCurrentLists(register.db)));
  const before = figuresOf(register);
  note(register, actor, 'pemadanan_dimulai', {
    menunggu: before.waiting,
    sudah: before.ranked,
    daftar: listCurrentLists(register.db).map(({ name, version }) => `${name} v${version}`),
  });
  return register.jobs.start({
    kind: matchAllKind,
    worker,
    ownerId: ownerOf(actor),
    input: {
      register: register.file,
      registerKey: register.key,
      resourcesDir: register.resourcesDir,
      at: instant(register.clock),
    } satisfies MatchOrder,
    stopped: 'match_stopped',
    background: true,
    onEnd: async (state) => {
      const { waiting, ranked, sure, incomplete, failed } = figuresOf(register);
      note(register, actor, endOf(state), {
        menunggu: waiting,
        dipadankan: ranked,
        yakin: sure,
        pencarian_tidak_lengkap: incomplete,
        tidak_terbaca: failed,
      });
    },
  }).id;
}

/** How far it is; the figures stand also when nothing runs. */
export function matchAllState(register: Register): MatchAllState {
  const job = register.jobs.open(matchAllKind);
  return {
    job: job === null ? null : progressOf(job),
    ...figuresOf(register),
  };
}

/** What is done stays; nothing happens where nothing runs. */
export function stopMatchAll(register: Register): void {
  const job = register.jobs.open(matchAllKind);
  if (job !== null) register.jobs.cancel(job);
}

function figuresOf(register: Register): Omit<MatchAllState, 'job'> {
  const stamp = rankingStamp(register.db, listCurrentLists(register.db));
  const failed = listFailed(register.db, stamp).map(({ number }) => number);
  return { ...rankFigures(register.db, stamp), failed };
}

function endOf(state: JobState): string {
  if (state === 'selesai') return 'pemadanan_selesai';
  return state === 'dihentikan' ? 'pemadanan_dihentikan' : 'pemadanan_gagal';
}

function note(register: Register, actor: ServiceActor, type: string, payload: Record<string, unknown>): void {
  appendEvent(register.db, {
    at: instant(register.clock),
    actor,
    type,
    payload: {
      ...payload,
      model: [defaultModel.version, ...modelsOf(register.db, listCurrentLists(register.db))].join(' '),
    },
  });
}
