import { caseStateLabel } from '../../shared/domain/case-words.ts';
import { headOf } from '../../shared/domain/household.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { AppError } from '../../shared/errors.ts';
import { formulirPendaftaran, profilKeluarga } from '../printing/family-papers.ts';
import { tandaTerima } from '../printing/kept-receipt.ts';
import { findAccount } from '../store/accounts.ts';
import { findConsent } from '../store/consent.ts';
import { getCase } from './case-steps.ts';
import { caseDetail } from './cases.ts';
import { issueDocument } from './documents.ts';
import { paperBaseOf } from './letterhead.ts';
import type { Register, ServiceActor } from './register.ts';

type Printed = Promise<{ pdf: Uint8Array; fileName: string }>;

/**
 * Prints the receipt (tanda terima) of a case and notes the print in the ledger and the history.
 *
 * @throws AppError `not_found`.
 */
export async function printReceiptOf(register: Register, actor: ServiceActor, caseId: string): Printed {
  const current = getCase(register, caseId);
  const head = headOf(current.household);
  if (head === null) throw new AppError('not_found');
  const { address, families, members } = current.household;
  return issueDocument(register, actor, {
    paper: tandaTerima,
    ...about(current, 'Tanda terima', 'tanda-terima'),
    compose: () => ({
      ...paperBaseOf(register),
      registeredAt: current.registeredAt,
      mode: current.mode,
      head: head.name,
      kk: families.find((family) => family.no === head.familyNo)?.kk ?? null,
      nik: head.nik,
      street: address.street,
      rt: address.rt,
      rw: address.rw,
      kelurahan: kelurahanOf(register, current),
      members: members.length,
      clerk: clerkOf(register, current),
    }),
  });
}

/** Prints what the family said at the counter, for their signature. Throws AppError `not_found`. */
export async function printRegistrationOf(register: Register, actor: ServiceActor, caseId: string): Printed {
  const current = getCase(register, caseId);
  return issueDocument(register, actor, {
    paper: formulirPendaftaran,
    ...about(current, 'Formulir pendaftaran', 'formulir-pendaftaran'),
    compose: () => ({
      ...familyFacts(register, current),
      consent: findConsent(register.db, caseId)?.kind ?? null,
    }),
  });
}

/** Prints who the family is and what has happened to its case. Throws AppError `not_found`. */
export async function printProfileOf(register: Register, actor: ServiceActor, caseId: string): Printed {
  const { case: current, history } = caseDetail(register, actor, caseId);
  return issueDocument(register, actor, {
    paper: profilKeluarga,
    ...about(current, 'Profil keluarga', 'profil-keluarga'),
    compose: () => ({
      ...familyFacts(register, current),
      state: caseStateLabel[current.state],
      result: current.result,
      // What was printed is no part of the family's story, and would make each print another paper.
      history: history
        .filter(({ fromState, toState }) => fromState !== toState)
        .map(({ at, label, actorName, reason, detail }) => ({
          at,
          label,
          by: actorName ?? 'Sistem',
          words: reason ?? detail,
        })),
    }),
  });
}

function about(current: Case, title: string, file: string) {
  return {
    subject: current.id,
    periodId: current.periodId,
    caseId: current.id,
    title,
    fileName: `${file}-${current.number.replaceAll(/[^\w-]+/g, '-')}.pdf`,
    number: current.number,
  };
}

function familyFacts(register: Register, current: Case) {
  return {
    ...paperBaseOf(register),
    number: current.number,
    registeredAt: current.registeredAt,
    mode: current.mode,
    passive: current.passive,
    household: current.household,
    kelurahan: kelurahanOf(register, current),
    clerk: { role: 'Petugas pendaftaran,', ...clerkOf(register, current) },
  };
}

function kelurahanOf(register: Register, current: Case): string {
  return register.areas.find(current.household.address.kelurahan)?.name ?? '';
}

function clerkOf(register: Register, current: Case): { name: string; nip: string | null } {
  const clerk = findAccount(register.db, current.registeredBy);
  return { name: clerk?.name ?? '', nip: clerk?.nip ?? null };
}
