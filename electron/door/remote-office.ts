import { AppError } from '../../shared/errors.ts';
import { BodyReceiver, BodySender } from './body-pieces.ts';
import type { FromOffice, OfficePort, ToOffice } from './office-port.ts';

/** Statuses whose answers have no body; `new Response` refuses one for them. */
const bodyless = new Set([101, 204, 205, 304]);

interface Pending {
  answer(response: Response): void;
  fail(cause: unknown): void;
  sender: BodySender | null;
  receiver: BodyReceiver | null;
}

/** The window's end of an office that lives in another process, behind the same `fetch`. */
export interface RemoteOffice {
  fetch(request: Request): Promise<Response>;
  /** Asks the office to close its register; settles when it has, or when its process is gone. */
  close(): Promise<void>;
  /** To be called when the office's process has ended: everything under way fails at once. */
  gone(): void;
}

export function createRemoteOffice(port: OfficePort<ToOffice, FromOffice>): RemoteOffice {
  const pending = new Map<number, Pending>();
  const closed = Promise.withResolvers<void>();
  let lastId = 0;
  let alive = true;

  port.listen((message) => {
    if (message.kind === 'closed') closed.resolve();
    if (!('id' in message)) return;
    const call = pending.get(message.id);
    // The answer to something that was cancelled meanwhile.
    if (call === undefined) return;
    switch (message.kind) {
      case 'response':
        call.answer(openResponse(message.id, message, call));
        break;
      case 'piece':
        call.receiver?.take(message.bytes);
        if (message.bytes === null) finish(message.id);
        break;
      case 'pull':
        call.sender?.next().catch(() => cancel(message.id));
        break;
      case 'failed':
        finish(message.id);
        call.fail(new Error(message.message));
        call.receiver?.fail(new Error(message.message));
        break;
    }
  });

  function openResponse(
    id: number,
    head: Extract<FromOffice, { kind: 'response' }>,
    call: Pending,
  ): Response {
    const init = { status: head.status, headers: head.headers };
    if (!head.hasBody || bodyless.has(head.status)) {
      finish(id);
      return new Response(null, init);
    }
    call.receiver = new BodyReceiver(
      () => port.send({ kind: 'pull', id }),
      () => cancel(id),
    );
    return new Response(call.receiver.stream, init);
  }

  function finish(id: number): void {
    pending.get(id)?.sender?.cancel();
    pending.delete(id);
  }

  function cancel(id: number): void {
    if (!pending.has(id)) return;
    finish(id);
    port.send({ kind: 'abort', id });
  }

  return {
    async fetch(request) {
      if (!alive) throw new AppError('office_stopped');
      request.signal.throwIfAborted();
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<Response>();
      const sender =
        request.body === null
          ? null
          : new BodySender(request.body, (bytes) => port.send({ kind: 'piece', id, bytes }));
      const call: Pending = { answer: resolve, fail: reject, sender, receiver: null };
      pending.set(id, call);
      request.signal.addEventListener('abort', () => {
        cancel(id);
        reject(request.signal.reason);
        call.receiver?.fail(request.signal.reason);
      });
      const { url, method } = request;
      port.send({
        kind: 'request',
        id,
        url,
        method,
        headers: [...request.headers],
        hasBody: sender !== null,
      });
      return promise;
    },

    async close() {
      if (!alive) return;
      port.send({ kind: 'close' });
      await closed.promise;
    },

    gone() {
      alive = false;
      closed.resolve();
      for (const [id, call] of pending) {
        finish(id);
        call.fail(new AppError('office_stopped'));
        call.receiver?.fail(new AppError('office_stopped'));
      }
    },
  };
}
