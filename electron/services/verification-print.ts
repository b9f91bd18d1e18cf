import type { JobProgress } from '../../shared/contract/jobs.ts';
import type { PrintSheets } from '../../shared/contract/verification.ts';
import { caseActionLabel, caseStateLabel } from '../../shared/domain/case-words.ts';
import { headOf } from '../../shared/domain/household.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import { encodeAnswers } from '../../shared/domain/instrument-exchange.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { displaySheetCode, formatSheetCode } from '../../shared/domain/sheet-code.ts';
import { AppError } from '../../shared/errors.ts';
import { instant, today } from '../clock.ts';
import { fontFiles } from '../printing/fonts.ts';
import type { Job } from '../jobs/job-pool.ts';
import { type PrintOrder, PrintOutcome } from '../jobs/print-order.ts';
import type { FormBatch, VerificationForm } from '../printing/verification-form.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { findAssignee } from '../store/team.ts';
import { insertSheet, type SheetContent, type SheetRecord } from '../store/verification.ts';
import { getCase, takeStep } from './case-steps.ts';
import { currentInstrument, shelfOf } from './instruments.ts';
import { letterheadOf } from './letterhead.ts';
import { countPrint, markMade } from './prints.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';
import { noteEnumerator } from './team.ts';
import { recordedAnswers } from './verification.ts';

const worker = new URL('../jobs/print-worker.ts', import.meta.url);
const pressKind = 'verification:print';

export interface StartedPrint {
  jobId: string;
  runId: string;
}

/**
 * Prints verification forms: cases that are ready go out with the named officer (DITUGASKAN), those
 * already out are printed again and their older sheets lose their force. All of the selection is
 * noted or none of it. What is noted comes before what is drawn, so paper without a record cannot
 * be; a record without paper is mended by printing again. Drawing goes on in a worker.
 *
 * @throws AppError `nothing_to_print`, `not_found`, `nobody_assigned`, `step_not_possible`, `instrument_missing`, and what
 * `takeStep` throws.
 */
export function startSheets(register: Register, actor: ServiceActor, input: PrintSheets): StartedPrint {
  const runId = actor.printRun ?? newId();
  const printer = { ...actor, printRun: runId };
  const batch = noteSheets(register, printer, input);
  const job = register.press.start({
    kind: pressKind,
    worker,
    ownerId: accountOf(actor),
    stopped: 'print_cancelled',
    onEnd: async (state) => void markMade(register, printer, runId, state === 'selesai'),
    input: { batch, fonts: fontFiles(register.resourcesDir) } satisfies PrintOrder,
  });
  return { jobId: job.id, runId };
}

/** How far a stack is. @throws AppError `not_found`. */
export function printProgress(register: Register, actor: ServiceActor, jobId: string): JobProgress {
  const { id, state, done, total, message, problem } = findPrintJob(register, actor, jobId);
  return { id, state, done, total, message, problem };
}

/** Stops drawing; what was noted stays, and is mended by printing again. @throws AppError `not_found`. */
export function cancelPrint(register: Register, actor: ServiceActor, jobId: string): void {
  register.press.cancel(findPrintJob(register, actor, jobId));
}

/**
 * The PDF of a started print, waited for where it is not there yet.
 *
 * @throws AppError `not_found`, `print_cancelled`, `job_failed`.
 */
export async function takePrinted(
  register: Register,
  actor: ServiceActor,
  jobId: string,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  const job = findPrintJob(register, actor, jobId);
  await register.press.ended(job);
  if (job.problem !== null) throw new AppError(job.problem.code, job.problem.details);
  return {
    pdf: PrintOutcome.parse(job.result),
    fileName: job.total === 1 ? 'formulir-verifikasi.pdf' : `formulir-${job.total}-rumah-tangga.pdf`,
  };
}

/** The whole way in one: for a single form, and for who waits anyway. */
export async function printSheets(
  register: Register,
  actor: ServiceActor,
  input: PrintSheets,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  return takePrinted(register, actor, startSheets(register, actor, input).jobId);
}

function findPrintJob(register: Register, actor: ServiceActor, jobId: string): Job {
  return register.press.get(accountOf(actor), pressKind, jobId);
}

/** Notes the sheets of a selection and gathers what stands on them, in one transaction. */
export function noteSheets(register: Register, actor: ServiceActor, input: PrintSheets): FormBatch {
  const settings = currentSettings(register);
  const instrument = currentInstrument(
    shelfOf(register),
    input.instrument ?? settings.instrument,
    today(register.clock),
  );
  const printedAt = instant(register.clock);
  const forms = transaction(register.db, () =>
    stackOrder(register, input).map(({ current, enumerator }) => {
      const recorded = recordedAnswers(register, current, instrument);
      const sheet = noteSheet(register, actor, current, instrument, {
        paper: input.paper,
        enumerator,
        recorded,
        printedAt,
      });
      return toForm(register, current, instrument, { sheet, recorded });
    }),
  );
  if (forms.length === 0) throw new AppError('nothing_to_print');
  return {
    letterhead: letterheadOf(register),
    paper: input.paper,
    instrument,
    printedAt,
    training: register.training,
    teamName: settings.teamName,
    place: settings.signingPlace,
    forms,
  };
}

function noteSheet(
  register: Register,
  actor: ServiceActor,
  current: Case,
  instrument: Instrument,
  print: {
    enumerator: string;
    paper: 'F4' | 'A4';
    recorded: SheetContent['recorded'];
    printedAt: string;
  },
): SheetRecord {
  const printNo = countPrint(register, actor, {
    kind: 'formulir_verifikasi',
    subject: current.id,
    caseId: current.id,
    printedAt: print.printedAt,
    title: 'Formulir verifikasi',
  });
  const sheet: SheetRecord = {
    id: newId(),
    caseId: current.id,
    code: formatSheetCode({ serial: current.serial, print: printNo }),
    printNo,
    caseVersion: current.version,
    instrument: instrument.id,
    instrumentVersion: instrument.version,
    paper: print.paper,
    enumerator: print.enumerator,
    state: 'dicetak',
    content: { household: current.household, recorded: print.recorded },
    printedAt: print.printedAt,
    printedBy: accountOf(actor),
  };
  insertSheet(register.db, sheet);
  noteEnumerator(register, actor, sheet);
  const payload = {
    keterangan: `Lembar ${displaySheetCode(sheet.code)}, cetakan ke-${printNo}, petugas ${print.enumerator}`,
    lembar: sheet.id,
  };
  switch (current.state) {
    case 'MUSKEL_LAYAK':
      takeStep(register, actor, {
        caseId: current.id,
        action: 'tugaskan',
        met: ['petugas_lapangan'],
        payload,
      });
      return sheet;
    case 'DITUGASKAN':
      appendEvent(register.db, {
        at: print.printedAt,
        actor: { id: actor.id, role: actor.role },
        type: 'lembar_dicetak_ulang',
        caseId: current.id,
        payload,
      });
      return sheet;
    default:
      throw new AppError('step_not_possible', {
        action: caseActionLabel.tugaskan,
        state: caseStateLabel[current.state],
      });
  }
}

function toForm(
  register: Register,
  current: Case,
  instrument: Instrument,
  { sheet, recorded }: { sheet: SheetRecord; recorded: SheetContent['recorded'] },
): VerificationForm {
  const { address, families, members, phone } = current.household;
  return {
    sheetCode: sheet.code,
    caseNumber: current.number,
    printNo: sheet.printNo,
    enumerator: sheet.enumerator,
    head: headOf(current.household)?.name ?? '',
    street: address.street,
    rt: address.rt,
    rw: address.rw,
    area: areaOf(register, address.kelurahan),
    phone,
    families: families.map(({ no, kk }) => ({
      no,
      kk,
      head: members.find((member) => member.familyNo === no && member.familyRelation === '1')?.name ?? null,
      recorded: encodeAnswers(instrument.family, recorded.families[String(no)] ?? {}),
    })),
    members: members.map((member) => ({
      name: member.name,
      nik: member.nik,
      sex: member.sex,
      birthDate: member.birthDate,
      relation: member.relation,
      familyNo: member.familyNo,
      recorded: encodeAnswers(instrument.member, recorded.members[member.id] ?? {}),
    })),
    recorded: encodeAnswers(instrument.household, recorded.household),
  };
}

function areaOf(register: Register, code: string): string {
  const path = register.areas.path(code);
  return `Kel. ${path.kelurahan ?? ''}, Kec. ${path.kecamatan ?? ''}`;
}

/** One officer's forms after another's, each as that officer walks: kelurahan, RW, RT, street. */
function stackOrder(
  register: Register,
  { caseIds, enumerator }: PrintSheets,
): { current: Case; enumerator: string }[] {
  const forms = [...new Set(caseIds)].map((caseId) => {
    const current = getCase(register, caseId);
    const name = enumerator ?? findAssignee(register.db, caseId)?.name;
    if (name === undefined) throw new AppError('nobody_assigned', { number: current.number });
    return { current, enumerator: name };
  });
  return forms.toSorted((left, right) => {
    const [a, b] = [left.current.household.address, right.current.household.address];
    return (
      left.enumerator.localeCompare(right.enumerator, 'id') ||
      a.kelurahan.localeCompare(b.kelurahan) ||
      a.rw - b.rw ||
      a.rt - b.rt ||
      a.street.localeCompare(b.street, 'id', { numeric: true })
    );
  });
}

function accountOf(actor: ServiceActor): string {
  if (actor.id === null) throw new AppError('not_logged_in');
  return actor.id;
}
