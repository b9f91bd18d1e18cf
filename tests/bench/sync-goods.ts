import { randomFillSync } from 'node:crypto';
import { attachToCase } from '../../electron/services/attachments.ts';
import { takeStep } from '../../electron/services/case-steps.ts';
import { newId, type Register, type ServiceActor } from '../../electron/services/register.ts';
import { insertCase } from '../../electron/store/cases.ts';
import { transaction } from '../../electron/store/connection.ts';
import type { CaseState } from '../../shared/domain/case-flow.ts';
import { openBareRegister } from '../faults/bare-register.ts';
import type { FolderTemplate } from '../faults/office-template.ts';
import { accountOf } from '../faults/sim-work.ts';
import { identify, visitFamily } from '../faults/visit-family.ts';
import { syntheticFamily } from '../integration/families.ts';
import { wayToLegalise } from '../integration/legalise.ts';

/** Of so many cases one was looked up in the lists and visited, with an answer to every question, and has a file. */
export const visitedOf = 5;

/** Of so many files one is a photo, the others are letters: all as photos would go up for minutes. */
const photoOf = 10;
const letterBytes = 30_000;

/** Bytes of a photo as the screen scales it (ADR 16). */
export const photoBytes = 300_000;

/** Bodies of a case that nobody was visited for, and of one whose family was, as JSON. */
export interface Samples {
  plain: string;
  visited: string;
}

/** So many cases are put down, and legalised, in one transaction. */
const together = 500;

const lurah: ServiceActor = { id: null, name: 'Lurah', role: 'lurah' };

/**
 * Legalises so many cases for an office that has not enrolled, and takes `later` more as far as the lurah.
 *
 * @returns the ids of the later ones, which were not visited; and two bodies of the others
 */
export function fillOutbox(
  { folder, key }: Pick<FolderTemplate, 'folder' | 'key'>,
  queued: number,
  later: number,
): { laterIds: string[]; samples: Samples } {
  const register = openBareRegister(folder, key);
  register.db.pragma('synchronous = OFF');
  try {
    for (let from = 1; from <= queued; from += together)
      transaction(register.db, () => {
        for (let serial = from; serial < Math.min(from + together, queued + 1); serial += 1) {
          const caseId =
            serial % visitedOf === 0 ? visit(register, serial) : insert(register, serial, 'DIPERIKSA');
          takeStep(register, lurah, { caseId, action: 'sahkan' });
        }
      });
    const laterIds = transaction(register.db, () =>
      Array.from({ length: later }, (_, index) => check(register, queued + index + 1)),
    );
    const bodyOf = register.db.prepare('SELECT body FROM outbox ORDER BY rowid LIMIT 1 OFFSET ?').pluck();
    return {
      laterIds,
      samples: { plain: String(bodyOf.get(0)), visited: String(bodyOf.get(visitedOf - 1)) },
    };
  } finally {
    register.db.pragma('wal_checkpoint(TRUNCATE)');
    register.db.close();
  }
}

/** A case that nobody was visited for, step by step, so that it stands with those that wait for the lurah. */
function check(register: Register, serial: number): string {
  const caseId = insert(register, serial, 'TERDAFTAR');
  takeSteps(register, caseId, 0, -1);
  return caseId;
}

/** A case whose family was visited. */
function visit(register: Register, serial: number): string {
  const officer = accountOf(register, 'petugas_verifikasi');
  const caseId = insert(register, serial, 'TERDAFTAR');
  identify(register, officer, caseId);
  takeSteps(register, caseId, 1, 3);
  visitFamily(register, officer, caseId);
  const size = serial % (visitedOf * photoOf) === 0 ? photoBytes : letterBytes;
  attachToCase(register, officer, { caseId, slot: 'bukti', name: 'berkas.pdf', content: fileOf(size) });
  takeSteps(register, caseId, 5, -1);
  return caseId;
}

/** What no line packs any smaller, as a photo or a scanned letter. */
function fileOf(size: number): Buffer {
  const content = randomFillSync(Buffer.alloc(size));
  content.write('%PDF-1.7\n', 'latin1');
  return content;
}

function takeSteps(register: Register, caseId: string, from: number, to: number): void {
  for (const [action, role, reason] of wayToLegalise.slice(from, to))
    takeStep(
      register,
      { id: null, name: role, role },
      { caseId, action, reason, met: ['pencocokan_diputuskan', 'petugas_lapangan', 'hasil_kunjungan'] },
    );
}

/** A case in a state, put down at once instead of step by step. */
function insert(register: Register, serial: number, state: CaseState): string {
  const at = register.clock.now().toISOString();
  const id = newId();
  insertCase(register.db, {
    id,
    serial,
    number: `MPM-${serial}`,
    provinceNumber: null,
    mode: 'aktif',
    passive: null,
    state,
    result: null,
    // Its numbers have four digits of their own.
    household: syntheticFamily(1 + (serial % 9_999), 1 + (serial % 9), 1 + (serial % 7)),
    periodId: at.slice(0, 7),
    version: 1,
    registeredAt: at,
    registeredBy: String(accountOf(register, 'petugas_loket').id),
    updatedAt: at,
  });
  return id;
}
