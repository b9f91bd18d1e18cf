import type { Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { Admission } from '../admission.ts';
import { senders } from '../receivers.ts';
import { loginPage, operatorsPage, passwordPage } from './account-pages.ts';
import { cookie, type Desk, type Env, gone, isId, type PageProblem, readForm } from './desk.ts';
import { addressOf } from './login-tries.ts';
import {
  addOperator,
  changePassword,
  closeSession,
  disableOperator,
  givePassword,
  login,
  shortestPassword,
} from './operators.ts';
import { listOperators } from './overview.ts';

/** Passwords looked at once at a time; each takes memory and a thread. */
const passwordsAtOnce = 2;

/** Work on passwords, in turn, for all pages of one server. */
export class PasswordDesk {
  readonly #admission = new Admission({ atOnce: passwordsAtOnce, now: () => performance.now() });

  /** Where too many are being worked on, whoever comes is asked to wait. */
  async inTurn<Result>(work: () => Promise<Result>): Promise<Result | Wait> {
    const admitted = this.#admission.enter();
    if (!admitted.entered) return { outcome: 'wait', retryAfter: admitted.retryAfter };
    return await work().finally(() => this.#admission.leave());
  }
}

/** The page of those who have no session yet. */
export function loginRoutes(
  routes: Hono<Env>,
  { pool, now, receivers }: Desk,
  passwords: PasswordDesk,
): void {
  routes.get('/masuk', (c) => c.html(loginPage(null)));

  routes.post('/masuk', async (c) => {
    const form = await readForm(c, receivers, senders.loggingIn);
    const name = form['nama'] ?? '';
    const result = await passwords.inTurn(() => login(pool, name, form['sandi'] ?? '', addressOf(c), now()));
    if (result.outcome === 'wrong')
      return c.html(loginPage('Nama atau kata sandi salah. Periksa lalu coba lagi.', name), 401);
    if (result.outcome === 'wait') return c.html(loginPage(waitSentence(c, result), name), 429);
    setCookie(c, cookie, result.token, { path: '/', httpOnly: true, secure: true, sameSite: 'Strict' });
    return c.redirect('/operator', 303);
  });
}

/** The operators' own accounts and passwords. */
export function accountRoutes(routes: Hono<Env>, { pool, now }: Desk, passwords: PasswordDesk): void {
  routes.post('/keluar', async (c) => {
    await closeSession(pool, getCookie(c, cookie) ?? '');
    deleteCookie(c, cookie, { path: '/', secure: true });
    return c.redirect('/operator/masuk', 303);
  });

  routes.get('/akun', async (c) => c.html(operatorsPage(c.get('session'), await listOperators(pool))));

  routes.post('/akun', async (c) => {
    const session = c.get('session');
    const { nama = '' } = c.get('form');
    const refuse = async (problem: string, status: 422 | 429) => await refuseHere(c, problem, status);
    if (nama.trim() === '') return await refuse('Tulis namanya.', 422);
    const result = await passwords.inTurn(() => addOperator(pool, session.operator, nama, now()));
    if (result.outcome === 'taken')
      return await refuse('Nama itu sudah dipakai operator lain. Pilih nama lain.', 422);
    if (result.outcome === 'wait') return await refuse(waitSentence(c, result), 429);
    return c.html(operatorsPage(session, await listOperators(pool), { made: result }));
  });

  routes.post('/akun/:id/nonaktif', async (c) => {
    const { outcome } = await disableOperator(pool, c.get('session').operator, idIn(c), now());
    if (outcome === 'last')
      return await refuseHere(c, 'Ini operator terakhir. Tambah atau aktifkan operator lain dahulu.', 422);
    // Of one who was disabled just before, the page says so.
    return c.redirect('/operator/akun', 303);
  });

  routes.post('/akun/:id/sandi', async (c) => {
    const session = c.get('session');
    const id = idIn(c);
    if (id === session.operator.id)
      return await refuseHere(c, 'Kata sandi Anda sendiri diganti di halaman Kata sandi.', 422);
    const result = await passwords.inTurn(() => givePassword(pool, session.operator, id, now()));
    if (result.outcome === 'wait') return await refuseHere(c, waitSentence(c, result), 429);
    if (result.outcome === 'unknown') throw noOperator();
    return c.html(operatorsPage(session, await listOperators(pool), { made: result }));
  });

  async function refuseHere(c: Context<Env>, problem: string, status: 422 | 429): Promise<Response> {
    return c.html(operatorsPage(c.get('session'), await listOperators(pool), { problem }), status);
  }

  routes.get('/sandi', (c) => c.html(passwordPage(c.get('session'), null)));

  routes.post('/sandi', async (c) => {
    const session = c.get('session');
    const { lama = '', baru = '', ulang = '' } = c.get('form');
    const problem =
      baru.length < shortestPassword
        ? `Kata sandi baru paling sedikit ${shortestPassword} huruf.`
        : baru !== ulang
          ? 'Kedua kata sandi baru tidak sama.'
          : null;
    if (problem !== null) return c.html(passwordPage(session, problem), 422);
    const result = await passwords.inTurn(() =>
      changePassword(pool, session.operator, lama, baru, addressOf(c), now()),
    );
    if (result.outcome === 'wrong') return c.html(passwordPage(session, 'Kata sandi sekarang salah.'), 422);
    if (result.outcome === 'wait') return c.html(passwordPage(session, waitSentence(c, result)), 429);
    return c.redirect('/operator/masuk', 303);
  });
}

function idIn(c: Context<Env>): string {
  const id = c.req.param('id') ?? '';
  if (!isId(id)) throw noOperator();
  return id;
}

function noOperator(): PageProblem {
  return gone('Operator ini tidak ada.');
}

interface Wait {
  outcome: 'wait';
  /** Seconds. */
  retryAfter: number;
}

function waitSentence(c: Context, { retryAfter }: Wait): string {
  c.header('Retry-After', String(retryAfter));
  return `Terlalu banyak percobaan. Coba lagi dalam ${Math.ceil(retryAfter / 60)} menit.`;
}
