import { expect, it } from 'vitest';
import { CountedFetch } from './counted-fetch.ts';

/** Answers with a status, finds nobody, or never answers, as its path says. */
const line: typeof fetch = async (input, init) => {
  const path = String(input);
  if (path === '/gone') throw new TypeError('fetch failed');
  if (path !== '/silent') return new Response('', { status: Number(path.slice(1)) });
  return await new Promise((_, reject) => {
    init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
  });
};

it('counts answers that are no good ones, requests that found nobody, and those that took too long', async () => {
  const counted = new CountedFetch(line);
  for (const path of ['/200', '/429', '/503', '/503']) await counted.fetch(path);
  await expect(counted.fetch('/gone')).rejects.toThrow('fetch failed');
  const limit = new AbortController();
  const silent = counted.fetch('/silent', { signal: limit.signal });
  limit.abort();
  await expect(silent).rejects.toThrow('aborted');
  counted.note('not_confirmed', 2);
  expect(counted.errors).toEqual({ status_503: 2, unreachable: 1, timeout: 1, not_confirmed: 2 });
  expect(counted.askedToWait).toBe(1);
});

it('counts nothing that a sender breaks off because all has been sent', async () => {
  const counted = new CountedFetch(line);
  const stopped = new AbortController();
  const look = counted.fetch('/silent', { signal: stopped.signal });
  counted.end();
  stopped.abort();
  await expect(look).rejects.toThrow('aborted');
  expect(counted.errors).toEqual({});
});
