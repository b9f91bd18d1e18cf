import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { MatchAllState } from '../../shared/contract/identification.ts';
import type { Register } from '../../electron/services/register.ts';
import { listCurrentLists } from '../../electron/store/identification.ts';
import { pageTables } from '../../electron/store/reference-keys.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerActive, syntheticFamily } from './families.ts';
import { dtksRows, family } from './listed-families.ts';
import { type Client, codeOf, noted, openKnownOffice, setUpTestOffice, type TestOffice } from './office.ts';
import { ended, uploadList } from './reference-office.ts';

const families = 30;
/** What is written at once: less was never done. */
const atOnce = 10;

let t: TestOffice;
let officer: Client;
let register: () => Register;

beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
  const clerk = await t.as('petugas_loket');
  officer = await t.as('petugas_verifikasi');
  const households = Array.from({ length: families }, (_, index) => syntheticFamily(index + 1));
  for (const household of households) await registerActive(clerk, household);
  await importList('DTKS satu', dtksCsv(...households.slice(0, 12).flatMap((one) => dtksRows(one))));
});
afterAll(() => t.close());

async function importList(name: string, bytes: Uint8Array): Promise<void> {
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'daftar', bytes);
  const job = await officer.reference.import.mutate({
    uploadId,
    source: 'DTKS',
    areaCodes: null,
    name,
    listDate: '2025-12-31',
  });
  expect(await ended(officer, job)).toMatchObject({ state: 'selesai' });
}

/** Waits until nothing runs any more. */
async function settled(): Promise<MatchAllState> {
  for (;;) {
    const state = await officer.identification.matchAllState.query();
    if (state.job === null) return state;
    await pause(20);
  }
}

/** Work that somebody waits for: until it is let go, matching rests at its next step, or does not begin. */
function somethingUrgent(): () => Promise<void> {
  const job = register().jobs.start({
    kind: 'uji',
    worker: new URL('../fixtures/job-worker.ts', import.meta.url),
    input: { do: 'wait' },
    ownerId: 'uji',
  });
  return async () => {
    register().jobs.cancel(job);
    await register().jobs.ended(job);
  };
}

function queue() {
  return officer.identification.queue.query({ offset: 0, limit: 100 });
}

/** Payloads of the journal's events of one type, the oldest first. */

describe('a list that came in', () => {
  it('is read ahead once nobody asks', async () => {
    const { db, names } = register();
    const lists = listCurrentLists(db);
    const isReady = () =>
      lists.every(({ id }) => pageTables.every((table) => names.pages.row(table, id).isWhole));
    expect(lists).not.toEqual([]);
    await vi.waitFor(() => expect(isReady()).toBe(true), { timeout: 10_000, interval: 50 });
  });
});

describe('matching everything that waits', () => {
  it('keeps what was done when it is stopped, and goes on with the rest', async () => {
    await officer.identification.matchAll.mutate();
    const letGo = somethingUrgent();
    while ((await officer.identification.matchAllState.query()).ranked === 0) await pause(1);
    await officer.identification.stopMatchAll.mutate();
    const { ranked: kept } = await settled();
    await letGo();
    expect(kept).toBeGreaterThanOrEqual(atOnce);
    expect(noted(register(), 'pemadanan_dihentikan')).toEqual([
      expect.objectContaining({ menunggu: families, dipadankan: kept }),
    ]);
    await officer.identification.matchAll.mutate();
    const done = await settled();
    expect(done).toMatchObject({ waiting: families, ranked: families, incomplete: 0 });
    expect(done.sure).toBeGreaterThan(0);
    expect(noted(register(), 'pemadanan_dimulai')).toEqual([
      expect.objectContaining({ sudah: 0 }),
      expect.objectContaining({ sudah: kept, daftar: ['DTKS satu v1'] }),
    ]);
    expect(noted(register(), 'pemadanan_selesai')).toEqual([
      expect.objectContaining({ dipadankan: families, yakin: done.sure, model: '4' }),
    ]);
    const all = await queue();
    expect(all).toMatchObject({ total: families, unranked: 0 });
    expect(all.rows).toHaveLength(families);
  });

  it('runs once at a time, whoever asks', async () => {
    await importList('DTKS dua', dtksCsv(...dtksRows(syntheticFamily(40))));
    const letGo = somethingUrgent();
    const first = await officer.identification.matchAll.mutate();
    expect(await (await t.as('petugas_verifikasi', 2)).identification.matchAll.mutate()).toEqual(first);
    // Ranked with the lists of before: it keeps its place, and nothing is sure; asking again helps nothing.
    const during = await queue();
    expect(during).toMatchObject({ ranking: false, unranked: families });
    expect(during.rows.map(({ stale, sure }) => ({ stale, sure }))).toEqual(
      Array.from({ length: families }, () => ({ stale: true, sure: false })),
    );
    await letGo();
    const { sure } = await settled();
    const after = await queue();
    expect(after).toMatchObject({ ranking: false, unranked: 0 });
    expect(after.rows.filter((row) => row.sure && !row.stale)).toHaveLength(sure);
  });

  it('is what a batch waits for: the queue says that asking again ranks nothing', async () => {
    register()
      .db.prepare(
        `INSERT INTO case_file (id, serial, number, mode, passive, state, period_id, version, street, rt, rw, kelurahan,
                                registered_at, registered_by, updated_at, state_since)
         SELECT 'salinan-' || value, 10000 + value, 'SALINAN-' || value, mode, passive, state, period_id, version, street, rt,
                rw, kelurahan, registered_at, registered_by, updated_at, state_since
         FROM case_file, json_each(?) WHERE serial = 1`,
      )
      .run(JSON.stringify(Array.from({ length: 201 }, (_, index) => index)));
    const [batch, again] = [await queue(), await queue()];
    register().db.prepare(`DELETE FROM case_file WHERE id LIKE 'salinan-%'`).run();
    expect(batch).toMatchObject({ ranking: false, unranked: 201 });
    expect(again.unranked).toBe(201);
  });

  it('is not held up by a case that cannot be read: it is told by its number, and tried again', async () => {
    const { db } = register();
    const [{ number = '', caseId = '' } = {}] = (await queue()).rows;
    const relation = (value: string) =>
      db.prepare(`UPDATE member SET relation = ? WHERE case_id = ? AND position = 1`).run(value, caseId);
    db.pragma('ignore_check_constraints = ON');
    relation('rusak');
    db.exec('DELETE FROM review_rank');
    // In passing, as the queue ranks a few, and then all of them in the worker.
    for (let left = families; left > 0;) left = (await queue()).unranked;
    const { rows } = await queue();
    expect(rows.filter(({ failed }) => failed)).toEqual([
      expect.objectContaining({ number, sure: false, why: expect.stringContaining('tidak terbaca') }),
    ]);
    db.exec('DELETE FROM review_rank');
    await officer.identification.matchAll.mutate();
    expect(await settled()).toMatchObject({ ranked: families, failed: [number] });
    expect(noted(register(), 'pemadanan_selesai').at(-1)).toMatchObject({
      dipadankan: families,
      tidak_terbaca: [number],
    });
    relation('1');
    db.pragma('ignore_check_constraints = OFF');
    await officer.identification.matchAll.mutate();
    expect(await settled()).toMatchObject({ ranked: families, failed: [] });
  });

  it('is for those who decide', async () => {
    const guest = await t.as('petugas_loket');
    expect(await codeOf(guest.identification.matchAll.mutate())).toBe('not_allowed');
  });

  it('goes on after the program was killed in the middle', async () => {
    await importList('DTKS tiga', dtksCsv(...dtksRows(syntheticFamily(41))));
    await t.office.close();
    const child = spawn(process.execPath, ['tests/integration/matching-child.ts', t.dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await t.restart();
    officer = await t.as('petugas_verifikasi');
    const { ranked } = await officer.identification.matchAllState.query();
    expect(ranked).toBeGreaterThanOrEqual(atOnce);
    await officer.identification.matchAll.mutate();
    expect(await settled()).toMatchObject({ ranked: families });
    expect(noted(register(), 'pemadanan_dimulai').at(-1)).toMatchObject({ sudah: ranked });
  });

  it('is asked about again and again without counting as work of the person', async () => {
    for (let minute = 0; minute < 16; minute += 4) {
      await officer.identification.matchAllState.query();
      await queue();
      t.clock.advance(4 * 60_000);
    }
    expect(await codeOf(officer.identification.matchAllState.query())).toBe('not_logged_in');
  });
});

describe('a kecamatan office', () => {
  it('matches the families of all its kelurahan, each with its own', async () => {
    const office = await setUpTestOffice({}, '31.71.01');
    try {
      const clerk = await office.as('petugas_loket');
      const decider = await office.as('petugas_verifikasi');
      const places = [
        { code: '31.71.01.1001', name: 'GAMBIR' },
        { code: '31.71.01.1002', name: 'CIDENG' },
        { code: '31.71.01.1006', name: 'DURI PULO' },
      ];
      const listed = [];
      for (const [index, { code, name }] of places.entries()) {
        const household = family(index);
        // RT and RW of the same numbers stand in every kelurahan.
        const there = { ...household, address: { ...household.address, kelurahan: code, rt: 1, rw: 1 } };
        await registerActive(clerk, there);
        listed.push(...dtksRows(there, (row) => ({ ...row, 'desa/kelurahan': name })));
      }
      const uploadId = await uploadList(
        office,
        await office.tokenOf('petugas_verifikasi'),
        'daftar',
        dtksCsv(...listed),
      );
      const job = await decider.reference.import.mutate({
        uploadId,
        source: 'DTKS',
        areaCodes: null,
        name: 'DTKS kecamatan',
        listDate: '2025-12-31',
      });
      expect(await ended(decider, job)).toMatchObject({ state: 'selesai', report: { persons: 9 } });
      await decider.identification.matchAll.mutate();
      while ((await decider.identification.matchAllState.query()).job !== null) await pause(20);
      const { rows } = await decider.identification.queue.query({ offset: 0, limit: 10 });
      expect(rows.map(({ found, sure, result }) => ({ found, sure, result }))).toEqual(
        places.map(() => ({ found: 3, sure: true, result: 'tetap' })),
      );
    } finally {
      await office.close();
    }
  });
});
