import { isRunning, type JobProgress } from '../../shared/contract/jobs.ts';
import { problemOf } from './problem.ts';

const every = 400;

/** What is known of a job, as far as asking again depends on it. */
interface Known {
  state: { data: Pick<JobProgress, 'state'> | undefined; error: unknown };
}

/** How the office is asked after a job: again and again until it has ended, or is lost. */
export const untilEnded = {
  meta: { quiet: true },
  // What has ended stays as it is.
  staleTime: Number.POSITIVE_INFINITY,
  refetchInterval: ({ state: { data, error } }: Known) =>
    isLost(error) || (data !== undefined && !isRunning(data)) ? (false as const) : every,
};

/** A job that the office, started anew meanwhile, no longer knows: it ended without a result. Else null. */
export function lostJob(id: string, error: unknown): JobProgress | null {
  return isLost(error)
    ? { id, state: 'gagal', done: 0, total: 0, message: '', problem: problemOf(error) }
    : null;
}

export function isLost(error: unknown): boolean {
  return error !== null && problemOf(error).code === 'job_lost';
}
