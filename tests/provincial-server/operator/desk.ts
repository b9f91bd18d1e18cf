import type { Context } from 'hono';
import type { Pool } from 'pg';
import { z } from 'zod';
import { type Receivers, type Sender } from '../receivers.ts';
import { Refusal } from '../refusal.ts';
import type { loadAreas } from './area-list.ts';
import type { OperatorSession } from './operators.ts';

/** What the operators' pages share: what they work with, and how they refuse. */

export interface Desk {
  pool: Pool;
  now: () => Date;
  receivers: Receivers;
  areas: ReturnType<typeof loadAreas>;
}

export interface Env {
  Variables: { session: OperatorSession; form: Record<string, string> };
}

/** Of the session, in the browser. */
export const cookie = '__Host-operator';

export class PageProblem extends Error {
  readonly status: 403 | 404 | 408 | 413 | 422 | 429;
  readonly title: string;

  constructor(status: PageProblem['status'], title: string, sentence: string) {
    super(sentence);
    this.status = status;
    this.title = title;
  }
}

/** Fields of a form as text; a file is its content. @throws PageProblem where it does not come whole. */
export async function readForm(
  { req: { raw } }: Context<Env>,
  receivers: Receivers,
  sender: Sender,
): Promise<Record<string, string>> {
  const { bytes, release } = await receivers.receive(raw, sender).catch((cause: unknown) => {
    throw cause instanceof Refusal ? notTaken(cause) : cause;
  });
  try {
    const type = raw.headers.get('content-type') ?? '';
    const form = await new Response(Buffer.from(bytes), { headers: { 'content-type': type } }).formData();
    const entries = [...form].map(async ([name, value]) => [
      name,
      typeof value === 'string' ? value : await value.text(),
    ]);
    return z.record(z.string(), z.string()).parse(Object.fromEntries(await Promise.all(entries)));
  } catch {
    throw new PageProblem(422, 'Isian tidak terbaca', 'Buka lagi halamannya, lalu ulangi.');
  } finally {
    release();
  }
}

function notTaken({ code, retryAfter }: Refusal): PageProblem {
  if (code === 'body_too_large')
    return new PageProblem(
      413,
      'Berkas terlalu besar',
      'Bagi berkas itu, lalu terbitkan bagian demi bagian.',
    );
  if (code === 'cut_off')
    return new PageProblem(408, 'Kiriman terputus', 'Periksa sambungan Anda, lalu kirim lagi.');
  return new PageProblem(429, 'Server sedang penuh', `Coba lagi dalam ${retryAfter ?? 5} detik.`);
}

/** What a browser sends of itself; a program that sends neither has no cookie of somebody else to misuse. */
export function isFromHere(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = c.req.header('origin');
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === c.req.header('host'));
}

export function foreign(): PageProblem {
  return new PageProblem(
    403,
    'Tidak dikerjakan',
    'Permintaan itu tidak datang dari halaman ini. Buka lagi halamannya, lalu ulangi.',
  );
}

export function gone(sentence: string): PageProblem {
  return new PageProblem(404, 'Tidak ditemukan', sentence);
}

export function isId(text: string): boolean {
  return z.uuid().safeParse(text).success;
}
