import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Register } from '../../electron/services/register.ts';
import { Rehearsal } from '../../electron/services/rehearsal.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { dtksRows, family } from './listed-families.ts';
import { openKnownOffice, type TestOffice } from './office.ts';
import { ended, uploadList } from './reference-office.ts';

let t: TestOffice;
let register: () => Register;

beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
});
afterAll(() => t.close());

it('waits for a list, then proposes for families of it once, and leaves nothing behind; in training it proposes for none', async () => {
  const rehearsal = new Rehearsal(register());
  const steps = () => {
    let taken = 0;
    while (rehearsal.step()) taken += 1;
    return taken;
  };
  expect(steps()).toBe(0);
  const officer = await t.as('petugas_verifikasi');
  const uploadId = await uploadList(
    t,
    await t.tokenOf('petugas_verifikasi'),
    'dtks.csv',
    dtksCsv(...[0, 1, 2, 3].flatMap((nth) => dtksRows(family(nth)))),
  );
  const list = { source: 'DTKS', areaCodes: null, name: 'DTKS', listDate: '2026-10-31' } as const;
  const job = await officer.reference.import.mutate({ uploadId, ...list });
  expect(await ended(officer, job)).toMatchObject({ state: 'selesai' });
  const changes = () => register().db.prepare('SELECT total_changes()').pluck().get();
  const before = changes();
  expect(new Rehearsal({ ...register(), training: true }).step()).toBe(false);
  expect(steps()).toBe(4);
  expect(steps()).toBe(0);
  expect(changes()).toBe(before);
});
