import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../shared/domain/role.ts';
import { appRouter } from '../../electron/rpc/router.ts';
import {
  codeOf,
  createClient,
  openTestOffice,
  setUpTestOffice,
  password,
  type TestOffice,
} from './office.ts';

/** Slow enough that what others do comes in between. */
const slow = { memoryCost: 8_192, timeCost: 2, parallelism: 1 };

let t: TestOffice;
beforeEach(async () => {
  t = await openTestOffice();
});
afterEach(() => t.close());

/** The role that a session has now which was asked for; null where there is none, or none any more. */
async function roleAfter(asked: PromiseSettledResult<{ token: string }>): Promise<Role | null> {
  if (asked.status === 'rejected') return null;
  const client = createClient((request) => t.office.fetch(request), asked.value.token);
  const session = await client.session.current.query().catch(() => null);
  return session?.account.role ?? null;
}

describe('a call', () => {
  /** As it comes through the window: piece by piece, with no word beforehand on how long it is. */
  const callInPieces = (pieces: readonly string[]) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
      },
    });
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', body, headers, duplex: 'half' };
    return t.office.fetch(new Request('http://mutakhir.test/rpc/setup.searchOffices', init));
  };

  it('is read whole from its pieces, and refused where they are more than it may hold', async () => {
    const found = await callInPieces(['{"text":', '"gam', 'bir"}']);
    expect(JSON.stringify(await found.json())).toContain('Gambir');
    const large = await callInPieces(['{"text":"', ...Array<string>(3).fill('x'.repeat(1_000_000)), '"}']);
    expect(large.status).toBe(413);
    expect(await large.json()).toMatchObject({ problem: { code: 'body_too_large' } });
  });

  it('that holds no JSON is refused as such', async () => {
    const broken = await callInPieces(['{"text":']);
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ error: { data: { problem: { code: 'invalid_input' } } } });
  });
});

describe('setup', () => {
  it('can be done once only, and only for a kelurahan or kecamatan', async () => {
    const input = {
      area: '31.71',
      officeAddress: '',
      officePhone: '',
      administrator: { username: 'admin', name: 'A', nip: null, password },
      lurah: { username: 'lurah', name: 'L', nip: null, password },
    };
    expect(await codeOf(t.anonymous.setup.create.mutate({ ...input, area: '31.71.01' }))).toBe('setup_done');
    expect(await codeOf(t.anonymous.setup.create.mutate(input))).toBe('invalid_input');
  });

  it('finds offices by name, city order kept, best first', async () => {
    const found = await t.anonymous.setup.searchOffices.query({ text: 'gambir' });
    expect(found.map((area) => `${area.level} ${area.name}`)).toEqual([
      'kecamatan Gambir',
      'kelurahan Gambir',
    ]);
    expect(await t.anonymous.setup.searchOffices.query({ text: 'palmerah' })).toHaveLength(2);
  });

  it('leaves nothing readable on disk: neither names nor the key', async () => {
    await t.as('petugas_loket');
    await t.office.close();
    const bytes = Buffer.concat(
      ['register.db', 'keyring.json'].map((name) => readFileSync(join(t.dataDir, name))),
    );
    expect(bytes.includes('Lutfi Lurah')).toBe(false);
    expect(bytes.includes('administrator1')).toBe(false);
    expect(bytes.subarray(0, 15).toString()).not.toBe('SQLite format 3');
  });
});

describe('login', () => {
  it('refuses a wrong password and an unknown name alike, then makes the hasty wait', async () => {
    expect(await codeOf(t.anonymous.session.login.mutate({ username: 'tidakada', password: 'x' }))).toBe(
      'wrong_credentials',
    );
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(
        await codeOf(t.anonymous.session.login.mutate({ username: 'administrator1', password: 'salah' })),
      ).toBe('wrong_credentials');
    }
    expect(await codeOf(t.anonymous.session.login.mutate({ username: 'administrator1', password }))).toBe(
      'too_many_tries',
    );
    t.clock.advance(6_000);
    await expect(
      t.anonymous.session.login.mutate({ username: 'administrator1', password }),
    ).resolves.toHaveProperty('token');
  });

  it('ends a session after idle time, and polling does not keep it alive', async () => {
    const client = await t.as('administrator');
    for (let minute = 0; minute < 16; minute += 4) {
      t.clock.advance(4 * 60_000);
      if (minute < 12) await client.session.current.query();
    }
    expect(await codeOf(client.session.current.query())).toBe('not_logged_in');
  });

  it('asks for a password of one’s own before anything else', async () => {
    const administrator = await t.as('administrator');
    await administrator.accounts.create.mutate({
      username: 'baru',
      name: 'Baru',
      nip: null,
      role: 'petugas_loket',
      password,
    });
    const { token, session } = await t.anonymous.session.login.mutate({ username: 'baru', password });
    expect(session.mustChangePassword).toBe(true);
    const client = createClient((request) => t.office.fetch(request), token);
    expect(await codeOf(client.cases.counts.query())).toBe('password_must_change');
    expect(await codeOf(client.session.changePassword.mutate({ current: password, next: password }))).toBe(
      'password_weak',
    );
    await client.session.changePassword.mutate({ current: password, next: 'kata sandi milik sendiri' });
    expect(await codeOf(client.session.current.query())).toBe('not_logged_in');
  });

  it('of a window that was closed counts as at work until it idled too long, no longer', async () => {
    await t.as('petugas_loket');
    expect(await codeOf(t.anonymous.session.enterTraining.mutate())).toBe('office_in_use');
    t.clock.advance(16 * 60_000);
    expect(await codeOf(t.anonymous.session.enterTraining.mutate())).toBe('no error');
  });

  it('is needed again after a restart: the register is locked until then', async () => {
    await t.office.close();
    expect(await codeOf(t.anonymous.cases.counts.query())).toBe('register_locked');
    await t.restart();
    await expect((await t.as('administrator')).accounts.list.query()).resolves.toHaveLength(2);
  });
});

describe('accounts', () => {
  it('are managed by the administrator alone', async () => {
    for (const role of ['petugas_loket', 'petugas_verifikasi', 'lurah'] as const) {
      expect(await codeOf((await t.as(role)).accounts.list.query())).toBe('not_allowed');
    }
  });

  it('keep one administrator, and lock a deactivated person out at once', async () => {
    const administrator = await t.as('administrator');
    const clerk = await t.as('petugas_loket');
    const accounts = await administrator.accounts.list.query();
    const me = accounts.find((account) => account.role === 'administrator');
    const other = accounts.find((account) => account.role === 'petugas_loket');
    expect(
      await codeOf(
        administrator.accounts.setActive.mutate({ id: me?.id ?? '', active: false, password: null }),
      ),
    ).toBe('last_administrator');
    await administrator.accounts.setActive.mutate({ id: other?.id ?? '', active: false, password: null });
    expect(await codeOf(clerk.cases.counts.query())).toBe('not_logged_in');
    expect(await codeOf(t.anonymous.session.login.mutate({ username: 'petugas_loket1', password }))).toBe(
      'wrong_credentials',
    );
  });

  it('stay as the administrator left them, whatever their owner was doing with the password', async () => {
    await t.close();
    t = await setUpTestOffice({ argon2: slow });
    const administrator = await t.as('administrator');
    const next = 'kata sandi milik sendiri';
    const clerk = await t.as('petugas_loket');
    const verifier = await t.as('petugas_verifikasi');
    const accounts = await administrator.accounts.list.query();
    const idOf = (role: string) => accounts.find((account) => account.role === role)?.id ?? '';

    const [changed] = await Promise.allSettled([
      clerk.session.changePassword.mutate({ current: password, next }),
      administrator.accounts.setActive.mutate({ id: idOf('petugas_loket'), active: false, password: null }),
    ]);
    const [promoted] = await Promise.allSettled([
      verifier.session.changePassword.mutate({ current: password, next }),
      administrator.accounts.update.mutate({
        id: idOf('petugas_verifikasi'),
        name: 'Vera',
        nip: null,
        role: 'petugas_loket',
      }),
    ]);

    expect(await roleAfter(changed)).toBe(null);
    // A session that began after the change has the new role; none with the old one goes on.
    expect(await roleAfter(promoted)).not.toBe('petugas_verifikasi');
    const after = await administrator.accounts.list.query();
    expect(after.find(({ id }) => id === idOf('petugas_loket'))?.active).toBe(false);
    expect(after.find(({ id }) => id === idOf('petugas_verifikasi'))).toMatchObject({
      name: 'Vera',
      role: 'petugas_loket',
    });
    for (const secret of [password, next])
      expect(
        await codeOf(t.anonymous.session.login.mutate({ username: 'petugas_loket1', password: secret })),
      ).toBe('wrong_credentials');
  });

  it('are not entered by the old password once it was reset, though it was being tried then', async () => {
    await t.close();
    t = await setUpTestOffice({ argon2: slow });
    const administrator = await t.as('administrator');
    await t.as('petugas_loket');
    const accounts = await administrator.accounts.list.query();
    const id = accounts.find((account) => account.role === 'petugas_loket')?.id ?? '';
    const reset = 'kata sandi yang baru';
    const [entered] = await Promise.allSettled([
      t.anonymous.session.login.mutate({ username: 'petugas_loket1', password }),
      administrator.accounts.resetPassword.mutate({ id, password: reset }),
    ]);
    expect(await roleAfter(entered)).toBe(null);
    const { session } = await t.anonymous.session.login.mutate({
      username: 'petugas_loket1',
      password: reset,
    });
    expect(session.mustChangePassword).toBe(true);
  });

  it('made twice at once under one name are one, with the password of the one that was made', async () => {
    const administrator = await t.as('administrator');
    const make = (secret: string) =>
      administrator.accounts.create.mutate({
        username: 'kembar',
        name: secret,
        nip: null,
        role: 'petugas_loket',
        password: secret,
      });
    const secrets = ['kata sandi pertama', 'kata sandi kedua'];
    const made = await Promise.allSettled(secrets.map(make));
    const accounts = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(accounts).toHaveLength(1);
    await expect(
      t.anonymous.session.login.mutate({ username: 'kembar', password: accounts[0]?.name ?? '' }),
    ).resolves.toMatchObject({ session: { account: { username: 'kembar' } } });
  });

  it('refuse a name twice and a password easily guessed', async () => {
    const administrator = await t.as('administrator');
    const account = { username: 'lurah1', name: 'Lain', nip: null, role: 'petugas_loket' as const, password };
    expect(await codeOf(administrator.accounts.create.mutate(account))).toBe('username_taken');
    expect(
      await codeOf(
        administrator.accounts.create.mutate({ ...account, username: 'lain', password: 'aaaaaaaaaaaa' }),
      ),
    ).toBe('password_weak');
  });
});

describe('recovery', () => {
  it('opens the register with the code of the sheet and sets a new administrator password', async () => {
    await t.office.close();
    const typed = t.recoveryCode.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
    expect(
      await codeOf(
        t.anonymous.session.recover.mutate({
          code: 'ABCDE',
          username: 'administrator1',
          password: 'sandi yang baru',
        }),
      ),
    ).toBe('recovery_code_wrong');
    const { session } = await t.anonymous.session.recover.mutate({
      code: typed,
      username: 'administrator1',
      password: 'sandi yang baru',
    });
    expect(session.account.role).toBe('administrator');
    expect(await codeOf(t.anonymous.session.login.mutate({ username: 'administrator1', password }))).toBe(
      'wrong_credentials',
    );
  });

  it('makes the old code useless once a new one was printed, and knows whether the sheet was kept', async () => {
    const administrator = await t.as('administrator');
    await administrator.setup.confirmRecoverySheet.mutate({ code: t.recoveryCode });
    expect((await administrator.session.current.query()).recoverySheetKept).toBe(true);
    const { recoveryCode } = await administrator.setup.renewRecoveryCode.mutate();
    expect((await administrator.session.current.query()).recoverySheetKept).toBe(false);
    expect(await codeOf(administrator.setup.confirmRecoverySheet.mutate({ code: t.recoveryCode }))).toBe(
      'recovery_code_wrong',
    );
    await administrator.setup.confirmRecoverySheet.mutate({ code: recoveryCode });
  });
});

describe('every procedure', () => {
  it('names who may call it, save the few of the first screen', () => {
    const open = Object.entries(appRouter._def.procedures)
      .filter(
        ([, procedure]) =>
          Reflect.get(Reflect.get(Reflect.get(procedure, '_def'), 'meta'), 'permission') === null,
      )
      .map(([name]) => name);
    expect(open.sort()).toEqual([
      'session.enterTraining',
      'session.leaveTraining',
      'session.login',
      'session.recover',
      'session.status',
      'setup.areas',
      'setup.create',
      'setup.searchOffices',
    ]);
  });
});
