import type { NumberedCase, OpenSheet, WorkItem, WorkStage } from '../../shared/contract/verification.ts';
import { type CaseState, correctableStates } from '../../shared/domain/case-flow.ts';
import { caseActionLabel, caseStateLabel } from '../../shared/domain/case-words.ts';
import { headOf, type Household } from '../../shared/domain/household.ts';
import type { Answers } from '../../shared/domain/answers.ts';
import { inspectAnswer, type Instrument, questionsOf } from '../../shared/domain/instrument.ts';
import { decodeAnswers } from '../../shared/domain/instrument-exchange.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { displaySheetCode, parseSheetCode } from '../../shared/domain/sheet-code.ts';
import { diffReported } from '../../shared/domain/household-diff.ts';
import { differencesOf, unexplained } from '../../shared/domain/visit-differences.ts';
import { withFamiliesAsked } from '../../shared/domain/visit-families.ts';
import {
  duplicateResult,
  emptyVisit,
  fullVisit,
  holdingBack,
  inspectVisit,
  VisitEntry,
} from '../../shared/domain/visit-entry.ts';
import {
  correctionsLeft,
  householdAfterVisit,
  householdBeforeVisit,
  membersAtVisit,
} from '../../shared/domain/visit-household.ts';
import { missingPhotos as missingPhotosOf } from '../../shared/domain/visit-photos.ts';
import { visitResultLabel } from '../../shared/domain/visit.ts';
import { AppError } from '../../shared/errors.ts';
import { sameValue } from '../../shared/provincial/merge.ts';
import { nikAreasOf } from '../areas.ts';
import { instant, today } from '../clock.ts';
import { findKnownAnswers } from '../store/approval.ts';
import { listAttachmentsOfCase } from '../store/attachments.ts';
import { countByState } from '../store/case-list.ts';
import { addEnterer, findCaseIdByNumber } from '../store/cases.ts';
import { transaction } from '../store/connection.ts';
import {
  findFinishedVisit,
  findLastVisit,
  findNewestSheet,
  findSheet,
  findSheetByCode,
  findVisitOfSheet,
  finishVisit as markFinished,
  listEnumerators,
  listWork,
  saveVisit as writeVisit,
  type SheetRecord,
  stateOfStage,
  type VisitRecord,
} from '../store/verification.ts';
import { findAmendment } from '../store/visit-amendment.ts';
import { moveSheet } from '../store/ledger.ts';
import { getCase, takeStep } from './case-steps.ts';
import { currentInstruments, loadInstrument, shelfOf } from './instruments.ts';
import { noteReturn } from './ledger.ts';
import { paperOf } from './printer.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';
import { activeMemberNames } from './team.ts';
import { carryOutVisit } from './visit-household.ts';

export function workOf(
  register: Register,
  page: { stage: WorkStage; offset: number; limit: number },
): { total: number; rows: WorkItem[] } {
  return listWork(register.db, page);
}

export function verificationOptions(register: Register): {
  counts: Record<WorkStage, number>;
  enumerators: string[];
  paper: 'F4' | 'A4';
  instruments: { id: string; title: string; version: string }[];
} {
  const byState = countByState(register.db);
  const { instrument: own } = currentSettings(register);
  const countOf = (stage: WorkStage) => byState[stateOfStage[stage]] ?? 0;
  return {
    counts: { siap: countOf('siap'), lapangan: countOf('lapangan'), kembali: countOf('kembali') },
    enumerators: [...new Set([...activeMemberNames(register), ...listEnumerators(register.db, 20)])],
    paper: paperOf(register),
    instruments: currentInstruments(shelfOf(register), today(register.clock))
      .map(({ id, title, version }) => ({ id, title, version }))
      .toSorted((left, right) => Number(right.id === own) - Number(left.id === own)),
  };
}

/**
 * Opens the sheet of a scanned or typed code, to type in what it says or to read what was typed.
 *
 * @throws AppError `sheet_code_wrong` (check digit), `sheet_unknown`, `sheet_void` (printed again
 * since), `step_not_possible` where the assignment was revoked.
 * @param accountId whose own unfinished amendment of it comes along; null: nobody's
 */
export function openSheet(register: Register, typed: string, accountId: string | null = null): OpenSheet {
  const sheet = findTypedSheet(register, typed);
  const current = getCase(register, sheet.caseId);
  if (notYetAssigned.includes(current.state)) throw notPossible(current.state);
  const instrument = loadInstrument(shelfOf(register), sheet.instrument, sheet.instrumentVersion);
  const own = findVisitOfSheet(register.db, sheet.id);
  const editable = current.state === 'DITUGASKAN';
  // A sheet that was printed again goes on where the one before it was left.
  const visit = own ?? (editable ? findLastVisit(register.db, current.id) : null);
  const { address } = current.household;
  const household = householdBeforeVisit(current.household, own?.applied ?? null);
  return {
    sheetId: sheet.id,
    code: sheet.code,
    printNo: sheet.printNo,
    printedAt: sheet.printedAt,
    caseId: current.id,
    number: current.number,
    state: current.state,
    headName: headOf(current.household)?.name ?? '',
    street: address.street,
    rt: address.rt,
    rw: address.rw,
    editable,
    correctable:
      correctableStates.includes(current.state) &&
      own !== null &&
      findFinishedVisit(register.db, current.id)?.id === own.id,
    changes: diffReported(
      { household: sheet.content.household, passive: null },
      { household: current.household, passive: null },
    ),
    sheetState: sheet.state,
    differenceReasons: currentSettings(register).differenceReasons,
    instrument,
    household,
    printed: sheet.content.household,
    nikAreas: nikAreasOf(register.areas),
    recorded: sheet.content.recorded,
    files: listAttachmentsOfCase(register.db, current.id),
    entry: visit === null ? emptyVisit(sheet.enumerator) : entryOn(sheet, visit, { household, instrument }),
    version: own?.version ?? 0,
    savedAt: own?.updatedAt ?? null,
    enteredByName: visit?.enteredByName ?? null,
    amendment: accountId === null ? [] : findAmendment(register.db, { sheetId: sheet.id, accountId }),
  };
}

/** What was typed, as it goes on under this sheet: what was carried out before it was printed stands on it. */
function entryOn(
  sheet: SheetRecord,
  visit: VisitRecord,
  { household, instrument }: { household: Household; instrument: Instrument },
): VisitEntry {
  if (visit.sheetId === sheet.id) return visit.entry;
  const entry = { ...visit.entry, corrections: correctionsLeft(visit.entry.corrections, household) };
  return withFamiliesAsked(entry, instrument, headOf(household)?.familyNo ?? 1);
}

/** What the lists that answer under this instrument know of the family, as far as it is an answer of it. */
export function recordedAnswers(
  register: Register,
  current: Case,
  instrument: Instrument,
): OpenSheet['recorded'] {
  const known = findKnownAnswers(register.db, current.id, instrument.lists);
  return {
    household: asAnswers(instrument, instrument.household, known.household),
    families: recordedOfFamilies(instrument, current.household, known.units),
    members: Object.fromEntries(
      current.household.members.map((member) => [
        member.id,
        asAnswers(instrument, instrument.member, known.members[member.id] ?? {}),
      ]),
    ),
  };
}

/** What the lists say of each family: of the record in which its own members stand. */
function recordedOfFamilies(
  instrument: Instrument,
  { families, members }: Household,
  units: readonly { memberId: string; answers: Answers }[],
): Record<string, Answers> {
  if (instrument.family.length === 0) return {};
  return Object.fromEntries(
    families.map(({ no }) => {
      const own = units.filter(({ memberId }) =>
        members.some(({ id, familyNo }) => id === memberId && familyNo === no),
      );
      const codes: Answers = Object.assign({}, ...own.map(({ answers }) => answers));
      return [String(no), asAnswers(instrument, instrument.family, codes)];
    }),
  );
}

function asAnswers(instrument: Instrument, groups: Instrument['household'], codes: Answers): Answers {
  const answers = decodeAnswers(instrument, groups, codes);
  return Object.fromEntries(
    questionsOf(groups).flatMap((question) => {
      const answer = answers[question.id] ?? '';
      const asked = question.kept === null && answer !== '';
      return asked && inspectAnswer(question, answer) === null ? [[question.id, answer]] : [];
    }),
  );
}

/**
 * Saves what was typed so far. A draft is nobody's statement yet: no event is written for it. Asked once more for what the same
 * person saved last, it answers as it did: the answer before was lost.
 *
 * @throws AppError `sheet_unknown`, `sheet_void`, `step_not_possible`, `version_conflict`.
 */
export function saveVisit(
  register: Register,
  actor: ServiceActor,
  input: { sheetId: string; version: number; entry: VisitEntry },
): { version: number; savedAt: string } {
  return transaction(register.db, () => {
    const { sheet, visit } = typableSheet(register, input, { entry: input.entry, by: actor.name });
    if (visit !== null && visit.version !== input.version)
      return { version: visit.version, savedAt: visit.updatedAt };
    // Who types from a sheet has it in hand.
    if (sheet.state === 'dicetak' || sheet.state === 'keluar') noteReturn(register, actor, sheet);
    const savedAt = instant(register.clock);
    const version = writeVisit(register.db, {
      id: visit?.id ?? newId(),
      caseId: sheet.caseId,
      sheetId: sheet.id,
      entry: input.entry,
      enteredBy: accountOf(actor),
      updatedAt: savedAt,
    });
    return { version, savedAt };
  });
}

/**
 * Finishes a visit: what was saved is checked against the instrument, and the case moves on.
 *
 * @throws AppError `answers_incomplete`, `differences_unexplained`, `duplicate_case_unknown`, and what
 * `saveVisit` throws.
 */
export function finishVisit(
  register: Register,
  actor: ServiceActor,
  input: { sheetId: string; version: number },
): { state: CaseState; missingPhotos: string[] } {
  return transaction(register.db, () => {
    const { sheet, visit } = typableSheet(register, input);
    if (visit === null) throw new AppError('answers_incomplete', { count: 1 });
    const current = getCase(register, sheet.caseId);
    const instrument = loadInstrument(shelfOf(register), sheet.instrument, sheet.instrumentVersion);
    const day = today(register.clock);
    const before = householdBeforeVisit(current.household, visit.applied);
    const entry = withOfficeIds(visit.entry, [...before.members, ...(visit.applied?.after.members ?? [])]);
    const { result } = entry;
    const members = membersAtVisit(before, entry, instrument);
    const after = householdAfterVisit(before, entry, instrument, {
      today: day,
      areaName: (code) => register.areas.nameOfNikArea(code),
    });
    const findings = holdingBack(
      [...after.findings, ...inspectVisit(entry, instrument, members, day)],
      entry.passes,
    );
    if (findings.length > 0 || result === null || after.household === null)
      throw new AppError('answers_incomplete', { count: findings.length });
    const differences = differencesOf(entry, instrument, members, sheet.content.recorded, day);
    const open = unexplained(differences, entry.reasons);
    if (open.length > 0) throw new AppError('differences_unexplained', { count: open.length });
    const duplicate = result === duplicateResult ? getDuplicate(register, current, entry.duplicateOf) : null;
    const updatedAt = instant(register.clock);
    if (entry !== visit.entry)
      writeVisit(register.db, { ...visit, entry, enteredBy: accountOf(actor), updatedAt });
    markFinished(register.db, visit.id, {
      applied: after.household === before ? null : { before, after: after.household },
      updatedAt,
    });
    carryOutVisit(register, actor, current, {
      household: after.household,
      sheet,
      origin: `Dari lembar ${displaySheetCode(sheet.code)}, petugas ${entry.enumerator}`,
    });
    // Its image may be kept from before it was sent back.
    if (sheet.state !== 'dipindai') moveSheet(register.db, sheet.id, 'dientri', instant(register.clock));
    addEnterer(register.db, current.id, accountOf(actor));
    const missingPhotos =
      result === fullVisit
        ? missingPhotosOf(instrument, listAttachmentsOfCase(register.db, current.id)).map(
            ({ label }) => label,
          )
        : [];
    const { case: moved } = takeStep(register, actor, {
      caseId: current.id,
      action: 'catat_hasil_kunjungan',
      met: ['hasil_kunjungan'],
      payload: {
        ...(duplicate === null ? {} : { ganda: { berkas: duplicate.id, nomor: duplicate.number } }),
        keterangan: `${visitResultLabel[result]}${duplicate === null ? '' : ` dengan ${duplicate.number}`}; petugas ${entry.enumerator}, lembar ${displaySheetCode(sheet.code)}`,
        lembar: sheet.id,
        instrumen: `${instrument.id} versi ${instrument.version}`,
        kunjungan: entry,
        ...(missingPhotos.length === 0 ? {} : { fotoBelumAda: missingPhotos }),
      },
    });
    return { state: moved.state, missingPhotos };
  });
}

/** The other case of a number, with what tells it on screen; null where this office has none. */
export function findNumberedCase(register: Register, typed: string): NumberedCase | null {
  const id = findCaseIdByNumber(register.db, typed);
  if (id === null) return null;
  const { number, household } = getCase(register, id);
  const { street, rt, rw } = household.address;
  return { caseId: id, number, headName: headOf(household)?.name ?? '', street, rt, rw };
}

/** @throws AppError `duplicate_case_unknown` where no other case of this office bears the number. */
function getDuplicate(register: Register, current: Case, typed: string): Case {
  const id = findCaseIdByNumber(register.db, typed);
  if (id === null || id === current.id)
    throw new AppError('duplicate_case_unknown', { number: typed.trim() });
  return getCase(register, id);
}

/**
 * Whoever was added by the screen's id gets one of the office, with everything typed of them; who has
 * one from a visit that was sent back stays the same person.
 */
function withOfficeIds(entry: VisitEntry, known: readonly { id: string }[]): VisitEntry {
  return entry.corrections.added
    .filter((id) => !known.some((member) => member.id === id))
    .reduce<VisitEntry>(
      (renamed, id) => VisitEntry.parse(JSON.parse(JSON.stringify(renamed).replaceAll(id, newId()))),
      entry,
    );
}

/** States in which a case has no sheet that counts, although one may lie on a desk. */
const notYetAssigned: readonly CaseState[] = [
  'DRAF',
  'MENUNGGU_LURAH',
  'DIKEMBALIKAN',
  'DITOLAK_LURAH',
  'TERDAFTAR',
  'TERIDENTIFIKASI',
  'DAFTAR_SASARAN',
  'MUSKEL_LAYAK',
  'MUSKEL_TIDAK_LAYAK',
  'MUSKEL_TIDAK_DITEMUKAN',
  'MUSKEL_GANDA',
];

/** The sheet of a scanned or typed code. @throws AppError `sheet_code_wrong`, `sheet_unknown`, `sheet_void`. */
export function findTypedSheet(register: Register, typed: string): SheetRecord {
  const code = typed.replace(/[\s-]/g, '');
  if (parseSheetCode(code) === null) throw new AppError('sheet_code_wrong', { code: typed.trim() });
  const sheet = findSheetByCode(register.db, code);
  if (sheet === null) throw new AppError('sheet_unknown', { code: displaySheetCode(code) });
  refuseVoid(register, sheet);
  return sheet;
}

function refuseVoid(register: Register, sheet: SheetRecord): void {
  if (sheet.state !== 'batal') return;
  throw new AppError('sheet_void', {
    print: findNewestSheet(register.db, sheet.caseId)?.printNo ?? sheet.printNo,
  });
}

/** @param saving what is to be saved, and by whom: that it is there already is no conflict */
function typableSheet(
  register: Register,
  input: { sheetId: string; version: number },
  saving: { entry: VisitEntry; by: string } | null = null,
): { sheet: SheetRecord; visit: VisitRecord | null } {
  const sheet = findSheet(register.db, input.sheetId);
  if (sheet === null) throw new AppError('sheet_unknown', { code: input.sheetId });
  refuseVoid(register, sheet);
  const { state } = getCase(register, sheet.caseId);
  if (state !== 'DITUGASKAN') throw notPossible(state);
  const visit = findVisitOfSheet(register.db, sheet.id);
  const isRepeated =
    saving !== null &&
    visit?.version === input.version + 1 &&
    visit.enteredByName === saving.by &&
    sameValue(visit.entry, saving.entry);
  if ((visit?.version ?? 0) !== input.version && !isRepeated)
    throw new AppError('version_conflict', { by: visit?.enteredByName ?? 'rekan lain' });
  return { sheet, visit };
}

function notPossible(state: CaseState): AppError {
  return new AppError('step_not_possible', {
    action: caseActionLabel.catat_hasil_kunjungan,
    state: caseStateLabel[state],
  });
}

/** The account of whoever types; the office itself never does. */
function accountOf(actor: ServiceActor): string {
  if (actor.id === null) throw new AppError('not_logged_in');
  return actor.id;
}
