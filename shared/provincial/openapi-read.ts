import { json, problems, reference } from './openapi-parts.ts';
import { publicCountStep } from './read.ts';

const common = ['token_unknown', 'busy', 'internal', 'unavailable'] as const;
const security = [{ readToken: [] }];

/** Paths for websites that read. */
export function readPaths(): Record<string, unknown> {
  return {
    '/v1/read/recap': {
      get: {
        operationId: 'readRecap',
        summary: 'Jumlah keluarga menurut kelurahan dan periode',
        description: `Untuk semua peran. Bagi publik_agregat setiap jumlah dibulatkan sendiri-sendiri ke kelipatan ${publicCountStep}, jadi bagian-bagiannya bisa tidak sama dengan jumlahnya. Tiap pembacaan dicatat.`,
        security,
        parameters: [
          {
            name: 'area',
            in: 'query',
            required: true,
            description: 'Kode provinsi, kota, kecamatan, atau kelurahan.',
            schema: { type: 'string' },
          },
        ],
        responses: {
          200: json('Jumlah tiap kelurahan di wilayah itu.', 'RecapAnswer'),
          ...problems(...common, 'invalid_request', 'outside_token_area'),
        },
      },
    },
    '/v1/read/families': {
      post: {
        operationId: 'searchFamilies',
        summary: 'Mencari keluarga menurut nama atau alamat',
        description:
          'Peran kelurahan dan provinsi. Nama atau kelurahan wajib ada; yang dicari dikirim di badan permintaan agar tidak tertinggal di catatan alamat. Daftar tidak memuat NIK, dan tidak memuat keluarga yang menolak ditampilkan. Tiap pembacaan dicatat: siapa, kapan, apa, berapa baris.',
        security,
        requestBody: {
          required: true,
          content: { 'application/json': { schema: reference('FamilySearch') } },
        },
        responses: {
          200: json('Satu halaman; next menunjuk halaman berikutnya.', 'FamilyPage'),
          ...problems(
            ...common,
            'not_json',
            'invalid_request',
            'wire_unsupported',
            'encoding_unsupported',
            'body_too_large',
            'cut_off',
            'role_not_allowed',
            'outside_token_area',
          ),
        },
      },
    },
    '/v1/read/families/{caseId}': {
      get: {
        operationId: 'readFamily',
        summary: 'Satu keluarga dengan anggotanya',
        description:
          'Peran kelurahan dan provinsi. NIK dan nomor KK utuh hanya bagi provinsi; bagi kelurahan disamarkan. Status perkawinan, pendidikan, dan pekerjaan di spdci juga hanya bagi provinsi. Tiap pembacaan dicatat.',
        security,
        parameters: [
          {
            name: 'caseId',
            in: 'path',
            required: true,
            description: 'Dari daftar hasil pencarian.',
            schema: { type: 'string', format: 'uuid' },
          },
        ],
        responses: {
          200: json('Keluarga itu.', 'FamilyDetail'),
          ...problems(...common, 'role_not_allowed', 'family_unknown'),
        },
      },
    },
  };
}
