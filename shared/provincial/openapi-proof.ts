import { common, json, nonceParameter, problems } from './openapi-parts.ts';
import { mostMissing } from './proof.ts';
import { signatureType } from './wire.ts';

/** How both ends prove that they hold the same, and exchange without a line. */
export function proofPaths(): Record<string, unknown> {
  return {
    '/v1/proof': {
      get: {
        operationId: 'readProof',
        summary: 'Membuktikan apa yang dipegang provinsi dari kantor ini: jumlah dan sidik per RW',
        description:
          `proof berupa JWS kompak kunci server (typ ${signatureType.proof}) dengan payload ProofSummary. Dihitung dari isi yang dipegang saat ditanya, bukan dari sidik yang pernah dicatat. ` +
          'Daun: catatan terbaru setiap berkas. Sidik RW = SHA-256 JSON kanonis ["rw", kelurahan, rw, [[caseId, key, hash], …]] menurut urutan caseId; ' +
          'sidik akar = SHA-256 JSON kanonis ["kantor", [[kelurahan, rw, cases, hash], …]] menurut urutan kelurahan dan RW. RW sebuah berkas ialah RW pada catatan terbarunya yang memuat alamat. ' +
          `missingFiles: lampiran yang disebut catatan tetapi belum atau tidak lagi utuh di provinsi; paling banyak ${mostMissing}, setiap jawaban mulai dari sidik lain agar yang tidak akan datang tidak menahan yang lain; kantor mengirimnya lagi. ` +
          'words: pohon kedua dengan sidik yang dihitung sama, atas kabar persetujuan (family.consent) yang terakhir diterima dari keluarga berkas-berkas itu, di RW berkasnya; dari server lama tidak ada.',
        security: [{ officeCredential: [] }],
        parameters: [nonceParameter()],
        responses: { 200: json('Bukti.', 'ProofResponse'), ...problems(...common, 'invalid_request') },
      },
    },
    '/v1/proof/{kelurahan}/{rw}': {
      get: {
        operationId: 'readProofOfRw',
        summary: 'Merinci satu RW: catatan terbaru setiap berkas, dan kabar persetujuan terakhir keluarganya',
        description: `proof berupa JWS kompak kunci server (typ ${signatureType.proofLeaves}) dengan payload ProofLeaves. RW tanpa berkas dijawab dengan daun kosong. words: daun pohon kedua.`,
        security: [{ officeCredential: [] }],
        parameters: [
          {
            name: 'kelurahan',
            in: 'path',
            required: true,
            description: 'Kode Kemendagri kelurahan.',
            schema: { type: 'string', pattern: '^\\d{2}\\.\\d{2}\\.\\d{2}\\.\\d{4}$' },
          },
          {
            name: 'rw',
            in: 'path',
            required: true,
            description: 'Nomor RW.',
            schema: { type: 'integer', minimum: 1 },
          },
          nonceParameter(),
        ],
        responses: { 200: json('Rincian.', 'ProofResponse'), ...problems(...common, 'invalid_request') },
      },
    },
    '/v1/courier-key': {
      get: {
        operationId: 'courierKey',
        summary: 'Kunci untuk menyandikan paket kurir ke provinsi',
        description: `key berupa JWS kompak kunci server (typ ${signatureType.courierKey}) dengan payload CourierKey. Paket kurir: JWE kompak (ECDH-ES, A256GCM) berisi JWS kompak pengirim atas JSON CourierUp atau CourierDown yang dikompres gzip; kepala JWE sesuai CourierHeader. recaps memuat permintaan POST /v1/recaps apa adanya. proof di jawaban memuat pernyataan /v1/proof dan /v1/proof/{kelurahan}/{rw} dari setiap RW dengan nonce bundleId, dan catatan yang di kantor (holds) tidak sama, dari satu saat sesudah catatan paket diterima.`,
        security: [{ officeCredential: [] }],
        responses: { 200: json('Kunci.', 'CourierKeyResponse'), ...problems(...common) },
      },
    },
    '/v1/records/{key}': {
      get: {
        operationId: 'readRecord',
        summary: 'Membaca kembali satu catatan kantor ini yang sudah diterima, beserta tanda terimanya',
        description:
          'Dipakai bila kantor kehilangan catatannya, misalnya sesudah memulihkan cadangan lama. Kantor memeriksa tanda terimanya seperti biasa.',
        security: [{ officeCredential: [] }],
        parameters: [
          {
            name: 'key',
            in: 'path',
            required: true,
            description: 'Kunci catatan.',
            schema: { type: 'string', format: 'uuid' },
          },
        ],
        responses: {
          200: json('Catatan seperti dikirim dahulu.', 'RecordResponse'),
          ...problems(...common, 'record_unknown'),
        },
      },
    },
  };
}
