import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerActive, syntheticFamily } from './families.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';
import { readyCase } from './visits.ts';

let t: TestOffice;
let clerk: Client;
let verifier: Client;
let lurah: Client;

/** The clock stands on 10 November 2026, in the period of November. */
beforeAll(async () => {
  t = await openTestOffice();
  clerk = await t.as('petugas_loket');
  verifier = await t.as('petugas_verifikasi');
  lurah = await t.as('lurah');
});
afterAll(() => t.close());

const november = { periodId: '2026-11' };

async function periodIdOf(caseId: string): Promise<string> {
  return (await clerk.cases.get.query({ caseId })).case.periodId;
}

describe('the calendar of a period', () => {
  it('follows the settings, and what comes next stands in the session', async () => {
    const [info] = await clerk.period.list.query();
    expect(info).toMatchObject({ running: true, closed: null, period: { id: '2026-11' } });
    expect(info?.deadlines.map(({ date }) => date)).toEqual([
      '2026-10-16',
      '2026-10-31',
      '2026-11-16',
      '2026-11-25',
      '2026-11-30',
    ]);
    const { period } = await clerk.session.current.query();
    expect(period).toMatchObject({
      shortName: 'MPM Nov 2026',
      daysLeft: 20,
      next: { stage: 'verifikasi', date: '2026-11-16', daysLeft: 6 },
    });
  });

  it('takes dates of its own from whoever may plan, and refuses impossible ones', async () => {
    const deadlines = { verifikasi: '2026-11-20' };
    expect(await codeOf(clerk.period.setDeadlines.mutate({ ...november, deadlines }))).toBe('not_allowed');
    for (const wrong of ['2026-12-04', '2026-10-01'])
      expect(
        await codeOf(verifier.period.setDeadlines.mutate({ ...november, deadlines: { verifikasi: wrong } })),
      ).toBe('deadline_wrong');
    await verifier.period.setDeadlines.mutate({ ...november, deadlines });
    const { period } = await clerk.session.current.query();
    expect(period.next).toEqual({ stage: 'verifikasi', date: '2026-11-20', daysLeft: 10 });
  });
});

describe('closing a period', () => {
  it('is the lurah’s, oldest first, and never of one that has not begun', async () => {
    expect(await codeOf(verifier.period.close.mutate(november))).toBe('not_allowed');
    expect(await codeOf(lurah.period.close.mutate({ periodId: '2027-05' }))).toBe('period_not_closable');
    const plan = await lurah.period.closingPlan.query({ periodId: '2027-05' });
    expect(plan.obstacles.join(' ')).toContain('MPM November 2026 belum ditutup');
  });

  it('keeps what is finished, carries on what is not, and locks', async () => {
    const unfinished = await registerActive(clerk, syntheticFamily(1));
    const stopped = await readyCase(t, 2);
    const { version } = (await verifier.cases.get.query({ caseId: stopped })).case;
    const step = (action: 'batalkan_muskel' | 'keluarkan_dari_daftar' | 'tutup') =>
      verifier.cases.takeStep.mutate({ caseId: stopped, action, reason: 'Uji', version });
    for (const action of ['batalkan_muskel', 'keluarkan_dari_daftar', 'tutup'] as const) await step(action);

    const plan = await lurah.period.closingPlan.query(november);
    expect(plan).toMatchObject({
      settled: 1,
      carried: [{ state: 'TERDAFTAR', count: 1 }],
      obstacles: [],
      next: { id: '2027-05' },
    });
    const closed = await lurah.period.close.mutate(november);
    expect(closed.closed).toMatchObject({ byName: 'Lutfi Lurah', carried: 1, carriedTo: '2027-05' });

    expect(await periodIdOf(unfinished.caseId)).toBe('2027-05');
    expect(await periodIdOf(stopped)).toBe('2026-11');
    const { history } = await clerk.cases.get.query({ caseId: unfinished.caseId });
    expect(history.at(-1)).toMatchObject({
      label: 'Dibawa ke periode berikutnya',
      detail: 'Dari MPM November 2026 ke MPM Mei 2027',
    });
    const reopen = { caseId: stopped, action: 'buka_kembali' as const, reason: 'Uji', version };
    expect(await codeOf(verifier.cases.takeStep.mutate(reopen))).toBe('period_closed');
    expect(await codeOf(lurah.period.close.mutate(november))).toBe('period_closed');
    expect(await codeOf(verifier.period.setDeadlines.mutate({ ...november, deadlines: {} }))).toBe(
      'period_closed',
    );
  });

  it('sends new registrations into the next period, though the calendar says otherwise', async () => {
    const { caseId } = await registerActive(clerk, syntheticFamily(3));
    expect(await periodIdOf(caseId)).toBe('2027-05');
    expect((await clerk.session.current.query()).period.id).toBe('2027-05');
    const cells = (await lurah.recap.read.query(november)).cells;
    expect(cells.map(({ state, count }) => [state, count])).toEqual([['DITUTUP', 1]]);
  });
});

describe('a correction record', () => {
  const words = { subject: 'NIK', before: '…0002', after: '…0020', reason: 'KTP asli ditunjukkan' };

  it('stands beside a locked case, decided by a lurah who did not propose it', async () => {
    const list = await lurah.cases.list.query({ filter: november, offset: 0, limit: 1 });
    const caseId = list.rows[0]?.id ?? '';
    const before = await clerk.cases.get.query({ caseId });
    const { id } = await clerk.period.propose.mutate({ caseId, ...words });
    expect(await codeOf(clerk.period.decide.mutate({ correctionId: id, approve: true, answer: '' }))).toBe(
      'not_allowed',
    );
    expect(await codeOf(lurah.period.decide.mutate({ correctionId: id, approve: false, answer: '' }))).toBe(
      'reason_needed',
    );
    await lurah.period.decide.mutate({ correctionId: id, approve: true, answer: '' });
    expect(await codeOf(lurah.period.decide.mutate({ correctionId: id, approve: true, answer: '' }))).toBe(
      'correction_decided',
    );
    const [record] = await clerk.period.corrections.query({ caseId });
    expect(record).toMatchObject({ ...words, state: 'disetujui', decidedByName: 'Lutfi Lurah' });
    const after = await clerk.cases.get.query({ caseId });
    expect(after.case).toEqual(before.case);
    expect(after.history.at(-1)).toMatchObject({
      label: 'Catatan perbaikan disetujui',
      detail: 'NIK: …0002 → …0020',
    });
  });

  it('is not for a case that can still be changed', async () => {
    const { caseId } = await registerActive(clerk, syntheticFamily(4));
    expect(await codeOf(clerk.period.propose.mutate({ caseId, ...words }))).toBe('correction_not_needed');
    expect(await clerk.period.corrections.query({ caseId: null })).toEqual([]);
  });
});
