import { expect, it } from 'vitest';
import { rejections } from '../../shared/provincial/problems.ts';
import { rejectedFields } from '../fixtures/rejected-fields.ts';
import { lendOffice, type PushingOffice } from './pushing.ts';

let o: PushingOffice;
lendOffice((lent) => ({ o } = lent), { enrolled: false });

it('says of every rejection that there is what is the matter, and where it is mended', async () => {
  const caseId = await o.legalise(1);
  const clerk = await o.t.as('petugas_loket');
  const { db } = o.register();
  db.prepare(`UPDATE case_file SET state = 'DITOLAK' WHERE id = ?`).run(caseId);
  const reject = db.prepare(`UPDATE outbox SET state = 'ditolak', problem = ? WHERE case_id = ?`);
  for (const [code, { field, label, target }] of Object.entries(rejectedFields)) {
    const sentence = rejections[code as keyof typeof rejections];
    reject.run(JSON.stringify({ code, sentence, field }), caseId);
    expect(await clerk.attention.list.query(), code).toMatchObject([
      { kind: 'ditolak', caseId, sentence, fieldLabel: label, target },
    ]);
  }
  // No visit of it is kept here, as after an old backup: there is no sheet that could open.
  reject.run(JSON.stringify({ code: 'x', sentence: 'x', field: 'body.visit.household.lantai' }), caseId);
  expect(await clerk.attention.list.query()).toMatchObject([
    { fieldLabel: 'hasil kunjungan', target: { to: 'berkas' } },
  ]);
});
