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
  const come = (id: string, issuedAt: string) =>
    insertItem(db, { id, kind: 'decision.rank', jws: '', issuedAt, receivedAt });

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
    come('older', '2026-11-10T02:00:00.000Z');
    come('newer', '2026-11-10T02:00:00.500Z');
    apply('newer');
    forgetWaitingItems(db);
    expect(listPendingItems(db)).toEqual([]);
    come('older', '2026-11-10T02:00:00.000Z');
    apply('older');
    expect(standing()).toEqual([{ from: 'newer' }]);
  });

  it('is compared by the instant, however a province writes it, and of one instant the one that came last stands', () => {
    come('first', '2026-11-10T02:00:00.000Z');
    come('second', '2026-11-10T02:00:00Z');
    come('before', '2026-11-10T01:59:59Z');
    for (const id of ['first', 'second', 'before']) apply(id);
    expect(standing()).toEqual([{ from: 'second' }]);
    come('third', '2026-11-10T02:00:00.5Z');
    apply('third');
    expect(standing()).toEqual([{ from: 'third' }]);
  });
});
