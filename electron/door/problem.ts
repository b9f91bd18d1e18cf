import { AppError } from '../../shared/errors.ts';

/** The one error shape of every door and of the office behind it, with the catalogue's own status. */
export function problemResponse(error: AppError): Response {
  return Response.json(
    { problem: { ...error.toProblem(), fields: [] } },
    { status: error.status, headers: { 'Cache-Control': 'no-store' } },
  );
}
