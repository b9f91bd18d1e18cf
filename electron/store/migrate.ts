import { readFileSync } from 'node:fs';
import { AppError } from '../../shared/errors.ts';
import type { WritableDb } from './connection.ts';
import { base } from './migrations/001-base.ts';
import { referencePending } from './migrations/002-reference-pending.ts';
import { period } from './migrations/003-period.ts';
import { reviewRank } from './migrations/004-review-rank.ts';
import { notSame } from './migrations/005-not-same.ts';
import { referenceWork } from './migrations/006-reference-work.ts';
import { document } from './migrations/007-document.ts';
import { team } from './migrations/008-team.ts';
import { caseMerge } from './migrations/009-case-merge.ts';
import { exchange } from './migrations/010-exchange.ts';
import { counter } from './migrations/011-counter.ts';
import { muskel } from './migrations/012-muskel.ts';
import { finding } from './migrations/013-finding.ts';
import { paper } from './migrations/014-paper.ts';
import { counterWork } from './migrations/015-counter-work.ts';
import { proof } from './migrations/016-proof.ts';
import { spotCheck } from './migrations/017-spot-check.ts';
import { recapReceipt } from './migrations/018-recap-receipt.ts';
import { courier } from './migrations/019-courier.ts';
import { proxy } from './migrations/020-proxy.ts';
import { proofLeaf } from './migrations/021-proof-leaf.ts';
import { recapRefusal } from './migrations/022-recap-refusal.ts';
import { paperLists } from './migrations/023-paper-lists.ts';
import { visitCorrections } from './migrations/024-visit-corrections.ts';
import { visitDuplicate } from './migrations/025-visit-duplicate.ts';
import { visitExports } from './migrations/026-visit-exports.ts';
import { visitFamilies } from './migrations/027-visit-families.ts';
import { undatedPersons } from './migrations/028-undated-persons.ts';
import { quickLists } from './migrations/029-quick-lists.ts';
import { matchPages } from './migrations/030-match-pages.ts';
import { caseFilters } from './migrations/031-case-filters.ts';
import { vocabulary } from './migrations/032-vocabulary.ts';
import { officerNik } from './migrations/033-officer-nik.ts';
import { proofPlace } from './migrations/034-proof-place.ts';
import { listedNiks } from './migrations/035-listed-niks.ts';
import { decisionMembers } from './migrations/036-decision-members.ts';
import { grantsEnd } from './migrations/037-grants-end.ts';
import { lastingIdentity } from './migrations/038-lasting-identity.ts';
import { listOrder } from './migrations/039-list-order.ts';
import { findingBeside } from './migrations/040-finding-beside.ts';
import { nextKey } from './migrations/041-next-key.ts';
import { listedRow } from './migrations/042-listed-row.ts';
import { replacedLists } from './migrations/043-replaced-lists.ts';
import { vouchedKeys } from './migrations/044-vouched-keys.ts';
import { lostEnrolment } from './migrations/045-lost-enrolment.ts';
import { listOfFinding } from './migrations/046-list-of-finding.ts';
import { earlierKeys } from './migrations/047-earlier-keys.ts';
import { downOrder } from './migrations/048-down-order.ts';
import { judgedVersion } from './migrations/049-judged-version.ts';
import { provinceOrder } from './migrations/050-province-order.ts';
import { familyConsent } from './migrations/051-family-consent.ts';
import { renewedKeys } from './migrations/052-renewed-keys.ts';
import { refusedRows } from './migrations/053-refused-rows.ts';
import { proofWords } from './migrations/054-proof-words.ts';
import { householdFindings } from './migrations/055-household-findings.ts';
import { unreadPersons } from './migrations/056-unread-persons.ts';
import { listModel } from './migrations/057-list-model.ts';
import { changePlaces } from './migrations/058-change-places.ts';
import { visitAmendment } from './migrations/059-visit-amendment.ts';
import { memberBirthDate } from './migrations/060-member-birth-date.ts';
import { correctionDraft } from './migrations/061-correction-draft.ts';
import { stagedDecisions } from './migrations/062-staged-decisions.ts';
import { replacesOthers } from './migrations/063-replaces-others.ts';
import { pairVerdict } from './migrations/064-pair-verdict.ts';
import { proofByCourier } from './migrations/065-proof-by-courier.ts';
import { findingNiks } from './migrations/066-finding-niks.ts';
import { notCompared } from './migrations/067-not-compared.ts';
import { earlierTogether } from './migrations/068-earlier-together.ts';
import { writtenKeys } from './migrations/069-written-keys.ts';
import { leftToTheNext } from './migrations/070-left-to-the-next.ts';
import { replacedByVersion } from './migrations/071-replaced-by-version.ts';
import { failingFiles } from './migrations/072-failing-files.ts';
import { courierEnrolment } from './migrations/073-courier-enrolment.ts';

export interface Migration {
  /** Position in the sequence, from 1, without gaps; kept in `user_version`. */
  version: number;
  name: string;
  sql: string;
}

/** Forward only, never edited once released. */
export const migrations: readonly Migration[] = [
  base,
  referencePending,
  period,
  reviewRank,
  notSame,
  referenceWork,
  document,
  team,
  caseMerge,
  exchange,
  counter,
  muskel,
  finding,
  paper,
  counterWork,
  proof,
  spotCheck,
  recapReceipt,
  courier,
  proxy,
  proofLeaf,
  recapRefusal,
  paperLists,
  visitCorrections,
  visitDuplicate,
  visitExports,
  visitFamilies,
  undatedPersons,
  quickLists,
  matchPages,
  caseFilters,
  vocabulary,
  officerNik,
  proofPlace,
  listedNiks,
  decisionMembers,
  grantsEnd,
  lastingIdentity,
  listOrder,
  findingBeside,
  nextKey,
  listedRow,
  replacedLists,
  vouchedKeys,
  lostEnrolment,
  listOfFinding,
  earlierKeys,
  downOrder,
  judgedVersion,
  provinceOrder,
  familyConsent,
  renewedKeys,
  refusedRows,
  proofWords,
  householdFindings,
  unreadPersons,
  listModel,
  changePlaces,
  visitAmendment,
  memberBirthDate,
  correctionDraft,
  stagedDecisions,
  replacesOthers,
  pairVerdict,
  proofByCourier,
  findingNiks,
  notCompared,
  earlierTogether,
  writtenKeys,
  leftToTheNext,
  replacedByVersion,
  failingFiles,
  courierEnrolment,
];

/**
 * What the steps up to some version make of an empty register, and that version. A new register begins with it: fifty
 * steps one by one take ten times as long. It may be older than the newest step; `npm run schema` makes it anew.
 */
export const schemaFile = new URL('./schema.sql', import.meta.url);

/**
 * Brings the register to the newest schema: all pending migrations in one transaction, since a
 * half-migrated register can be used by no version. Refuses a register of a newer program.
 *
 * @returns the versions that were applied.
 */
export function migrate(db: WritableDb): number[] {
  const version = () => Number(db.pragma('user_version', { simple: true }));
  const current = version();
  const newest = migrations.at(-1)?.version ?? 0;
  if (current > newest) throw new AppError('register_newer');
  const pending = migrations.filter((migration) => migration.version > current);
  if (pending.length === 0) return [];
  const take = () =>
    db
      .transaction(() => {
        if (current === 0) db.exec(readFileSync(schemaFile, 'utf8'));
        const begun = version();
        for (const migration of pending) if (migration.version > begun) db.exec(migration.sql);
        db.pragma(`user_version = ${newest}`);
      })
      .immediate();
  if (current === 0) withoutLog(db, take);
  else take();
  return pending.map((migration) => migration.version);
}

/**
 * Does the first writing of a register right in its file: by the write-ahead log every page of it would be encrypted
 * twice, and read in between. A power cut takes all of it back, as with the log.
 */
function withoutLog(db: WritableDb, write: () => void): void {
  const mode = String(db.pragma('journal_mode', { simple: true }));
  if (mode === 'wal') db.pragma('journal_mode = DELETE');
  try {
    write();
  } finally {
    if (mode === 'wal') db.pragma('journal_mode = WAL');
  }
}
