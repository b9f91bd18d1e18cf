import { downLimits } from './down.ts';
import { common, json, problems, queryNumber, reference, signatureParameter } from './openapi-parts.ts';
import { signatureType } from './wire.ts';

/** What the province issues, and the numbers that it lends. */
export function downPaths(): Record<string, unknown> {
  return {
    '/v1/down': {
      get: {
        operationId: 'readDown',
        summary: 'Membaca putusan, tugas, daftar, dan pengaturan dari provinsi sesudah kursor',
        description:
          `Tiap butir berupa JWS kompak kunci server (typ ${signatureType.down}) dengan payload DownItem. ` +
          'Kursor yang diminta adalah kursor terakhir yang sudah tersimpan di kantor. Satu halaman diterapkan seluruhnya atau tidak sama sekali; jenis yang belum dikenal disimpan. ' +
          `keys memuat jaminan kunci server (JWS kompak, typ ${signatureType.serverKey}, payload KeyVoucher): bila server berganti kunci, kunci lama menjamin satu penggantinya (next), dan kunci baru menjamin semua yang sebelumnya (earlier), sehingga kantor yang mengenal salah satunya mengenal semuanya. Hanya kunci terbaru yang dikenal kantor yang boleh menjamin; kunci lama hanya membuka yang pernah ditandatanganinya. Kunci yang tidak dijamin begitu tidak dipercaya. ` +
          `Satu butir paling panjang ${downLimits.item} bita. Jawaban dikompres (gzip) bila Accept-Encoding menyebutnya.`,
        security: [{ officeCredential: [] }],
        parameters: [
          queryNumber('after', 'Kursor terakhir yang sudah diterapkan; 0 dari awal.', false),
          queryNumber(
            'most',
            `Bita body (sebagai JSON) yang diminta dalam satu halaman, paling banyak ${downLimits.page}; satu butir selalu dikirim. Kantor dengan sambungan lambat meminta lebih sedikit.`,
            false,
          ),
          {
            name: 'taken',
            in: 'query',
            required: false,
            description:
              'id butir terakhir yang sudah diterapkan kantor (butir pada kursor after). Bila butir itu tidak lagi berada di sana, salinan lama basis data provinsi telah dipulihkan: jawabannya memuat butir dari awal dengan anew = true, supaya terbitan sesudah pemulihan tidak terlewati. Kantor versi lama tidak mengirimnya.',
            schema: { type: 'string', format: 'uuid' },
          },
          {
            name: 'knownKey',
            in: 'query',
            required: false,
            description:
              'x dari kunci server terbaru yang dikenal kantor, supaya operator tahu kapan kunci boleh diganti. Kantor versi lama tidak mengirimnya.',
            schema: { type: 'string' },
          },
          {
            name: 'refused',
            in: 'query',
            required: false,
            description:
              'true bila halaman terakhir yang dibaca kantor ditolaknya seluruhnya, karena tidak terbukti dari provinsi; operator melihatnya. Tanpa parameter ini (juga dari kantor versi lama) dianggap false.',
            schema: { type: 'string', enum: ['true', 'false'] },
          },
        ],
        responses: {
          200: json('Butir menurut urutan kursor.', 'DownPage'),
          ...problems(...common, 'invalid_request'),
        },
      },
    },
    '/v1/numbers': {
      post: {
        operationId: 'reserveNumbers',
        summary: 'Meminta sejumlah nomor pendaftaran untuk dipakai tanpa sambungan',
        description:
          `Ditandatangani dengan kunci kantor (typ ${signatureType.numbers}). Permintaan yang sama (requestId) mendapat nomor yang sama. ` +
          `pool berupa JWS kompak kunci server (typ ${signatureType.numbers}) dengan payload NumberPool. Nomor tidak memuat tanggal dan tidak kedaluwarsa.`,
        security: [{ officeCredential: [] }],
        parameters: [signatureParameter()],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: reference('NumbersRequest') } },
        },
        responses: {
          200: json('Nomor yang dicadangkan.', 'NumbersResponse'),
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
            'number_refused',
          ),
        },
      },
    },
  };
}
