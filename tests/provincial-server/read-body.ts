import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { wireLimits } from '../../shared/provincial/wire.ts';
import { Refusal } from './refusal.ts';

const inflate = promisify(gunzip);

/** Of a body that is too large, this much is still taken off the line, so that its sender hears why. */
const drained = 64 * 1024 * 1024;

/**
 * The body as it was signed (decompressed) and as JSON. Neither the size as sent nor the size
 * once decompressed may outgrow its limit; the memory for it is never spent.
 *
 * @throws Refusal `encoding_unsupported`, `body_too_large`, `not_json`.
 */
export async function readBody(request: Request): Promise<{ bytes: Uint8Array; json: unknown }> {
  const sent = await receive(request);
  const bytes = await decode(sent, request.headers.get('content-encoding') ?? 'identity');
  try {
    return { bytes, json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    throw new Refusal('not_json');
  }
}

/** The body as it was sent, of a request that is no JSON. @throws Refusal `body_too_large`. */
export async function readBytes(request: Request): Promise<Uint8Array> {
  return await receive(request);
}

async function receive(request: Request): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.length;
    if (size <= wireLimits.requestBytes) pieces.push(piece);
    else if (size > drained) break;
  }
  if (size > wireLimits.requestBytes) throw new Refusal('body_too_large');
  return Buffer.concat(pieces);
}

async function decode(sent: Uint8Array, encoding: string): Promise<Uint8Array> {
  if (encoding === 'identity') return sent;
  if (encoding !== 'gzip') throw new Refusal('encoding_unsupported');
  try {
    return await inflate(sent, { maxOutputLength: wireLimits.inflatedBytes });
  } catch (cause) {
    throw new Refusal(cause instanceof RangeError ? 'body_too_large' : 'not_json');
  }
}
