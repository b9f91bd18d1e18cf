import { BodyReceiver, BodySender } from './body-pieces.ts';
import type { FromOffice, OfficePort, ToOffice } from './office-port.ts';

interface Underway {
  abort: AbortController;
  receiver: BodyReceiver | null;
  sender: BodySender | null;
}

/**
 * The office's end of the line: answers what the window's process asks, from an office of this
 * process. `start` and `close` are its caller's business.
 */
export function serveOffice(
  office: { fetch(request: Request): Promise<Response> },
  port: OfficePort<FromOffice, Exclude<ToOffice, { kind: 'start' | 'close' }>>,
): void {
  const underway = new Map<number, Underway>();

  port.listen((message) => {
    if (message.kind === 'request') {
      void answer(message);
      return;
    }
    const call = underway.get(message.id);
    if (call === undefined) return;
    switch (message.kind) {
      case 'piece':
        call.receiver?.take(message.bytes);
        break;
      case 'pull':
        call.sender?.next().catch((cause: unknown) => fail(message.id, cause));
        break;
      case 'abort':
        underway.delete(message.id);
        call.abort.abort();
        call.sender?.cancel();
        call.receiver?.fail(call.abort.signal.reason);
        break;
    }
  });

  async function answer(head: Extract<ToOffice, { kind: 'request' }>): Promise<void> {
    const { id } = head;
    const abort = new AbortController();
    const receiver = head.hasBody
      ? new BodyReceiver(
          () => port.send({ kind: 'pull', id }),
          () => undefined,
        )
      : null;
    const call: Underway = { abort, receiver, sender: null };
    underway.set(id, call);
    try {
      const body = receiver === null ? {} : { body: receiver.stream, duplex: 'half' };
      const init = { method: head.method, headers: head.headers, signal: abort.signal, ...body };
      const response = await office.fetch(new Request(head.url, init));
      if (abort.signal.aborted) {
        await response.body?.cancel();
        return;
      }
      if (response.body === null) underway.delete(id);
      else call.sender = new BodySender(response.body, (bytes) => sendPiece(id, bytes));
      port.send({
        kind: 'response',
        id,
        status: response.status,
        headers: [...response.headers],
        hasBody: response.body !== null,
      });
    } catch (cause) {
      if (!abort.signal.aborted) fail(id, cause);
    }
  }

  function sendPiece(id: number, bytes: Uint8Array | null): void {
    if (bytes === null) underway.delete(id);
    port.send({ kind: 'piece', id, bytes });
  }

  function fail(id: number, cause: unknown): void {
    underway.delete(id);
    port.send({ kind: 'failed', id, message: cause instanceof Error ? cause.message : String(cause) });
  }
}
