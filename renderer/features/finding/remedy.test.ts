import { expect, it } from 'vitest';
import { remedyFor } from './remedy.ts';

it.each([
  ['nama_berbeda', 'TERDAFTAR', 'petugas_loket', 'perbaiki_berkas'],
  ['nama_berbeda', 'TERDAFTAR', 'lurah', 'buka_berkas'],
  ['nama_berbeda', 'DISAHKAN', 'petugas_verifikasi', 'buka_berkas'],
  ['berkas_ganda', 'TERDAFTAR', 'petugas_verifikasi', 'gabungkan'],
  ['berkas_ganda', 'TERDAFTAR', 'petugas_loket', 'buka_berkas'],
  ['tercatat_ganda', 'TERDAFTAR', 'administrator', 'buka_berkas'],
  ['program_tanpa_daftar', 'TERDAFTAR', 'lurah', 'pemadanan'],
] as const)('of %s in %s the %s is offered %s', (kind, caseState, role, action) => {
  expect(remedyFor({ kind, caseState }, role)).toBe(action);
});
