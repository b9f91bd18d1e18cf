import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openConnection, type WritableDb } from './connection.ts';
import {
  forgetWaitingItems,
  insertDecision,
  insertItem,
  listDecisionsOfCase,
  listPendingItems,
  setItemApplied,
} from './down.ts';
import { migrate } from './migrate.ts';

let folder: string;
let db: WritableDb;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutakhir-down-'));
  db = openConnection(join(folder, 'register.db'), { key: randomBytes(32) });
  migrate(db);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const receivedAt = '2026-11-12T00:00:00.000Z';

describe('the province’s word on a case', () => {
  const come = (id: string, cursor: number, issuedAt = receivedAt) =>
    insertItem(db, { id, cursor, kind: 'decision.rank', jws: '', issuedAt, receivedAt });

  function apply(id: string): void {
    insertDecision(db, {
      itemId: id,
      caseId: 'berkas',
      memberId: null,
      matter: 'peringkat',
      periodId: '2026-11',
      program: '',
      outcome: { from: id },
    });
    setItemApplied(db, id, receivedAt);
  }

  const standing = () => listDecisionsOfCase(db, 'berkas').map(({ outcome }) => outcome);

  it('is the one that was issued last, also where an older one was forgotten while it waited, and came again', () => {
    come('older', 1);
    come('newer', 2);
    apply('newer');
    forgetWaitingItems(db);
    expect(listPendingItems(db)).toEqual([]);
    come('older', 1);
    apply('older');
    come('newer', 2);
    expect(standing()).toEqual([{ from: 'newer' }]);
  });

  it('is the one that the province put last, whatever its clocks said and whenever it came', () => {
    come('first', 1, '2026-11-10T02:00:00.000Z');
    come('corrected', 2, '2026-11-10T01:59:59Z');
    for (const id of ['corrected', 'first']) apply(id);
    expect(standing()).toEqual([{ from: 'corrected' }]);
  });

  it('is that of a province that counts anew, where the office enrolled there', () => {
    for (const [id, cursor] of [
      ['one', 500],
      ['two', 501],
    ] as const) {
      come(id, cursor);
      apply(id);
    }
    forgetWaitingItems(db);
    expect(standing()).toEqual([{ from: 'two' }]);
    come('three', 1);
    apply('three');
    expect(standing()).toEqual([{ from: 'three' }]);
    forgetWaitingItems(db);
    expect(standing()).toEqual([{ from: 'three' }]);
  });
});
