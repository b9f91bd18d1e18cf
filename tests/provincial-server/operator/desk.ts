import type { Context } from 'hono';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { loadAreas } from './area-list.ts';
import type { OperatorSession } from './operators.ts';

/** What the operators' pages share: what they work with, and how they refuse. */

export interface Desk {
  pool: Pool;
  now: () => Date;
  areas: ReturnType<typeof loadAreas>;
}

export interface Env {
  Variables: { session: OperatorSession; form: Record<string, string> };
}

/** Of the session, in the browser. */
export const cookie = '__Host-operator';

export class PageProblem extends Error {
  readonly status: 403 | 404 | 413 | 422;
  readonly title: string;

  constructor(status: PageProblem['status'], title: string, sentence: string) {
    super(sentence);
    this.status = status;
    this.title = title;
  }
}

/** Fields of a form as text; a file is its content. */
export async function readForm(c: Context<Env>): Promise<Record<string, string>> {
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
