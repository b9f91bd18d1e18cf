import { z } from 'zod';
import { CaseAction } from '../../shared/domain/case-flow.ts';
import { encodeAnswers } from '../../shared/domain/instrument-exchange.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import type { VisitCorrections } from '../../shared/domain/visit-corrections.ts';
import { fullVisit } from '../../shared/domain/visit-entry.ts';
import { goneAtVisit } from '../../shared/domain/visit-families.ts';
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

/** The body of a record of a case. A value of a newer province that this version cannot read is in it as it came. */
export type SentBody = Record<string, unknown>;

/** The case as it is sent: what this office says, and the fields of the province that it hands on. */
export function bodyOf(
  register: Register,
  legalised: Case,
  own: CaseLegalisedBody = ownBodyOf(register, legalised),
): SentBody {
  const whole = listProvinceFields(register.db, legalised.id)
    .filter((field) => sameValue(readField(own, field.path) ?? null, field.own))
    .reduce<unknown>((body, { path, value }) => writeField(body, path, value), own);
  return sentBody(whole);
}

const Loose = z.record(z.string(), z.unknown());

/** A body as a record holds it: what this version reads of it as it reads it, else as it came. */
export function sentBody(whole: unknown): SentBody {
  const read = CaseLegalisedBody.safeParse(whole);
  return read.success ? read.data : Loose.parse(JSON.parse(JSON.stringify(whole)));
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
  const { visit, sheet, corrections } = findWireVisit(register.db, caseId);
  if (visit === null) return { visit, sheet };
  const instrument = loadInstrument(shelfOf(register), visit.instrument.id, visit.instrument.version);
  const { household, family, member, process } = instrument;
  return {
    visit: {
      ...visit,
      ...correctionsOf(corrections, visit, instrument),
      household: encodeAnswers([...household, ...process], visit.household),
      ...(visit.families === undefined
        ? {}
        : {
            families: Object.fromEntries(
              Object.entries(visit.families).map(([no, answers]) => [no, encodeAnswers(family, answers)]),
            ),
          }),
      members: Object.fromEntries(
        Object.entries(visit.members).map(([id, answers]) => [id, encodeAnswers(member, answers)]),
      ),
    },
    sheet,
  };
}

/** What the visit found otherwise of the household; nothing where it found everything as printed. */
function correctionsOf(
  { fields, added }: VisitCorrections,
  visit: NonNullable<CaseLegalisedBody['visit']>,
  instrument: Instrument,
): Pick<NonNullable<CaseLegalisedBody['visit']>, 'corrections'> {
  // What a visit that asked nobody found of the family is no correction of it.
  if (visit.result !== fullVisit) return {};
  const notFound = [...goneAtVisit(visit, instrument)];
  if (Object.keys(fields).length === 0 && added.length === 0 && notFound.length === 0) return {};
  return { corrections: { fields, found: added, notFound } };
}

const Decisions = z.array(WireDecision);

/** The steps along the way of the case; what else the journal holds of it stays in the office. */
export function decisionsOf(db: Register['db'], caseId: string): WireDecision[] {
  return Decisions.parse(
    listWireSteps(db, caseId).filter(({ action }) => CaseAction.safeParse(action).success),
  );
}
