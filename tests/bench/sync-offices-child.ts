import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../electron/clock.ts';
import { makeOfficeKey } from '../../electron/sync/signatures.ts';
import { type OfficeLink, ProvinceClient } from '../../electron/sync/province-client.ts';
import { Sender } from '../../electron/sync/sender.ts';
import { systemTimers } from '../../electron/sync/timers.ts';
import { BenchOffice } from './bench-office.ts';
import { CountedFetch } from './counted-fetch.ts';
import { OfficesOrder, type OfficesMeasured } from './sync-wire.ts';

/** Of so many offices one has photos to send. */
const withPhotosOf = 10;

/**
 * Many offices with the real sender and client, and an outbox in memory each, that all come back in
 * the same second. The order comes as a line of JSON on standard input.
 */
const [said] = await once(createInterface({ input: process.stdin }), 'line');
const order = OfficesOrder.parse(JSON.parse(String(said)));
const line = new CountedFetch(fetch);
const client = new ProvinceClient({ fetch: line.fetch });

const offices: BenchOffice[] = [];
for (const [nth, { area, code }] of order.offices.entries()) {
  const goods = { area, cases: order.cases, samples: order.samples, withPhotos: nth % withPhotosOf === 0 };
  offices.push(new BenchOffice(await enrol(area, code), client, goods));
}
const senders = offices.map(
  (office) =>
    new Sender({
      ports: office,
      client,
      errands: office,
      clock: systemClock,
      timers: systemTimers,
      random: Math.random,
      onFailure: () => line.note('failure'),
    }),
);
const begun = performance.now();
for (const sender of senders) sender.start();
while (!offices.every((office) => office.ended)) await pause(50);
const seconds = (performance.now() - begun) / 1000;
while (!offices.every((office) => office.isDone)) await pause(50);
const allSeconds = (performance.now() - begun) / 1000;
const notTaken = offices.flatMap(({ settled }) => settled.filter(({ outcome }) => outcome !== 'confirmed'));
if (notTaken.length > 0) line.note('not_confirmed', notTaken.length);
for (const what of offices.flatMap(({ unusable }) => unusable)) line.note(`unusable_${what}`);
line.end();
for (const sender of senders) await sender.stop();
const measured: OfficesMeasured = {
  seconds,
  allSeconds,
  confirmed: offices.reduce((sum, office) => sum + office.count('diterima'), 0),
  askedToWait: line.askedToWait,
  errors: line.errors,
};
console.log(JSON.stringify(measured));

async function enrol(area: string, code: string): Promise<OfficeLink> {
  const privateKey = await makeOfficeKey();
  const { address } = order;
  const reply = await client.enrol(address, privateKey, { name: `Kelurahan ${area}`, area }, code);
  if (reply.kind !== 'answered') throw new Error(`Enrolment ended as ${reply.kind}.`);
  const { officeId, credential, serverKey } = reply.answer;
  return { address, officeId, credential, privateKey, serverKeys: [serverKey], earlierKeys: [] };
}
