import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenSheet } from '../../shared/contract/verification.ts';
import type { VisitEntry } from '../../shared/domain/visit-entry.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';
import { fullEntry, printForms, readyCase, workAt } from './visits.ts';

let t: TestOffice;
let officer: Client;
let lurah: Client;
beforeEach(async () => {
  t = await openTestOffice();
  officer = await t.as('petugas_verifikasi');
  lurah = await t.as('lurah');
});
afterEach(() => t.close());

describe('a result that waits for the lurah', () => {
  it('shows what the visit found, in words', async () => {
    const { caseId } = await visited();
    expect(await inboxOf(lurah)).toMatchObject([
      {
        caseId,
        kind: 'hasil',
        state: 'DICACAH',
        result: 'baru',
        news: 'Selesai dicacah, tidak ada di daftar acuan',
      },
    ]);
    const { visit } = await lurah.approval.detail.query({ caseId });
    expect(visit).toMatchObject({
      resultLabel: 'Selesai dicacah',
      visitedOn: '2026-11-09',
      enumerator: 'Rina Kusumawati',
      enteredBy: 'petugas_verifikasi 1',
      compared: false,
      differences: [],
      changes: null,
    });
    expect(visit?.answers.find((answer) => answer.label === 'Jenis lantai terluas')).toMatchObject({
      no: '4.4',
      group: 'Keterangan perumahan',
    });
    expect(visit?.answers.some((answer) => answer.group.startsWith('Siti Aminah'))).toBe(true);
  });

  it('is checked and legalised by one decision, recorded as two steps, and goes out', async () => {
    const { caseId } = await visited();
    expect(await decide(caseId, 'setujui')).toEqual({ state: 'DISAHKAN' });
    const { history } = await officer.cases.get.query({ caseId });
    expect(history.slice(-2)).toMatchObject([
      { type: 'setujui_pemeriksaan', fromState: 'DICACAH', toState: 'DIPERIKSA', actorName: 'Lutfi Lurah' },
      { type: 'sahkan', fromState: 'DIPERIKSA', toState: 'DISAHKAN', actorName: 'Lutfi Lurah' },
    ]);
  });

  it('is only legalised where an officer has checked it', async () => {
    const { caseId } = await visited();
    const colleague = await t.as('petugas_verifikasi', 2);
    const { version } = (await colleague.cases.get.query({ caseId })).case;
    await colleague.cases.takeStep.mutate({ caseId, action: 'setujui_pemeriksaan', reason: null, version });
    expect(await decide(caseId, 'setujui')).toEqual({ state: 'DISAHKAN' });
    const { history } = await officer.cases.get.query({ caseId });
    expect(history.filter((entry) => entry.type === 'setujui_pemeriksaan')).toHaveLength(1);
  });

  it('goes back to the officer from both states, with the reason on every step', async () => {
    const first = await visited(1);
    expect(await decide(first.caseId, 'kembalikan', 'Lantai belum jelas')).toEqual({ state: 'DITUGASKAN' });
    const second = await visited(2);
    const colleague = await t.as('petugas_verifikasi', 2);
    const { version } = (await colleague.cases.get.query({ caseId: second.caseId })).case;
    await colleague.cases.takeStep.mutate({
      caseId: second.caseId,
      action: 'setujui_pemeriksaan',
      reason: null,
      version,
    });
    expect(await decide(second.caseId, 'kembalikan', 'Atap belum jelas')).toEqual({ state: 'DITUGASKAN' });
    const { history } = await officer.cases.get.query({ caseId: second.caseId });
    expect(history.slice(-2)).toMatchObject([
      { type: 'batalkan_pemeriksaan', reason: 'Atap belum jelas' },
      { type: 'kembalikan_ke_petugas', reason: 'Atap belum jelas' },
    ]);
    expect(await codeOf(decide(first.caseId, 'tolak', 'x'))).toBe('not_found');
  });

  it('shows only what was mended when it comes back', async () => {
    const { caseId, sheet } = await visited();
    await decide(caseId, 'kembalikan', 'Lantai belum jelas');
    const entry = fullEntry(sheet);
    await enter(sheet, { ...entry, note: 'Dicek ulang', household: { ...entry.household, lantai: '1' } });
    expect(await inboxOf(lurah)).toMatchObject([
      { seenBefore: true, news: 'Selesai dicacah, 2 jawaban diubah sejak kunjungan sebelumnya' },
    ]);
    const detail = await lurah.approval.detail.query({ caseId });
    expect(detail.lastDecision).toMatchObject({
      label: 'Kembalikan ke petugas',
      reason: 'Lantai belum jelas',
    });
    expect(detail.visit?.changes).toMatchObject([
      { field: 'note', before: null, after: 'Dicek ulang' },
      { field: 'household.lantai', label: 'Jenis lantai terluas', after: 'Marmer/granit' },
    ]);
  });

  it('is not decided on when it was entered anew after it was seen', async () => {
    const { caseId, sheet } = await visited();
    const seen = (await lurah.approval.detail.query({ caseId })).item.seen;
    await decide(caseId, 'kembalikan', 'Lantai belum jelas');
    await enter(sheet, fullEntry(sheet));
    expect(
      await codeOf(lurah.approval.decide.mutate({ caseId, seen, decision: 'setujui', reason: null })),
    ).toBe('version_conflict');
  });
});

describe('a batch of results', () => {
  it('legalises all or none of the two steps of each, and tells the rest', async () => {
    const cases = [await visited(1), await visited(2)];
    const inbox = await inboxOf(lurah);
    for (const { caseId: opened } of inbox) await lurah.approval.detail.query({ caseId: opened });
    const colleague = await t.as('petugas_verifikasi', 2);
    const { caseId } = cases[1] ?? { caseId: '' };
    const { version } = (await colleague.cases.get.query({ caseId })).case;
    await colleague.cases.takeStep.mutate({ caseId, action: 'setujui_pemeriksaan', reason: null, version });
    const outcomes = await lurah.approval.approveAll.mutate({
      items: inbox.map((item) => ({ caseId: item.caseId, seen: item.seen })),
    });
    expect(outcomes).toMatchObject([
      { done: true, state: 'DISAHKAN' },
      { done: false, problem: expect.stringContaining('petugas_verifikasi 2') },
    ]);
    expect((await officer.cases.get.query({ caseId })).case.state).toBe('DIPERIKSA');
  });
});

async function visited(nth = 1): Promise<{ caseId: string; sheet: OpenSheet }> {
  const caseId = await readyCase(t, nth);
  await printForms(t, [caseId]);
  const work = await workAt(officer, 'lapangan');
  const code = work.find((item) => item.caseId === caseId)?.sheet?.code ?? '';
  const sheet = await officer.verification.openSheet.query({ code });
  await enter(sheet, fullEntry(sheet));
  return { caseId, sheet };
}

async function enter(sheet: OpenSheet, entry: VisitEntry): Promise<void> {
  const { version: before } = await officer.verification.openSheet.query({ code: sheet.code });
  const { version } = await officer.verification.save.mutate({
    sheetId: sheet.sheetId,
    version: before,
    entry,
  });
  await officer.verification.finish.mutate({ sheetId: sheet.sheetId, version });
}

async function decide(
  caseId: string,
  decision: 'setujui' | 'kembalikan' | 'tolak',
  reason: string | null = null,
) {
  const { item } = await lurah.approval.detail.query({ caseId });
  return lurah.approval.decide.mutate({ caseId, seen: item.seen, decision, reason });
}

async function inboxOf(client: Client, kind: 'pendaftaran' | 'hasil' | null = null) {
  return (await client.approval.inbox.query({ kind, offset: 0, limit: 50 })).rows;
}
