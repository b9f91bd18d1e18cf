import { chunkBytes } from '../../shared/provincial/down.ts';
import { instant } from '../clock.ts';
import {
  type AttachmentPush,
  findDueAttachment,
  queueAttachmentsOfRecord,
  setAttachmentPush,
} from '../store/attachment-push.ts';
import { transaction } from '../store/connection.ts';
import { backoff, backoffAfter } from '../sync/backoff.ts';
import { Portion } from '../sync/portion.ts';
import type { OfficeLink, ProvinceClient } from '../sync/province-client.ts';
import type { ErrandStep } from '../sync/sender-ports.ts';
import { readPiece } from './failing-files.ts';
import { isStanding } from './province-keys.ts';
import type { Register } from './register.ts';
import { holdingOf } from './settings.ts';

/**
 * Files go after the record that names them: they are queued in the transaction of its receipt. What was
 * hung on the case since then waits for a record of its own; the province takes no file that none names.
 */
export function queueAttachments(register: Register, outboxId: string): void {
  queueAttachmentsOfRecord(register.db, outboxId, instant(register.clock));
}

/** @param unheard of {@link sendPiece}; the others go before them */
export function nextAttachment(register: Register, unheard: ReadonlySet<string>): AttachmentPush | null {
  const now = register.clock.now().getTime();
  return findDueAttachment(register.db, {
    ...holdingOf(register),
    now: new Date(now).toISOString(),
    latest: new Date(now + backoff.longest).toISOString(),
    behind: [...unheard],
  });
}

/** The longest ago is in turn first. Returns whether this one was behind already. */
function putBehind(unheard: Set<string>, hash: string): boolean {
  const again = unheard.delete(hash);
  unheard.add(hash);
  return again;
}

/** How many bytes of a file go in one piece. */
export const piecePortion = () => new Portion({ least: 8 * 1024, most: chunkBytes });

/**
 * Sends the next piece of a file, from where the province last said it stands: what arrived before
 * the line broke is not sent again, and a new record waits for one piece at most.
 *
 * @param unheard files of which a piece met silence, or a gateway's in the province's place: what the line swallows of one keeps no other waiting
 */
export async function sendPiece(
  register: Register,
  client: ProvinceClient,
  link: OfficeLink,
  { file, portion, unheard }: { file: AttachmentPush; portion: Portion; unheard: Set<string> },
  signal: AbortSignal,
): Promise<ErrandStep> {
  const chunk = readPiece(register, file.hash, file.sent, portion.size);
  // It waits for a person; the next one goes.
  if (chunk === null) return { more: true, retryAfter: null };
  const reply =
    chunk.length === 0
      ? await client.attachmentState(link, file.hash, signal)
      : await client.putChunk(link, file.hash, file.sent, chunk, signal);
  if (chunk.length > 0) portion.after(reply, chunk.length);
  if (reply.kind === 'answered') {
    unheard.delete(file.hash);
    const { received, complete } = reply.answer;
    // Damaged is found out with the last piece: the pieces before it are no sign that one which was refused goes better this time.
    const isOnItsWay = complete || (file.problem === null && received > file.sent);
    note(register, link, file, {
      state: complete ? 'selesai' : 'menunggu',
      sent: received,
      tries: isOnItsWay ? 0 : file.tries,
      problem: isOnItsWay ? null : file.problem,
      waits: false,
    });
    return { more: true, retryAfter: null };
  }
  const isFaulted = reply.kind === 'busy' && reply.faulted;
  // A gateway that gives no answer of the province is as good as silence; who says when to come again is not.
  const isUnheard =
    reply.kind === 'silent' || (reply.kind === 'busy' && !isFaulted && reply.retryAfter === null);
  const isUnheardAgain = isUnheard && putBehind(unheard, file.hash) && !signal.aborted;
  // It may be this file that the server fails over, or that the line swallows: the next one is tried before it.
  if (isFaulted || isUnheardAgain)
    note(register, link, file, {
      state: 'menunggu',
      sent: file.sent,
      tries: file.tries + 1,
      // What was said once of a piece out of step is no refusal of the file.
      problem: file.tries > 1 ? file.problem : null,
      waits: isFaulted,
    });
  if (reply.kind === 'busy') return { more: false, retryAfter: reply.retryAfter };
  if (reply.kind !== 'refused' || reply.status === 401 || reply.status === 403)
    return { more: false, retryAfter: null };
  // Out of step (a receipt of a piece was lost) or damaged: where it stands now is asked first.
  const stands = await client.attachmentState(link, file.hash, signal);
  note(register, link, file, {
    state: 'menunggu',
    sent: stands.kind === 'answered' ? stands.answer.received : 0,
    tries: file.tries + 1,
    problem: reply.sentence,
    waits: file.tries > 0,
  });
  return { more: true, retryAfter: null };
}

/** What a province that was left said of a file says nothing of where it stands. */
function note(
  register: Register,
  link: OfficeLink,
  { hash }: AttachmentPush,
  {
    waits,
    ...push
  }: {
    state: 'menunggu' | 'selesai';
    sent: number;
    tries: number;
    problem: string | null;
    /** Whether the next try of it waits, the longer the oftener it failed; a piece that arrived is followed by the next. */
    waits: boolean;
  },
): void {
  const now = register.clock.now();
  const wait = waits ? backoffAfter(push.tries, 1) : 0;
  transaction(register.db, () => {
    if (!isStanding(register, link)) return;
    setAttachmentPush(register.db, hash, {
      ...push,
      nextTryAt: new Date(now.getTime() + wait).toISOString(),
      at: now.toISOString(),
    });
  });
}
