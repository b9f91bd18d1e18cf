/** What the first screen says. */
export const words = {
  title: 'Beranda',
  greeting: (name: string) => `Selamat bekerja, ${name}`,
  waiting: 'Menunggu Anda',
  nothingWaits: 'Tidak ada yang menunggu Anda',
  nothingWaitsHint: 'Yang baru akan muncul di sini dengan sendirinya.',
  drafts: 'Draf saya',
  draftsTask: 'Lanjutkan pendaftaran yang belum selesai.',
  withoutNik: 'Belum ber-NIK',
  withoutNikTask: 'Bantu mengurus NIK, lalu isi lewat perbaikan berkas.',
  oldest: (days: number) => (days === 0 ? 'Masuk hari ini' : `Paling lama ${days} hari`),
  overdue: (count: string, limit: number) => `${count} lewat ${limit} hari`,
  all: 'Semua berkas',
  allHint: 'Setiap angka membuka daftarnya.',
  noCases: 'Belum ada berkas',
  noCasesHint: 'Berkas pertama muncul setelah pendaftaran di loket.',
  total: 'Jumlah',
  recoveryTitle: 'Lembar pemulihan belum dibuktikan tersimpan',
  recoveryText:
    'Tanpa lembar itu, tidak ada yang dapat membuka buku register bila semua kata sandi hilang. Buat kode baru, cetak, lalu simpan.',
  recoveryOpen: 'Buka Pengaturan',
} as const;
