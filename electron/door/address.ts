import type { ErrorCode } from '../../shared/errors.ts';

/** Where the plain Node door may be called: this machine only, by whichever of its names. */
export const loopbackAddresses = ['http://127.0.0.1', 'http://localhost', 'http://[::1]'] as const;

/** Where the Electron window calls the office; no port is opened for it. */
export const windowAddress = 'app://mutakhir';

/**
 * Says why a request may not come in, or null where it may.
 *
 * - *Host*: a foreign page can point its own name at 127.0.0.1 (DNS rebinding) but cannot change
 *   the Host header, so only the door's own names are served, on whichever port it listens.
 * - *Origin*: when a page sends one it must be the very address it calls. Scheme and host are
 *   compared, never `URL.origin`: that is the word "null" for every app:// address.
 * - *Sec-Fetch-Site*: what the browser itself says about who is calling; absent outside browsers.
 *
 * @param addresses scheme and host name of the door, without port (`http://127.0.0.1`)
 */
export function findForeignCaller(request: Request, addresses: readonly string[]): ErrorCode | null {
  const called = parseUrl(request.url);
  if (called === null || !addresses.includes(`${called.protocol}//${called.hostname}`)) return 'wrong_host';
  const origin = request.headers.get('origin');
  if (origin !== null && !isSameAddress(parseUrl(origin), called)) return 'cross_origin';
  const site = request.headers.get('sec-fetch-site');
  const opensPage = request.method === 'GET' && request.headers.get('sec-fetch-mode') === 'navigate';
  if (site !== null && site !== 'same-origin' && site !== 'none' && !opensPage) return 'cross_origin';
  return null;
}

/** Whether both are the same scheme, host and port; the path does not matter. */
export function isSameAddress(one: URL | null, other: URL): boolean {
  return one !== null && one.protocol === other.protocol && one.host === other.host;
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
