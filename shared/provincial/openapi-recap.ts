import { common, json, problems, reference, signatureParameter } from './openapi-parts.ts';
import { signatureType } from './wire.ts';

/** How an office tells the numbers of a period that it has closed. */
export function recapPaths(): Record<string, unknown> {
  return {
    '/v1/recaps': {
      post: {
        operationId: 'pushRecap',
        summary: 'Menerima rekap satu periode yang sudah ditutup kantor',
        description:
          `Ditandatangani dengan kunci kantor (typ ${signatureType.recap}); tanda tangannya disimpan bersama rekapnya. ` +
          `receipt berupa JWS kompak kunci server (typ ${signatureType.recap}) dengan payload RecapReceipt. Rekap yang sama mendapat tanda terima yang sama; isi lain untuk periode yang sama ditolak.`,
        security: [{ officeCredential: [] }],
        parameters: [signatureParameter()],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: reference('RecapRequest') } },
        },
        responses: {
          200: json('Diterima.', 'RecapResponse'),
          ...problems(
            ...common,
            'not_json',
            'invalid_request',
            'wire_unsupported',
            'encoding_unsupported',
            'body_too_large',
            'cut_off',
            'signature_invalid',
            'office_mismatch',
            'recap_hash_mismatch',
            'recap_outside_area',
            'recap_differs',
          ),
        },
      },
    },
  };
}
