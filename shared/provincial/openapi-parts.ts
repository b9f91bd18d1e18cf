import { requestProblems, type RequestProblemCode } from './problems.ts';
import { signatureHeader } from './wire.ts';

/** What the descriptions of requests are put together from. */

/** What any request of an office may be answered. */
export const common = ['credential_unknown', 'office_revoked', 'busy', 'internal', 'unavailable'] as const;

export function queryNumber(name: string, description: string, required: boolean): Record<string, unknown> {
  return { name, in: 'query', required, description, schema: { type: 'integer', minimum: 0 } };
}

export function nonceParameter(): Record<string, unknown> {
  return nonce('Dibuat penanya; termuat dalam bukti, supaya bukti lama tidak dapat diajukan lagi.', true);
}

export function answeredNonceParameter(): Record<string, unknown> {
  return nonce(
    'Dibuat penanya; termuat dalam jawaban, supaya jawaban yang lama tidak dikira jawaban ini. Kantor versi lama tidak mengirimnya.',
    false,
  );
}

function nonce(description: string, required: boolean): Record<string, unknown> {
  return { name: 'nonce', in: 'query', required, description, schema: { type: 'string', format: 'uuid' } };
}

export function hashParameter(): Record<string, unknown> {
  return {
    name: 'hash',
    in: 'path',
    required: true,
    description: 'SHA-256 isi lampiran, 64 angka heksadesimal.',
    schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  };
}

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

export function signatureParameter(): Record<string, unknown> {
  return {
    name: signatureHeader,
    in: 'header',
    required: true,
    description:
      'JWS kompak dengan payload dikosongkan (RFC 7515 Lampiran F): `protected..signature`, atas bita kiriman sebelum kompresi.',
    schema: { type: 'string', pattern: '^[\\w-]+\\.\\.[\\w-]+$' },
  };
}
