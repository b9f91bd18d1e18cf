import { TRPCClientError } from '@trpc/client';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../shared/errors.ts';
import { fieldMessage, ProblemError, problemOf, readProblem } from './problem.ts';

describe('a problem on its way to the screen', () => {
  it('keeps the code, the details and the fields of an answer of the office', () => {
    const problem = {
      ...describeError('too_many_tries', { seconds: 30 }),
      fields: [{ path: 'username', message: 'Isi.' }],
    };
    const error = TRPCClientError.from({
      error: { message: 'x', code: -32000, data: { code: 'X', httpStatus: 429, problem } },
    });
    const shown = problemOf(error);
    expect(shown.code).toBe('too_many_tries');
    expect(shown.next).toContain('30 detik');
    expect(fieldMessage(shown, 'username')).toBe('Isi.');
    expect(fieldMessage(shown, 'password')).toBeNull();
  });

  it('reads what the door itself answers', () => {
    const error = TRPCClientError.from(new Error('no envelope'), {
      meta: { responseJSON: describeError('rate_limited') },
    });
    expect(problemOf(error).code).toBe('rate_limited');
  });

  it('says that nobody answers where nobody does', () => {
    expect(problemOf(TRPCClientError.from(new TypeError('Failed to fetch'))).code).toBe('office_unreachable');
    expect(problemOf(new TypeError('Failed to fetch')).code).toBe('office_unreachable');
  });

  it('never shows a stranger’s words', () => {
    expect(problemOf(new Error('SELECT nik FROM persons')).code).toBe('internal');
    expect(readProblem({ code: 'no_such_code', message: 'x' }).code).toBe('internal');
    expect(readProblem('<html>').code).toBe('internal');
  });

  it('passes on what was told already', () => {
    const problem = { ...describeError('not_found'), fields: [] };
    expect(problemOf(new ProblemError(problem))).toBe(problem);
  });
});
