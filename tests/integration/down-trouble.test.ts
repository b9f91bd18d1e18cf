import Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { attentionItems } from '../../electron/services/attention.ts';
import { getCase } from '../../electron/services/case-steps.ts';
import { retryNow } from '../../electron/services/sync.ts';
import { listReferenceLists } from '../../electron/store/reference.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { carrierOf, hasKey } from './carrying.ts';
import { cut } from './line.ts';
import { listedHousehold } from './listed.ts';
import { issueTo, lendOffice, type PushingOffice, patient, provinceTime, takenDown } from './pushing.ts';

const minute = 60_000;

/** A page of the register under what is written is damaged, as SQLite says it. */
describe('what the province says and a damaged register does not take', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));

  const change = (caseId: string) =>
    issueTo(o, province, 'case.changed', {
      caseId,
      baseVersion: 1,
      version: 2,
      reason: 'Padan',
      edits: [
        {
          path: 'household.phone',
          before: null,
          after: '021-111',
          by: { side: 'provinsi', name: 'Dinas', at: provinceTime.toISOString() },
        },
      ],
    });
  const phoneOf = (caseId: string) => getCase(o.register(), caseId).household.phone;

  /** Tries to write on the damaged place. */
  let tries = 0;
  function damage(table: string, code = 'SQLITE_CORRUPT'): void {
    const { db } = o.register();
    tries = 0;
    db.function('damaged', () => {
      tries += 1;
      throw new Database.SqliteError('database disk image is malformed', code);
    });
    db.exec(`CREATE TEMP TRIGGER damage BEFORE INSERT ON ${table} BEGIN SELECT damaged(); END`);
  }
  const heal = () => o.register().db.exec('DROP TRIGGER damage');

  /** A moment may pass by itself; what lasts is told. */
  function expectTold(): void {
    expect(o.status()).toMatchObject({ downTrouble: null, attention: 0 });
    o.t.clock.advance(2 * minute);
    expect(o.status()).toMatchObject({ downTrouble: 'rusak', downFailed: 0, attention: 1 });
    expect(attentionItems(o.register())).toEqual([{ kind: 'berita_tertahan', id: 'buku', why: 'rusak' }]);
  }
  const expectOver = async () => {
    await vi.waitFor(() => expect(o.status()).toMatchObject({ downTrouble: null, attention: 0 }), patient);
    expect(o.register().downTroubles.size).toBe(0);
  };

  it.each(['SQLITE_CORRUPT', 'SQLITE_IOERR_READ'])('of a page (%s): told until it is taken', async (code) => {
    const caseId = await o.accepted(1);
    damage('case_province', code);
    await change(caseId);
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(o.register().downTroubles.has('halaman')).toBe(true), patient);
    expectTold();
    heal();
    await takenDown(o, province);
    await expectOver();
    expect(phoneOf(caseId)).toBe('021-111');
  });

  it('is not told where another program holds the file for long', async () => {
    const caseId = await o.accepted(1);
    damage('case_province', 'SQLITE_BUSY');
    await change(caseId);
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(tries).toBeGreaterThan(0), patient);
    o.t.clock.advance(2 * minute);
    expect(o.status()).toMatchObject({ downTrouble: null, attention: 0 });
  });

  it("of a courier's answer: told until that is read again", async () => {
    await hasKey(o);
    const caseId = await o.accepted(1);
    const { make, take, atProvince } = carrierOf(
      () => o,
      () => province,
    );
    o.line.fault = cut;
    await change(caseId);
    const { file } = await atProvince(await make());
    damage('case_province');
    await expect(take(file)).rejects.toThrow(Database.SqliteError);
    expectTold();
    heal();
    await take(file);
    await expectOver();
    expect(phoneOf(caseId)).toBe('021-111');
  });

  it("of a courier's answer: told no more once the line has brought the same", async () => {
    await hasKey(o);
    const caseId = await o.accepted(1);
    const { make, take, atProvince } = carrierOf(
      () => o,
      () => province,
    );
    o.line.fault = cut;
    await change(caseId);
    const { file } = await atProvince(await make());
    damage('case_province');
    await expect(take(file)).rejects.toThrow(Database.SqliteError);
    heal();
    expectTold();
    o.line.fault = null;
    await takenDown(o, province);
    await expectOver();
    expect(phoneOf(caseId)).toBe('021-111');
  });

  it('of an answer over the line: told until it is written', async () => {
    damage('receipt');
    const caseId = await o.legalise(1);
    await vi.waitFor(() => expect(o.register().downTroubles.has('jawaban')).toBe(true), patient);
    expectTold();
    heal();
    retryNow(o.register());
    await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    await expectOver();
  });

  it('of what failed before: keeps Kirim sekarang from nothing else', async () => {
    const caseId = await o.accepted(1);
    o.register().db.exec(
      `CREATE TEMP TRIGGER mistake BEFORE INSERT ON case_province BEGIN SELECT RAISE(ABORT, 'mistake'); END`,
    );
    await change(caseId);
    await takenDown(o, province);
    expect(o.status().downFailed).toBe(1);
    o.line.fault = cut;
    o.register().db.exec('DROP TRIGGER mistake');
    damage('case_province');
    const woken = vi.spyOn(o.register().push ?? { retryNow: () => {} }, 'retryNow');
    retryNow(o.register());
    expect(woken).toHaveBeenCalledOnce();
    o.t.clock.advance(2 * minute);
    expect(o.status()).toMatchObject({ downTrouble: 'rusak', downFailed: 1, attention: 2 });
    heal();
    retryNow(o.register());
    expect(phoneOf(caseId)).toBe('021-111');
    await expectOver();
  });

  it('of a list: told until it stands, also where the line is gone', async () => {
    const listId = randomUUID();
    const stands = () => listReferenceLists(o.register().db).map(({ id }) => id);
    damage('reference_pending');
    await issueTo(o, province, 'reference.list', {
      listId,
      source: 'DTSEN',
      name: 'DTSEN',
      listDate: '2026-10-01',
      version: 1,
      baseListId: null,
      part: 1,
      parts: 1,
      households: [listedHousehold('R1')],
      removed: [],
    });
    await takenDown(o, province);
    await vi.waitFor(() => expect(o.register().downTroubles.has('daftar')).toBe(true), patient);
    o.line.fault = cut;
    expectTold();
    heal();
    retryNow(o.register());
    await vi.waitFor(() => expect(stands()).toEqual([listId]), patient);
    await expectOver();
  });
});
