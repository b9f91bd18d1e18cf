import { instant } from '../../electron/clock.ts';
import { resolveClashes } from '../../electron/services/attention.ts';
import { getCase, takeStep } from '../../electron/services/case-steps.ts';
import { newId, type Register, type ServiceActor } from '../../electron/services/register.ts';
import { replaceHousehold } from '../../electron/store/cases.ts';
import { listOpenClashes } from '../../electron/store/clashes.ts';
import type { Random } from '../../electron/training/random.ts';
import { findEdge } from '../../shared/domain/case-flow.ts';
import { accountOf } from './sim-work.ts';

/** What the lurah of a simulated office does, in a caller's transaction; false where there was nothing to do. */

const lurah: ServiceActor = { id: null, name: 'Lurah', role: 'lurah' };

/** Legalises a case, or mends and legalises again what the province rejected. */
export function legalise(register: Register, caseId: string): boolean {
  const { state } = getCase(register, caseId);
  if (state === 'DIPERIKSA') takeStep(register, lurah, { caseId, action: 'sahkan' });
  else if (state === 'DITOLAK')
    takeStep(register, lurah, { caseId, action: 'perbaiki_dan_sahkan_ulang', reason: 'Sudah dibetulkan' });
  else return state !== 'DITUTUP';
  return true;
}

/** Closes a case that the province rejected. */
export function closeCase(register: Register, caseId: string): boolean {
  if (getCase(register, caseId).state !== 'DITOLAK') return false;
  takeStep(register, lurah, { caseId, action: 'tutup', reason: 'Keluarga pindah' });
  return true;
}

/** Takes a case back from the province, or legalises again what was taken back. */
export function takeBack(register: Register, caseId: string): boolean {
  const { state } = getCase(register, caseId);
  if (state === 'DITARIK')
    takeStep(register, lurah, { caseId, action: 'batalkan_penarikan', reason: 'Ternyata benar' });
  else if (findEdge(state, 'tarik_kembali') !== null)
    takeStep(register, lurah, { caseId, action: 'tarik_kembali', reason: 'Salah keluarga' });
  else return false;
  return true;
}

/** Cases that the province rejected, for the lurah to mend. */
export function rejectedCases({ db }: Register): string[] {
  return db
    .prepare(`SELECT id FROM case_file WHERE state = 'DITOLAK' ORDER BY serial`)
    .pluck()
    .all()
    .map(String);
}

/** Approves a correction of the street. */
export function correct(register: Register, caseId: string, street: string): boolean {
  const current = getCase(register, caseId);
  if (!['DISAHKAN', 'TERKIRIM', 'DITERIMA'].includes(current.state)) return false;
  const at = instant(register.clock);
  const household = { ...current.household, address: { ...current.household.address, street } };
  replaceHousehold(register.db, { ...current, household, version: current.version + 1, updatedAt: at });
  takeStep(register, lurah, {
    caseId,
    action: 'sahkan_perbaikan',
    reason: 'Alamat salah ketik',
    correction: { id: newId(), proposedAt: at },
  });
  return true;
}

/** Chooses, field by field, between what the office and the province say. */
export function choose(register: Register, random: Random): boolean {
  const clashes = Map.groupBy(listOpenClashes(register.db, null), ({ caseId }) => caseId);
  for (const [caseId, open] of clashes)
    resolveClashes(register, accountOf(register, 'lurah'), {
      caseId,
      choices: open.map((clash) => ({
        clashId: clash.id,
        choice: random.pick(['kantor', 'provinsi'] as const),
      })),
    });
  return true;
}
