import { gunzipSync } from 'node:zlib';
import { CompactSign, importJWK } from 'jose';
import { nextOutboxState, type OutboxState, settledOutboxStates } from '../../shared/domain/outbox.ts';
import { Batch, type PrivateKey, type Receipt, signatureType } from '../../shared/provincial/wire.ts';
import type { Outgoing, Settlement } from './outgoing.ts';
import type { OfficeLink } from './province-client.ts';
import type { SenderPorts } from './sender-ports.ts';
import { publicHalf } from './signatures.ts';
import { systemTimers, type Timers } from './timers.ts';

export const officeId = '0198a000-0000-7000-8000-000000000001';

export const serverTime = '2026-11-22T02:00:00.000Z';

/** Stand-ins for time, outbox and province in the tests of the sender. */

/** Alarms that ring only when a test lets time pass. */
export class HandTimers implements Timers {
  #now = 0;
  #alarm: { at: number; work: () => void | Promise<void> } | null = null;

  now(): number {
    return this.#now;
  }

  after(delay: number, work: () => void | Promise<void>): () => void {
    const alarm = { at: this.#now + delay, work };
    this.#alarm = alarm;
    return () => {
      if (this.#alarm === alarm) this.#alarm = null;
    };
  }

  readonly beside = systemTimers.beside;

  /** Milliseconds until the next alarm; null where none is set. */
  get left(): number | null {
    return this.#alarm === null ? null : this.#alarm.at - this.#now;
  }

  /** Lets the next alarm ring, and waits until what it began is done. */
  async ring(): Promise<void> {
    const alarm = this.#alarm;
    if (alarm === null) throw new Error('No alarm is set.');
    this.#now = Math.max(this.#now, alarm.at);
    this.#alarm = null;
    await alarm.work();
  }

  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    while (this.#alarm !== null && this.#alarm.at <= end) await this.ring();
    this.#now = end;
  }
}

/** An outbox in memory, by the same table of states as the real one. */
export class MemoryOutbox implements SenderPorts {
  readonly items: { outgoing: Outgoing; body: string; state: OutboxState; dueAt: number }[] = [];
  readonly settled: Settlement[] = [];
  readonly #timers: Timers;
  readonly #key: PrivateKey;
  enrolled = true;
  credential = 'kunci';
  broken = false;

  constructor(timers: Timers, key: PrivateKey) {
    this.#timers = timers;
    this.#key = key;
  }

  add(n: number): void {
    const id = `0198a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
    const record = {
      key: id,
      kind: 'case.legalised',
      caseId: id,
      baseVersion: 0,
      parent: null,
      createdAt: '2026-11-22T02:00:00.000Z',
      hash: 'a'.repeat(64),
    };
    const body = JSON.stringify({ n });
    this.items.push({ outgoing: { itemId: id, record, version: 1 }, body, state: 'menunggu', dueAt: 0 });
  }

  /** Whether every item has come to its end, a good one or not. */
  get ended(): boolean {
    return this.items.every(({ state }) => settledOutboxStates.includes(state));
  }

  count(state: OutboxState): number {
    return this.items.filter((item) => item.state === state).length;
  }

  link(): OfficeLink | null {
    return this.enrolled
      ? {
          address: 'http://127.0.0.1:1',
          officeId,
          credential: this.credential,
          privateKey: this.#key,
          serverKeys: [publicHalf(this.#key)],
          earlierKeys: [],
        }
      : null;
  }

  releaseLeases(): void {
    for (const item of this.items) item.state = nextOutboxState(item.state, 'lepas') ?? item.state;
  }

  claim(most: number): Outgoing[] {
    if (this.broken) throw new Error('disk full');
    const due = this.items
      .filter((item) => ['menunggu', 'ditahan'].includes(item.state) && item.dueAt <= this.#timers.now())
      .slice(0, most);
    for (const item of due) item.state = 'dikirim';
    return due.map((item) => item.outgoing);
  }

  bodyOf({ itemId }: Outgoing): string {
    return this.items.find((item) => item.outgoing.itemId === itemId)?.body ?? '';
  }

  release(itemIds: readonly string[]): void {
    for (const item of this.items)
      if (itemIds.includes(item.outgoing.itemId))
        item.state = nextOutboxState(item.state, 'lepas') ?? item.state;
  }

  settle(settlements: readonly Settlement[]): number {
    const before = this.items.filter(({ state }) => settledOutboxStates.includes(state)).length;
    this.settled.push(...settlements);
    const events = {
      confirmed: 'terima',
      rejected: 'tolak',
      held: 'tahan',
      unclear: 'tunda',
      conflict: 'tentang',
    } as const;
    for (const { itemId, outcome } of settlements) {
      const item = this.items.find((candidate) => candidate.outgoing.itemId === itemId);
      if (item === undefined) continue;
      item.state = nextOutboxState(item.state, events[outcome]) ?? item.state;
      item.dueAt = this.#timers.now() + 60_000;
    }
    return this.items.filter(({ state }) => settledOutboxStates.includes(state)).length - before;
  }

  nextDueIn(): number | null {
    const due = this.items
      .filter((item) => ['menunggu', 'ditahan'].includes(item.state))
      .map((item) => Math.max(0, item.dueAt - this.#timers.now()));
    return due.length === 0 ? null : Math.min(...due);
  }
}

/** A batch as the province reads it off the line. */
export function readBatch(body: Uint8Array): Batch {
  return Batch.parse(JSON.parse(gunzipSync(body).toString()));
}

/**
 * Answers a batch as the province does that takes every record.
 *
 * @param accepted receipts by key; one that was taken before is answered with the same again
 */
export async function answerBatch(
  batch: Batch,
  key: PrivateKey,
  accepted: Map<string, string>,
): Promise<Response> {
  const answers = [];
  for (const record of batch.records) {
    const known = accepted.get(record.key);
    const receipt: Receipt = {
      wire: 1,
      receiptId: record.key,
      officeId,
      key: record.key,
      kind: record.kind,
      caseId: record.caseId,
      version: 1,
      hash: record.hash,
      serverTime,
    };
    const jws =
      known ??
      (await new CompactSign(Buffer.from(JSON.stringify(receipt)))
        .setProtectedHeader({ alg: 'EdDSA', typ: signatureType.receipt })
        .sign(await importJWK(key, 'EdDSA')));
    accepted.set(record.key, jws);
    answers.push({ key: record.key, status: known === undefined ? 'accepted' : 'duplicate', receipt: jws });
  }
  return Response.json({ wire: 1, batchId: batch.batchId, serverTime, answers });
}
