import { createHash } from 'node:crypto';
import { CaseAction, CaseState } from '../../shared/domain/case-flow.ts';
import { encodeAnswers } from '../../shared/domain/instrument-exchange.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import { type CaseLegalisedBody, type RecordKind, WireDecision } from '../../shared/provincial/record.ts';
import { instant } from '../clock.ts';
import { findPredecessor, insertOutbox } from '../store/sync.ts';
import {
  findWireIdentification,
  findWireVisit,
  listWireAttachments,
  listWireSteps,
} from '../store/sync-sources.ts';
import { loadInstrument } from './instruments.ts';
import { newId, type Register } from './register.ts';

/**
 * Puts a legalised case into the outbox, in the transaction of the event that legalised it. The body,
 * its hash and the idempotency key are fixed here, before the first try: every try sends the same.
 *
 * @param eventId the event in the journal that causes it
 */
export function enqueueLegalised(register: Register, legalised: Case, eventId: string): void {
  const predecessor = findPredecessor(register.db, legalised.id);
  const body = canonicalJson(bodyOf(register, legalised));
  insertOutbox(register.db, {
    id: newId(),
    eventId,
    caseId: legalised.id,
    kind: 'case.legalised' satisfies RecordKind,
    key: newId(),
    parent: predecessor?.key ?? null,
    baseVersion: predecessor?.version ?? 0,
    version: legalised.version,
    body,
    hash: createHash('sha256').update(body).digest('hex'),
    createdAt: instant(register.clock),
  });
  // The sender looks after this transaction: it cannot run before the synchronous work ends.
  register.push?.wake();
}

function bodyOf(register: Register, legalised: Case): CaseLegalisedBody {
  const { db } = register;
  const { members, ...household } = legalised.household;
  return {
    case: {
      id: legalised.id,
      serial: legalised.serial,
      number: legalised.number,
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
    register.resourcesDir,
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
function decisionsOf(db: Register['db'], caseId: string): WireDecision[] {
  return listWireSteps(db, caseId).flatMap((step) => {
    const action = CaseAction.safeParse(step.action);
    return action.success
      ? [WireDecision.parse({ ...step, action: action.data, to: CaseState.parse(step.to) })]
      : [];
  });
}
