import { Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';
import { type Receivers, senders } from '../receivers.ts';
import { sha256 } from '../signing.ts';
import { problemPage } from './account-pages.ts';
import { accountRoutes, loginRoutes, PasswordDesk } from './account-routes.ts';
import { loadAreas } from './area-list.ts';
import { cookie, type Desk, type Env, foreign, gone, isFromHere, PageProblem, readForm } from './desk.ts';
import { stylesheet } from './layout.ts';
import { officeRoutes } from './office-routes.ts';
import { findSession, OperatorDisabled } from './operators.ts';
import { publishRoutes } from './publish-routes.ts';
import { readerRoutes } from './reader-routes.ts';

/**
 * Pages for the province's operators, under `/operator`: plain HTML and forms, no script. Every
 * change needs the session's cookie (HttpOnly, SameSite=Strict) and the token of its forms.
 */
export function operatorRoutes({
  pool,
  now,
  receivers,
  onFailure,
}: {
  pool: Pool;
  now: () => Date;
  receivers: Receivers;
  onFailure: (cause: unknown) => void;
}): Hono<Env> {
  const routes = new Hono<Env>();
  const desk: Desk = { pool, now, receivers, areas: loadAreas() };
  const passwords = new PasswordDesk();

  routes.onError((cause, c) => {
    if (cause instanceof PageProblem)
      return c.html(problemPage(c.get('session') ?? null, cause.title, cause.message), cause.status);
    if (cause instanceof OperatorDisabled) return c.redirect('/operator/masuk', 303);
    onFailure(cause);
    return c.html(problemPage(null, 'Ada gangguan', 'Tidak ada yang diubah. Coba lagi sebentar.'), 503);
  });

  routes.use(async (c, next) => {
    c.header(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    c.header('X-Content-Type-Options', 'nosniff');
    // Not `no-referrer`: browsers then leave the origin out of what a form sends.
    c.header('Referrer-Policy', 'same-origin');
    await next();
  });
  routes.use(async (c, next) => {
    if (c.req.method === 'POST' && !isFromHere(c)) throw foreign();
    await next();
  });

  routes.get('/gaya.css', (c) => c.body(stylesheet, 200, { 'Content-Type': 'text/css; charset=utf-8' }));

  loginRoutes(routes, desk, passwords);

  // From here on only with a session, and every change with the token of its forms.
  routes.use(async (c, next) => {
    const find = async () => await findSession(pool, getCookie(c, cookie), now());
    const session = await find();
    if (session === null) return c.redirect('/operator/masuk', 303);
    c.set('session', session);
    if (c.req.method === 'POST') {
      const form = await readForm(c, receivers, senders.operator(session.operator.id));
      // A file may take minutes to arrive, and the session may be ended meanwhile.
      if ((await find()) === null) return c.redirect('/operator/masuk', 303);
      const given = sha256(form['formToken'] ?? '');
      if (!timingSafeEqual(given, sha256(session.formToken))) throw foreign();
      c.set('form', form);
    }
    return await next();
  });

  officeRoutes(routes, desk);
  publishRoutes(routes, desk);
  readerRoutes(routes, desk);
  accountRoutes(routes, desk, passwords);

  routes.all('*', () => {
    throw gone('Halaman ini tidak ada.');
  });

  return routes;
}
