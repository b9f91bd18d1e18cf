import { MutationCache, type Query, QueryCache, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpLink, type TRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { AppRouter } from '../../electron/rpc/router.ts';
import { describeError, type ErrorCode } from '../../shared/errors.ts';
import { problemOf, type ShownProblem } from './problem.ts';
import type { SessionStore } from './session-store.ts';

/**
 * The one place that knows the office's procedures by type. Screens say
 * `useQuery(useTRPC().cases.list.queryOptions(…))`.
 */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export function createRpcClient(session: SessionStore): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [
      heldWhileLocked(session),
      httpLink({
        url: '/rpc',
        // Queries too: what is asked for may hold a name or a NIK, and addresses end in logs.
        methodOverride: 'POST',
        headers: ({ op }) => authorisation(session, op.context['token']),
      }),
    ],
  });
}

/**
 * While the screen is locked nothing is asked in nobody's name: the call fails here, as the office
 * would answer it, and is asked again after the unlocking.
 */
function heldWhileLocked(session: SessionStore): TRPCLink<AppRouter> {
  const problem = { ...describeError('not_logged_in'), fields: [] };
  const answer = {
    error: {
      code: -32001,
      message: 'UNAUTHORIZED',
      data: { code: 'UNAUTHORIZED', httpStatus: 401, problem },
    },
  };
  return () =>
    ({ op, next }) => {
      const isEntry = op.path === 'session.login' || typeof op.context['token'] === 'string';
      if (session.current().locked === null || isEntry) return next(op);
      return observable((observer) => observer.error(TRPCClientError.from(answer)));
    };
}

/**
 * The header every call to the office carries, RPC or file.
 *
 * @param override a token of a moment ago, for the call that ends it.
 */
export function authorisation(session: SessionStore, override?: unknown): Record<string, string> {
  const token = typeof override === 'string' ? override : session.current().token;
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

/** What a query or mutation may say about its errors: `meta: { quiet: true }` where the screen shows them itself. */
interface ErrorMeta extends Record<string, unknown> {
  quiet?: boolean;
}

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: ErrorMeta;
    mutationMeta: ErrorMeta;
  }
}

/** Refusals that say: what is on screen is not so any more, as a colleague was quicker. */
const outdated: ReadonlySet<ErrorCode> = new Set([
  'clash_gone',
  'correction_decided',
  'difference_gone',
  'family_not_offered',
  'finding_gone',
  'finding_settled',
  'muskel_not_finished',
  'not_found',
  'not_on_agenda',
  'objection_decided',
  'proposal_changed',
  'spot_check_done',
  'step_not_possible',
  'version_conflict',
]);

/** What is typed into is asked for once, and is read anew only by the person. */
function isOpenedOnce(query: Query): boolean {
  return query.observers.some(({ options }) => options.staleTime === Number.POSITIVE_INFINITY);
}

/**
 * Keeps what the screens know. A session that ended covers the screen and drops nothing; other
 * problems are told once. Where the office refuses because somebody was quicker, the screens are read
 * anew, so that they show what the refusal speaks of.
 *
 * @param tell shows a problem to the user.
 */
export function createQueryClient(session: SessionStore, tell: (problem: ShownProblem) => void): QueryClient {
  function onError(error: unknown, quiet: boolean) {
    const problem = problemOf(error);
    if (
      session.current().info !== null &&
      (problem.code === 'not_logged_in' || problem.code === 'register_locked')
    )
      session.lock('expired');
    else if (!quiet) tell(problem);
  }
  const queries = new QueryClient({
    queryCache: new QueryCache({
      // A query that never had an answer shows its problem in its own place (ProblemNote).
      onError: (error, query) => onError(error, query.meta?.quiet === true || query.state.data === undefined),
    }),
    mutationCache: new MutationCache({
      onError: (error, _input, _result, mutation) => {
        onError(error, mutation.meta?.quiet === true);
        if (outdated.has(problemOf(error).code))
          void queries.invalidateQueries({ predicate: (query) => !isOpenedOnce(query) });
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        networkMode: 'always',
        refetchOnWindowFocus: true,
        retry: (count, error) => count < 2 && problemOf(error).code === 'office_unreachable',
      },
      // The office is on this machine: the network's absence is nothing to wait for.
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return queries;
}
