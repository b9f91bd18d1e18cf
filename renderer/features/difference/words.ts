import type { DifferenceInfo, StagedDecision } from '../../../shared/contract/difference.ts';
import type { ChangeKind, PlacedKind } from '../../../shared/domain/reference-change.ts';
import { formatNumber } from '../../components/formats.ts';

const n = formatNumber;

type RefusedInfo = Pick<DifferenceInfo, 'refusedRows' | 'refusedRead' | 'complete' | 'staged' | 'unread'>;

/** What the difference of two snapshots says, and a file that waits beside the list that stands. */
export const words = {
  title: 'Perbedaan daftar',
  stagedTitle: 'Periksa sebelum masuk',
  subtitle: (base: string, list: string) => `${list} dibandingkan dengan ${base}`,
  listName: (name: string, version: number, date: string) =>
    version === 0 ? `${name} yang baru (keadaan ${date})` : `${name} versi ${version} (keadaan ${date})`,
  stagedNote:
    'Berkas ini belum dipakai mencocokkan. Tolak yang tidak boleh masuk, lalu simpan; yang ditolak tetap seperti sebelumnya.',
  partNote: 'Berkas ini dinyatakan memuat sebagian; rumah tangga yang tidak disebut dibiarkan.',
  replaces: (list: string, gone: number) =>
    `Berkas ini juga menggantikan ${list}, yang ikut dibandingkan di sini${
      gone === 0 ? '.' : `: ${n(gone)} keluarganya tidak ada lagi.`
    }`,
  manyGone: (gone: number, of: number, replaces: boolean) =>
    `${n(gone)} dari ${n(of)} keluarga di daftar sebelumnya tidak ada di berkas ini; disimpan, mereka tidak terdaftar lagi. Bila berkas ini memuat sebagian saja: buang, lalu impor lagi dengan pilihan "sebagian saja"${
      replaces ? ' (atau wilayah "sama dengan daftar pembandingnya")' : ''
    }. Atau tolak yang "Tidak ada lagi".`,
  goneTitle: (gone: number) => `${n(gone)} keluarga keluar dari daftar?`,
  goneConfirm: (gone: number) => `Simpan, ${n(gone)} keluarga keluar`,
  goneLook: 'Periksa dahulu',
  /** What is said of rows of the later list that were refused. */
  refusedNote: ({ refusedRows, refusedRead, complete, staged, unread: { persons } }: RefusedInfo) => {
    const refused = `${n(refusedRows)} baris berkas ini ditolak, jadi belum terbaca.`;
    if (!complete) return refused;
    if (!refusedRead)
      return `${refused} Isinya tidak disimpan oleh versi program yang lama, jadi orang dari baris itu bisa tampak tidak ada lagi. ${
        staged
          ? 'Buang berkas ini dan baca lagi berkas asalnya sebelum menyimpan.'
          : 'Periksa dahulu di berkas asalnya.'
      }`;
    const known =
      persons === 0
        ? 'Tidak seorang pun di daftar sebelumnya dikenali dari baris itu.'
        : `${n(persons)} orang di daftar sebelumnya dikenali dari baris itu: mereka tidak dihitung hilang, dan tetap seperti sebelumnya.`;
    return `${refused} ${known} Orang dari baris lain yang ditolak bisa tampak tidak ada lagi; periksa dahulu.`;
  },
  blankNote: 'Isian yang kosong di daftar baru tidak dihitung sebagai perubahan.',
  counting: 'Menghitung …',
  place: (kelurahan: string | null, rw: string | null) =>
    [kelurahan === null ? null : `Kelurahan ${kelurahan}`, rw === null ? null : `RW ${rw}`]
      .filter((part) => part !== null)
      .join(', ') || 'Seluruh daftar',
  summary: (
    place: string,
    { added, gone, movedIn, movedOut }: Record<'added' | 'gone' | 'movedIn' | 'movedOut', number>,
    { up, down }: { up: number; down: number },
  ) =>
    [
      `${place}: ${n(added)} baru, ${n(gone)} tidak ada lagi`,
      ...(movedIn === 0 ? [] : [`${n(movedIn)} pindah masuk`]),
      ...(movedOut === 0 ? [] : [`${n(movedOut)} pindah keluar`]),
      up + down === 0 ? 'tidak ada peringkat yang berpindah.' : `peringkat ${n(up)} naik, ${n(down)} turun.`,
    ].join(', '),
  listLabel: 'Rumah tangga yang dibandingkan',
  views: {
    perubahan: 'Semua perubahan',
    baru: 'Baru',
    hilang: 'Tidak ada lagi',
    berubah: 'Berubah',
    desil: 'Peringkat berpindah',
    sama: 'Sama',
    pindah_masuk: 'Pindah masuk',
    pindah_keluar: 'Pindah keluar',
    belum_terbaca: 'Belum terbaca',
  },
  viewOf: (label: string, households: number) => `${label} ${n(households)}`,
  viewLabel: 'Yang ditampilkan',
  allRw: 'Semua RW',
  rw: 'RW',
  allKelurahan: 'Semua kelurahan',
  kelurahan: 'Kelurahan',
  kelurahanOf: (name: string, households: number) => `${name} (${n(households)})`,
  moves: (from: number, to: number, households: number) => `${from} → ${to}: ${n(households)}`,
  movesLabel: 'Perpindahan peringkat resmi',
  columns: {
    kind: 'Perubahan',
    name: 'Kepala keluarga',
    place: 'RT/RW',
    rank: 'Peringkat',
    what: 'Yang berbeda',
    case: 'Berkas',
    decision: 'Keputusan',
  },
  accepted: 'Diterima',
  refused: 'Ditolak',
  nothing: '–',
  fieldsOf: (fields: string, more: number) => (more === 0 ? fields : `${fields}, dan ${n(more)} lagi`),
  came: (count: number) => `${n(count)} anggota baru`,
  left: (count: number) => `${n(count)} anggota keluar`,
  unread: (count: number) => `${n(count)} anggota belum terbaca`,
  altered: (count: number) => `${n(count)} anggota berubah`,
  whole: {
    baru: 'Keluarga baru di daftar',
    hilang: 'Keluarga tidak ada lagi di daftar',
    sama: 'Tidak berbeda',
  } satisfies Partial<Record<ChangeKind, string>>,
  emptyTitle: 'Tidak ada yang cocok',
  emptyText: 'Ubah saringannya untuk melihat yang lain.',
  kk: 'No KK',
  nik: 'NIK',
  detailFields: 'Keluarga',
  before: 'Sebelumnya',
  after: 'Sekarang',
  field: 'Isian',
  blank: '(kosong)',
  persons: {
    masuk: 'Anggota baru',
    keluar: 'Anggota keluar',
    berubah: 'Anggota berubah',
    belum_terbaca: 'Barisnya ditolak, belum terbaca',
  },
  elsewhereBefore: (id: string) => `sebelumnya di ${id}`,
  elsewhereNow: (id: string) => `sekarang di ${id}`,
  openCase: (number: string) => `Buka berkas ${number}`,
  caseOf: (number: string) => `Berkas ${number}`,
  noCase:
    'Tidak ada berkas kantor ini yang memuat NIK dari keluarga ini atau sudah dicocokkan dengannya. Berkas tanpa NIK yang belum dicocokkan dapat dicari menurut nama di layar Berkas.',
  selected: (count: number) => `${n(count)} dipilih`,
  shown: (count: number) => `${n(count)} ditampilkan`,
  decided: (changed: number) => `${n(changed)} baris diubah`,
  takenBack: (changed: number, left: number, by: string) =>
    left === 0
      ? `${n(changed)} baris dikembalikan`
      : `${n(changed)} baris dikembalikan; ${n(left)} lagi sudah diputuskan ulang oleh ${by} dan dibiarkan`,
  toAccept: (accepted: number, changes: number) => `${n(accepted)} dari ${n(changes)} perubahan diterima`,
  staysUnread: (persons: number) => `${n(persons)} orang belum terbaca dan tetap seperti sebelumnya`,
  compareAgain: 'Bandingkan lagi',
  comparingAgain: 'Boleh ditinggal; perbandingannya menunggu di Daftar acuan.',
  /** What is asked before everything that is shown is decided, or what was ticked and is out of sight. */
  asked: (what: 'outOfSight' | 'shown', accepted: boolean, count: number) => {
    const verb = accepted ? 'Terima' : 'Tolak';
    return what === 'outOfSight'
      ? {
          title: `${verb} ${n(count)} yang dipilih?`,
          text: 'Sebagian baris yang dipilih sedang tidak tampak di layar. Keputusan ini berlaku juga untuk baris itu. Ctrl+Z mengembalikannya.',
          confirm: `${verb} ${n(count)} yang dipilih`,
        }
      : {
          title: `${verb} ${n(count)} yang ditampilkan?`,
          text: 'Tidak ada baris yang dipilih, jadi keputusan ini berlaku untuk semua yang ditampilkan. Ctrl+Z mengembalikannya.',
          confirm: `${verb} semua`,
        };
  },
  busyBy: (name: string, again: boolean) =>
    again
      ? `${name} sedang membandingkan berkas ini lagi. Hasilnya muncul di Daftar acuan begitu selesai.`
      : `${name} sedang menyimpan yang diterima. Daftarnya muncul di Daftar acuan begitu selesai.`,
  decisionsTitle: 'Keputusan sewaktu berkas diperiksa',
  decisionsText: 'Yang tidak disebut di sini diterima. Semuanya tercatat juga di jurnal.',
  decisionColumns: { when: 'Waktu', who: 'Oleh', what: 'Keputusan' },
  /** "Ditolak 12 rumah tangga (3 baru, 9 tidak ada lagi) · Kelurahan Gambir, RW 003". */
  decision: ({ accepted, counts }: StagedDecision, part: string) => {
    const { baru, berubah, hilang } = counts;
    const kinds = [
      ...(baru === 0 ? [] : [`${n(baru)} baru`]),
      ...(berubah === 0 ? [] : [`${n(berubah)} berubah`]),
      ...(hilang === 0 ? [] : [`${n(hilang)} tidak ada lagi`]),
    ].join(', ');
    return `${accepted ? 'Diterima' : 'Ditolak'} ${n(baru + berubah + hilang)} rumah tangga (${kinds}) · ${part}`;
  },
  decisionPart: {
    ticked: 'yang dipilih',
    views: {
      baru: 'baru',
      hilang: 'tidak ada lagi',
      berubah: 'berubah',
      sama: 'sama',
      pindah_masuk: 'pindah masuk',
      pindah_keluar: 'pindah keluar',
    } satisfies Record<PlacedKind, string>,
    rankMoved: 'peringkat berpindah',
    unread: 'belum terbaca',
    accepted: 'yang diterima',
    refused: 'yang ditolak',
    changes: 'semua perubahan',
    all: 'seluruh daftar',
  },
  withdrawn: (name: string, when: string) => `Diurungkan oleh ${name}, ${when}`,
  accepting: 'Boleh ditinggal; daftar muncul di Daftar acuan begitu selesai.',
  comparing: 'Boleh ditinggal; perbandingannya disimpan.',
  savedTitle: 'Daftar tersimpan',
  savedText: (name: string, version: number) =>
    `${name}, versi ${version}. Mulai sekarang versi ini yang dipakai. Salah? Urungkan; versi sebelumnya langsung dipakai lagi.`,
  undone: (name: string, version: number) =>
    `${name} versi ${version} diurungkan. Versi sebelumnya dipakai lagi.`,
  toLists: 'Lihat daftar acuan',
  discardTitle: 'Buang berkas ini',
  discardText: 'Berkas dan keputusan di layar ini dibuang. Daftar yang dipakai tidak berubah.',
  discardConfirm: 'Buang',
  cancel: 'Batal',
  undoReason: 'Diurungkan langsung sesudah disimpan',
} as const;
