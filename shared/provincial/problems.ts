/**
 * Every code the provincial API can answer with, and its sentence. Codes are stable; a client that
 * meets one it does not know shows the sentence. No sentence holds personal data.
 */

/** A whole request is refused; nothing of it was stored. */
export const requestProblems = {
  not_json: [400, 'Kiriman bukan JSON yang utuh.'],
  invalid_request: [422, 'Amplop kiriman tidak sesuai skema.'],
  wire_unsupported: [
    422,
    'Server ini belum mengenal versi amplop kiriman; perbarui server atau pakai versi lama.',
  ],
  encoding_unsupported: [415, 'Kiriman hanya boleh tanpa kompresi atau gzip.'],
  body_too_large: [413, 'Kiriman terlalu besar; kirim lebih sedikit catatan sekaligus.'],
  cut_off: [408, 'Kiriman berhenti di tengah jalan; kirim lagi.'],
  signature_invalid: [401, 'Tanda tangan kiriman tidak cocok dengan kunci kantor.'],
  credential_unknown: [401, 'Kredensial kantor tidak dikenal.'],
  office_revoked: [403, 'Pendaftaran kantor ini dicabut oleh provinsi.'],
  office_mismatch: [403, 'Kiriman menyebut kantor lain dari pemilik kredensialnya.'],
  enrolment_refused: [403, 'Kode pendaftaran salah, sudah dipakai, kedaluwarsa, atau untuk wilayah lain.'],
  attachment_unknown: [404, 'Tidak ada catatan diterima yang menyebut lampiran ini.'],
  chunk_out_of_place: [409, 'Potongan lampiran ini tidak menyambung; lanjutkan dari bita yang disebut.'],
  recap_hash_mismatch: [422, 'Sidik rekap tidak cocok dengan isinya.'],
  recap_outside_area: [422, 'Rekap ini memuat kelurahan di luar wilayah kantor.'],
  recap_differs: [409, 'Provinsi sudah memegang rekap lain untuk periode yang sudah ditutup ini.'],
  attachment_damaged: [422, 'Sidik lampiran tidak cocok dengan isinya; kirim ulang dari awal.'],
  number_refused: [403, 'Kantor ini masih memegang cukup nomor, atau meminta terlalu banyak sekaligus.'],
  token_unknown: [401, 'Token pembaca tidak dikenal, sudah habis masanya, atau dicabut.'],
  role_not_allowed: [403, 'Peran token ini hanya boleh membaca jumlah, bukan keluarga.'],
  outside_token_area: [403, 'Wilayah yang diminta di luar wilayah token ini.'],
  family_unknown: [404, 'Keluarga ini tidak ada, atau di luar wilayah token ini.'],
  record_unknown: [404, 'Provinsi tidak memegang catatan dengan kunci ini dari kantor ini.'],
  unknown_path: [404, 'Alamat ini tidak ada pada server provinsi.'],
  busy: [429, 'Server provinsi sedang penuh; coba lagi sebentar.'],
  unavailable: [503, 'Server provinsi sedang tidak dapat menyimpan; coba lagi nanti.'],
  internal: [500, 'Ada gangguan di server provinsi; tidak ada yang disimpan.'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;
export type RequestProblemCode = keyof typeof requestProblems;

/** One record is rejected for good: what is mended is sent under a new key. */
export const rejections = {
  invalid_record: 'Ada isian yang tidak sesuai dengan ketentuan provinsi.',
  hash_mismatch: 'Sidik data tidak cocok dengan isinya.',
  case_mismatch: 'Nomor berkas di amplop lain dari nomor berkas di dalamnya.',
  key_reused: 'Kunci kiriman ini sudah dipakai untuk isi yang lain.',
  outside_area: 'Alamat rumah tangga di luar wilayah kerja kantor ini.',
  case_of_other_office: 'Berkas ini milik kantor lain.',
  base_version: 'Provinsi memegang versi lain dari berkas ini.',
  parent_rejected: 'Catatan sebelumnya dari berkas yang sama tidak diterima; perbaiki yang itu dahulu.',
  case_unknown: 'Provinsi belum memegang berkas yang diperbaiki atau ditarik ini.',
  nothing_to_retract: 'Provinsi tidak memegang berkas ini; penolakan sebelumnya selesai dengan ini.',
  case_retracted: 'Berkas ini sudah ditarik; sahkan lagi berkasnya sebelum memperbaikinya.',
  number_not_granted: 'Nomor provinsi ini tidak pernah diberikan kepada kantor di wilayah ini.',
  number_taken: 'Nomor provinsi ini sudah dipakai berkas lain.',
  unstorable: 'Isi catatan ini tidak dapat disimpan oleh provinsi.',
} as const satisfies Record<string, string>;
export type RejectionCode = keyof typeof rejections;

/** One record waits; the office sends it again later under the same key. */
export const holds = {
  parent_missing: 'Menunggu catatan sebelumnya dari berkas yang sama.',
  kind_unknown: 'Server provinsi belum mengenal jenis catatan ini; dikirim lagi setelah server diperbarui.',
} as const satisfies Record<string, string>;
/** One record and the province's copy both changed the same field; a person decides. */
export const conflicts = {
  same_field: 'Isian yang sama sudah diubah di provinsi. Pilih nilai mana yang berlaku.',
} as const satisfies Record<string, string>;

export type HoldCode = keyof typeof holds;
