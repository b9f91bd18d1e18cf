import type { DocumentKind } from '../../shared/domain/document.ts';
import { AppError } from '../../shared/errors.ts';
import { beritaAcara } from './berita-acara.ts';
import { daftarHadir } from './daftar-hadir.ts';
import { formulirPendaftaran, profilKeluarga } from './family-papers.ts';
import type { FontFiles } from './fonts.ts';
import { tandaTerima } from './kept-receipt.ts';
import { rekapitulasi } from './kept-recap.ts';
import type { PrintFrame } from './page-frame.ts';
import { kunjunganUlang } from './kunjungan-ulang.ts';
import { prelist } from './prelist.ts';
import { rekapMuskel } from './rekap-muskel.ts';
import { sptjm } from './sptjm.ts';
import { suratPengantar } from './surat-pengantar.ts';
import { suratTugas } from './surat-tugas.ts';

/** Every kind of paper that is kept as it was issued; a new one adds its line. */
const kinds = [
  tandaTerima,
  formulirPendaftaran,
  profilKeluarga,
  prelist,
  daftarHadir,
  beritaAcara,
  sptjm,
  rekapMuskel,
  rekapitulasi,
  suratTugas,
  suratPengantar,
  kunjunganUlang,
];

/**
 * Draws a paper from what was kept of it.
 *
 * @throws AppError `not_found` for a kind that is not kept.
 */
export function drawPaper(
  kind: DocumentKind,
  kept: unknown,
  frame: PrintFrame,
  fonts: FontFiles,
): Promise<Uint8Array> {
  const paper = kinds.find((candidate) => candidate.kind === kind);
  if (paper === undefined) throw new AppError('not_found');
  return paper.draw(kept, frame, fonts);
}
