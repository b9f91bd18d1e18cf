import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../electron/clock.ts';
import type { OfficeOptions } from '../../electron/office-host.ts';
import { takeStep } from '../../electron/services/case-steps.ts';
import type { Register } from '../../electron/services/register.ts';
import { transaction } from '../../electron/store/connection.ts';
import { registerActive, syntheticFamily } from '../integration/families.ts';
import { openTestOffice, type TestOffice } from '../integration/office.ts';
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
  const { t, register, caseIds } = await openReadyOffice(cases);
  const folder = mkdtempSync(join(scratch, 'mutakhir-templat-'));
  const file = join(folder, 'register.db');
  register.db.pragma('wal_checkpoint(TRUNCATE)');
  cpSync(register.file, file);
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

/** The data folder of a whole office, for programs of their own. */
export interface FolderTemplate {
  folder: string;
  /** Of the register. */
  key: Buffer;
  close(): void;
}

/** An office whose `lurah1` and `administrator1` can log in, closed again. */
export async function makeFolderTemplate(cases: number): Promise<FolderTemplate> {
  const { t, register } = await openReadyOffice(cases, { clock: systemClock });
  await t.as('lurah');
  await t.office.close();
  const folder = mkdtempSync(join(tmpdir(), 'mutakhir-templat-'));
  for (const name of ['register.db', 'keyring.json']) cpSync(join(t.dataDir, name), join(folder, name));
  await t.close();
  return { folder, key: register.key, close: () => rmSync(folder, { recursive: true, force: true }) };
}

async function openReadyOffice(
  cases: number,
  options: Partial<OfficeOptions> = {},
): Promise<{ t: TestOffice; register: Register; caseIds: string[] }> {
  const opened = Promise.withResolvers<Register>();
  const t = await openTestOffice({
    ...options,
    startBackground: (register) => {
      opened.resolve(register);
      return { stop: () => Promise.resolve() };
    },
  });
  const register = await opened.promise;
  const clerk = await t.as('petugas_loket');
  const caseIds: string[] = [];
  for (let n = 1; n <= cases; n += 1)
    caseIds.push((await registerActive(clerk, syntheticFamily(n, 1 + (n % 5), 1 + (n % 3)))).caseId);
  makeReady(register, caseIds);
  return { t, register, caseIds };
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
