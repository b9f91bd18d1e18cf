/**
 * What Node says where it ends a handshake because of the other side's certificate: unknown issuer, out of
 * its time, for another name, revoked or broken. A line that breaks meanwhile has codes of its own.
 */
const untrusted =
  /^(ERR_TLS_CERT_|CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|DEPTH_ZERO_|SELF_SIGNED_|INVALID_(CA|PURPOSE)$|PATH_LENGTH_|HOSTNAME_MISMATCH$)/;

/** Whether a request was not sent because the certificate of whoever answered is not to be trusted. */
export function isUntrusted(cause: unknown): boolean {
  for (let at = cause; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string' && untrusted.test(at.code)) return true;
  return false;
}
