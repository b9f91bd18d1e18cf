import { createHash } from 'node:crypto';
import { refusal } from '../../shared/domain/consent.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import type { FamilyConsentBody, RecordKind } from '../../shared/provincial/record.ts';
import { waitingOutboxStates } from '../../shared/domain/outbox.ts';
import { instant } from '../clock.ts';
import { findCase } from '../store/cases.ts';
import { transaction } from '../store/connection.ts';
import { findConsent, findToldWord, listUntoldRefusals } from '../store/consent.ts';
import { appendEvent } from '../store/journal.ts';
import { dropItem, findPredecessor, findStateOf, insertOutbox, type OutboxItem } from '../store/sync.ts';
import { newId, type Register, systemActor } from './register.ts';

/** What the province is told of a family that refuses to be shown (ADR 27). */

interface Telling {
  eventId?: string | null;
  again?: boolean;
}

/**
 * Tells the province whether the family of a case refuses, where that is other than it was told last; who was never
 * said to refuse, agrees. In the caller's transaction.
 *
 * @param eventId the event by which the family's word changed; a further one is written where that is told by another
 * @param again also where nothing waits that says the same: it was said anew, and the province may have it otherwise,
 * where one side put back an old copy
 */
export function tellWord(
  register: Register,
  { id: caseId, number }: Pick<Case, 'id' | 'number'>,
  { eventId = null, again = false }: Telling = {},
): void {
  const { db } = register;
  const said = findConsent(db, caseId);
  const sharing = said?.kind === refusal ? 'refused' : 'given';
  const told = findToldWord(db, caseId);
  const waits = told !== null && waitingOutboxStates.includes(told.state);
  if (sharing === (told?.sharing ?? 'given') && (waits || !again)) return;
  const at = instant(register.clock);
  const baseVersion = told?.version ?? 0;
  const version = baseVersion + 1;
  const content: FamilyConsentBody = {
    case: { id: caseId, number },
    consent: { version, sharing, code: said?.kind ?? null, recordedAt: said?.at ?? at },
  };
  const body = canonicalJson(content);
  insertOutbox(db, {
    id: newId(),
    eventId: eventId ?? noteTold(register, caseId, at),
    caseId,
    kind: 'family.consent' satisfies RecordKind,
    key: newId(),
    // What has its answer comes no second time, and is nothing to wait for.
    parent: waits ? told.key : null,
    baseVersion,
    version,
    body,
    hash: createHash('sha256').update(body).digest('hex'),
    createdAt: at,
  });
  register.push?.wake();
}

/**
 * The province waits for the word before this one, which got its answer here and comes no more: it was refused, or taken, and
 * the province has lost that since. Nothing of it is needed: what the family says by now is told anew, without. Where a newer
 * word was queued, that alone is.
 */
export function tellWithoutParent(register: Register, held: OutboxItem): void {
  const { db } = register;
  const parent = held.parent === null ? null : findStateOf(db, held.parent);
  if (parent !== null && waitingOutboxStates.includes(parent)) return;
  const current = findCase(db, held.caseId);
  if (current === null) return;
  const isNewest = findToldWord(db, held.caseId)?.key === held.key;
  dropItem(db, held.id);
  const eventId = appendEvent(db, {
    at: instant(register.clock),
    actor: { id: null, role: systemActor.role },
    type: isNewest ? 'catatan_dikirim_ulang' : 'kiriman_gugur',
    caseId: held.caseId,
    payload: isNewest
      ? { kiriman: [held.key], alasan: 'Kabar persetujuan sebelumnya tidak ada di provinsi' }
      : { catatan: 1 },
  });
  if (isNewest) tellWord(register, current, { eventId, again: true });
}

/** As {@link tellWord}, where the province was told of the case: else that goes with the first that it is told. */
export function tellWordOfTold(register: Register, caseId: string, telling: Telling = {}): void {
  const current = findCase(register.db, caseId);
  if (current !== null && findPredecessor(register.db, caseId) !== null) tellWord(register, current, telling);
}

/** Tells what families had refused before a version that tells it. What was told is told once. */
export function tellStandingRefusals(register: Register): void {
  transaction(register.db, () => {
    for (const caseId of listUntoldRefusals(register.db)) tellWordOfTold(register, caseId);
  });
}

function noteTold(register: Register, caseId: string, at: string): string {
  return appendEvent(register.db, {
    at,
    actor: { id: null, role: systemActor.role },
    type: 'persetujuan_dikabarkan',
    caseId,
    payload: {},
  });
}
