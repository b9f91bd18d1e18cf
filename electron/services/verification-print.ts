import type { PrintSheets } from '../../shared/contract/verification.ts';
import { caseActionLabel, caseStateLabel } from '../../shared/domain/case-flow.ts';
import { headOf } from '../../shared/domain/household.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import { encodeAnswers } from '../../shared/domain/instrument-exchange.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { displaySheetCode, formatSheetCode } from '../../shared/domain/sheet-code.ts';
import { AppError } from '../../shared/errors.ts';
import { instant, today } from '../clock.ts';
import { fontFiles } from '../printing/fonts.ts';
import { printVerificationForms, type VerificationForm } from '../printing/verification-form.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { insertPrint } from '../store/prints.ts';
import { insertSheet, type SheetRecord } from '../store/verification.ts';
import { getCase, takeStep } from './case-steps.ts';
import { currentInstrument } from './instruments.ts';
import { letterheadOf } from './letterhead.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';
import { noteEnumerator } from './team.ts';
import { recordedAnswers } from './verification.ts';

/**
 * Prints verification forms: cases that are ready go out with the named officer (DITUGASKAN), those
 * already out are printed again and their older sheets lose their force. All of the selection is
 * printed or none of it. What is noted comes before what is drawn, so paper without a record cannot
 * be; a record without paper is mended by printing again.
 *
 * @throws AppError `nothing_to_print`, `not_found`, `step_not_possible`, and what `takeStep` throws.
 */
export async function printSheets(
  register: Register,
  actor: ServiceActor,
  input: PrintSheets,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  const settings = currentSettings(register);
  const instrument = currentInstrument(
    register.resourcesDir,
    input.instrument ?? settings.instrument,
    today(register.clock),
  );
  const printedAt = instant(register.clock);
  const forms = transaction(register.db, () => {
    const cases = walkingOrder([...new Set(input.caseIds)].map((caseId) => getCase(register, caseId)));
    return cases.map((current) =>
      toForm(
        register,
        current,
        instrument,
        noteSheet(register, actor, current, instrument, { ...input, printedAt }),
      ),
    );
  });
  const [first] = forms;
  if (first === undefined) throw new AppError('nothing_to_print');
  const pdf = await printVerificationForms(
    {
      letterhead: letterheadOf(register),
      paper: input.paper,
      instrument,
      printedAt,
      training: register.training,
      teamName: settings.teamName,
      place: settings.signingPlace,
      forms,
    },
    fontFiles(register.resourcesDir),
  );
  const name =
    forms.length === 1 ? first.caseNumber.replaceAll(/[^\w-]+/g, '-') : `${forms.length}-rumah-tangga`;
  return { pdf, fileName: `formulir-${name}.pdf` };
}

function noteSheet(
  register: Register,
  actor: ServiceActor,
  current: Case,
  instrument: Instrument,
  print: { enumerator: string; paper: 'F4' | 'A4'; printedAt: string },
): SheetRecord {
  if (actor.id === null) throw new AppError('not_logged_in');
  const printNo = insertPrint(register.db, {
    id: newId(),
    kind: 'formulir_verifikasi',
    subject: current.id,
    caseId: current.id,
    printedAt: print.printedAt,
    printedBy: actor.id,
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
    printedAt: print.printedAt,
    printedBy: actor.id,
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
  sheet: SheetRecord,
): VerificationForm {
  const { address, families, members, phone } = current.household;
  const recorded = recordedAnswers(register, current, instrument);
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
    kk: families.map((family) => family.kk),
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

/** As the officer walks: kelurahan, RW, RT, street. */
function walkingOrder(cases: readonly Case[]): Case[] {
  return cases.toSorted((left, right) => {
    const [a, b] = [left.household.address, right.household.address];
    return (
      a.kelurahan.localeCompare(b.kelurahan) ||
      a.rw - b.rw ||
      a.rt - b.rt ||
      a.street.localeCompare(b.street, 'id', { numeric: true })
    );
  });
}
