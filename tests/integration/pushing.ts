import { createLog } from '../../electron/log.ts';
import { getCase } from '../../electron/services/case-steps.ts';
import type { Register } from '../../electron/services/register.ts';
import { outboxOfCase, syncStatus } from '../../electron/services/sync.ts';
import { startPush } from '../../electron/services/sync-push.ts';
import type { OutboxItem, SyncStatus } from '../../shared/contract/sync.ts';
import { createEnrolmentCode } from '../provincial-server/offices.ts';
import type { ProvincialServer } from '../provincial-server/start.ts';
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
  /** Registers a family and takes it all the way to DISAHKAN; returns the case's id. */
  legalise(n: number): Promise<string>;
  /** Registers a family; the way to DISAHKAN is {@link legaliseRegistered}'s. */
  registered(n: number): Promise<{ caseId: string }>;
  legaliseRegistered(caseId: string): void;
  status(): SyncStatus;
  /** Waits until the foot of the screen says so. */
  until(holds: (status: SyncStatus) => boolean): Promise<SyncStatus>;
  /** The newest item of a case in the outbox. */
  item(caseId: string): OutboxItem | undefined;
  stateOf(caseId: string): string;
}

/** Timers run this much faster than in life. */
const haste = 20;

export async function openPushingOffice(): Promise<PushingOffice> {
  const line = new Line();
  let open: Register | null = null;
  const t = await openTestOffice({
    startBackground: (register) => {
      open = register;
      return startPush(register, { fetch: line.fetch, log: createLog('silent'), timers: fastTimers(haste) });
    },
  });
  const register = (): Register => {
    if (open === null) throw new Error('The register is not open.');
    return open;
  };
  return {
    t,
    line,
    register,
    enrol: async (server) => {
      const code = await createEnrolmentCode(server.pool, kelurahan, t.clock.now());
      const administrator = await t.as('administrator');
      await administrator.sync.enrol.mutate({ address: server.address, code });
    },
    legalise: async (n) => {
      const { caseId } = await registerActive(await t.as('petugas_loket'), syntheticFamily(n));
      legaliseCase(register(), caseId);
      return caseId;
    },
    registered: async (n) => await registerActive(await t.as('petugas_loket'), syntheticFamily(n)),
    legaliseRegistered: (caseId) => legaliseCase(register(), caseId),
    status: () => syncStatus(register()),
    until: async (holds) => {
      for (let waited = 0; ; waited += 20) {
        const status = syncStatus(register());
        if (holds(status)) return status;
        if (waited > 15_000) throw new Error(`Still waiting; the foot says ${JSON.stringify(status)}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    item: (caseId) => outboxOfCase(register(), caseId)[0],
    stateOf: (caseId) => getCase(register(), caseId).state,
  };
}
