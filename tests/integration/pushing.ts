import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { createLog } from '../../electron/log.ts';
import { getCase } from '../../electron/services/case-steps.ts';
import type { Register } from '../../electron/services/register.ts';
import { outboxOfCase, syncStatus } from '../../electron/services/sync.ts';
import { startPush } from '../../electron/services/sync-push.ts';
import type { DraftHousehold } from '../../shared/domain/draft.ts';
import type { OutboxItem, SyncStatus } from '../../shared/contract/sync.ts';
import { readDownMark } from '../../electron/store/down.ts';
import { findLinkRecord } from '../../electron/store/office-link.ts';
import { publish } from '../provincial-server/down.ts';
import { createEnrolmentCode } from '../provincial-server/offices.ts';
import { changeCase } from '../provincial-server/province-cases.ts';
import type { ProvincialServer } from '../provincial-server/start.ts';
import { startTestProvince, type TestProvince } from '../provincial-server/testing.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { legaliseCase } from './legalise.ts';
import { fastTimers, Line } from './line.ts';
import { kelurahan, openTestOffice, type TestOffice } from './office.ts';

/** A test office whose way to the province is a {@link Line}. */
export interface PushingOffice {
  t: TestOffice;
  line: Line;
  /** The register as it is open now. */
  register(): Register;
  enrol(server: ProvincialServer): Promise<void>;
  /** The id under which the province knows the office; empty before it enrolled. */
  officeId(): string;
  /** Registers a family and takes it all the way to DISAHKAN; returns the case's id. */
  legalise(n: number): Promise<string>;
  /** As {@link PushingOffice.legalise}, and waits until the province's receipt is here. */
  accepted(n: number): Promise<string>;
  /** Registers a family; the way to DISAHKAN is {@link legaliseRegistered}'s. */
  registered(n: number): Promise<{ caseId: string }>;
  legaliseRegistered(caseId: string): void;
  /** Types a correction at the counter, and has the lurah approve it. */
  correct(caseId: string, type: (body: DraftHousehold) => unknown): Promise<void>;
  status(): SyncStatus;
  /** Waits until the foot of the screen says so. */
  until(holds: (status: SyncStatus) => boolean): Promise<SyncStatus>;
  /** The newest record of a case in the outbox. */
  item(caseId: string): OutboxItem | undefined;
  /** What the province is told of a family being shown, newest first. */
  words(caseId: string): OutboxItem[];
  stateOf(caseId: string): string;
}

/** Timers run this much faster than in life. */
const haste = 20;

/** For {@link vi.waitFor}; its own second is short on a busy machine. */
export const patient = { timeout: 60_000 };
/** The time of the test office's clock when it opens, and the province's. */
export const provinceTime = new Date('2026-11-10T02:00:00.000Z');

/**
 * One province for the tests of a describe block, and for each test an office of its own.
 *
 * @param lend takes both before each test.
 */
export function lendOffice(
  lend: (lent: { province: TestProvince; o: PushingOffice }) => void,
  { enrolled = true }: { enrolled?: boolean } = {},
): void {
  let province: TestProvince;
  let o: PushingOffice;
  beforeAll(async () => {
    province = await startTestProvince({ now: () => provinceTime });
  });
  afterAll(() => province.stop());
  beforeEach(async () => {
    o = await openPushingOffice();
    if (enrolled) await o.enrol(province.server);
    lend({ province, o });
  });
  afterEach(() => o.t.close());
}

/** @param open the first of a test may be a copy, further ones are set up */
export async function openPushingOffice(open = openTestOffice): Promise<PushingOffice> {
  const line = new Line();
  let opened: Register | null = null;
  const t = await open({
    startBackground: (register) => {
      opened = register;
      return startPush(register, { fetch: line.fetch, log: createLog('silent'), timers: fastTimers(haste) });
    },
  });
  const register = (): Register => {
    if (opened === null) throw new Error('The register is not open.');
    return opened;
  };
  const legalise = async (n: number): Promise<string> => {
    const { caseId } = await registerActive(await t.as('petugas_loket'), syntheticFamily(n));
    legaliseCase(register(), caseId);
    return caseId;
  };
  const stateOf = (caseId: string): string => getCase(register(), caseId).state;
  return {
    t,
    line,
    register,
    officeId: () => findLinkRecord(register().db)?.officeId ?? '',
    enrol: async (server) => {
      const code = await createEnrolmentCode(server.pool, kelurahan, t.clock.now());
      const administrator = await t.as('administrator');
      await administrator.sync.enrol.mutate({ address: server.address, code });
    },
    legalise,
    accepted: async (n) => {
      const caseId = await legalise(n);
      await vi.waitFor(() => expect(stateOf(caseId)).toBe('DITERIMA'), patient);
      return caseId;
    },
    registered: async (n) => await registerActive(await t.as('petugas_loket'), syntheticFamily(n)),
    legaliseRegistered: (caseId) => legaliseCase(register(), caseId),
    correct: async (caseId, type) => {
      const clerk = await t.as('petugas_loket');
      const draft = await clerk.intake.correct.mutate({ caseId });
      type(draft.body);
      const body = { ...draft.body, correctionNote: 'Salah tulis di loket' };
      const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
      await clerk.intake.register.mutate({ draftId: draft.id, version });
      const lurah = await t.as('lurah');
      const waiting = await lurah.period.corrections.query({ caseId });
      const correctionId = waiting.find(({ state }) => state === 'diajukan')?.id ?? '';
      await lurah.period.decide.mutate({ correctionId, approve: true, answer: '' });
    },
    status: () => syncStatus(register()),
    until: async (holds) => {
      for (let waited = 0; ; waited += 20) {
        const status = syncStatus(register());
        if (holds(status)) return status;
        if (waited > 60_000) throw new Error(`Still waiting; the foot says ${JSON.stringify(status)}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    item: (caseId) => outboxOfCase(register(), caseId).find(({ sharing }) => sharing === null),
    words: (caseId) => outboxOfCase(register(), caseId).filter(({ sharing }) => sharing !== null),
    stateOf,
  };
}

/** The province issues an item, to this office unless another is named. */
export async function issueTo(
  o: PushingOffice,
  province: TestProvince,
  kind: string,
  body: Record<string, unknown>,
  to: { area: string } | { officeId: string } = { officeId: o.officeId() },
): Promise<void> {
  const item = { id: randomUUID(), to, kind, issuedAt: provinceTime, body };
  await publish(province.server.pool, item);
}

/** Waits until the office has taken everything that was issued to it so far. */
export async function takenDown(o: PushingOffice, province: TestProvince): Promise<void> {
  const { rows } = await province.server.pool.query(
    'SELECT coalesce(max(cursor), 0)::int AS last FROM down_item WHERE office_id = $1 OR area = $2',
    [o.officeId(), kelurahan],
  );
  o.register().push?.retryNow();
  await vi.waitFor(() => expect(readDownMark(o.register().db).cursor).toBe(rows[0].last), patient);
}

/** The province changes a field of a case of its own accord. */
export async function changeThere(
  province: TestProvince,
  caseId: string,
  path: string,
  value: unknown,
): Promise<void> {
  await changesThere(province, caseId, [{ path, value }]);
}

/** As {@link changeThere}, several fields at once. */
export async function changesThere(
  { server }: TestProvince,
  caseId: string,
  edits: { path: string; value: unknown }[],
): Promise<void> {
  const change = { caseId, edits, by: 'Dinas Dukcapil', reason: 'Padan Dukcapil' };
  await changeCase(server.pool, change, provinceTime);
}
