import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../electron/clock.ts';
import type { OfficeOptions } from '../../electron/office-host.ts';
import { takeStep } from '../../electron/services/case-steps.ts';
import type { Register } from '../../electron/services/register.ts';
import { transaction } from '../../electron/store/connection.ts';
import { openBareRegister } from './bare-register.ts';
import { decipher, openClear } from './clear-register.ts';
import { temporaryFolder } from './leavings.ts';
import { registerActive, syntheticFamily } from '../integration/families.ts';
import { setUpTestOffice, type TestOffice } from '../integration/office.ts';
import { wayToLegalise } from '../integration/legalise.ts';
import { accountOf } from './sim-work.ts';
import { identify, visitFamily } from './visit-family.ts';

/** The data folder of a whole office with cases that only wait for the lurah, for programs of their own. */
export interface FolderTemplate {
  folder: string;
  /** Of the register. */
  key: Buffer;
  caseIds: string[];
  close(): void;
}

/**
 * An office whose `lurah1` and `administrator1` can log in, closed again.
 *
 * @param scratch folder for its files
 */
export async function makeFolderTemplate(
  cases: number,
  options: Partial<OfficeOptions> = { clock: systemClock },
  scratch = tmpdir(),
): Promise<FolderTemplate> {
  const { t, register, caseIds } = await openReadyOffice(cases, options);
  await t.as('lurah');
  await t.office.close();
  const { path: folder, remove } = temporaryFolder(scratch, 'mutakhir-templat-');
  for (const name of ['register.db', 'keyring.json']) cpSync(join(t.dataDir, name), join(folder, name));
  await t.close();
  return {
    folder,
    key: register.key,
    caseIds,
    close: remove,
  };
}

/** That office as runs of one process use it: each begins with a copy of its file. */
export interface OfficeTemplate {
  /** What every copy of the register has in common: key, areas, keyring. */
  register: Register;
  file: string;
  caseIds: readonly string[];
  close(): void;
}

/**
 * Deciphered, as all registers of simulated runs.
 *
 * @param scratch folder for its files
 */
export function openTemplate(
  { folder, key, caseIds }: Pick<FolderTemplate, 'folder' | 'key' | 'caseIds'>,
  scratch: string,
): OfficeTemplate {
  const own = mkdtempSync(join(scratch, 'mutakhir-templat-'));
  cpSync(folder, own, { recursive: true });
  decipher(join(own, 'register.db'), key);
  const register = openBareRegister(own, key, openClear);
  return {
    register,
    file: join(own, 'register.db'),
    caseIds,
    close: () => {
      register.db.close();
      rmSync(own, { recursive: true, force: true });
    },
  };
}

async function openReadyOffice(
  cases: number,
  options: Partial<OfficeOptions>,
): Promise<{ t: TestOffice; register: Register; caseIds: string[] }> {
  const opened = Promise.withResolvers<Register>();
  const t = await setUpTestOffice({
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
  await t.as('petugas_verifikasi');
  makeReady(register, caseIds);
  return { t, register, caseIds };
}

/** Of so many cases one was looked up in the lists and visited, with an answer to every question. */
const visitedOf = 5;

/** Takes the cases along the table up to where only the lurah's signature is missing. */
function makeReady(register: Register, caseIds: readonly string[]): void {
  const officer = accountOf(register, 'petugas_verifikasi');
  transaction(register.db, () => {
    for (const [index, caseId] of caseIds.entries()) {
      if (index % visitedOf > 0) {
        takeSteps(register, caseId, wayToLegalise.slice(0, -1));
        continue;
      }
      identify(register, officer, caseId);
      takeSteps(register, caseId, wayToLegalise.slice(1, 3));
      visitFamily(register, officer, caseId);
      takeSteps(register, caseId, wayToLegalise.slice(5, -1));
    }
  });
}

function takeSteps(register: Register, caseId: string, way: typeof wayToLegalise): void {
  for (const [action, role, reason] of way)
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
}
