import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { familyDraft } from './households.ts';
import { type Client, codeOf, kelurahan, openTestOffice, type TestOffice } from './office.ts';

let t: TestOffice;
let clerk: Client;
beforeEach(async () => {
  t = await openTestOffice();
  clerk = await t.as('petugas_loket');
});
afterEach(() => t.close());

const head = {
  dated: '2026-11-02',
  rt: 3,
  rw: 7,
  kelurahan,
  source: 'Formulir RT',
  officer: 'Pak Amat',
};

/** Types the next form of a stack and registers it. */
async function typeNext(batchId: string, nth: number) {
  const { draftId } = await clerk.paperBatch.next.mutate({ batchId });
  const draft = await clerk.intake.open.query({ draftId });
  const { address, ...family } = familyDraft(nth);
  const body = { ...draft.body, ...family, address: { ...draft.body.address, street: address.street } };
  const { version } = await clerk.intake.save.mutate({ draftId, version: draft.version, body });
  return clerk.intake.register.mutate({ draftId, version });
}

describe('a stack of paper forms', () => {
  it('asks once for what is the same, counts, and shows the last ones', async () => {
    const { batchId } = await clerk.paperBatch.open.mutate(head);
    const first = await typeNext(batchId, 1);
    expect(first).toMatchObject({ state: 'TERDAFTAR', paperBatchId: batchId });
    await typeNext(batchId, 2);
    const { draftId } = await clerk.paperBatch.next.mutate({ batchId });
    const draft = await clerk.intake.open.query({ draftId });
    expect(draft.body.address).toMatchObject({ street: '', rt: '3', rw: '7' });
    expect(draft.body.unseen).toEqual([]);
    expect(draft.paperBatch).toMatchObject({
      head,
      count: 2,
      recent: [
        { position: 2, editable: true },
        { position: 1, headName: 'Siti Aminah B', editable: true },
      ],
    });
    const { history, case: current } = await clerk.cases.get.query({ caseId: first.caseId });
    expect(current.household.address).toMatchObject({ rt: 3, rw: 7 });
    expect(history[0]?.detail).toBe('Formulir kertas ke-1: Formulir RT, Pak Amat, 02-11-2026');
  });

  it('goes on where the power was cut, with the form that was begun', async () => {
    const { batchId } = await clerk.paperBatch.open.mutate(head);
    const { draftId } = await clerk.paperBatch.next.mutate({ batchId });
    const draft = await clerk.intake.open.query({ draftId });
    await clerk.intake.save.mutate({
      draftId,
      version: draft.version,
      body: { ...draft.body, phone: '0812', paperBatchId: uuid() },
    });
    await t.restart();
    clerk = await t.as('petugas_loket');
    expect(await clerk.paperBatch.list.query()).toMatchObject([{ id: batchId, count: 0, mine: true }]);
    expect(await clerk.paperBatch.next.mutate({ batchId })).toEqual({ draftId });
    expect((await clerk.intake.open.query({ draftId })).body.paperBatchId).toBe(batchId);
  });

  it('gives each clerk a form of their own', async () => {
    const { batchId } = await clerk.paperBatch.open.mutate(head);
    const { draftId } = await clerk.paperBatch.next.mutate({ batchId });
    const other = await t.as('petugas_loket', 2);
    expect((await other.paperBatch.next.mutate({ batchId })).draftId).not.toBe(draftId);
    expect(await other.paperBatch.list.query()).toMatchObject([{ mine: false }]);
  });

  it('corrects a form typed before, and comes back to the stack', async () => {
    const { batchId } = await clerk.paperBatch.open.mutate(head);
    const { caseId } = await typeNext(batchId, 1);
    const { draftId } = await clerk.paperBatch.amend.mutate({ batchId, caseId });
    const draft = await clerk.intake.open.query({ draftId });
    expect(draft.correction).toMatchObject({ caseId });
    const { version } = await clerk.intake.save.mutate({
      draftId,
      version: draft.version,
      body: { ...draft.body, phone: '0813 2222 2222' },
    });
    expect(await clerk.intake.register.mutate({ draftId, version })).toMatchObject({
      corrected: true,
      paperBatchId: batchId,
    });
    expect(await clerk.paperBatch.list.query()).toMatchObject([{ count: 1 }]);
  });

  it('is finished once, and then takes no form', async () => {
    const { batchId } = await clerk.paperBatch.open.mutate(head);
    await typeNext(batchId, 1);
    expect(await clerk.paperBatch.finish.mutate({ batchId })).toEqual({ count: 1 });
    expect(await clerk.paperBatch.list.query()).toEqual([]);
    for (const refused of [
      clerk.paperBatch.next.mutate({ batchId }),
      clerk.paperBatch.finish.mutate({ batchId }),
    ])
      expect(await codeOf(refused)).toBe('batch_finished');
    expect(await codeOf(clerk.paperBatch.next.mutate({ batchId: uuid() }))).toBe('not_found');
  });

  it('is of this office, and not of tomorrow', async () => {
    const elsewhere = { ...head, kelurahan: '31.74.01.1001' };
    expect(await codeOf(clerk.paperBatch.open.mutate(elsewhere))).toBe('outside_area');
    expect(await codeOf(clerk.paperBatch.open.mutate({ ...head, dated: '2026-11-11' }))).toBe(
      'batch_undated',
    );
    const lurah = await t.as('lurah');
    expect(await codeOf(lurah.paperBatch.open.mutate(head))).toBe('not_allowed');
  });

  it('does not follow a copy of one of its cases', async () => {
    const { batchId } = await clerk.paperBatch.open.mutate(head);
    const { caseId } = await typeNext(batchId, 1);
    const copy = await clerk.intake.duplicate.mutate({ caseId });
    expect(copy.paperBatch).toBeNull();
  });
});
