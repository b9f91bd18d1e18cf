import { QueryObserver } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeError, errorCatalogue } from '../../shared/errors.ts';
import { ProblemError, problemOf } from './problem.ts';
import { createQueryClient, createRpcClient } from './rpc.ts';
import { SessionStore } from './session-store.ts';
import { sessionOf } from '../../tests/fixtures/session-info.ts';

const info = sessionOf('petugas_loket');

/** Answers every call with the same JSON and remembers what was asked. */
function answerWith(body: unknown, status = 200) {
  const asked = vi.fn<typeof fetch>(async () => Response.json(body, { status }));
  vi.stubGlobal('fetch', asked);
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

describe('calls to the office', () => {
  it('are POSTs, with the token in the header and nothing asked in the address', async () => {
    const asked = answerWith({ result: { data: [] } });
    const session = new SessionStore();
    session.begin('secret', info);
    await createRpcClient(session).cases.search.query({ text: 'Slamet Riyadi' });
    const [address, init] = asked.mock.calls[0] ?? [];
    expect(String(address)).toBe('/rpc/cases.search');
    expect(init?.method).toBe('POST');
    expect(new Headers(init?.headers).get('authorization')).toBe('Bearer secret');
  });

  it('are not made while the screen is locked, save the one that unlocks it', async () => {
    const asked = answerWith({ result: { data: { token: 'new', session: info } } });
    const session = new SessionStore();
    session.begin('secret', info);
    session.lock('by_hand');
    const client = createRpcClient(session);
    const refused = await client.cases.counts.query().catch((error: unknown) => problemOf(error));
    expect(refused).toMatchObject({ code: 'not_logged_in' });
    expect(asked).not.toHaveBeenCalled();
    await client.session.login.mutate({ username: 'siti', password: 'x' });
    expect(asked).toHaveBeenCalledOnce();
  });

  it('whose session ended cover the screen and tell nothing else', async () => {
    answerWith(
      {
        error: {
          code: -32001,
          message: 'x',
          data: {
            code: 'UNAUTHORIZED',
            httpStatus: 401,
            problem: { code: 'not_logged_in', details: {}, fields: [] },
          },
        },
      },
      401,
    );
    const session = new SessionStore();
    session.begin('secret', info);
    const tell = vi.fn<(problem: unknown) => void>();
    const queries = createQueryClient(session, tell);
    const client = createRpcClient(session);
    await queries
      .fetchQuery({ queryKey: ['x'], queryFn: () => client.cases.counts.query() })
      .catch(() => null);
    expect(session.current()).toMatchObject({ locked: 'expired', token: null, info });
    expect(tell).not.toHaveBeenCalled();
  });

  it.each([
    ['clash_gone', 2],
    ['family_not_offered', 2],
    ['step_not_possible', 2],
    ['reason_needed', 1],
  ] as const)('refused with %s: what is shown has been read %i times after it', async (code, readings) => {
    const queries = createQueryClient(new SessionStore(), () => {});
    const read = { shown: 0, typed: 0 };
    const watch = (name: keyof typeof read, staleTime: number) =>
      new QueryObserver(queries, { queryKey: [name], queryFn: () => (read[name] += 1), staleTime });
    const leave = [watch('shown', 0), watch('typed', Number.POSITIVE_INFINITY)].map((observer) =>
      observer.subscribe(() => {}),
    );
    await vi.waitFor(() => expect(read).toEqual({ shown: 1, typed: 1 }));
    const refusal = new ProblemError({ ...describeError(code), fields: [] });
    const mutation = queries
      .getMutationCache()
      .build(queries, { mutationFn: () => Promise.reject(refusal), meta: { quiet: true } });
    await mutation.execute(undefined).catch(() => null);
    await vi.waitFor(() => expect(queries.isFetching()).toBe(0));
    // A form that is typed into is never taken from under the hand.
    expect(read).toEqual({ shown: readings, typed: 1 });
    leave.forEach((stop) => stop());
  });
});

it('no error sends to a "muat ulang", which no screen has', () => {
  const next = Object.values(errorCatalogue).map(([, , sentence]) => sentence);
  expect(next.filter((sentence) => /muat ulang/i.test(sentence))).toEqual([]);
});
