import { beforeEach, describe, expect, it } from 'vitest';
import { lendOffice, type PushingOffice } from './pushing.ts';

describe('what this office keeps and cannot read any more', () => {
  let o: PushingOffice;
  lendOffice((lent) => void ({ o } = lent));
  beforeEach(() => o.until(({ proof }) => proof !== null));

  it.each([
    ['a record that lacks its number', `json_remove(body, '$.case.number')`],
    ['no record at all', `'{"case":'`],
  ])('is said of itself and not of the province, and keeps nothing from being sent: %s', async (_, body) => {
    const odd = await o.accepted(1);
    const { db } = o.register();
    db.pragma('ignore_check_constraints = ON');
    db.prepare(`UPDATE outbox SET body = ${body} WHERE case_id = ?`).run(odd);
    const { proof } = await o.t.as('petugas_verifikasi');
    expect((await proof.compare.mutate()).mark?.state).toBe('tidak_terbanding');
    expect(o.status().proof?.state).toBe('tidak_terbanding');
    // The look that the next receipt calls for fails alike, and what is sent after it goes at once.
    await o.accepted(2);
    await o.accepted(3);
  });
});
