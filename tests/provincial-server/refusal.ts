import { requestProblems, type RequestProblemCode } from '../../shared/provincial/problems.ts';
import { type Problem, wireVersion } from '../../shared/provincial/wire.ts';

/** A request that is refused as a whole. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RequestProblemCode;
  readonly field: string | null;
  /** Seconds, for `Retry-After`. */
  readonly retryAfter: number | null;

  constructor(code: RequestProblemCode, details: { field?: string | null; retryAfter?: number } = {}) {
    super(requestProblems[code][1]);
    this.code = code;
    this.field = details.field ?? null;
    this.retryAfter = details.retryAfter ?? null;
  }

  get status(): (typeof requestProblems)[RequestProblemCode][0] {
    return requestProblems[this.code][0];
  }

  toProblem(): Problem {
    return { wire: wireVersion, error: { code: this.code, sentence: this.message, field: this.field } };
  }
}
