import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { moveListsIn } from '../../electron/services/sync-lists.ts';
import { listReferenceLists } from '../../electron/store/reference.ts';
import type { TestProvince } from '../provincial-server/testing.ts';
import { cut } from './line.ts';
import { kelurahan } from './office.ts';
import { issueTo, lendOffice, type PushingOffice, patient } from './pushing.ts';

describe('what moves in from the province', () => {
  let province: TestProvince;
  let o: PushingOffice;
  lendOffice((lent) => ({ province, o } = lent));

  const issueList = (listId: string, households = 1) =>
    issueTo(o, province, 'reference.list', {
      listId,
      source: 'DTSEN',
      name: 'DTSEN Gambir',
      listDate: '2026-10-01',
      version: 1,
      baseListId: null,
      part: 1,
      parts: 1,
      households: Array.from({ length: households }, (_, index) => household(`R${index}`)),
      removed: [],
    });

  it('takes a list out again as which the office enrolled anew, by steps', async () => {
    const { db } = o.register();
    // As an enrolment that ends between two steps, whenever the list is tried.
    db.exec(
      `CREATE TEMP TRIGGER enrolled AFTER INSERT ON reference_pending BEGIN UPDATE office_link SET credential = hex(randomblob(8)); END`,
    );
    await issueList(randomUUID(), 900);
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

  it('says nothing of a list that failed as the office enrolled anew: it is forgotten', async () => {
    const { db } = o.register();
    db.exec(
      `CREATE TEMP TRIGGER poison BEFORE INSERT ON reference_pending BEGIN SELECT RAISE(ABORT, 'poison'); END`,
    );
    const logged = vi.spyOn(o.register(), 'logFailure').mockImplementation(() => {
      db.exec(`UPDATE office_link SET credential = 'kantor yang terdaftar lagi'`);
      return '';
    });
    await issueList(randomUUID());
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(logged).toHaveBeenCalledOnce(), patient);
    await o.register().movingLists;
    expect(o.register().heldLists.size).toBe(0);
  });

  it('moves in as the office opens, without the line, what came whole and stayed out', async () => {
    const listId = randomUUID();
    o.register().db.exec(
      `CREATE TRIGGER poison BEFORE INSERT ON reference_pending BEGIN SELECT RAISE(ABORT, 'poison'); END`,
    );
    await issueList(listId);
    o.register().push?.retryNow();
    await o.until(({ downFailed }) => downFailed === 1);
    o.line.fault = cut;
    const restart = async () => {
      await o.t.restart();
      await o.t.as('petugas_loket');
    };
    await restart();
    await o.until(({ downFailed }) => downFailed === 1);
    o.register().db.exec('DROP TRIGGER poison');
    await restart();
    const stands = () => listReferenceLists(o.register().db).map(({ id }) => id);
    await vi.waitFor(() => expect(stands()).toEqual([listId]), patient);
    expect(o.status().downFailed).toBe(0);
  });

  it('tries a list that failed again on a new day', async () => {
    const listId = randomUUID();
    const { db } = o.register();
    db.exec(
      `CREATE TEMP TRIGGER poison BEFORE INSERT ON reference_pending BEGIN SELECT RAISE(ABORT, 'poison'); END`,
    );
    await issueList(listId);
    o.register().push?.retryNow();
    await o.until(({ downFailed }) => downFailed === 1);
    o.line.fault = cut;
    db.exec('DROP TRIGGER poison');
    o.t.clock.advance(24 * 3_600_000);
    await o.t.anonymous.session.status.query();
    await vi.waitFor(() => expect(listReferenceLists(db).map(({ id }) => id)).toEqual([listId]), patient);
    await o.until(({ downFailed }) => downFailed === 0);
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
