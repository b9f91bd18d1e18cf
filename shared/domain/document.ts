import { z } from 'zod';

/** Every paper that the office prints, by the word that the ledger of prints knows it by. */
export const DocumentKind = z.enum([
  'tanda_terima',
  'formulir_pendaftaran',
  'profil_keluarga',
  'formulir_verifikasi',
  'rekapitulasi',
  'prelist',
  'daftar_hadir',
  'berita_acara',
  'sptjm',
  'rekap_muskel',
  'surat_tugas',
  'surat_pengantar',
  'kunjungan_ulang',
]);
export type DocumentKind = z.infer<typeof DocumentKind>;

export const documentKindLabel: Record<DocumentKind, string> = {
  tanda_terima: 'Tanda terima',
  formulir_pendaftaran: 'Formulir pendaftaran',
  profil_keluarga: 'Profil keluarga',
  formulir_verifikasi: 'Formulir verifikasi',
  rekapitulasi: 'Rekapitulasi',
  prelist: 'Daftar Sasaran Verifikasi',
  daftar_hadir: 'Daftar hadir',
  berita_acara: 'Berita Acara',
  sptjm: 'SPTJM',
  rekap_muskel: 'Rekap hasil muskel dan verivali',
  surat_tugas: 'Surat tugas',
  surat_pengantar: 'Surat pengantar',
  kunjungan_ulang: 'Formulir kunjungan ulang',
};

/** Papers that are letters: they take a number from the office's register, once. */
export const LetterKind = z.enum(['berita_acara', 'sptjm', 'surat_tugas', 'surat_pengantar']);
export type LetterKind = z.infer<typeof LetterKind>;

/** What stands for the kind in the number of a letter; an office has its own classification. */
export const LetterCodes = z.object({
  berita_acara: z.string().trim().min(1).max(30).default('BA-MUSKEL'),
  sptjm: z.string().trim().min(1).max(30).default('SPTJM'),
  surat_tugas: z.string().trim().min(1).max(30).default('ST'),
  surat_pengantar: z.string().trim().min(1).max(30).default('SP'),
});
export type LetterCodes = z.infer<typeof LetterCodes>;

const roman = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/**
 * The number of a letter by the office's format. Placeholders: `{serial}` or `{serial:3}` running
 * within the year, `{code}` of the kind, `{month}` 01–12, `{roman}` I–XII, `{year}`.
 */
export function formatLetterNumber(
  format: string,
  facts: { serial: number; code: string; dated: string },
): string {
  const month = facts.dated.slice(5, 7);
  return format
    .replaceAll('{code}', facts.code)
    .replaceAll('{month}', month)
    .replaceAll('{roman}', roman[Number(month) - 1] ?? '')
    .replaceAll('{year}', facts.dated.slice(0, 4))
    .replace(/\{serial(?::(\d))?\}/g, (_, width: string | undefined) =>
      String(facts.serial).padStart(Number(width ?? 1), '0'),
    );
}
