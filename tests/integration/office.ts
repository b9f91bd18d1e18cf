import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { Role } from '../../shared/domain/role.ts';
import type { Clock } from '../../electron/clock.ts';
import { createLog } from '../../electron/log.ts';
import { createOffice, type Office } from '../../electron/office.ts';
import type { OfficeOptions } from '../../electron/office-host.ts';
import type { Register } from '../../electron/services/register.ts';
import type { AppRouter } from '../../electron/rpc/router.ts';
import { madeOnce } from '../run-folder.ts';
import { kelurahan } from './area.ts';

export { kelurahan };

/** Cheap key derivation: tests prove behaviour, not the cost of argon2. */
export const cheap = { memoryCost: 64, timeCost: 1, parallelism: 1 };
export const password = 'kata sandi uji coba';

/** A clock that stands still until a test moves it. */
export class TestClock implements Clock {
  #now: number;

  constructor(start = '2026-11-10T02:00:00.000Z') {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

export type Client = TRPCClient<AppRouter>;

export interface TestOffice {
  office: Office;
  clock: TestClock;
  dataDir: string;
  /** A client without a session. */
  anonymous: Client;
  /** A session for a role; the account is made on first use. `nth` tells several of one role apart. */
  as(role: Role, nth?: number): Promise<Client>;
  tokenOf(role: Role, nth?: number): Promise<string>;
  recoveryCode: string;
  /** Closes the office and opens the same data again. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A real office on a real encrypted file in a folder of its own; only the clock is a stand-in. Setting one up takes as
 * long as much of what a test does in it: the usual one is set up once in a run, and copied. Where several meet in one
 * test, the others are set up ({@link setUpTestOffice}), since no two offices have accounts or a key in common.
 */
export async function openTestOffice(options: Opening = {}): Promise<TestOffice> {
  return await openOffice(options, await madeOnce('office', makeOffice));
}

/** What an office takes from how it is opened, and nothing of it from how it was set up. */
type Opening = Pick<Partial<OfficeOptions>, 'startBackground' | 'provinceFetch'>;

/** The same, set up by itself, and as it is told. */
export async function setUpTestOffice(
  options: Partial<OfficeOptions> = {},
  area = kelurahan,
): Promise<TestOffice> {
  return await openOffice(options, null, area);
}

/** Makes a folder for {@link openOffice} to copy. */
async function makeOffice(folder: string): Promise<void> {
  const { office, dataDir, recoveryCode } = await setUpTestOffice();
  await office.close();
  cpSync(dataDir, folder, { recursive: true });
  rmSync(dataDir, { recursive: true });
  writeFileSync(join(folder, recoveryFile), recoveryCode);
}

/** Stands in no office's folder but that which is copied. */
const recoveryFile = 'pemulihan.txt';

/** @param made an office of the usual kelurahan to copy; null where it is set up */
async function openOffice(
  options: Partial<OfficeOptions>,
  made: string | null,
  area = kelurahan,
): Promise<TestOffice> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mutakhir-uji-'));
  if (made !== null)
    cpSync(made, dataDir, { recursive: true, filter: (path) => !path.endsWith(recoveryFile) });
  const clock = new TestClock();
  const open = () =>
    createOffice({
      dataDir,
      resourcesDir: 'resources',
      clock,
      log: createLog('silent'),
      programVersion: '0.0.0',
      argon2: cheap,
      ...options,
    });
  let office = await open();
  const fetchOffice = (request: Request) => office.fetch(request);
  const anonymous = createClient(fetchOffice, null);
  const { token, recoveryCode } =
    made === null
      ? await anonymous.setup.create.mutate({
          area,
          officeAddress: 'Jl. Uji No. 1',
          officePhone: '',
          administrator: { username: 'administrator1', name: 'Ani Administrator', nip: null, password },
          lurah: { username: 'lurah1', name: 'Lutfi Lurah', nip: null, password: `${password} pertama` },
        })
      : {
          token: await login('administrator1', password),
          recoveryCode: readFileSync(join(made, recoveryFile), 'utf8'),
        };
  let tokens = new Map<string, string>([['administrator1', token]]);

  async function login(username: string, secret: string): Promise<string> {
    return (await anonymous.session.login.mutate({ username, password: secret })).token;
  }

  async function tokenOf(role: Role, nth = 1): Promise<string> {
    const username = `${role}${nth}`;
    const known = tokens.get(username);
    if (known !== undefined) return known;
    const first = `${password} pertama`;
    const administrator = createClient(fetchOffice, await tokenOf('administrator'));
    const accounts = await administrator.accounts.list.query();
    let account = accounts.find((candidate) => candidate.username === username);
    account ??= await administrator.accounts.create.mutate({
      username,
      name: `${role} ${nth}`,
      nip: null,
      role,
      password: first,
    });
    let token: string;
    if (account.mustChangePassword) {
      const fresh = await login(username, first);
      token = (
        await createClient(fetchOffice, fresh).session.changePassword.mutate({
          current: first,
          next: password,
        })
      ).token;
    } else {
      token = await login(username, password);
    }
    tokens.set(username, token);
    return token;
  }

  return {
    get office() {
      return office;
    },
    clock,
    dataDir,
    anonymous,
    recoveryCode,
    tokenOf,
    as: async (role, nth) => createClient(fetchOffice, await tokenOf(role, nth)),
    restart: async () => {
      await office.close();
      office = await open();
      tokens = new Map([['administrator1', await login('administrator1', password)]]);
    },
    close: async () => {
      await office.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A test office with nothing in the background, and its register as it is open now. */
export async function openKnownOffice(): Promise<{ t: TestOffice; register: () => Register }> {
  let open: Register | null = null;
  const t = await openTestOffice({
    startBackground: (register) => {
      open = register;
      return { stop: async () => {} };
    },
  });
  const register = (): Register => {
    if (open === null) throw new Error('The register is not open.');
    return open;
  };
  return { t, register };
}

/** What the journal holds of a kind of event, oldest first. */
export function noted({ db }: Pick<Register, 'db'>, type: string): unknown[] {
  return db
    .prepare(
      `SELECT payload.body FROM event JOIN event_payload AS payload ON payload.event_id = event.id
       WHERE type = ? ORDER BY seq`,
    )
    .pluck()
    .all(type)
    .map((body): unknown => JSON.parse(String(body)));
}

/** Makes the data folder of an office that was set up and closed; who may log in to it. */
export async function makeOfficeFolder(folder: string): Promise<{ username: string; password: string }> {
  const { office, dataDir } = await openTestOffice();
  await office.close();
  cpSync(dataDir, folder, { recursive: true });
  rmSync(dataDir, { recursive: true });
  return { username: 'administrator1', password };
}

export function createClient(
  fetchOffice: (request: Request) => Promise<Response>,
  token: string | null,
): Client {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: 'http://mutakhir.test/rpc',
        methodOverride: 'POST',
        headers: token === null ? {} : { authorization: `Bearer ${token}` },
        fetch: (input, init) => fetchOffice(new Request(input, init)),
      }),
    ],
  });
}

/** The catalogue's code of a refused call; rethrows anything else. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (cause) {
    if (typeof cause === 'object' && cause !== null && 'data' in cause) {
      const { data } = cause;
      if (typeof data === 'object' && data !== null && 'problem' in data) {
        const { problem } = data;
        if (typeof problem === 'object' && problem !== null && 'code' in problem) return String(problem.code);
      }
    }
    throw cause;
  }
  return 'no error';
}
