import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printRunHeader } from '../../shared/contract/printing.ts';
import { problemCode, familyDraft, registerFamily } from './households.ts';
import { codeOf, openTestOffice, type Client, type TestOffice } from './office.ts';
import { pageTexts } from '../fixtures/pdf.ts';
import { readyCase, requestDocument } from './visits.ts';

let t: TestOffice;
let officer: Client;
beforeAll(async () => {
  t = await openTestOffice();
  officer = await t.as('petugas_verifikasi');
});
afterAll(() => t.close());

async function ended(jobId: string) {
  for (;;) {
    const job = await officer.printing.progress.query({ jobId });
    if (job.state !== 'menunggu' && job.state !== 'berjalan') return job;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const stack = (caseIds: string[]) => ({ caseIds, enumerator: 'Rina', paper: 'F4' as const });

describe('a stack of forms', () => {
  it('is noted, made in the background, sent, and settled by who stood at the printer', async () => {
    const caseIds = [await readyCase(t, 1), await readyCase(t, 2)];
    const started = await officer.verification.startPrint.mutate(stack(caseIds));
    // Noted before anything is drawn.
    expect((await officer.cases.get.query({ caseId: caseIds[0] ?? '' })).case.state).toBe('DITUGASKAN');
    expect(await ended(started.jobId)).toMatchObject({ state: 'selesai', done: 2, total: 2 });
    const token = await t.tokenOf('petugas_verifikasi');
    const answer = await requestDocument(t, token, 'formulir_selesai', started);
    expect(pageTexts(new Uint8Array(await answer.arrayBuffer())).join()).toContain('FORMULIR VERIFIKASI');
    const mine = () => officer.printing.unsettled.query();
    expect(await mine()).toMatchObject([
      { id: started.runId, title: 'Formulir verifikasi', papers: 2, state: 'dibuat' },
    ]);
    await officer.printing.sent.mutate({ runId: started.runId });
    expect(await mine()).toMatchObject([{ state: 'dikirim' }]);
    await officer.printing.settle.mutate({ runId: started.runId, outcome: 'keluar', note: null });
    expect(await mine()).toEqual([]);
    expect(
      await codeOf(officer.printing.settle.mutate({ runId: started.runId, outcome: 'gagal', note: 'Macet' })),
    ).toBe('print_settled');
  });

  it('is nobody else’s to settle or to see', async () => {
    const started = await officer.verification.startPrint.mutate(stack([await readyCase(t, 3)]));
    await ended(started.jobId);
    const colleague = await t.as('petugas_verifikasi', 2);
    expect(await colleague.printing.unsettled.query()).toEqual([]);
    expect(await codeOf(colleague.printing.sent.mutate({ runId: started.runId }))).toBe('not_found');
    expect(await codeOf(colleague.printing.progress.query({ jobId: started.jobId }))).toBe('job_lost');
    const token = await t.tokenOf('petugas_verifikasi', 2);
    expect(await problemCode(await requestDocument(t, token, 'formulir_selesai', started))).toBe('job_lost');
    await officer.printing.settle.mutate({ runId: started.runId, outcome: 'gagal', note: 'Kertas macet' });
  });

  it('stopped leaves what was noted, to be printed again', async () => {
    const caseId = await readyCase(t, 4);
    const started = await officer.verification.startPrint.mutate(stack([caseId]));
    await officer.printing.cancel.mutate({ jobId: started.jobId });
    const job = await ended(started.jobId);
    // A single form may be quicker than the word to stop.
    expect(['dihentikan', 'selesai']).toContain(job.state);
    const again = await officer.verification.startPrint.mutate(stack([caseId]));
    expect(await ended(again.jobId)).toMatchObject({ state: 'selesai' });
    for (const { id } of await officer.printing.unsettled.query())
      await officer.printing.settle.mutate({ runId: id, outcome: 'keluar', note: null });
  });
});

describe('any paper', () => {
  it('is followed the same way, and the case’s history tells what came of it', async () => {
    const clerk = await t.as('petugas_loket');
    const { caseId } = await registerFamily(clerk, familyDraft(5));
    const answer = await requestDocument(t, await t.tokenOf('petugas_loket'), 'tanda_terima', { caseId });
    const runId = answer.headers.get(printRunHeader) ?? '';
    expect(await clerk.printing.unsettled.query()).toMatchObject([
      { id: runId, title: 'Tanda terima', papers: 1, state: 'dibuat' },
    ]);
    await clerk.printing.sent.mutate({ runId });
    await clerk.printing.settle.mutate({ runId, outcome: 'gagal', note: 'Tinta habis' });
    expect((await clerk.cases.get.query({ caseId })).history.at(-1)).toMatchObject({
      type: 'cetakan_gagal',
      label: 'Gagal dicetak',
      detail: 'Tanda terima, Tinta habis',
    });
  });

  it('that cannot be made leaves no run behind where nothing was noted', async () => {
    const unknown = await requestDocument(t, await t.tokenOf('petugas_loket'), 'tanda_terima', {
      caseId: '019a0000-0000-7000-8000-000000000000',
    });
    expect(unknown.headers.get(printRunHeader)).toBeNull();
    expect(await (await t.as('petugas_loket')).printing.unsettled.query()).toEqual([]);
  });
});
