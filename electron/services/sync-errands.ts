import { backoffAfter } from '../sync/backoff.ts';
import type { OfficeLink, ProvinceClient } from '../sync/province-client.ts';
import type { Errands, ErrandSignals, ErrandStep } from '../sync/sender-ports.ts';
import type { Timers } from '../sync/timers.ts';
import { needsNumbers, refillNumbers } from './province-numbers.ts';
import type { Register } from './register.ts';
import { fetchCourierKey, needsCourierKey } from './courier.ts';
import { compareWithProvince, isProofDue } from './proof.ts';
import { nextAttachment, piecePortion, sendPiece } from './sync-attachments.ts';
import { applyPending, downPortion, takeDown } from './sync-down.ts';
import { moveListsIn } from './sync-lists.ts';
import { sendRecap, unreportedRecaps } from './sync-recap.ts';

/** Milliseconds between two looks for news, and between two tries of what was refused or not answered. */
const pause = {
  down: 60_000,
  numbers: 5 * 60_000,
  proof: 60_000,
  recap: 5 * 60_000,
  courier: 3_600_000,
} as const;

/**
 * What the office does while the province is there, in turn with the outbox, in this order: fills up
 * the reserved numbers, reads what came down, makes sure that both sides hold the same, tells the
 * numbers of closed periods, sends the next piece of a file.
 */
export function officeErrands(register: Register, client: ProvinceClient, timers: Timers): Errands {
  let numbersAfter = 0;
  let downAfter = 0;
  let proofAfter = 0;
  let recapAfter = 0;
  let courierAfter = 0;
  let pendingTried = false;
  /** Looks for news that met silence, one after the other. */
  let lost = 0;
  const page = downPortion();
  const piece = piecePortion();
  const unheard = new Set<string>();

  return {
    hurry: ({ proof }) => {
      numbersAfter = 0;
      downAfter = 0;
      if (proof) proofAfter = 0;
      recapAfter = 0;
      courierAfter = 0;
    },
    // Each is put off before it is asked: where a person hurries it meanwhile, it is asked again.
    step: async (link: OfficeLink, { requests, stop }: ErrandSignals): Promise<ErrandStep> => {
      if (needsNumbers(register) && timers.now() >= numbersAfter) {
        numbersAfter = timers.now() + pause.numbers;
        const granted = await refillNumbers(register, client, link, requests);
        if (granted) numbersAfter = 0;
        return { more: granted, retryAfter: null };
      }
      if (!pendingTried) {
        pendingTried = true;
        applyPending(register);
        await moveListsIn(register, stop);
      }
      if (timers.now() >= downAfter) {
        downAfter = timers.now() + pause.down;
        const step = await takeDown(register, client, link, page, requests);
        lost = step.unheard ? lost + 1 : 0;
        if (step.more) downAfter = 0;
        // What comes may be the newest key, without which no answer proves anything.
        else if (lost > 0) downAfter = Math.min(downAfter, timers.now() + backoffAfter(lost, 1));
        pendingTried = step.more;
        return { ...step, more: true };
      }
      if (timers.now() >= proofAfter && isProofDue(register)) {
        proofAfter = timers.now() + pause.proof;
        const reply = await compareWithProvince(register, client, link, requests);
        const compared = reply.kind === 'answered' && ['cocok', 'berbeda'].includes(reply.answer);
        if (compared) proofAfter = 0;
        return {
          more: reply.kind === 'answered',
          retryAfter: reply.kind === 'busy' ? reply.retryAfter : null,
        };
      }
      const [recap] = timers.now() >= recapAfter ? unreportedRecaps(register) : [];
      if (recap !== undefined) {
        recapAfter = timers.now() + pause.recap;
        const step = await sendRecap(register, client, link, recap, requests);
        if (step.more) recapAfter = 0;
        return { more: true, retryAfter: step.retryAfter };
      }
      if (timers.now() >= courierAfter && needsCourierKey(register)) {
        courierAfter = timers.now() + pause.courier;
        return { more: await fetchCourierKey(register, client, link, requests), retryAfter: null };
      }
      const file = nextAttachment(register, unheard);
      return file === null
        ? { more: false, retryAfter: null }
        : await sendPiece(register, client, link, { file, portion: piece, unheard }, requests);
    },
  };
}
