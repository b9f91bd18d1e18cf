import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { wireLimits } from '../../shared/provincial/wire.ts';
import { Refusal } from './refusal.ts';
import type { Sender } from './receivers.ts';
import type { Visit } from './visit.ts';

const inflate = promisify(gunzip);

/**
 * The body as it was signed (decompressed) and as JSON. Neither the size as sent nor the size
 * once decompressed may outgrow its limit; the memory for it is never spent.
 *
 * @throws Refusal `encoding_unsupported`, `body_too_large`, `not_json`, or as {@link Visit.receive}.
 */
export async function readBody(
  visit: Visit,
  request: Request,
  sender: Sender,
): Promise<{ bytes: Uint8Array; json: unknown }> {
  const sent = await visit.receive(request, sender);
  const bytes = await decode(sent, request.headers.get('content-encoding') ?? 'identity');
  try {
    return { bytes, json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    throw new Refusal('not_json');
  }
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
