import { z } from 'zod';
import type { CourierOutcome, CourierView } from '../../shared/contract/courier.ts';
import { AppError } from '../../shared/errors.ts';
import {
  courierDirection,
  CourierDown,
  courierFileBytes,
  type CourierHeader,
  CourierKey,
  CourierUp,
} from '../../shared/provincial/courier.ts';
import { signatureType, wireVersion } from '../../shared/provincial/wire.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import {
  type BundleRecord,
  deleteCourierKeys,
  findAnswered,
  findBundle,
  findCourierKeys,
  insertBundle,
  listBundles,
  countWaiting,
  listWaiting,
  putCourierKeys,
  setAnswered,
} from '../store/courier.ts';
import { countAnew, findItemTaken, readDownMark } from '../store/down.ts';
import { appendEvent } from '../store/journal.ts';
import { getOffice, nextNumber } from '../store/office.ts';
import { listUnreportedPeriods } from '../store/recap-receipts.ts';
import {
  canSealFor,
  encryptionHalf,
  lookAt,
  makeBundle,
  makeDecryptionKey,
  openBundle,
} from '../sync/courier-file.ts';
import { judgeAnswers } from '../sync/outgoing.ts';
import type { OfficeLink, ProvinceClient } from '../sync/province-client.ts';
import { openSigned, signingKeys } from '../sync/signatures.ts';
import { compareCarried, holdsFor, openCarriedProof } from './courier-proof.ts';
import { noteFiles, piecesFor } from './courier-files.ts';
import { askedNow, keepPool, needsNumbers } from './province-numbers.ts';
import { isStanding, keepKeys, withVouchedKeys } from './province-keys.ts';
import { writingDown } from './down-trouble.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { holdingOf } from './settings.ts';
import { takePage } from './sync-down.ts';
import { readRecapAnswers, recapToCarry, unreportedRecaps } from './sync-recap.ts';
import { moveListsIn } from './sync-lists.ts';
import { findOfficeLink, toOutgoing } from './sync-push.ts';
import { settleOutbox } from './sync-settle.ts';

/** The exchange in files that a courier carries; decisions behind it: docs/adr/0026-courier-bundles.md. */

const shown = 20;

const Body = z.record(z.string(), z.unknown());

export function courierView(register: Register): CourierView {
  return {
    ready: findCourierKeys(register.db) !== null,
    waiting: countWaiting(register.db, holdingOf(register)),
    recaps: listUnreportedPeriods(register.db).length,
    bundles: listBundles(register.db, shown).map(
      ({ number, madeAt, madeByName, records, waiting, answeredAt }) => ({
        number,
        madeAt,
        madeByName,
        records,
        waiting,
        answeredAt,
      }),
    ),
  };
}

/**
 * Gets the province's key at the first contact, so that bundles can be made once the line is gone.
 *
 * @returns false where it did not come, or an older server has none.
 */
export async function fetchCourierKey(
  register: Register,
  client: ProvinceClient,
  link: OfficeLink,
  signal: AbortSignal,
): Promise<boolean> {
  const reply = await client.courierKey(link, signal);
  if (reply.kind !== 'answered') return false;
  const told = await openSigned(reply.answer.key, signingKeys(link), signatureType.courierKey, CourierKey);
  if (told === null || !(await canSealFor(told.key))) return false;
  const replyKey = findCourierKeys(register.db)?.replyKey ?? (await makeDecryptionKey());
  return transaction(register.db, () => {
    // The key of a province that was left would seal what only that one can read.
    if (!isStanding(register, link)) return false;
    putCourierKeys(register.db, { provinceKey: told.key, replyKey });
    return true;
  });
}

export function needsCourierKey({ db }: Register): boolean {
  return findCourierKeys(db) === null;
}

/**
 * Writes everything that waits into one encrypted, signed file, and of the files that belong to it as
 * much as a bundle may hold. The items stay in the outbox: if the line comes back first, they go over
 * it under the same keys.
 *
 * @throws AppError `not_enrolled`, `courier_not_ready`.
 */
export async function makeCourier(
  register: Register,
  actor: ServiceActor,
  { fileBytes = courierFileBytes }: { fileBytes?: number } = {},
): Promise<{ content: string; fileName: string }> {
  const { link, keys } = readyOf(register);
  const by = actor.id;
  if (by === null) throw new AppError('not_logged_in');
  // Before the bundle is booked: with a key that seals nothing it could not be written.
  if (!(await canSealFor(keys.provinceKey))) {
    transaction(register.db, () => deleteCourierKeys(register.db));
    throw new AppError('courier_not_ready');
  }
  const { up, records } = transaction(register.db, () => {
    const waiting = listWaiting(register.db, holdingOf(register));
    const numbers = needsNumbers(register) ? askedNow(register) : null;
    const made: CourierUp = {
      wire: wireVersion,
      bundleId: newId(),
      officeId: link.officeId,
      number: nextNumber(register.db, 'courier'),
      madeAt: instant(register.clock),
      replyKey: encryptionHalf(keys.replyKey),
      downAfter: readDownMark(register.db).cursor,
      downTaken: findItemTaken(register.db),
      knownKey: link.serverKeys.at(-1)?.x,
      numbers: numbers === null ? null : { wire: wireVersion, officeId: link.officeId, ...numbers },
      records: waiting.map((item) => ({
        ...toOutgoing(item).record,
        body: Body.parse(JSON.parse(item.body)),
      })),
      recaps: unreportedRecaps(register).map((recap) => recapToCarry(link, recap)),
      holds: holdsFor(register),
    };
    insertBundle(register.db, {
      ...made,
      ...holdingOf(register),
      madeBy: by,
      records: waiting.length,
    });
    appendEvent(register.db, {
      at: made.madeAt,
      actor: { id: by, role: actor.role },
      type: 'paket_kurir_dibuat',
      payload: { paket: made.number, kiriman: waiting.map(({ key }) => key) },
    });
    return { up: made, records: waiting };
  });
  const pieces = await piecesFor(register, records, fileBytes);
  const header = { typ: courierDirection.up, officeId: link.officeId, number: up.number } as const;
  const area = getOffice(register.db).area.replaceAll('.', '');
  return {
    content: await makeBundle(CourierUp.parse({ ...up, pieces }), header, link.privateKey, keys.provinceKey),
    fileName: `kurir-naik-${area}-${String(up.number).padStart(4, '0')}.mutakhir`,
  };
}

/**
 * Reads the province's answer: receipts, rejections and conflicts as if they had come over the line,
 * and what came down. All or nothing.
 *
 * @throws AppError `not_enrolled`, `courier_not_ready`, `courier_cut`, `courier_other_file`,
 * `courier_enrolment_file`, `courier_own_file`, `courier_other_office`, `courier_altered`, `courier_unknown`, `courier_twice`,
 * `courier_older`.
 */
export async function readCourier(
  register: Register,
  actor: ServiceActor,
  file: string,
  { random = Math.random }: { random?: () => number } = {},
): Promise<CourierOutcome> {
  const { link: standing, keys: own } = readyOf(register);
  const header = headerOf(file, standing);
  const link = await withVouchedKeys(standing, header.keys ?? []);
  const down = await openBundle(file, own.replyKey, signingKeys(link), header, CourierDown);
  if (down === null || down.officeId !== link.officeId || down.number !== header.number)
    throw new AppError('courier_altered');
  const bundle = expectedBundle(register, down);
  // Also of what is kept back since it was handed to the courier.
  const open = listWaiting(register.db, { holdRefusing: 0 }).map(toOutgoing);
  const answered = open.filter(({ record }) => down.answers.some(({ key }) => key === record.key));
  const settlements = await judgeAnswers(link, answered, down.answers);
  const anew = down.anew === true;
  const page = await takePage(register, link, anew ? 0 : bundle.downAfter, down.items);
  if (page === null) throw new AppError('courier_altered');
  const pool = down.numbers;
  const keep = pool === null ? null : await keepPool(register, link, pool);
  const keepRecaps = await readRecapAnswers(register, link, down.recaps ?? []);
  const proof = down.proof && (await openCarriedProof(link, down.bundleId, down.proof));
  // What is held back there, or refused, the province does not hold.
  const confirmed = new Set(
    down.answers.flatMap(({ key, status }) => (status === 'accepted' || status === 'duplicate' ? [key] : [])),
  );
  const write = (): CourierOutcome['proof'] => {
    expectedBundle(register, down);
    // Enrolled anew meanwhile: nothing of before is believed.
    if (!isStanding(register, link)) throw new AppError('courier_unknown');
    keepKeys(register, link);
    settleOutbox(register, settlements, random);
    noteFiles(register, down.files ?? []);
    keepRecaps();
    if (anew) countAnew(register.db);
    page.keep();
    keep?.();
    setAnswered(register.db, down.bundleId, instant(register.clock));
    appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: actor.id, role: actor.role },
      type: 'paket_kurir_dibaca',
      payload: { paket: down.number, jawaban: down.answers.length, butir: down.items.length },
    });
    return compareCarried(register, link, { bundle: down.number, proof, confirmed });
  };
  const verdict = writingDown(register, 'kurir', () => transaction(register.db, write));
  // All that came is kept by now, whatever becomes of its lists.
  await moveListsIn(register).catch(register.logFailure);
  register.push?.wake();
  const outcomes = settlements.map(({ outcome }) => outcome);
  return {
    number: down.number,
    confirmed: outcomes.filter((outcome) => outcome === 'confirmed').length,
    toMend: outcomes.filter((outcome) => outcome === 'rejected' || outcome === 'conflict').length,
    waiting: countWaiting(register.db, holdingOf(register)),
    items: down.items.length,
    proof: verdict,
  };
}

function readyOf(register: Register) {
  const link = findOfficeLink(register);
  if (link === null) throw new AppError('not_enrolled');
  const keys = findCourierKeys(register.db);
  if (keys === null) throw new AppError('courier_not_ready');
  return { link, keys };
}

function headerOf(file: string, link: OfficeLink): CourierHeader {
  const outside = lookAt(file);
  if (outside.kind === 'cut') throw new AppError('courier_cut');
  if (outside.kind === 'other') throw new AppError('courier_other_file');
  if (outside.kind === 'enrolment') throw new AppError('courier_enrolment_file');
  const { header } = outside;
  if (header.officeId !== link.officeId) throw new AppError('courier_other_office');
  if (header.typ !== courierDirection.down) throw new AppError('courier_own_file');
  return header;
}

function expectedBundle({ db }: Register, down: CourierDown): BundleRecord {
  const bundle = findBundle(db, down.bundleId);
  if (bundle === null || bundle.number !== down.number) throw new AppError('courier_unknown');
  if (bundle.answeredAt !== null) throw new AppError('courier_twice', { number: down.number });
  const newest = findAnswered(db);
  if (newest > down.number) throw new AppError('courier_older', { number: down.number, newest });
  return bundle;
}
