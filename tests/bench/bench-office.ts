import { createHash, randomFillSync, randomUUID } from 'node:crypto';
import { openSummary } from '../../electron/services/proof-ask.ts';
import { numberReserve } from '../../electron/services/province-numbers.ts';
import type { OfficeLink, ProvinceClient, Reply } from '../../electron/sync/province-client.ts';
import type { Errands, ErrandSignals, ErrandStep, SenderPorts } from '../../electron/sync/sender-ports.ts';
import { MemoryOutbox } from '../../electron/sync/stand-ins.ts';
import { systemTimers } from '../../electron/sync/timers.ts';
import { chunkBytes } from '../../shared/provincial/down.ts';
import { CaseLegalisedBody } from '../../shared/provincial/record.ts';
import { hashOf } from '../provincial-server/testing.ts';
import { photoBytes, type Samples, visitedOf } from './sync-goods.ts';

/** A photo that a record names: what its content begins with, and how much of it has arrived. */
interface Photo {
  key: string;
  hash: string;
  mark: string;
  sent: number;
}

/** One photo is much like another to a line. */
const anyPhoto = randomFillSync(Buffer.alloc(photoBytes));

function contentOf({ mark }: Pick<Photo, 'mark'>): Buffer {
  const content = Buffer.from(anyPhoto);
  content.write(mark);
  return content;
}

/**
 * An office with its outbox in memory, which asks of the province what a real one asks in the minute in which the line
 * is back: numbers, what comes down, the proof, and files, where it has any.
 */
export class BenchOffice extends MemoryOutbox implements SenderPorts, Errands {
  readonly #link: OfficeLink;
  readonly #client: ProvinceClient;
  readonly #photos: Photo[] = [];
  #hasNumbers = false;
  #cursor: number | null = null;
  #isCompared = false;
  /** Answers that an office could not use, by what was asked. */
  readonly unusable: string[] = [];

  constructor(
    link: OfficeLink,
    client: ProvinceClient,
    goods: { area: string; cases: number; samples: Samples; withPhotos: boolean },
  ) {
    super(systemTimers, link.privateKey);
    this.#link = link;
    this.#client = client;
    for (let n = 1; n <= goods.cases; n += 1) this.#legalise(goods, n % visitedOf === 0);
  }

  #legalise(
    { area, samples, withPhotos }: { area: string; samples: Samples; withPhotos: boolean },
    isVisited: boolean,
  ): void {
    const body = another(isVisited ? samples.visited : samples.plain, area);
    const key = randomUUID();
    if (isVisited && withPhotos) {
      const mark = randomUUID();
      const hash = createHash('sha256').update(contentOf({ mark })).digest('hex');
      body.attachments = [{ hash, mediaType: 'image/jpeg', size: photoBytes, slot: 'F-RUMAH' }];
      this.#photos.push({ key, hash, mark, sent: 0 });
    }
    const record = {
      key,
      kind: 'case.legalised',
      caseId: body.case.id,
      baseVersion: 0,
      parent: null,
      createdAt: new Date().toISOString(),
      hash: hashOf(body),
    } as const;
    const outgoing = { itemId: key, record, version: body.case.version };
    this.items.push({ outgoing, body: JSON.stringify(body), state: 'menunggu', dueAt: 0 });
  }

  override link(): OfficeLink {
    return this.#link;
  }

  /** Whether it has nothing left to send or to ask. */
  get isDone(): boolean {
    return this.ended && this.#isCompared && this.#photos.length === 0;
  }

  hurry(): void {
    // It asks for everything once.
  }

  async step(link: OfficeLink, { requests }: ErrandSignals): Promise<ErrandStep> {
    if (!this.#hasNumbers) {
      const asked = { requestId: randomUUID(), count: numberReserve.pool, left: 0 };
      const reply = await this.#client.reserveNumbers(link, asked, requests);
      this.#hasNumbers = reply.kind === 'answered';
      return stepAfter(reply);
    }
    if (this.#cursor === null) {
      const reply = await this.#client.readDown(link, { after: 0, most: 1_000_000 }, requests);
      if (reply.kind === 'answered') this.#cursor = reply.answer.next;
      return stepAfter(reply);
    }
    if (!this.#isCompared && this.ended) {
      const nonce = randomUUID();
      const reply = await this.#client.readProof(link, null, nonce, requests);
      if (reply.kind === 'answered') {
        const summary = await openSummary(reply.answer.proof, link, nonce);
        if (summary === null) this.unusable.push('proof');
        this.#isCompared = true;
      }
      return stepAfter(reply);
    }
    return await this.#sendPiece(link, requests);
  }

  /** Of a file whose record was taken. */
  async #sendPiece(link: OfficeLink, requests: AbortSignal): Promise<ErrandStep> {
    const photo = this.#photos.find(({ key }) => this.#isTaken(key));
    if (photo === undefined) return { more: false, retryAfter: null };
    const piece = new Uint8Array(contentOf(photo).subarray(photo.sent, photo.sent + chunkBytes));
    const reply = await this.#client.putChunk(link, photo.hash, photo.sent, piece, requests);
    if (reply.kind === 'answered') {
      photo.sent = reply.answer.received;
      if (reply.answer.complete) this.#photos.splice(this.#photos.indexOf(photo), 1);
    }
    return stepAfter(reply);
  }

  #isTaken(key: string): boolean {
    return this.items.some(({ outgoing, state }) => outgoing.itemId === key && state === 'diterima');
  }
}

/** The same case once more, as another family's of this area. */
function another(sample: string, area: string): CaseLegalisedBody {
  const { members, ...first } = CaseLegalisedBody.parse(JSON.parse(sample));
  const ids = [first.case.id, ...members.map(({ id }) => id)];
  const renamed = ids.reduce((text, id) => text.replaceAll(id, randomUUID()), sample);
  const body = CaseLegalisedBody.parse(JSON.parse(renamed));
  body.household.address.kelurahan = area;
  return { ...body, attachments: [] };
}

function stepAfter(reply: Reply<unknown>): ErrandStep {
  return {
    more: reply.kind === 'answered',
    retryAfter: reply.kind === 'busy' ? reply.retryAfter : null,
  };
}
