import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { keepOffice, type OfficeProcess } from './office-keeper.ts';
import type { FromOffice, ToOffice } from './office-port.ts';
import { serveOffice } from './serve-office.ts';

/** A process of this very process: the messages are real, only the boundary is not. */
class NearProcess implements OfficeProcess {
  readonly #events = new EventEmitter();
  readonly #script: (message: ToOffice, process: NearProcess) => void;

  constructor(script: (message: ToOffice, process: NearProcess) => void) {
    this.#script = script;
    const name = `answer ${String(Math.random())}`;
    serveOffice(
      { fetch: async (request) => new Response(request.url.endsWith('who') ? name : await request.text()) },
      { send: (message) => this.answer(message), listen: (receive) => this.#events.on('in', receive) },
    );
  }

  send(message: ToOffice): void {
    queueMicrotask(() => {
      if (message.kind === 'start' || message.kind === 'close') this.#script(message, this);
      else this.#events.emit('in', message);
    });
  }

  answer(message: FromOffice): void {
    queueMicrotask(() => this.#events.emit('out', message));
  }

  listen(receive: (message: FromOffice) => void): void {
    this.#events.on('out', receive);
  }

  onExit(ended: () => void): void {
    this.#events.on('exit', ended);
  }

  end(): void {
    this.die();
  }

  die(): void {
    this.#events.emit('exit');
  }
}

function obey(message: ToOffice, process: NearProcess): void {
  process.answer({ kind: message.kind === 'start' ? 'ready' : 'closed' });
}

const who = () => new Request('app://mutakhir/rpc/who');

test('starts one process, and another when the first has died', async () => {
  const made: NearProcess[] = [];
  const spawn = () => {
    const process = new NearProcess(obey);
    made.push(process);
    return process;
  };
  const office = keepOffice(spawn, '/data', false);
  await office.start();
  const first = await (await office.fetch(who())).text();
  expect(await (await office.fetch(who())).text()).toBe(first);
  expect(made).toHaveLength(1);
  made[0]?.die();
  expect(await (await office.fetch(who())).text()).not.toBe(first);
  expect(made).toHaveLength(2);
  await office.close();
  await expect(office.fetch(who())).rejects.toMatchObject({ code: 'office_stopped' });
});

test('says why the office would not start, and tries again when asked again', async () => {
  let taken = true;
  const office = keepOffice(
    () =>
      new NearProcess((message, process) =>
        taken
          ? process.answer({
              kind: 'refused',
              code: 'folder_in_use',
              details: { address: 'http://127.0.0.1:1/' },
            })
          : obey(message, process),
      ),
    '/data',
    false,
  );
  await expect(office.start()).rejects.toMatchObject({
    code: 'folder_in_use',
    details: { address: 'http://127.0.0.1:1/' },
  });
  taken = false;
  await office.start();
  expect((await office.fetch(who())).status).toBe(200);
});

test('a process that dies while starting is an office that stopped', async () => {
  const office = keepOffice(() => new NearProcess((_message, process) => process.die()), '/data', false);
  await expect(office.start()).rejects.toMatchObject({ code: 'office_stopped' });
  await office.close();
});
