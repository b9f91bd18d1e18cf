import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readField, writeField } from '../../../shared/provincial/merge.ts';
import { type ServerKey, signCompact } from '../signing.ts';

/** How an answer of a sound server becomes that of one that is wrong in one thing. */

/** What a server with one fault answers, where a sound one answered so. */
export type Mutant = (path: string, answer: Response, method: string) => Promise<Response>;

export type Edit = (value: unknown) => unknown;

/** Changes what stands at a path, where anything does; undefined takes it away. */
export function at(path: string, change: Edit): Edit {
  return (value) => {
    const before = readField(value, path);
    return before === undefined ? value : writeField(value, path, change(before));
  };
}

export function json(path: string, change: Edit, only?: string): Mutant {
  return async (asked, answer, method) => {
    const meant = path.endsWith('/') ? asked.startsWith(path) : asked === path;
    if (!answer.ok || !meant || (only !== undefined && method !== only)) return answer;
    return Response.json(change(await answer.json()));
  };
}

/** Changes every item that comes down. */
export function down(change: Edit): Mutant {
  return json(
    '/v1/down',
    at('items', (items) => first(items, change)),
  );
}

/** Changes every answer to a record. */
export function answers(change: Edit): Mutant {
  return json(
    '/v1/batches',
    at('answers', (all) => z.array(z.unknown()).parse(all).map(change)),
  );
}

export function answered(status: string, change: Edit): Mutant {
  return answers((value) => (readField(value, 'status') === status ? change(value) : value));
}

export function coded(code: string, change: Edit): Mutant {
  return answers((value) => (readField(value, 'code') === code ? change(value) : value));
}

export function rejected(value: unknown): unknown {
  return { key: readField(value, 'key'), status: 'rejected', code: 'lain', field: null, sentence: 'Lain.' };
}

/** Lets through what must be refused with this code. */
export function pardoning(code: string): Mutant {
  return onRefusal(code, () => Response.json({}));
}

/** Refuses with another code. */
export function renaming(code: string): Mutant {
  return onRefusal(code, (status, problem) =>
    Response.json(writeField(problem, 'error.code', 'lain'), { status }),
  );
}

export function onRefusal(code: string, instead: (status: number, problem: unknown) => Response): Mutant {
  return async (_, answer) => {
    if (answer.ok) return answer;
    const problem: unknown = await answer.json();
    return readField(problem, 'error.code') === code
      ? instead(answer.status, problem)
      : Response.json(problem, { status: answer.status });
  };
}

/** Pages of families come from a store that forgets nobody. */
export function listingAllEverSeen(): Mutant {
  const seen: unknown[] = [];
  const add = (lines: unknown): unknown => (seen.push(...z.array(z.unknown()).parse(lines)), seen);
  return json('/v1/read/families', at('families', add));
}

/** A family that was refused once is refused ever after. */
export function hidingForGood(): Mutant {
  let gone: unknown = null;
  return async (path, answer) => {
    if (!path.startsWith('/v1/read/families/')) return answer;
    if (answer.status === 404) gone ??= await answer.clone().json();
    return gone === null ? answer : Response.json(gone, { status: 404 });
  };
}

/** A page of what comes down, with something changed in it. */
export function page(place: string, change: Edit): Mutant {
  return json('/v1/down', at(place, change));
}

export function vouchers(change: (keys: unknown[]) => unknown): Mutant {
  return page('keys', (keys) => change(z.array(z.unknown()).parse(keys)));
}

/** What was signed, changed and signed again by the server's own key. */
export function resigned(key: ServerKey, typ: string, change: Edit): Edit {
  return (jws) => {
    const payload = Buffer.from(String(jws).split('.')[1] ?? '', 'base64url').toString('utf8');
    return signCompact(key, typ, change(JSON.parse(payload)));
  };
}

export function swapped(clashes: unknown): unknown {
  return first(clashes, (clash) => ({
    ...Object(clash),
    ours: readField(clash, 'theirs'),
    theirs: readField(clash, 'ours'),
  }));
}

export function first(list: unknown, change: Edit): unknown {
  return z.array(z.unknown()).parse(list).map(change);
}

export function other(): string {
  return 'f'.repeat(64);
}

export function anyId(): string {
  return randomUUID();
}

export function later(): string {
  return new Date(Date.now() + Math.random() * 86_400_000).toISOString();
}

export function anyKey(): string {
  return Buffer.from(randomUUID().replaceAll('-', '').repeat(2), 'hex').toString('base64url');
}
