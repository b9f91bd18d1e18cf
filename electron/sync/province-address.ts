import { AppError } from '../../shared/errors.ts';

/**
 * The base address of the provincial API as it is stored: scheme, host and path, without a slash at
 * the end. What is typed without a scheme is taken as https.
 *
 * @throws AppError `province_address_invalid`, or `province_address_insecure` for http to another
 * machine: names and NIKs would travel in the clear.
 */
export function readProvinceAddress(typed: string): string {
  const text = typed.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  const readable =
    url !== null && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '';
  if (!readable || url.search !== '' || url.hash !== '') throw new AppError('province_address_invalid');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw new AppError('province_address_insecure');
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`;
}

/** Whether an address of {@link readProvinceAddress} stays on this computer. */
export function isOnThisComputer(address: string): boolean {
  return isLoopback(new URL(address).hostname);
}

/** The URL parser has already brought every spelling of an IPv4 address to its four numbers. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
