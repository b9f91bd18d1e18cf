import { describe, expect, it } from 'vitest';
import { HandTimers } from '../../electron/sync/stand-ins.ts';
import { Refusal } from './refusal.ts';
import { Receivers, senders } from './receivers.ts';

const gambir = senders.office('gambir');
const cideng = senders.office('cideng');

/** A body of which a test sends piece by piece. */
function arriving(length: number | null = null): {
  request: Request;
  come(bytes: number): void;
  end(): void;
  fail(): void;
} {
  const { readable, writable } = new TransformStream<Uint8Array>(undefined, { highWaterMark: 1_000 });
  const writer = writable.getWriter();
  const request = new Request('http://provinsi/', {
    method: 'POST',
    body: readable,
    duplex: 'half',
    headers: length === null ? {} : { 'content-length': String(length) },
  } as RequestInit);
  return {
    request,
    come: (bytes) => void writer.write(new Uint8Array(bytes).fill(7)).catch(() => {}),
    end: () => void writer.close().catch(() => {}),
    fail: () => void writer.abort(new Error('aborted')).catch(() => {}),
  };
}

const busy = expect.objectContaining({ code: 'busy' });
const cutOff = expect.objectContaining({ code: 'cut_off' });

/** The code a body is refused with; null where it is taken. */
async function refusalOf(received: Promise<unknown>): Promise<string | null> {
  return await received.then(
    () => null,
    (cause: unknown) => (cause instanceof Refusal ? cause.code : String(cause)),
  );
}

describe('bodies that arrive', () => {
  it('are handed over whole, however many pieces they came in', async () => {
    const body = arriving();
    const received = new Receivers().receive(body.request, gambir);
    for (const bytes of [1, 70_000, 3]) body.come(bytes);
    body.end();
    expect((await received).bytes).toEqual(Buffer.alloc(70_004, 7));
    const none = await new Receivers().receive(new Request('http://provinsi/', { method: 'POST' }), gambir);
    expect(none.bytes).toHaveLength(0);
  });

  it('take the memory that was set aside for all, and no more, until they are worked off', async () => {
    const receivers = new Receivers({ bytes: 500_000, alarms: new HandTimers() });
    const [one, two] = [arriving(300_000), arriving(200_000)];
    const first = receivers.receive(one.request, gambir);
    const second = receivers.receive(two.request, cideng);
    await expect(receivers.receive(arriving(100_000).request, cideng)).rejects.toEqual(busy);
    // One that does not say how long it is may be as long as any.
    await expect(receivers.receive(arriving().request, cideng)).rejects.toEqual(busy);
    // A short one has its place, however much is taken.
    const short = arriving(60_000);
    const quick = receivers.receive(short.request, cideng);
    short.end();
    (await quick).release();
    one.come(300_000);
    one.end();
    const { release } = await first;
    await expect(receivers.receive(arriving(100_000).request, cideng)).rejects.toEqual(busy);
    release();
    release();
    await expect(receivers.receive(arriving(300_001).request, cideng)).rejects.toEqual(busy);
    const third = arriving(300_000);
    const next = receivers.receive(third.request, gambir);
    two.fail();
    await expect(second).rejects.toEqual(cutOff);
    third.end();
    expect((await next).bytes).toHaveLength(0);
  });

  it('are asked to wait where there are as many as there is room for', async () => {
    const receivers = new Receivers({ bodies: 2, alarms: new HandTimers() });
    for (const sender of [gambir, cideng]) void receivers.receive(arriving(10).request, sender);
    const refused = receivers.receive(arriving(10).request, senders.office('petojo'));
    await expect(refused).rejects.toMatchObject({ code: 'busy', retryAfter: expect.any(Number) });
  });

  it('keep out nobody but the sender’s own: the oldest that still arrives gives way', async () => {
    const receivers = new Receivers();
    const own = Array.from({ length: gambir.bodies }, () => arriving(10));
    const received = own.map(({ request }) => receivers.receive(request, gambir));
    own[0]?.end();
    await received[0];
    const [latest, other] = [arriving(10), arriving(10)];
    const next = receivers.receive(latest.request, gambir);
    const others = receivers.receive(other.request, cideng);
    await expect(received[1]).rejects.toEqual(cutOff);
    for (const body of [own[2], own[3], latest, other]) body?.end();
    for (const whole of [received[2], received[3], next, others])
      expect((await whole)?.bytes).toHaveLength(0);
    // All of them are being worked on: none of those is given up.
    await expect(receivers.receive(arriving(10).request, gambir)).rejects.toEqual(busy);
  });

  it('are given up after a minute without a byte, and never stretched for ever by single ones', async () => {
    const timers = new HandTimers();
    const receivers = new Receivers({ alarms: timers, bodies: 2 });
    const [slow, stretched] = [arriving(4_000_000), arriving(4_000_000)];
    const received = receivers.receive(slow.request, gambir);
    const ended = refusalOf(receivers.receive(stretched.request, cideng));
    for (let second = 0; second < 62; second += 1) {
      slow.come(64_000);
      stretched.come(1);
      await timers.pass(1_000);
    }
    expect(await ended).toBe('cut_off');
    slow.end();
    expect((await received).bytes).toHaveLength(62 * 64_000);
    const silent = arriving(10);
    const gone = refusalOf(receivers.receive(silent.request, cideng));
    await timers.pass(60_000);
    expect(await gone).toBe('cut_off');
  });

  it('are refused where they are longer than the sender may send, said or not', async () => {
    const receivers = new Receivers();
    const [said, unsaid] = [arriving(cideng.most + 1), arriving()];
    for (const body of [said, unsaid]) {
      const refused = refusalOf(receivers.receive(body.request, cideng));
      for (let sent = 0; sent <= cideng.most; sent += 1_000_000) body.come(1_000_000);
      body.end();
      expect(await refused).toBe('body_too_large');
    }
  });
});
