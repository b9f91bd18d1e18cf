import { z } from 'zod';
import {
  CourierDown,
  CourierHeader,
  CourierKey,
  CourierKeyResponse,
  CourierUp,
  EncryptionKey,
} from './courier.ts';
import {
  CourierEnrolRequest,
  EnrolmentAsked,
  enrolmentCodeId,
  enrolmentDirection,
  EnrolmentHeader,
  EnrolmentTold,
} from './courier-enrolment.ts';
import { enrolmentCodeLength } from './enrolment-code.ts';
import {
  AttachmentState,
  CaseChangedBody,
  chunkBytes,
  DownItem,
  DownPage,
  NumberPool,
  NumbersRequest,
  NumbersResponse,
  PenetapanBody,
  RankBody,
  RecipientsBody,
  ReferenceBody,
  RejectedBody,
  SettingBody,
  ProgramRule,
  ScoreModel,
} from './down.ts';
import { downPaths } from './openapi-down.ts';
import { readPaths } from './openapi-read.ts';
import {
  answeredNonceParameter,
  common,
  hashParameter,
  json,
  problems,
  queryNumber,
  reference,
  signatureParameter,
} from './openapi-parts.ts';
import { proofPaths } from './openapi-proof.ts';
import { recapPaths } from './openapi-recap.ts';
import { PeriodRecap, RecapReceipt, RecapRequest, RecapResponse } from './recap.ts';
import { ProofBranch, ProofLeaf, ProofLeaves, ProofResponse, ProofSummary, RecordResponse } from './proof.ts';
import { conflicts, holds, rejections } from './problems.ts';
import { FamilyDetail, FamilyPage, FamilySearch, RecapAnswer } from './read.ts';
import {
  CaseCorrectedBody,
  CaseLegalisedBody,
  CaseRetractedBody,
  FamilyConsentBody,
  PushRecord,
  WireAttachment,
  WireDecision,
  WireIdentification,
  WireMatch,
  WireSheet,
  WireVisit,
} from './record.ts';
import {
  AcceptedAnswer,
  Batch,
  BatchResponse,
  ConflictAnswer,
  ConflictProof,
  DuplicateAnswer,
  EnrolRequest,
  EnrolResponse,
  Health,
  HeldAnswer,
  KeyVoucher,
  MergeNote,
  Problem,
  PublicKey,
  Receipt,
  RejectedAnswer,
  signatureType,
  WireAuthor,
  WireClash,
  WireEdit,
  wireLimits,
  wireVersion,
} from './wire.ts';

/** Everything with a name of its own in the document; all else is inlined. */
const named = {
  EnrolRequest,
  EnrolResponse,
  PublicKey,
  KeyVoucher,
  Batch,
  PushRecord,
  CaseLegalisedBody,
  CaseCorrectedBody,
  CaseRetractedBody,
  FamilyConsentBody,
  WireIdentification,
  WireMatch,
  WireVisit,
  WireSheet,
  WireAttachment,
  WireDecision,
  BatchResponse,
  AcceptedAnswer,
  DuplicateAnswer,
  RejectedAnswer,
  HeldAnswer,
  ConflictAnswer,
  ConflictProof,
  MergeNote,
  WireClash,
  WireEdit,
  WireAuthor,
  Receipt,
  DownPage,
  DownItem,
  PenetapanBody,
  RankBody,
  RecipientsBody,
  RejectedBody,
  CaseChangedBody,
  ReferenceBody,
  SettingBody,
  ProgramRule,
  ScoreModel,
  NumbersRequest,
  NumbersResponse,
  NumberPool,
  AttachmentState,
  RecapRequest,
  PeriodRecap,
  RecapResponse,
  RecapReceipt,
  FamilySearch,
  FamilyPage,
  FamilyDetail,
  RecapAnswer,
  ProofResponse,
  ProofSummary,
  ProofBranch,
  ProofLeaves,
  ProofLeaf,
  RecordResponse,
  CourierKeyResponse,
  CourierKey,
  CourierHeader,
  CourierUp,
  CourierDown,
  EnrolmentHeader,
  EnrolmentAsked,
  CourierEnrolRequest,
  EnrolmentTold,
  EncryptionKey,
  Health,
  Problem,
} satisfies Record<string, z.ZodType>;

/**
 * The OpenAPI 3.1 document of the provincial API, from the very schemas that both ends parse with.
 * Pure: the same schemas give the same document, and a test compares it with the published one.
 */
export function openApiDocument(): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Mutakhir: API provinsi',
      version: `${wireVersion}.0`,
      description: introduction(),
    },
    paths: {
      '/v1/health': {
        get: {
          operationId: 'health',
          summary: 'Apakah server ini melayani',
          responses: { 200: json('Melayani.', 'Health'), ...problems('unavailable') },
        },
      },
      '/v1/openapi.json': {
        get: {
          operationId: 'openapi',
          summary: 'Dokumen ini',
          responses: {
            200: {
              description: 'Dokumen OpenAPI 3.1.',
              content: { 'application/json': { schema: { type: 'object' } } },
            },
          },
        },
      },
      '/v1/enrol': {
        post: {
          operationId: 'enrol',
          summary: 'Mendaftarkan kantor dengan kode sekali pakai',
          description:
            `Ditandatangani dengan kunci pribadi yang berpasangan dengan publicKey (typ ${signatureType.enrolment}). ` +
            'Kode yang sama dengan kunci yang sama boleh dikirim lagi selama kantor itu belum menghubungi server sesudahnya: jawabannya kantor yang sama dengan kredensial yang sama, sehingga jawaban mana pun yang sampai tetap berlaku. ' +
            'Begitu juga dengan kode lain, selama kantor itu terdaftar dengan kunci yang sama. ' +
            'Kantor yang pernah dicabut menyebut siapa dirinya dahulu (formerOfficeId), sehingga dari beberapa kantor di satu wilayah masing-masing kembali sebagai dirinya sendiri. ' +
            `Kantor tanpa sambungan mengirim CourierEnrolRequest dengan kurir, ditandatangani untuk jalan itu saja (typ ${signatureType.courierEnrolment}): server menolaknya di sini, karena jawaban di sini tidak dikunci untuk replyKey. Berkasnya JWE kompak (dir, A256GCM) dengan kepala EnrolmentHeader atas JSON EnrolmentAsked (typ ${enrolmentDirection.up}), dijawab EnrolmentTold (typ ${enrolmentDirection.down}). Kuncinya 32 bita HKDF-SHA256 tanpa salt dari sidik kode (SHA-256 atas huruf besar dan angkanya saja, O dibaca 0, I dan L dibaca 1) dengan info = typ; kid 16 bita dengan info ${enrolmentCodeId}. Kode untuk itu sedikitnya ${enrolmentCodeLength} huruf dan angka.`,
          parameters: [signatureParameter()],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: reference('EnrolRequest') } },
          },
          responses: {
            200: json('Terdaftar.', 'EnrolResponse'),
            ...problems(
              'not_json',
              'invalid_request',
              'wire_unsupported',
              'signature_invalid',
              'enrolment_refused',
              'body_too_large',
              'cut_off',
              'busy',
              'internal',
              'unavailable',
            ),
          },
        },
      },
      '/v1/batches': {
        post: {
          operationId: 'pushBatch',
          summary: 'Menerima satu gugus catatan, dalam satu transaksi',
          description:
            `Ditandatangani dengan kunci kantor (typ ${signatureType.batch}). Boleh dikompres dengan Content-Encoding: gzip. ` +
            'Tiap catatan dijawab sendiri-sendiri; catatan yang cacat tidak menahan yang lain. Aman dikirim ulang: kunci yang sama dengan isi yang sama mendapat tanda terima yang sama.',
          security: [{ officeCredential: [] }],
          parameters: [signatureParameter()],
          requestBody: { required: true, content: { 'application/json': { schema: reference('Batch') } } },
          responses: {
            200: json('Jawaban untuk tiap catatan, menurut kuncinya.', 'BatchResponse'),
            ...problems(
              'not_json',
              'invalid_request',
              'wire_unsupported',
              'encoding_unsupported',
              'body_too_large',
              'cut_off',
              'signature_invalid',
              'credential_unknown',
              'office_revoked',
              'office_mismatch',
              'busy',
              'internal',
              'unavailable',
            ),
          },
        },
      },
      ...downPaths(),
      '/v1/attachments/{hash}': {
        get: {
          operationId: 'attachmentState',
          summary: 'Menanyakan berapa bita sebuah lampiran yang sudah sampai',
          security: [{ officeCredential: [] }],
          parameters: [hashParameter(), answeredNonceParameter()],
          responses: {
            200: json('Keadaan lampiran.', 'AttachmentState'),
            ...problems(...common, 'invalid_request', 'attachment_unknown', 'body_too_large'),
          },
        },
        put: {
          operationId: 'putChunk',
          summary: 'Menerima satu potong lampiran',
          description:
            `Sesudah catatan yang menyebutnya diterima. Paling banyak ${chunkBytes} bita sepotong, berurutan; potongan yang sudah ada tidak diubah. ` +
            `Ditandatangani dengan kunci kantor (typ ${signatureType.chunk}). Sesudah potongan terakhir, sidik seluruh isinya diperiksa.`,
          security: [{ officeCredential: [] }],
          parameters: [
            hashParameter(),
            queryNumber('offset', 'Bita pertama potongan ini.', true),
            answeredNonceParameter(),
            signatureParameter(),
          ],
          requestBody: {
            required: true,
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          },
          responses: {
            200: json('Keadaan lampiran sesudahnya.', 'AttachmentState'),
            ...problems(
              ...common,
              'invalid_request',
              'signature_invalid',
              'attachment_unknown',
              'chunk_out_of_place',
              'attachment_damaged',
              'body_too_large',
              'cut_off',
            ),
          },
        },
      },
      ...readPaths(),
      ...proofPaths(),
      ...recapPaths(),
    },
    components: {
      securitySchemes: {
        officeCredential: {
          type: 'http',
          scheme: 'bearer',
          description: 'Kredensial dari jawaban pendaftaran kantor.',
        },
        readToken: {
          type: 'http',
          scheme: 'bearer',
          description:
            'Token pembaca dari operator provinsi: satu peran (publik_agregat, kelurahan, provinsi) dan satu wilayah.',
        },
      },
      schemas: componentSchemas(),
    },
  };
}

function introduction(): string {
  return [
    'Cara kantor kelurahan dan kecamatan mengirim berkas yang sudah disahkan, dan mendapat tanda terimanya.',
    'Bidang yang tidak dikenal disimpan dan diteruskan, tidak ditolak.',
    `hash = SHA-256 (heksadesimal) dari JSON kanonis body menurut RFC 8785. Tanda tangan: JWS Ed25519 (alg EdDSA). Tanda terima: JWS kompak dengan typ ${signatureType.receipt} dan payload Receipt.`,
    `Batas: ${wireLimits.records} catatan segugus, ${wireLimits.requestBytes} bita terkirim, ${wireLimits.inflatedBytes} bita setelah dibuka.`,
    `Kode penolakan satu catatan (rejected): ${list(rejections)}`,
    `Kode penundaan satu catatan (held): ${list(holds)}`,
    `Kode pertentangan satu catatan (conflict): ${list(conflicts)}`,
    'Pembaruan sejajar bukan pertentangan: bila kedua pihak mengubah isian yang berlainan sejak baseVersion, keduanya digabung dan jawabannya accepted dengan merged. Bila isian yang sama diubah berlainan, tidak ada yang diterapkan dan jawabannya conflict dengan kedua nilai.',
    'Jenis catatan (kind) dan body-nya: case.legalised CaseLegalisedBody, case.corrected CaseCorrectedBody, case.retracted CaseRetractedBody, family.consent FamilyConsentBody. family.consent menyampaikan apakah keluarga menolak ditampilkan kepada pembaca (sharing refused) atau setuju (given): tidak menunggu berkasnya, bukan versi berkas, dan yang terakhir diterima yang berlaku. parent-nya hanya kabar sebelumnya yang belum terjawab; bila yang itu ditolak, kabar ini tetap diterima. Sejak kabar penolakan, /v1/read tidak menampilkan keluarga itu, dengan nama atau alamat apa pun; hitungannya tetap.',
    `Kantor hanya percaya yang ditandatangani: mergedHash pada Receipt mencakup merged, dan proof pada conflict berupa JWS kompak kunci server (typ ${signatureType.conflict}) dengan payload ConflictProof, yang answerHash-nya mencakup jawaban itu tanpa proof. Tanpa keduanya, atau bila tidak cocok, tidak ada yang diterapkan dan catatan dikirim ulang.`,
  ].join('\n\n');
}

function list(codes: Record<string, string>): string {
  return Object.entries(codes)
    .map(([code, sentence]) => `\`${code}\` ${sentence}`)
    .join(' ');
}

function componentSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    io: 'input',
    override: ({ jsonSchema }) => {
      // A format says it already; its pattern is a page long and helps nobody read.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  for (const schema of Object.values(schemas)) {
    // Inside an OpenAPI document the place of a schema is its identity.
    delete schema.$schema;
    delete schema.$id;
  }
  return schemas;
}
