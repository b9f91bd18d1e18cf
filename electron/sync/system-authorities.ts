import tls from 'node:tls';
import { type Log, logFailure } from '../log.ts';

/** What of Node's TLS says which authorities are trusted; older Nodes (before 24.5) have none of it. */
export type Authorities = Pick<typeof tls, 'getCACertificates' | 'setDefaultCACertificates'>;

/**
 * A `fetch` that trusts, beside the authorities that Node brings along, those that this computer's system trusts: an
 * office whose network inspects TLS, or whose province has an authority of its own, has them there and nowhere else.
 * They are read once, before the first request under TLS: that takes some tenths of a second, and an office without
 * the line never needs them. Where they cannot be read, Node's own are trusted alone, and the log says so.
 */
export function trustingSystem(plain: typeof fetch, log: Log, authorities: Authorities = tls): typeof fetch {
  let isRead = false;

  return async (input, init) => {
    if (!isRead && isSecure(input)) {
      isRead = true;
      try {
        authorities.setDefaultCACertificates([
          ...authorities.getCACertificates('default'),
          ...authorities.getCACertificates('system'),
        ]);
      } catch (cause) {
        logFailure(log, cause);
      }
    }
    return await plain(input, init);
  };
}

function isSecure(input: Parameters<typeof fetch>[0]): boolean {
  return String(input instanceof Request ? input.url : input).startsWith('https:');
}
