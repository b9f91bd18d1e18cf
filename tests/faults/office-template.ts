import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { takeStep } from '../../electron/services/case-steps.ts';
import type { Register } from '../../electron/services/register.ts';
import { transaction } from '../../electron/store/connection.ts';
import { registerActive, syntheticFamily } from '../integration/families.ts';
import { openTestOffice } from '../integration/office.ts';
import { wayToLegalise } from '../integration/legalise.ts';

/** An office with cases that only wait for the lurah; each run begins with a copy of its file. */
export interface OfficeTemplate {
  /** What every copy of the register has in common: key, areas, keyring. */
  register: Register;
  file: string;
  caseIds: string[];
  close(): Promise<void>;
}

/** @param scratch folder for its file */
export async function makeOfficeTemplate(cases: number, scratch: string): Promise<OfficeTemplate> {
  let opened: Register | null = null;
  const t = await openTestOffice({
    startBackground: (register) => {
      opened = register;
      return { stop: () => Promise.resolve() };
    },
  });
  const register: Register | null = opened;
  if (register === null) throw new Error('The register was not opened.');
  const folder = mkdtempSync(join(scratch, 'mutakhir-templat-'));
  const file = join(folder, 'register.db');
  const clerk = await t.as('petugas_loket');
  const caseIds: string[] = [];
  for (let n = 1; n <= cases; n += 1)
    caseIds.push((await registerActive(clerk, syntheticFamily(n, 1 + (n % 5), 1 + (n % 3)))).caseId);
  makeReady(register, caseIds);
  writeOut(register, file);
  return {
    register,
    file,
    caseIds,
    close: async () => {
      await t.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Takes the cases along the table up to where only the lurah's signature is missing. */
function makeReady(register: Register, caseIds: readonly string[]): void {
  transaction(register.db, () => {
    for (const caseId of caseIds)
      for (const [action, role, reason] of wayToLegalise.slice(0, -1))
        takeStep(
          register,
          { id: null, name: role, role },
          {
            caseId,
            action,
            reason,
            met: ['pencocokan_diputuskan', 'petugas_lapangan', 'hasil_kunjungan'],
          },
        );
  });
}

function writeOut({ db, file: from }: Register, to: string): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  cpSync(from, to);
}
