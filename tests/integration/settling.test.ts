import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { settleOutbox } from '../../electron/services/sync-settle.ts';
import { listOpenClashes, putClash } from '../../electron/store/clashes.ts';
import { answerLost, cut, onBatches } from './line.ts';
import { lendOffice, patient, provinceTime, type PushingOffice } from './pushing.ts';

describe('the answers to a batch', () => {
  let o: PushingOffice;

  lendOffice((lent) => ({ o } = lent));

  it('are written down though one of them cannot be, and that one once it can', async () => {
    o.line.fault = cut;
    const [first, second, third] = [await o.legalise(1), await o.legalise(2), await o.legalise(3)];
    const { db } = o.register();
    db.exec(
      `CREATE TEMP TRIGGER no_receipt BEFORE INSERT ON receipt WHEN NEW.outbox_id = '${o.item(second)?.id}'
       BEGIN SELECT RAISE(ABORT, 'does not fit'); END`,
    );
    o.line.fault = null;
    o.register().push?.retryNow();
    for (const caseId of [first, third])
      await vi.waitFor(() => expect(o.stateOf(caseId)).toBe('DITERIMA'), patient);
    expect(o.item(second)).toMatchObject({
      state: 'menunggu',
      sentence: expect.stringContaining('belum dapat dicatat'),
    });
    expect(o.stateOf(second)).toBe('DISAHKAN');

    db.exec('DROP TRIGGER no_receipt');
    o.t.clock.advance(10 * 60_000);
    o.register().push?.retryNow();
    await vi.waitFor(() => expect(o.stateOf(second)).toBe('DITERIMA'), patient);
  });

  it('are not written down at all where the register cannot be written', async () => {
    o.line.fault = onBatches(answerLost);
    const [first, second] = [await o.legalise(1), await o.legalise(2)];
    const { db } = o.register();
    const pages = Number(db.pragma('page_count', { simple: true }));
    const free = Number(db.pragma('freelist_count', { simple: true }));
    db.pragma(`max_page_count = ${pages}`);
    db.exec('CREATE TEMP TABLE filled (x)');
    const write = () =>
      settleOutbox(
        o.register(),
        [first, second].map((caseId) => ({
          itemId: o.item(caseId)?.id ?? '',
          outcome: 'rejected' as const,
          code: 'invalid_record',
          field: null,
          sentence: 'x'.repeat((free + 4) * 4_096),
        })),
        Math.random,
      );
    expect(write).toThrow(/full/);
    db.pragma('max_page_count = 1073741823');
    expect([o.item(first)?.state, o.item(second)?.state]).not.toContain('ditolak');
  });

  it('are written down though a number is refused of a case with a choice of a member who is gone', async () => {
    await o.until(({ numbersLeft }) => numbersLeft !== null && numbersLeft > 0);
    o.line.fault = cut;
    const [first, second] = [await o.legalise(1), await o.legalise(2)];
    const { db } = o.register();
    const by = { side: 'provinsi', name: 'Dinas Dukcapil', at: provinceTime.toISOString() } as const;
    putClash(db, {
      id: randomUUID(),
      caseId: first,
      path: `members.${randomUUID()}.name`,
      origin: 'turun',
      base: 'Siti',
      ours: 'Siti',
      theirs: 'Siti Aminah',
      by,
      openedAt: by.at,
    });
    settleOutbox(
      o.register(),
      [
        {
          itemId: o.item(first)?.id ?? '',
          outcome: 'rejected',
          code: 'number_taken',
          field: 'body.case.provinceNumber',
          sentence: 'Nomor itu milik berkas lain.',
        },
        {
          itemId: o.item(second)?.id ?? '',
          outcome: 'confirmed',
          jws: 'x.y.z',
          receiptId: randomUUID(),
          serverTime: by.at,
          version: 1,
          merge: null,
        },
      ],
      Math.random,
    );
    expect([o.item(first)?.state, o.stateOf(second)]).toEqual(['ditolak', 'DITERIMA']);
    expect(listOpenClashes(db, first)).toHaveLength(1);
  });
});
