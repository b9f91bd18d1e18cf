import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import { maskNumbers } from '../../shared/domain/mask.ts';
import type { Permission } from '../../shared/domain/access.ts';
import { AppError, type AppProblem, describeError } from '../../shared/errors.ts';
import { logFailure } from '../log.ts';
import { authorise } from './authorise.ts';
import type { Context } from './context.ts';

export interface ProcedureMeta {
  /** Who may call it, by the table in `shared/domain/access.ts`; null for the first screen's few. */
  permission: Permission | null;
  /** A screen repeats this call by itself: it does not keep the session from idling. */
  polled?: boolean;
  /** Its answer leaves with every NIK and No KK masked: lists and views, all that log no showing. */
  masked?: boolean;
}

/** Every error leaves the office in this one shape. */
export type WireProblem = AppProblem & { fields: { path: string; message: string }[] };

const trpc = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    defaultMeta: { permission: null },
    errorFormatter: ({ shape, error }) => ({
      // The default shape repeats the cause's message, which may hold what was typed.
      message: shape.data.code,
      code: shape.code,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, problem: problemOf(error) },
    }),
  });

export const router = trpc.router;

/** Turns what services throw into the catalogue's problem with its HTTP status. */
const translated = trpc.procedure.use(async ({ ctx, next }) => {
  const result = await next();
  if (result.ok) return result;
  const { error } = result;
  const { cause } = error;
  if (cause instanceof AppError) throw new TRPCError({ code: codeOf(cause.status), cause });
  if (error.code === 'INTERNAL_SERVER_ERROR') {
    throw new TRPCError({
      code: 'INTERNAL_SERVER_ERROR',
      cause: new AppError('internal', { reference: logFailure(ctx.host.log, cause ?? error) }),
    });
  }
  throw error;
});

/**
 * What a large answer is looked over by: `parse`, for which zod writes code of its own. tRPC takes `parseAsync` of a schema,
 * which goes through it step by step and takes six times as long; an answer waits for nothing.
 */
export function atOnce<Schema extends z.ZodType>(schema: Schema): (answer: unknown) => z.output<Schema> {
  return (answer) => schema.parse(answer);
}

/** For the first screen only: nobody has logged in yet. */
export const publicProcedure = translated;

/** A procedure for those whom the permission names; identity comes from the session. */
export function allowed(
  permission: Permission,
  { polled = false, masked = false }: { polled?: boolean; masked?: boolean } = {},
) {
  return translated.meta({ permission, polled, masked }).use(async ({ ctx, next }) => {
    const result = await next({ ctx: { ...ctx, ...authorise(ctx, permission, polled) } });
    return result.ok && masked ? { ...result, data: maskNumbers(result.data) } : result;
  });
}

function problemOf(error: TRPCError): WireProblem {
  if (error.cause instanceof AppError) return { ...error.cause.toProblem(), fields: [] };
  if (error.cause instanceof z.ZodError) {
    const fields = error.cause.issues.map((issue) => ({
      path: issue.path.join('.'),
      message: issue.message,
    }));
    return { ...describeError('invalid_input'), fields };
  }
  return {
    ...describeError(
      error.code === 'NOT_FOUND'
        ? 'not_found'
        : error.code === 'PAYLOAD_TOO_LARGE'
          ? 'body_too_large'
          : 'invalid_input',
    ),
    fields: [],
  };
}

function codeOf(status: number): TRPCError['code'] {
  switch (status) {
    case 401:
      return 'UNAUTHORIZED';
    case 403:
      return 'FORBIDDEN';
    case 404:
      return 'NOT_FOUND';
    case 409:
      return 'CONFLICT';
    case 413:
      return 'PAYLOAD_TOO_LARGE';
    case 415:
      return 'UNSUPPORTED_MEDIA_TYPE';
    case 422:
      return 'UNPROCESSABLE_CONTENT';
    case 423:
      return 'PRECONDITION_FAILED';
    case 429:
      return 'TOO_MANY_REQUESTS';
    case 503:
      return 'SERVICE_UNAVAILABLE';
    default:
      return 'INTERNAL_SERVER_ERROR';
  }
}
