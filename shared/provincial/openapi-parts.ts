import { requestProblems, type RequestProblemCode } from './problems.ts';

/** Pieces that every path of the document is put together from; names are held by a test. */

export function reference(name: string): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

export function json(description: string, name: string): Record<string, unknown> {
  return { description, content: { 'application/json': { schema: reference(name) } } };
}

/** Codes that share a status share its entry. */
export function problems(...codes: RequestProblemCode[]): Record<string, unknown> {
  const byStatus = Object.groupBy(codes, (code) => String(requestProblems[code][0]));
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, group]) => [
      status,
      {
        ...json((group ?? []).map((code) => `\`${code}\` ${requestProblems[code][1]}`).join(' '), 'Problem'),
        ...(status === '429' || status === '503'
          ? {
              headers: {
                'Retry-After': {
                  description: 'Detik sampai boleh dicoba lagi.',
                  schema: { type: 'integer' },
                },
              },
            }
          : {}),
      },
    ]),
  );
}
