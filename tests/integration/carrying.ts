import { createLog } from '../../electron/log.ts';
import { makeCourier, readCourier as takeAnswer } from '../../electron/services/courier.ts';
import { findCourierKeys } from '../../electron/store/courier.ts';
import { encryptionHalf, lookAt, makeBundle, openBundle } from '../../electron/sync/courier-file.ts';
import type { CourierOutcome } from '../../shared/contract/courier.ts';
import { CourierDown } from '../../shared/provincial/courier.ts';
import { AppError } from '../../shared/errors.ts';
import { CourierRefusal, readCourier } from '../provincial-server/courier.ts';
import { loadServerKey } from '../provincial-server/server-keys.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { type PushingOffice, provinceTime } from './pushing.ts';

/** Who carries bundles between an office and the province. */
export function carrierOf(o: () => PushingOffice, province: () => TestProvince) {
  async function person() {
    const verifier = await o().t.as('petugas_verifikasi');
    const { account } = await verifier.session.current.query();
    return { id: account.id, name: account.name, role: account.role };
  }
  const make = async (): Promise<string> => (await makeCourier(o().register(), await person())).content;
  const take = async (file: string): Promise<CourierOutcome> =>
    await takeAnswer(o().register(), await person(), file);
  const atProvince = async (file: string, now = provinceTime) => {
    const { pool } = province().server;
    return await readCourier(pool, await loadServerKey(pool), file, now, createLog('silent'));
  };
  /** There and back; a minute passes, since nobody makes two bundles in one. */
  const round = async (): Promise<CourierOutcome> => {
    const { file } = await atProvince(await make());
    o().t.clock.advance(60_000);
    return await take(file);
  };
  /** The answer to a bundle, changed by whoever holds the keys. */
  async function changed(file: string, change: (down: CourierDown) => CourierDown): Promise<string> {
    const [outside, keys] = [lookAt(file), findCourierKeys(o().register().db)];
    if (outside.kind !== 'bundle' || keys === null) throw new Error('no bundle');
    const server = await loadServerKey(province().server.pool);
    const down = await openBundle(file, keys.replyKey, [server.publicJwk], outside.header, CourierDown);
    if (down === null) throw new Error('not opened');
    const { typ, officeId, number } = outside.header;
    const signer = server.privateKey.export({ format: 'jwk' });
    return await makeBundle(change(down), { typ, officeId, number }, signer, encryptionHalf(keys.replyKey));
  }
  return { person, make, take, atProvince, round, changed };
}

/** The first contact has brought the province's key. */
export async function hasKey(office: PushingOffice): Promise<void> {
  await office.until(() => findCourierKeys(office.register().db) !== null);
}

/** Of what the office refuses. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'nothing',
    (cause: unknown) => (cause instanceof AppError ? cause.code : String(cause)),
  );
}

/** Of what the province's courier refuses. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'nothing',
    (cause: unknown) => (cause instanceof CourierRefusal ? cause.message : `odd: ${String(cause)}`),
  );
}
