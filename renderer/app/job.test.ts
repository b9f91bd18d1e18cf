import { describe, expect, it } from 'vitest';
import { describeError, type ErrorCode } from '../../shared/errors.ts';
import { lostJob, untilEnded } from './job.ts';
import { ProblemError } from './problem.ts';

const answer = (code: ErrorCode) => new ProblemError({ ...describeError(code), fields: [] });
const asksAgain = (state: 'berjalan' | 'selesai' | null, error: unknown = null) =>
  untilEnded.refetchInterval({ state: { data: state === null ? undefined : { state }, error } }) !== false;

describe('a job of the office', () => {
  it('is asked after until it has ended', () => {
    expect(asksAgain(null)).toBe(true);
    expect(asksAgain('berjalan')).toBe(true);
    expect(asksAgain('selesai')).toBe(false);
  });

  it('is asked after while the office is silent, and no longer once it is lost', () => {
    expect(asksAgain('berjalan', answer('office_unreachable'))).toBe(true);
    expect(asksAgain('berjalan', answer('job_lost'))).toBe(false);
    expect(asksAgain(null, answer('job_lost'))).toBe(false);
  });

  it('has failed, with what to do next, once it is lost', () => {
    expect(lostJob('j1', null)).toBeNull();
    expect(lostJob('j1', answer('office_unreachable'))).toBeNull();
    expect(lostJob('j1', answer('job_lost'))).toMatchObject({
      id: 'j1',
      state: 'gagal',
      problem: { code: 'job_lost', next: describeError('job_lost').next },
    });
  });
});
