import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';
import { z } from 'zod';
import { OfficeAreaCode } from '../../../shared/domain/wilayah.ts';
import { AreaCode, ReadRole } from '../../../shared/provincial/read.ts';
import { Admission } from '../admission.ts';
import { inTransaction } from '../database.ts';
import { createEnrolmentCode, revokeOffice } from '../offices.ts';
import { createReadToken, revokeReadToken } from '../read-tokens.ts';
import { sha256 } from '../signing.ts';
import { loginPage, logPage, operatorsPage, passwordPage, problemPage, tokensPage } from './account-pages.ts';
import { loadAreas } from './area-list.ts';
import { type Html, stylesheet } from './layout.ts';
import { codePage, officePage, officesPage } from './office-pages.ts';
import {
  addOperator,
  changePassword,
  closeSession,
  findSession,
  login,
  noteAction,
  type OperatorSession,
  shortestPassword,
} from './operators.ts';
import {
  findOffice,
  listAccesses,
  listActions,
  listFailing,
  listOffices,
  listOperators,
  listTokens,
} from './overview.ts';
import { publicationPage, publishPage } from './publish-pages.ts';
import {
  findPublication,
  issuePublication,
  keepPublication,
  listPublications,
  PenetapanForm,
  prepareBodies,
  type Prepared,
  preparePenetapan,
  PublishKind,
} from './publications.ts';

/** Passwords looked at once at a time; each takes memory and a thread. */
const passwordsAtOnce = 2;
const uploadBytes = 16 * 1024 * 1024;

const cookie = '__Host-operator';

interface Env {
  Variables: { session: OperatorSession; form: Record<string, string> };
}

class PageProblem extends Error {
  readonly status: 403 | 404 | 413 | 422;
  readonly title: string;

  constructor(status: PageProblem['status'], title: string, sentence: string) {
    super(sentence);
    this.status = status;
    this.title = title;
  }
}

/**
 * Pages for the province's operators, under `/operator`: plain HTML and forms, no script. Every
 * change needs the session's cookie (HttpOnly, SameSite=Strict) and the token of its forms.
 */
export function operatorRoutes({
  pool,
  now,
  onFailure,
}: {
  pool: Pool;
  now: () => Date;
  onFailure: (cause: unknown) => void;
}): Hono<Env> {
  const routes = new Hono<Env>();
  const areas = loadAreas();
  const passwords = new Admission({ atOnce: passwordsAtOnce, now: () => performance.now() });

  routes.onError((cause, c) => {
    if (cause instanceof PageProblem)
      return c.html(problemPage(c.get('session') ?? null, cause.title, cause.message), cause.status);
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
  routes.use(
    bodyLimit({
      maxSize: uploadBytes,
      onError: () => {
        throw new PageProblem(
          413,
          'Berkas terlalu besar',
          'Bagi berkas itu, lalu terbitkan bagian demi bagian.',
        );
      },
    }),
  );
  routes.use(async (c, next) => {
    if (c.req.method === 'POST' && !isFromHere(c)) throw foreign();
    await next();
  });

  routes.get('/gaya.css', (c) => c.body(stylesheet, 200, { 'Content-Type': 'text/css; charset=utf-8' }));

  routes.get('/masuk', (c) => c.html(loginPage(null)));

  routes.post('/masuk', async (c) => {
    const form = await readForm(c);
    const name = form['nama'] ?? '';
    const result = await inTurn(() => login(pool, name, form['sandi'] ?? '', now()));
    if (result.outcome === 'wrong')
      return c.html(loginPage('Nama atau kata sandi salah. Periksa lalu coba lagi.', name), 401);
    if (result.outcome === 'wait') return c.html(loginPage(waitSentence(c, result), name), 429);
    setCookie(c, cookie, result.token, { path: '/', httpOnly: true, secure: true, sameSite: 'Strict' });
    return c.redirect('/operator', 303);
  });

  // From here on only with a session, and every change with the token of its forms.
  routes.use(async (c, next) => {
    const session = await findSession(pool, getCookie(c, cookie), now());
    if (session === null) return c.redirect('/operator/masuk', 303);
    c.set('session', session);
    if (c.req.method === 'POST') {
      const form = await readForm(c);
      const given = sha256(form['formToken'] ?? '');
      if (!timingSafeEqual(given, sha256(session.formToken))) throw foreign();
      c.set('form', form);
    }
    return await next();
  });

  routes.get('/', async (c) => c.html(officesPage(c.get('session'), await listOffices(pool), now())));

  routes.post('/keluar', async (c) => {
    await closeSession(pool, getCookie(c, cookie) ?? '');
    deleteCookie(c, cookie, { path: '/', secure: true });
    return c.redirect('/operator/masuk', 303);
  });

  routes.get('/kantor/:id', async (c) => c.html(await showOffice(c.get('session'), c.req.param('id'), null)));

  routes.post('/kantor/:id/cabut', async (c) => {
    const { operator } = c.get('session');
    const id = c.req.param('id');
    const { alasan = '', paham } = c.get('form');
    if (alasan.trim() === '' || paham !== 'ya')
      return c.html(
        await showOffice(c.get('session'), id, 'Tulis alasannya dan centang kalimat di bawahnya.'),
        422,
      );
    const office = await officeOrNone(id);
    await inTransaction(pool, async (tx) => {
      if (!(await revokeOffice(tx, office.id, now()))) return;
      await noteAction(
        tx,
        operator,
        'kantor_dicabut',
        { kantor: office.name, wilayah: office.area, alasan: alasan.trim().slice(0, 300) },
        now(),
      );
    });
    return c.redirect(`/operator/kantor/${office.id}`, 303);
  });

  routes.get('/kode', (c) => c.html(codePage(c.get('session'), areas, null, null)));

  routes.post('/kode', async (c) => {
    const session = c.get('session');
    const area = OfficeAreaCode.safeParse(areas.read(c.get('form')['wilayah'] ?? ''));
    if (!area.success)
      return c.html(codePage(session, areas, null, 'Pilih satu kelurahan atau kecamatan dari daftar.'), 422);
    const code = await inTransaction(pool, async (tx) => {
      await noteAction(tx, session.operator, 'kode_dibuat', { wilayah: area.data }, now());
      return await createEnrolmentCode(tx, area.data, now());
    });
    return c.html(codePage(session, areas, { code, area: area.data }, null));
  });

  routes.get('/terbit', async (c) =>
    c.html(publishPage(c.get('session'), areas, await listPublications(pool))),
  );

  routes.post('/terbit/penetapan', async (c) => {
    const form = PenetapanForm.safeParse(c.get('form'));
    const prepared = form.success
      ? await preparePenetapan(pool, form.data)
      : { mistakes: ['Isi periode, nomor keputusan, dan tanggalnya.'] };
    return await prepareFor(c, 'decision.penetapan', prepared);
  });

  routes.post('/terbit/berkas', async (c) => {
    const { kind, wilayah = '', berkas = '' } = c.get('form');
    const read = PublishKind.safeParse(kind);
    return read.success
      ? await prepareFor(c, read.data, prepareBodies(read.data, areas.read(wilayah) ?? '', berkas))
      : await prepareFor(c, 'setting.published', { mistakes: ['Pilih jenis terbitannya.'] });
  });

  routes.get('/terbit/:id', async (c) => {
    const publication = isId(c.req.param('id')) ? await findPublication(pool, c.req.param('id')) : null;
    if (publication === null) throw gone('Terbitan ini tidak ada.');
    const names = new Map((await listOffices(pool)).map(({ id, name }) => [id, name]));
    return c.html(publicationPage(c.get('session'), areas, publication, names));
  });

  routes.post('/terbit/:id', async (c) => {
    const id = c.req.param('id');
    if (!isId(id)) throw gone('Terbitan ini tidak ada.');
    await issuePublication(pool, c.get('session').operator, id, now());
    return c.redirect(`/operator/terbit/${id}`, 303);
  });

  routes.get('/token', async (c) =>
    c.html(tokensPage(c.get('session'), areas, await listTokens(pool), now())),
  );

  routes.post('/token', async (c) => {
    const session = c.get('session');
    const form = TokenForm.safeParse({
      ...c.get('form'),
      wilayah: areas.read(c.get('form')['wilayah'] ?? ''),
    });
    if (!form.success)
      return c.html(
        tokensPage(session, areas, await listTokens(pool), now(), {
          problem: 'Isi nama pembaca, pilih peran dan wilayahnya, dan tulis 1 sampai 366 hari.',
        }),
        422,
      );
    const { pembaca: reader, peran: role, wilayah: area, hari: days } = form.data;
    const { token } = await inTransaction(pool, async (tx) => {
      await noteAction(
        tx,
        session.operator,
        'token_dibuat',
        { pembaca: reader, peran: role, wilayah: area },
        now(),
      );
      return await createReadToken(tx, { reader, role, area, days }, now());
    });
    return c.html(tokensPage(session, areas, await listTokens(pool), now(), { made: token }));
  });

  routes.post('/token/:id/cabut', async (c) => {
    const id = c.req.param('id');
    const token = (await listTokens(pool)).find((listed) => listed.id === id);
    if (token === undefined) throw gone('Token ini tidak ada.');
    await inTransaction(pool, async (tx) => {
      if (await revokeReadToken(tx, id, now()))
        await noteAction(tx, c.get('session').operator, 'token_dicabut', { pembaca: token.reader }, now());
    });
    return c.redirect('/operator/token', 303);
  });

  routes.get('/akun', async (c) => c.html(operatorsPage(c.get('session'), await listOperators(pool))));

  routes.post('/akun', async (c) => {
    const session = c.get('session');
    const { nama = '' } = c.get('form');
    const refuse = async (problem: string, status: 422 | 429): Promise<Response> =>
      c.html(operatorsPage(session, await listOperators(pool), { problem }), status);
    if (nama.trim() === '') return await refuse('Tulis namanya.', 422);
    const result = await inTurn(() => addOperator(pool, session.operator, nama, now()));
    if (result.outcome === 'taken')
      return await refuse('Nama itu sudah dipakai operator lain. Pilih nama lain.', 422);
    if (result.outcome === 'wait') return await refuse(waitSentence(c, result), 429);
    return c.html(operatorsPage(session, await listOperators(pool), { made: result }));
  });

  routes.get('/catatan', async (c) =>
    c.html(logPage(c.get('session'), await listActions(pool), await listAccesses(pool))),
  );

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
    const result = await inTurn(() => changePassword(pool, session.operator, lama, baru, now()));
    if (result.outcome === 'wrong') return c.html(passwordPage(session, 'Kata sandi sekarang salah.'), 422);
    if (result.outcome === 'wait') return c.html(passwordPage(session, waitSentence(c, result)), 429);
    return c.redirect('/operator/masuk', 303);
  });

  routes.all('*', () => {
    throw gone('Halaman ini tidak ada.');
  });

  return routes;

  /** Work on a password; where too many are being worked on, whoever comes is asked to wait. */
  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result | Wait> {
    const admitted = passwords.enter();
    if (!admitted.entered) return { outcome: 'wait', retryAfter: admitted.retryAfter };
    return await work().finally(() => passwords.leave());
  }

  async function officeOrNone(id: string) {
    const office = isId(id) ? await findOffice(pool, id) : null;
    if (office === null) throw gone('Kantor ini tidak ada.');
    return office;
  }

  async function showOffice(session: OperatorSession, id: string, problem: string | null): Promise<Html> {
    const office = await officeOrNone(id);
    return officePage(session, office, await listFailing(pool, office.id), now(), problem);
  }

  async function prepareFor(c: Context<Env>, kind: PublishKind, prepared: Prepared): Promise<Response> {
    if ('mistakes' in prepared) {
      const { mistakes } = prepared;
      const { lines = '' } = c.get('form');
      return c.html(
        publishPage(c.get('session'), areas, await listPublications(pool), { mistakes, lines }),
        422,
      );
    }
    const id = await keepPublication(pool, c.get('session').operator, kind, prepared.items, now());
    return c.redirect(`/operator/terbit/${id}`, 303);
  }
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

const TokenForm = z.object({
  pembaca: z.string().trim().min(1).max(120),
  peran: ReadRole,
  wilayah: AreaCode,
  hari: z.coerce.number().int().min(1).max(366),
});

/** Fields of a form as text; a file is its content. */
async function readForm(c: Context<Env>): Promise<Record<string, string>> {
  const body = await c.req.parseBody();
  const entries = await Promise.all(
    Object.entries(body).map(async ([name, value]) => [
      name,
      typeof value === 'string' ? value : await value.text(),
    ]),
  );
  return z.record(z.string(), z.string()).parse(Object.fromEntries(entries));
}

/** What a browser sends of itself; a program that sends neither has no cookie of somebody else to misuse. */
function isFromHere(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = c.req.header('origin');
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === c.req.header('host'));
}

function foreign(): PageProblem {
  return new PageProblem(
    403,
    'Tidak dikerjakan',
    'Permintaan itu tidak datang dari halaman ini. Buka lagi halamannya, lalu ulangi.',
  );
}

function gone(sentence: string): PageProblem {
  return new PageProblem(404, 'Tidak ditemukan', sentence);
}

function isId(text: string): boolean {
  return z.uuid().safeParse(text).success;
}
