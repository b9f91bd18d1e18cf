import { TRPCClientError } from '@trpc/client';
import { z } from 'zod';
import { describeError, isErrorCode, type AppProblem } from '../../shared/errors.ts';

/** A problem as screens show it; `fields` names the inputs that hold it up, where it knows. */
export interface ShownProblem extends AppProblem {
  fields: { path: string; message: string }[];
}

const WireProblem = z.object({
  code: z.string(),
  details: z.record(z.string(), z.string().or(z.number())).default({}),
  fields: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
});

/** An answer outside RPC that is no success. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: ShownProblem;

  constructor(problem: ShownProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** What went wrong, in the catalogue's words; anything unknown becomes `internal`, silence `office_unreachable`. */
export function problemOf(error: unknown): ShownProblem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof TRPCClientError) {
    const data: unknown = error.data;
    if (isRecord(data)) return readProblem(data['problem']);
    // The door itself answered, not the office: too much, too often, from the wrong page.
    const body: unknown = error.meta?.['responseJSON'];
    return body === undefined ? unreachable() : readProblem(body);
  }
  if (error instanceof TypeError) return unreachable();
  return { ...describeError('internal', { reference: '–' }), fields: [] };
}

/** Reads a problem from a body: bare, or under `problem`. */
export function readProblem(body: unknown): ShownProblem {
  const inner = isRecord(body) && isRecord(body['problem']) ? body['problem'] : body;
  const parsed = WireProblem.safeParse(inner);
  if (!parsed.success || !isErrorCode(parsed.data.code))
    return { ...describeError('internal', { reference: '–' }), fields: [] };
  return { ...describeError(parsed.data.code, parsed.data.details), fields: parsed.data.fields };
}

/** The message for one input of a problem, or null. */
export function fieldMessage(problem: ShownProblem | null, path: string): string | null {
  return problem?.fields.find((field) => field.path === path)?.message ?? null;
}

function unreachable(): ShownProblem {
  return { ...describeError('office_unreachable'), fields: [] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
