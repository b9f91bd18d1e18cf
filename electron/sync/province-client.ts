import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { RecordHead } from '../../shared/provincial/record.ts';
import {
  type Batch,
  BatchResponseEnvelope,
  type EnrolRequest,
  EnrolResponse,
  Health,
  type PrivateKey,
  Problem,
  signatureHeader,
  signatureType,
  wireVersion,
} from '../../shared/provincial/wire.ts';
import {
  AttachmentState,
  DownPage,
  type NumbersRequest,
  NumbersResponse,
} from '../../shared/provincial/down.ts';
import { CourierKeyResponse } from '../../shared/provincial/courier.ts';
import { ProofResponse, RecordResponse } from '../../shared/provincial/proof.ts';
import { type RecapRequest, RecapResponse } from '../../shared/provincial/recap.ts';
import { isUntrusted } from './certificate.ts';
import { letGo } from './let-go.ts';
import { isProxyRefusal } from './proxy-fetch.ts';
import { readRetryAfter } from './backoff.ts';
import { type ProvinceKeys, publicHalf, signDetached, signJson } from './signatures.ts';
import { Pace, type Patience, watch } from './patience.ts';
import { type Alarms, systemTimers } from './timers.ts';

/** The enrolment of this office, as the register keeps it. */
export interface OfficeLink extends ProvinceKeys {
  address: string;
  officeId: string;
  credential: string;
  privateKey: PrivateKey;
}

/**
 * Why the province is silent: no line, too slow, half an answer, somebody else answered (a captive
 * portal), its certificate is not to be trusted, the network's proxy lets nobody through, or its server has
 * trouble of its own.
 */
export type Silence =
  | 'unreachable'
  | 'timeout'
  | 'interrupted'
  | 'not_province'
  | 'untrusted'
  | 'busy'
  | 'proxy_refused';

/** How a request ended. Only `answered` means that the province itself has read and answered it. */
export type Reply<Answer> =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'silent'; why: Silence }
  /**
   * The server is there and asks to wait, or has trouble of its own; `faulted` where it was over this request that
   * it failed, and no other may.
   */
  | { kind: 'busy'; retryAfter: number | null; faulted: boolean }
  /** The server refuses the whole request; nothing of it was stored. */
  | { kind: 'refused'; status: number; code: string; sentence: string };

/** Records on their way to the province in one request; their bodies are JSON already. */
export interface OutgoingBatch extends Pick<Batch, 'batchId' | 'sentAt'> {
  records: Iterable<{ head: RecordHead; body: string }>;
}

export interface ProvinceClientOptions {
  fetch: typeof fetch;
  /** Milliseconds without a byte of the answer, once the request had its time, after which it is given up; see {@link watch}. */
  timeouts?: { health: number; request: number };
  /** What the timeouts are measured by. */
  timers?: Alarms;
}

const compress = promisify(gzip);

/** Speaks the wire of `shared/provincial`. Knows nothing of the outbox; keeps no state but of the line: what is under way, and how fast it is. */
export class ProvinceClient {
  readonly #fetch: typeof fetch;
  readonly #timeouts: { health: number; request: number };
  readonly #timers: Alarms;
  readonly #pace = new Pace();
  readonly #underWay = new Map<Patience, AbortSignal | undefined>();

  constructor({
    fetch,
    timeouts = { health: 4_000, request: 60_000 },
    timers = systemTimers,
  }: ProvinceClientOptions) {
    this.#fetch = fetch;
    this.#timeouts = timeouts;
    this.#timers = timers;
  }

  /** Whether a request that this signal ends had its time to leave, and since then no byte moved for so many milliseconds. */
  hangs(signal: AbortSignal, milliseconds: number): boolean {
    return this.#underWay
      .entries()
      .some(([patience, endedBy]) => endedBy === signal && patience.quiet() >= milliseconds);
  }

  async health(address: string, signal?: AbortSignal): Promise<Reply<Health>> {
    return await this.#call(Health, `${address}/v1/health`, { method: 'GET' }, this.#timeouts.health, signal);
  }

  /** Enrols the office under a key that the caller has already stored. */
  async enrol(
    address: string,
    privateKey: PrivateKey,
    office: EnrolRequest['office'],
    code: string,
    formerOfficeId?: string,
  ): Promise<Reply<z.infer<typeof EnrolResponse>>> {
    const request = enrolRequest(privateKey, office, code, formerOfficeId);
    const { bytes, signature } = signJson(privateKey, request, signatureType.enrolment);
    const headers = { 'content-type': 'application/json', [signatureHeader]: signature };
    return await this.#call(
      EnrolResponse,
      `${address}/v1/enrol`,
      { method: 'POST', headers, body: bytes },
      this.#timeouts.request,
    );
  }

  /**
   * Sends records; their answers are read one by one by the caller, so that one odd answer spoils no other.
   * `setsOut` is called once the request is on its way.
   */
  async push(
    link: OfficeLink,
    batch: OutgoingBatch,
    signal?: AbortSignal,
    setsOut: () => void = () => {},
  ): Promise<Reply<z.infer<typeof BatchResponseEnvelope>>> {
    const bytes = new TextEncoder().encode(batchJson(link, batch));
    const headers = {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      ...bearer(link),
      [signatureHeader]: signDetached(link.privateKey, bytes, signatureType.batch),
    };
    const body = await compress(bytes);
    letGo(bytes);
    const replying = this.#call(
      BatchResponseEnvelope,
      `${link.address}/v1/batches`,
      { method: 'POST', headers, body },
      this.#timeouts.request,
      signal,
    );
    setsOut();
    const reply = await replying;
    if (reply.kind === 'answered' && reply.answer.batchId !== batch.batchId)
      return { kind: 'silent', why: 'not_province' };
    return reply;
  }

  /**
   * What came down after the cursor, about `most` bytes of it; its items are opened by the caller. Tells the newest
   * key that the office knows, so that the province sees when it may change to it, and the item that it took last,
   * so that the province sees whether that is still where it was.
   */
  async readDown(
    link: OfficeLink,
    {
      after,
      taken,
      most,
      refused = false,
    }: { after: number; taken?: string | undefined; most: number; refused?: boolean },
    signal?: AbortSignal,
  ): Promise<Reply<DownPage>> {
    const asked = new URLSearchParams({ after: String(after), most: String(most) });
    const newest = link.serverKeys.at(-1);
    if (newest !== undefined) asked.set('knownKey', newest.x);
    if (taken !== undefined) asked.set('taken', taken);
    if (refused) asked.set('refused', 'true');
    return await this.#ask(DownPage, link, `/v1/down?${asked}`, signal);
  }

  /** Asks for registration numbers; the same request gets the same ones again. */
  async reserveNumbers(
    link: OfficeLink,
    asked: Pick<NumbersRequest, 'requestId' | 'count' | 'left'>,
    signal?: AbortSignal,
  ): Promise<Reply<NumbersResponse>> {
    const request = { wire: wireVersion, officeId: link.officeId, ...asked } satisfies NumbersRequest;
    const bytes = new TextEncoder().encode(JSON.stringify(request));
    const headers = {
      ...bearer(link),
      'content-type': 'application/json',
      [signatureHeader]: signDetached(link.privateKey, bytes, signatureType.numbers),
    };
    const init = { method: 'POST', headers, body: bytes };
    return await this.#call(
      NumbersResponse,
      `${link.address}/v1/numbers`,
      init,
      this.#timeouts.request,
      signal,
    );
  }

  /** Tells the numbers of a closed period; its receipt is opened by the caller. */
  async pushRecap(
    link: OfficeLink,
    told: Pick<RecapRequest, 'hash' | 'recap'>,
    signal?: AbortSignal,
  ): Promise<Reply<RecapResponse>> {
    const request = { wire: wireVersion, officeId: link.officeId, ...told } satisfies RecapRequest;
    const bytes = new TextEncoder().encode(JSON.stringify(request));
    const headers = {
      ...bearer(link),
      'content-type': 'application/json',
      [signatureHeader]: signDetached(link.privateKey, bytes, signatureType.recap),
    };
    const init = { method: 'POST', headers, body: bytes };
    return await this.#call(RecapResponse, `${link.address}/v1/recaps`, init, this.#timeouts.request, signal);
  }

  async attachmentState(
    link: OfficeLink,
    hash: string,
    signal?: AbortSignal,
  ): Promise<Reply<AttachmentState>> {
    const nonce = uuid();
    const path = `/v1/attachments/${hash}?nonce=${nonce}`;
    return ofRequest({ hash, nonce }, await this.#ask(AttachmentState, link, path, signal));
  }

  /** Sends one piece of a file, which begins at `offset`. */
  async putChunk(
    link: OfficeLink,
    hash: string,
    offset: number,
    chunk: Uint8Array<ArrayBuffer>,
    signal?: AbortSignal,
  ): Promise<Reply<AttachmentState>> {
    const headers = {
      ...bearer(link),
      'content-type': 'application/octet-stream',
      [signatureHeader]: signDetached(link.privateKey, chunk, signatureType.chunk),
    };
    const nonce = uuid();
    const url = `${link.address}/v1/attachments/${hash}?offset=${offset}&nonce=${nonce}`;
    const init = { method: 'PUT', headers, body: chunk };
    return ofRequest(
      { hash, nonce },
      await this.#call(AttachmentState, url, init, this.#timeouts.request, signal),
    );
  }

  /** What the province proves to hold of this office, in sum or of one RW; opened by the caller. */
  async readProof(
    link: OfficeLink,
    rw: { kelurahan: string; rw: number } | null,
    nonce: string,
    signal?: AbortSignal,
  ): Promise<Reply<ProofResponse>> {
    const path = rw === null ? '' : `/${rw.kelurahan}/${rw.rw}`;
    return await this.#ask(ProofResponse, link, `/v1/proof${path}?nonce=${nonce}`, signal);
  }

  /** How bundles are encrypted to the province; opened by the caller. */
  async courierKey(link: OfficeLink, signal?: AbortSignal): Promise<Reply<CourierKeyResponse>> {
    return await this.#ask(CourierKeyResponse, link, '/v1/courier-key', signal);
  }

  /** An accepted record of this office as the province holds it; checked by the caller. */
  async readRecord(link: OfficeLink, key: string, signal?: AbortSignal): Promise<Reply<RecordResponse>> {
    return await this.#ask(RecordResponse, link, `/v1/records/${key}`, signal);
  }

  async #ask<Schema extends z.ZodType>(
    schema: Schema,
    link: OfficeLink,
    path: string,
    signal: AbortSignal | undefined,
  ): Promise<Reply<z.infer<Schema>>> {
    const init = { method: 'GET', headers: bearer(link) };
    return await this.#call(schema, `${link.address}${path}`, init, this.#timeouts.request, signal);
  }

  async #call<Schema extends z.ZodType>(
    schema: Schema,
    url: string,
    init: { method: string; headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> },
    silence: number,
    signal?: AbortSignal,
  ): Promise<Reply<z.infer<Schema>>> {
    const limit = new AbortController();
    const told = init.body?.length ?? 0;
    const begun = this.#timers.now();
    let isHeard = false;
    const giveUp = () => {
      if (!isHeard) this.#pace.gaveUp(told);
      limit.abort();
    };
    const patience = watch(this.#timers, silence, giveUp, told, this.#pace);
    this.#underWay.set(patience, signal);
    try {
      // A redirect is how a captive portal answers; the province has one address, so none is followed.
      const response = await this.#fetch(url, {
        ...init,
        redirect: 'manual',
        signal: signal ? AbortSignal.any([limit.signal, signal]) : limit.signal,
      });
      // Its head comes once the request has left; who answers in the province's place may not have heard it out.
      const took = this.#timers.now() - begun;
      isHeard = true;
      const reply = await read(schema, response, patience);
      if (reply.kind === 'answered') this.#pace.answered(told, took);
      return reply;
    } catch (cause) {
      if (isProxyRefusal(cause)) return { kind: 'silent', why: 'proxy_refused' };
      if (isUntrusted(cause)) return { kind: 'silent', why: 'untrusted' };
      return { kind: 'silent', why: limit.signal.aborted ? 'timeout' : 'unreachable' };
    } finally {
      this.#underWay.delete(patience);
      patience.end();
    }
  }
}

/**
 * What is said of another file, or was said before, which a proxy on the way mixed up, says nothing of this
 * one now. A server of before the nonce names none; of it the file alone is looked at.
 */
function ofRequest(
  { hash, nonce }: { hash: string; nonce: string },
  reply: Reply<AttachmentState>,
): Reply<AttachmentState> {
  if (reply.kind !== 'answered') return reply;
  const answersThis = reply.answer.hash === hash && (reply.answer.nonce ?? nonce) === nonce;
  return answersThis ? reply : { kind: 'silent', why: 'not_province' };
}

/** What an enrolment asks, whichever way it goes; the caller signs it. */
export function enrolRequest(
  privateKey: PrivateKey,
  office: EnrolRequest['office'],
  code: string,
  formerOfficeId?: string,
): EnrolRequest {
  return { wire: wireVersion, code, office, publicKey: publicHalf(privateKey), formerOfficeId };
}

/** A `Batch` whose bodies go as the text that they were hashed as, without being read and written anew. */
function batchJson({ officeId }: OfficeLink, { batchId, sentAt, records }: OutgoingBatch): string {
  const head = { wire: wireVersion, batchId, sentAt, officeId } satisfies Omit<Batch, 'records'>;
  const written = Array.from(records, (record) => withMember(record.head, 'body', record.body));
  return withMember(head, 'records', `[${written.join(',')}]`);
}

/** JSON of `value` with one member more, whose value is JSON already. */
function withMember(value: object, name: string, json: string): string {
  return `${JSON.stringify(value).slice(0, -1)},${JSON.stringify(name)}:${json}}`;
}

function bearer(link: OfficeLink): { authorization: string } {
  return { authorization: `Bearer ${link.credential}` };
}

/** Network Authentication Required. */
const logInFirst = 511;

/** Request Timeout: the body stopped on its way to the server, or came too slowly. */
const cutOff = 408;

async function read<Schema extends z.ZodType>(
  schema: Schema,
  response: Response,
  patience: Patience,
): Promise<Reply<z.infer<Schema>>> {
  if (response.status === cutOff) {
    await response.body?.cancel();
    return { kind: 'silent', why: 'timeout' };
  }
  if (!/^application\/json\b/i.test(response.headers.get('content-type') ?? '')) {
    await response.body?.cancel();
    // A proxy before the server says these in HTML, too; 511 is a network that wants a log-in first (RFC 6585).
    return response.status === 429 || (response.status >= 502 && response.status !== logInFirst)
      ? busy(response)
      : { kind: 'silent', why: 'not_province' };
  }
  const json = await readJson(response, patience);
  if (json === undefined) return { kind: 'silent', why: 'interrupted' };
  if (response.ok) {
    const parsed = schema.safeParse(json);
    return parsed.success
      ? { kind: 'answered', answer: parsed.data }
      : { kind: 'silent', why: 'not_province' };
  }
  if (response.status === logInFirst) return { kind: 'silent', why: 'not_province' };
  if (response.status === 429 || response.status >= 500) return busy(response);
  const problem = Problem.safeParse(json);
  if (!problem.success) return { kind: 'silent', why: 'not_province' };
  const { code, sentence } = problem.data.error;
  return { kind: 'refused', status: response.status, code, sentence };
}

/** Bytes of an answer that nobody of ours gives: of whoever gives more, no more is kept. */
const longestAnswer = 64 * 1024 * 1024;

/** Undefined where the answer broke off, is no JSON or has no end: half an answer is none. */
async function readJson(response: Response, patience: Patience): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of response.body ?? []) {
      size += piece.length;
      if (size > longestAnswer) return undefined;
      patience.hear(piece.length);
      pieces.push(piece);
    }
    return JSON.parse(new TextDecoder().decode(Buffer.concat(pieces)));
  } catch (cause) {
    if (cause instanceof DOMException) throw cause;
    return undefined;
  }
}

function busy(response: Response): Extract<Reply<never>, { kind: 'busy' }> {
  const retryAfter = readRetryAfter(response.headers.get('retry-after'), response.headers.get('date'));
  return { kind: 'busy', retryAfter, faulted: response.status === 500 && retryAfter === null };
}
