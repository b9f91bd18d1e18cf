import type { LearnOrder } from '../jobs/learn-worker.ts';
import { instant } from '../clock.ts';
import { listCurrentLists } from '../store/identification.ts';
import { listUnlearnt } from '../store/list-model.ts';
import { staleParts } from '../store/rekey.ts';
import type { Register } from './register.ts';

const worker = new URL('../jobs/learn-worker.ts', import.meta.url);

/**
 * Learns of lists that came in without it, in a worker while nobody asks anything: those that the province sent, of the
 * training office, of a program with another shipped model. A list that an office imports is learnt as it comes to stand.
 * Each is tried once in the life of an open register; where too little is known yet, "Padankan semua" tries again.
 */
export class ListLearning {
  readonly #register: Register;
  readonly #tried = new Set<string>();

  constructor(register: Register) {
    this.#register = register;
  }

  /** Begins with those that wait; nothing while keys are renewed, by which persons are found. */
  begin(): void {
    const { db, jobs, file, key, clock } = this.#register;
    try {
      if (staleParts(db).length > 0) return;
      const listIds = listUnlearnt(db, listCurrentLists(db)).filter((id) => !this.#tried.has(id));
      if (listIds.length === 0) return;
      for (const id of listIds) this.#tried.add(id);
      const input: LearnOrder = { register: file, registerKey: key, listIds, at: instant(clock) };
      jobs.start({ kind: 'list:learn', worker, ownerId: 'sistem', background: true, input });
    } catch (cause) {
      // Nobody asked for it: the shipped model judges meanwhile.
      this.#register.logFailure(cause);
    }
  }
}
