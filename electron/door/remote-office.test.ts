import { MessageChannel } from 'node:worker_threads';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FromOffice, OfficePort, ToOffice } from './office-port.ts';
import { createRemoteOffice, type RemoteOffice } from './remote-office.ts';
import { serveOffice } from './serve-office.ts';

type Handler = (request: Request) => Promise<Response>;

let channel: MessageChannel;
let handler: Handler;
let remote: RemoteOffice;
/** Everything the office's end was sent, to see what travels and what does not. */
let sent: ToOffice[];

beforeEach(() => {
  channel = new MessageChannel();
  const log: ToOffice[] = [];
  sent = log;
  const officeEnd: OfficePort<FromOffice, ToOffice> = {
    send: (message) => channel.port2.postMessage(message),
    listen: (receive) => channel.port2.on('message', receive),
  };
  serveOffice(
    { fetch: (request) => handler(request) },
    {
      send: officeEnd.send,
      listen: (receive) =>
        officeEnd.listen((message) => {
          log.push(message);
          if (message.kind !== 'start' && message.kind !== 'close') receive(message);
        }),
    },
  );
  remote = createRemoteOffice({
    send: (message) => channel.port1.postMessage(message),
    listen: (receive) => channel.port1.on('message', receive),
  });
});

afterEach(() => channel.port1.close());

const url = 'app://mutakhir/rpc/x';

describe('an office in another process', () => {
  test('answers with the same status, headers and bytes', async () => {
    const photo = randomBytes(3_000_000);
    handler = async (request) => {
      const bytes = new Uint8Array(await request.arrayBuffer());
      return new Response(bytes.reverse(), {
        status: 201,
        headers: { 'x-method': request.method, 'x-token': request.headers.get('authorization') ?? '' },
      });
    };
    const response = await remote.fetch(
      new Request(url, { method: 'POST', body: photo, headers: { authorization: 'Bearer abc' } }),
    );
    expect(response.status).toBe(201);
    expect(response.headers.get('x-method')).toBe('POST');
    expect(response.headers.get('x-token')).toBe('Bearer abc');
    expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(photo).reverse())).toBe(true);
  });

  test('keeps apart what is asked at the same time', async () => {
    handler = async (request) => Response.json({ asked: await request.text() });
    const asked = Array.from({ length: 50 }, (_, i) => `question ${i}`);
    const answers = await Promise.all(
      asked.map(async (body) => (await remote.fetch(new Request(url, { method: 'POST', body }))).json()),
    );
    expect(answers).toEqual(asked.map((body) => ({ asked: body })));
  });

  test('answers without a body', async () => {
    handler = async () => new Response(null, { status: 204 });
    const response = await remote.fetch(new Request(url));
    expect(response.status).toBe(204);
    expect(response.body).toBeNull();
  });

  test('passes an answer on as it is read, not all at once', async () => {
    let made = 0;
    handler = async () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            made += 1;
            controller.enqueue(new Uint8Array(1000));
            if (made === 500) controller.close();
          },
        }),
      );
    const response = await remote.fetch(new Request(url));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(made).toBeLessThan(10);
    expect((await response.arrayBuffer()).byteLength).toBe(500_000);
  });

  test('is told when nobody waits any longer', async () => {
    const told = Promise.withResolvers<void>();
    handler = (request) =>
      new Promise((_resolve, reject) => {
        request.signal.addEventListener('abort', () => {
          told.resolve();
          reject(request.signal.reason);
        });
      });
    const abort = new AbortController();
    const answer = remote.fetch(new Request(url, { signal: abort.signal }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    abort.abort();
    await expect(answer).rejects.toThrow('aborted');
    await expect(told.promise).resolves.toBeUndefined();
  });

  test('stops making an answer whose reader has left', async () => {
    const stopped = Promise.withResolvers<void>();
    handler = async () =>
      new Response(
        new ReadableStream({
          pull: (controller) => controller.enqueue(new Uint8Array(1000)),
          cancel: () => stopped.resolve(),
        }),
      );
    const reader = (await remote.fetch(new Request(url))).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await expect(stopped.promise).resolves.toBeUndefined();
  });

  test('that throws fails the call, and only that one', async () => {
    handler = async (request) => {
      if (request.url.endsWith('broken')) throw new Error('a mistake of ours');
      return new Response('fine');
    };
    await expect(remote.fetch(new Request('app://mutakhir/rpc/broken'))).rejects.toThrow('a mistake of ours');
    expect(await (await remote.fetch(new Request(url))).text()).toBe('fine');
  });

  test('whose process has ended fails everything at once', async () => {
    handler = (request) =>
      request.url.endsWith('half')
        ? Promise.resolve(new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(10)) })))
        : new Promise(() => undefined);
    const waiting = remote.fetch(new Request(url));
    const half = await remote.fetch(new Request('app://mutakhir/rpc/half'));
    const body = half.arrayBuffer();
    remote.gone();
    await expect(waiting).rejects.toMatchObject({ code: 'office_stopped' });
    await expect(body).rejects.toMatchObject({ code: 'office_stopped' });
    await expect(remote.fetch(new Request(url))).rejects.toMatchObject({ code: 'office_stopped' });
    await remote.close();
  });

  test('is asked to close, and waited for', async () => {
    const closing = remote.close();
    let closed = false;
    void closing.then(() => (closed = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sent).toEqual([{ kind: 'close' }]);
    expect(closed).toBe(false);
    channel.port2.postMessage({ kind: 'closed' } satisfies FromOffice);
    await closing;
  });
});
