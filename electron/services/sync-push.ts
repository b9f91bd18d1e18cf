import { RecordKind } from '../../shared/provincial/record.ts';
import { type Log, logFailure } from '../log.ts';
import { transaction } from '../store/connection.ts';
import { findProxy } from '../store/proxy.ts';
import { findLinkRecord, findOfficeKey } from '../store/office-link.ts';
import {
  type ClaimTimes,
  claimOutbox,
  findNextTry,
  type OutboxItem,
  readOutboxBody,
  releaseOutbox,
} from '../store/sync.ts';
import { backoff } from '../sync/backoff.ts';
import type { WatchNetwork } from '../sync/network-watch.ts';
import type { Outgoing } from '../sync/outgoing.ts';
import { type OfficeLink, ProvinceClient } from '../sync/province-client.ts';
import { throughProxy } from '../sync/proxy-fetch.ts';
import { Sender } from '../sync/sender.ts';
import type { SenderPorts } from '../sync/sender-ports.ts';
import { systemTimers, type Timers } from '../sync/timers.ts';
import { writingDown } from './down-trouble.ts';
import type { Register } from './register.ts';
import { holdingOf } from './settings.ts';
import { tellStandingRefusals } from './sync-consent.ts';
import { officeErrands } from './sync-errands.ts';
import { settleOutbox } from './sync-settle.ts';

export interface PushOptions {
  fetch: typeof fetch;
  log: Log;
  /** Nobody tells where it is absent. */
  watchNetwork?: WatchNetwork;
  timers?: Timers;
  random?: () => number;
}

/** Bytes of bodies in one batch: some seconds on a slow line. */
const batchBytes = 512 * 1024;
/**
 * No longer than any other wait: what a sender left is free again as soon as what failed. A batch outlives it on a line
 * that carries its packed bytes for longer; nobody takes it meanwhile, since an office has one sender, which takes
 * nothing that is answered.
 */
export const leaseLength = backoff.longest;

/** Starts the push of an open register; it sends whenever the province can be reached. */
export function startPush(
  register: Register,
  { fetch, log, watchNetwork = () => () => {}, timers = systemTimers, random = Math.random }: PushOptions,
): { stop(): Promise<void> } {
  const client = new ProvinceClient({ fetch: throughProxy(fetch, () => findProxy(register.db)) });
  const sender = new Sender({
    ports: senderPorts(register, random),
    client,
    errands: officeErrands(register, client, timers),
    clock: register.clock,
    timers,
    random,
    onFailure: (cause) => logFailure(log, cause),
  });
  // First of all that goes on by itself: should it fail, nothing is left that nobody could stop.
  const endWatch = watchNetwork((ago) => sender.networkBack(ago));
  register.push = {
    client,
    wake: () => sender.wake(),
    retryNow: () => sender.retryNow(),
    connection: () => sender.connection(),
  };
  try {
    tellStandingRefusals(register);
  } catch (cause) {
    // On a full disk the office opens all the same; the next opening tells it.
    logFailure(log, cause);
  }
  sender.start();
  return {
    stop: async () => {
      endWatch();
      register.push = null;
      await sender.stop();
    },
  };
}

/** The outbox of a register as its sender sees it. */
export function senderPorts(register: Register, random: () => number): SenderPorts {
  const { db } = register;
  return {
    link: () => findOfficeLink(register),
    releaseLeases: () => transaction(db, () => releaseOutbox(db, timesOf(register).now, null)),
    claim: (most, answered) =>
      transaction(db, () => claimOutbox(db, timesOf(register), { most, bytes: batchBytes, answered })).map(
        toOutgoing,
      ),
    bodyOf: ({ itemId }) => readOutboxBody(db, itemId),
    release: (itemIds) => transaction(db, () => releaseOutbox(db, timesOf(register).now, itemIds)),
    settle: (settlements) =>
      writingDown(register, 'jawaban', () => settleOutbox(register, settlements, random)),
    nextDueIn: () => {
      const at = findNextTry(db, timesOf(register));
      return at === null ? null : Math.max(0, Date.parse(at) - register.clock.now().getTime());
    },
  };
}

export function findOfficeLink({ db }: Register): OfficeLink | null {
  const link = findLinkRecord(db);
  const privateKey = findOfficeKey(db);
  if (link === null || privateKey === null) return null;
  const { address, officeId, credential, serverKey, vouchedKeys, earlierKeys } = link;
  const serverKeys = [serverKey, ...vouchedKeys];
  return { address, officeId, credential, privateKey, serverKeys, earlierKeys };
}

function timesOf(register: Register): ClaimTimes {
  const now = register.clock.now().getTime();
  return {
    ...holdingOf(register),
    now: new Date(now).toISOString(),
    leaseUntil: new Date(now + leaseLength).toISOString(),
    latestTry: new Date(now + backoff.longest).toISOString(),
  };
}

/** An item of the outbox on its way. */
export function toOutgoing(item: OutboxItem): Outgoing {
  const record = {
    key: item.key,
    kind: RecordKind.parse(item.kind),
    caseId: item.caseId,
    baseVersion: item.baseVersion,
    parent: item.parent,
    createdAt: item.createdAt,
    hash: item.hash,
  };
  return { itemId: item.id, record, version: item.version };
}
