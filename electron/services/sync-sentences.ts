import { assertNever } from '../../shared/domain/assert-never.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { OutboxView } from '../store/sync-views.ts';
import type { Reply, Silence } from '../sync/province-client.ts';
import type { Connection } from '../sync/push.ts';

/** What the screens say of the line to the province, and of each item of the outbox. */

const silenceSentence: Record<Silence, string> = {
  unreachable:
    'Server provinsi tidak dapat dihubungi. Data aman di sini dan dikirim sendiri begitu tersambung.',
  timeout: 'Jalur ke server provinsi terlalu lambat. Data aman di sini; Mutakhir mencoba terus.',
  interrupted: 'Jawaban server provinsi terputus di tengah jalan. Data aman di sini; Mutakhir mencoba terus.',
  not_province:
    'Yang menjawab bukan server provinsi. Bila memakai Wi-Fi umum, masuk dahulu ke jaringannya di peramban.',
  untrusted:
    'Sertifikat server provinsi tidak dapat dipercaya, maka tidak ada yang dikirim. Bila memakai Wi-Fi umum, masuk dahulu ke jaringannya di peramban; lalu periksa tanggal dan jam komputer ini. Bila keduanya sudah benar, hubungi pengelola jaringan kantor atau provinsi. Data aman di sini.',
  proxy_refused:
    'Proksi jaringan menolak kantor ini. Periksa nama pengguna dan kata sandinya di Kiriman, Proksi jaringan.',
  busy: 'Server provinsi sedang sibuk atau dirawat. Mutakhir mencoba lagi sendiri.',
};

const silenceError: Record<Silence, ErrorCode> = {
  unreachable: 'province_unreachable',
  timeout: 'province_unreachable',
  interrupted: 'province_unreachable',
  not_province: 'province_elsewhere',
  untrusted: 'province_untrusted',
  proxy_refused: 'proxy_refused',
  busy: 'province_busy',
};

/** What a person is told who asked the province for something just now. */
export function errorOfSilence(reply: Extract<Reply<unknown>, { kind: 'silent' | 'busy' }>): AppError {
  return new AppError(silenceError[reply.kind === 'silent' ? reply.why : 'busy']);
}

/** Why nothing goes; null where there is nothing to say. */
export function sentenceOfConnection(connection: Connection): string | null {
  switch (connection.state) {
    case 'not_enrolled':
      return 'Kantor ini belum terdaftar di server provinsi. Berkas yang disahkan menunggu di sini.';
    case 'offline':
      return connection.silence === null ? null : silenceSentence[connection.silence];
    case 'refused':
      return `${connection.refusal?.sentence ?? ''} Hubungi provinsi; berkas menunggu di sini.`.trim();
    case 'checking':
    case 'online':
      return null;
    default:
      return assertNever(connection.state);
  }
}

/** Why a case stays here although it was legalised. */
const heldSentence =
  'Ditahan di kantor ini karena keluarga menolak datanya dibagikan. Dikirim sendiri bila persetujuannya dicatat lain di berkasnya, atau bila administrator mengatur untuk tetap mengirim.';

const heldAfterSending =
  'Pernah dikirim, tetapi jawabannya belum ada, lalu keluarga menolak datanya dibagikan: tidak dikirim lagi. Dikirim lagi sendiri bila persetujuannya dicatat lain; bila berkasnya ditarik kembali, penarikan itu tetap dikirim.';

const wordSentence = {
  refused: 'Kabar ke provinsi: keluarga menolak datanya dibagikan, jadi jangan ditampilkan kepada pembaca.',
  given: 'Kabar ke provinsi: keluarga sekarang setuju datanya dibagikan, jadi boleh ditampilkan lagi.',
} as const;

/** What to do about a family's word that the province refused to hear. */
export function refusedWordSentence(why: string | null): string {
  const because = why === null ? '' : ` ${ended(why)}`;
  return `Provinsi menolak kabar persetujuan keluarga ini.${because} Buka berkasnya, catat lagi persetujuannya (Alt+J); bila ditolak lagi, hubungi provinsi.`;
}

type Told = Pick<OutboxView, 'state' | 'problem' | 'awaitsMend' | 'courier' | 'held' | 'tries' | 'sharing'>;

/** What an item of the outbox is where it is no record of its case, how it stands, and what happens next. */
export function sentenceOfItem(view: Told, connection: Pick<Connection, 'state'>): string {
  const standing = standingOf(view, connection);
  return view.sharing === null ? standing : `${wordSentence[view.sharing]} ${standing}`;
}

function standingOf(view: Told, connection: Pick<Connection, 'state'>): string {
  const { state, problem, awaitsMend, courier, held } = view;
  if (held && (state === 'menunggu' || state === 'ditahan'))
    return view.tries > 0 || courier !== null ? heldAfterSending : heldSentence;
  switch (state) {
    case 'menunggu':
      if (courier !== null)
        return `Dibawa kurir dengan paket ${courier.number}; bila sambungan pulih lebih dahulu, dikirim lewat sambungan.`;
      if (connection.state === 'not_enrolled') return 'Menunggu kantor ini didaftarkan ke server provinsi.';
      if (connection.state === 'refused') return 'Menunggu izin provinsi; lihat keterangan di atas.';
      if (problem !== null) return `${ended(problem.sentence)} Dikirim lagi sendiri.`;
      return connection.state === 'online'
        ? 'Menunggu giliran.'
        : 'Menunggu sambungan; dikirim sendiri begitu tersambung.';
    case 'dikirim':
      return 'Sedang dikirim.';
    case 'ditahan':
      return ended(problem?.sentence ?? 'Provinsi menunggu catatan lain dahulu.');
    case 'diterima':
      return 'Sudah sampai; tanda terima tersimpan.';
    case 'ditolak':
      if (!awaitsMend) return 'Ditolak waktu itu; sudah ditindaklanjuti.';
      if (view.sharing !== null) return refusedWordSentence(problem?.sentence ?? null);
      return ended(problem?.sentence ?? 'Provinsi menolak berkas ini.');
    case 'bertentangan':
      return awaitsMend
        ? 'Provinsi mengubah isian yang sama. Pilih nilainya di Perlu perhatian.'
        : 'Bertentangan waktu itu; sudah dipilih.';
    default:
      return assertNever(state);
  }
}

/** With a full stop, also where the province left it out. */
export function ended(sentence: string): string {
  return /[.!?]$/.test(sentence.trimEnd()) ? sentence.trimEnd() : `${sentence.trimEnd()}.`;
}
