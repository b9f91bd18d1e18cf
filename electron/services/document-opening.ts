import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent, isNotedOf } from '../store/journal.ts';
import type { Register, ServiceActor } from './register.ts';

/** Milliseconds in which the same person sees the same document: a screen that asks for it again opens it no second time. */
export const oneOpening = 15 * 60_000;

export const documentOpened = 'dokumen_dibuka';

/** A scan or photo of a case: the link of an attachment, or a sheet. */
export interface OpenedDocument {
  caseId: string;
  id: string;
  /** As the history tells it. */
  title: string;
}

/**
 * Notes who had a document of a case shown, which holds numbers and faces whole: once an
 * opening, and only then is anything written. Whoever looks must be able to say why. For after the
 * document was read: what cannot be shown was not opened.
 */
export function noteOpening(
  register: Register,
  actor: ServiceActor,
  { caseId, id, title }: OpenedDocument,
): void {
  const at = instant(register.clock);
  const since = new Date(Date.parse(at) - oneOpening).toISOString();
  // Not what a clock noted that ran ahead: until it was caught up with, nothing would be noted.
  if (
    isNotedOf(register.db, {
      caseId,
      actorId: actor.id,
      type: documentOpened,
      document: id,
      since,
      until: at,
    })
  )
    return;
  transaction(register.db, () =>
    appendEvent(register.db, {
      at,
      actor: { id: actor.id, role: actor.role },
      type: documentOpened,
      caseId,
      payload: { dokumen: id, keterangan: title },
    }),
  );
}
