import { CaseAction, CaseState } from '../../shared/domain/case-flow.ts';
import { encodeAnswers } from '../../shared/domain/instrument-exchange.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { readField, sameValue, writeField } from '../../shared/provincial/merge.ts';
import { CaseLegalisedBody, WireDecision } from '../../shared/provincial/record.ts';
import { listProvinceFields } from '../store/clashes.ts';
import {
  findWireIdentification,
  findWireVisit,
  listWireAttachments,
  listWireSteps,
} from '../store/sync-sources.ts';
import { loadInstrument, shelfOf } from './instruments.ts';
import type { Register } from './register.ts';

/** The case as it is sent: what this office says, and the fields of the province that it hands on. */
export function bodyOf(register: Register, legalised: Case): CaseLegalisedBody {
  const own = ownBodyOf(register, legalised);
  const whole = listProvinceFields(register.db, legalised.id)
    .filter((field) => sameValue(readField(own, field.path) ?? null, field.own))
    .reduce<unknown>((body, { path, value }) => writeField(body, path, value), own);
  return CaseLegalisedBody.parse(whole);
}

/** What this office itself says of the case. */
export function ownBodyOf(register: Register, legalised: Case): CaseLegalisedBody {
  const { db } = register;
  const { members, ...household } = legalised.household;
  return {
    case: {
      id: legalised.id,
      serial: legalised.serial,
      number: legalised.number,
      provinceNumber: legalised.provinceNumber,
      mode: legalised.mode,
      passive: legalised.passive,
      periodId: legalised.periodId,
      version: legalised.version,
      registeredAt: legalised.registeredAt,
    },
    household,
    members,
    identification: findWireIdentification(db, legalised.id),
    ...visitInCodes(register, legalised.id),
    attachments: listWireAttachments(db, legalised.id),
    decisions: decisionsOf(db, legalised.id),
  };
}

/** The visit under the instrument's own codes, as any file holds them. */
function visitInCodes(register: Register, caseId: string): Pick<CaseLegalisedBody, 'visit' | 'sheet'> {
  const { visit, sheet } = findWireVisit(register.db, caseId);
  if (visit === null) return { visit, sheet };
  const { household, member, process } = loadInstrument(
    shelfOf(register),
    visit.instrument.id,
    visit.instrument.version,
  );
  return {
    visit: {
      ...visit,
      household: encodeAnswers([...household, ...process], visit.household),
      members: Object.fromEntries(
        Object.entries(visit.members).map(([id, answers]) => [id, encodeAnswers(member, answers)]),
      ),
    },
    sheet,
  };
}

/** The steps along the way of the case; what else the journal holds of it stays in the office. */
export function decisionsOf(db: Register['db'], caseId: string): WireDecision[] {
  return listWireSteps(db, caseId).flatMap((step) => {
    const action = CaseAction.safeParse(step.action);
    return action.success
      ? [WireDecision.parse({ ...step, action: action.data, to: CaseState.parse(step.to) })]
      : [];
  });
}
