import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { moveListsIn } from '../../electron/services/sync-lists.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { kelurahan } from './office.ts';
import { issueTo, lendOffice, type PushingOffice, patient } from './pushing.ts';

describe('what moves in from the province', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));

  it('takes a list out again as which the office enrolled anew, by steps', async () => {
    const { db } = o.register();
    // As an enrolment that ends between two steps.
    db.exec(
      `CREATE TEMP TRIGGER enrolled AFTER INSERT ON reference_pending BEGIN UPDATE office_link SET credential = 'kantor yang terdaftar lagi'; END`,
    );
    await issueTo(o, province, 'reference.list', {
      listId: randomUUID(),
      source: 'DTSEN',
      name: 'DTSEN Gambir',
      listDate: '2026-10-01',
      version: 1,
      baseListId: null,
      part: 1,
      parts: 1,
      households: Array.from({ length: 900 }, (_, index) => household(`R${index}`)),
      removed: [],
    });
    o.register().push?.retryNow();
    await o.until(({ connection }) => connection === 'ditolak');
    await vi.waitFor(
      () => expect(db.prepare('SELECT count(*) FROM reference_household').pluck().get()).toBe(0),
      patient,
    );
    expect(db.prepare('SELECT count(*) FROM reference_list').pluck().get()).toBe(0);
    // Its parts wait for the office that they are for.
    const applied = `SELECT count(*) FROM down_item WHERE kind = 'reference.list' AND applied_at IS NOT NULL`;
    expect(db.prepare(applied).pluck().get()).toBe(0);
  });

  it('does not wait for what an import left to be taken out, where no list waits', async () => {
    o.register().movingLists = new Promise(() => {});
    await moveListsIn(o.register());
    const caseId = await o.accepted(1);
    expect(o.stateOf(caseId)).toBe('DITERIMA');
  });
});

function household(sourceId: string): Record<string, unknown> {
  return {
    sourceId,
    kk: null,
    street: 'Jl. Daftar 1',
    rt: 1,
    rw: 1,
    kelurahan,
    kelurahanName: 'Gambir',
    percentile: null,
    desil: 3,
    answers: {},
    persons: [
      {
        sourceId: `${sourceId}-1`,
        order: 1,
        name: `Kepala ${sourceId}`,
        nik: null,
        kk: null,
        sex: 'P',
        birthPlace: null,
        birthDate: '1970-01-01',
        age: null,
        relation: '1',
        familyNo: 1,
        motherName: null,
        answers: {},
      },
    ],
  };
}
