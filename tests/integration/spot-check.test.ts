import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '../../shared/domain/instrument.ts';
import type { SpotCheckEntry } from '../../shared/domain/spot-check.ts';
import { pageTexts } from '../fixtures/pdf.ts';
import { problemCode } from './households.ts';
import { type Client, codeOf, openTestOffice, type TestOffice } from './office.ts';
import { fullEntry, printForms, readyCase, requestDocument, workAt } from './visits.ts';

let t: TestOffice;
let verifier: Client;
let lurah: Client;
let cases: string[];

beforeAll(async () => {
  t = await openTestOffice();
  verifier = await t.as('petugas_verifikasi');
  lurah = await t.as('lurah');
  cases = [await readyCase(t, 1), await readyCase(t, 2), await readyCase(t, 3)];
  await printForms(t, cases);
  for (const { caseId, sheet } of await workAt(verifier, 'lapangan')) {
    if (caseId === cases[2]) continue;
    const open = await verifier.verification.openSheet.query({ code: sheet?.code ?? '' });
    const entry = fullEntry(open);
    const { version } = await verifier.verification.save.mutate({ sheetId: open.sheetId, version: 0, entry });
    await verifier.verification.finish.mutate({ sheetId: open.sheetId, version });
  }
});
afterAll(() => t.close());

async function firstCheck() {
  const { checks } = await lurah.spotCheck.list.query();
  const [check] = checks.filter(({ finishedAt }) => finishedAt === null);
  if (check === undefined) throw new Error('Nothing was drawn.');
  return lurah.spotCheck.read.query({ checkId: check.id });
}

describe('a draw', () => {
  it('takes finished visits only, each once, and tells each case', async () => {
    expect(
      await codeOf((await t.as('petugas_loket')).spotCheck.draw.mutate({ count: 1, enumerator: null })),
    ).toBe('not_allowed');
    expect(await codeOf(lurah.spotCheck.draw.mutate({ count: 1, enumerator: 'Orang Lain' }))).toBe(
      'spot_check_nobody',
    );
    const before = await lurah.spotCheck.list.query();
    expect(before).toEqual({ checks: [], drawable: [{ enumerator: 'Rina Kusumawati', visits: 2 }] });
    expect(await lurah.spotCheck.draw.mutate({ count: 1, enumerator: null })).toEqual({ drawn: 1 });
    expect(await lurah.spotCheck.draw.mutate({ count: 9, enumerator: 'Rina Kusumawati' })).toEqual({
      drawn: 1,
    });
    expect(await codeOf(lurah.spotCheck.draw.mutate({ count: 1, enumerator: null }))).toBe(
      'spot_check_nobody',
    );
    const { checks } = await lurah.spotCheck.list.query();
    expect(checks.map(({ caseId }) => caseId).toSorted()).toEqual(cases.slice(0, 2).toSorted());
    const { history } = await lurah.cases.get.query({ caseId: cases[0] ?? '' });
    expect(history.at(-1)).toMatchObject({
      label: 'Terundi untuk kunjungan ulang',
      detail: 'petugas Rina Kusumawati',
    });
  });

  it('prints a form a check, with each answer and room to put it right', async () => {
    const { checks } = await lurah.spotCheck.list.query();
    const input = { checkIds: checks.map(({ id }) => id) };
    const response = await requestDocument(t, await t.tokenOf('lurah'), 'kunjungan_ulang', input);
    const pages = pageTexts(new Uint8Array(await response.arrayBuffer()));
    expect(pages.filter((page) => page.includes('FORMULIR KUNJUNGAN ULANG'))).toHaveLength(2);
    const text = pages.join(' ');
    for (const { number } of checks) expect(text).toContain(number);
    expect(text).toContain('Rina Kusumawati');
    expect(text).toMatch(/Penilaian atas kerja petugas/);
    expect(text).not.toMatch(/\d{16}/);
    const clerk = await requestDocument(t, await t.tokenOf('petugas_loket'), 'kunjungan_ulang', input);
    expect(await problemCode(clerk)).toBe('not_allowed');
  });
});

describe('a second visit', () => {
  it('is whole when each answer is confirmed or put right, and not one’s own', async () => {
    const { check, lines } = await firstCheck();
    const checkId = check.id;
    expect(lines.length).toBeGreaterThan(20);
    const empty: SpotCheckEntry = { ...check.entry, checker: 'Pak Pengawas' };
    const half = { checkId, version: 1, entry: empty };
    expect(await codeOf(lurah.spotCheck.save.mutate({ ...half, done: true }))).toBe('spot_check_incomplete');
    const saved = await lurah.spotCheck.save.mutate({ ...half, done: false });
    expect(await codeOf(lurah.spotCheck.save.mutate({ ...half, done: false }))).toBe('version_conflict');

    const choice = lines.find(({ question }) => question.kind === 'choice' && question.options.length > 2);
    const other = choice?.question.options.find((option) => valueOf(option) !== choice.recorded);
    const whole: SpotCheckEntry = {
      checkedOn: '2026-11-10',
      checker: 'Pak Pengawas',
      rating: '2',
      note: '',
      confirmations: {
        ...Object.fromEntries(lines.map(({ field }) => [field, { code: '1' as const, value: '' }])),
        [choice?.field ?? '']: { code: '2' as const, value: other === undefined ? '' : valueOf(other) },
      },
    };
    const done = { checkId, version: saved.version, entry: whole, done: true };
    expect(await codeOf(verifier.spotCheck.save.mutate(done))).toBe('spot_check_own');
    const itself = { ...done, entry: { ...whole, checker: ' rina kusumawati' } };
    expect(await codeOf(lurah.spotCheck.save.mutate(itself))).toBe('spot_check_own');
    const same = { [choice?.field ?? '']: { code: '2' as const, value: choice?.recorded ?? '' } };
    const unsaid = { ...whole, confirmations: { ...whole.confirmations, ...same } };
    expect(await codeOf(lurah.spotCheck.save.mutate({ ...done, entry: unsaid }))).toBe(
      'spot_check_incomplete',
    );
    await lurah.spotCheck.save.mutate(done);
    expect(await codeOf(lurah.spotCheck.save.mutate({ ...done, version: saved.version + 1 }))).toBe(
      'spot_check_done',
    );
    const { history } = await lurah.cases.get.query({ caseId: check.caseId });
    expect(history.at(-1)).toMatchObject({
      label: 'Kunjungan ulang',
      detail: `${lines.length - 1} sesuai, 1 perbaikan; petugas Rina Kusumawati: cukup`,
    });
  });

  it('has nothing to confirm while the first visit is sent back', async () => {
    const { check } = await firstCheck();
    const { version } = (await lurah.cases.get.query({ caseId: check.caseId })).case;
    const back = { caseId: check.caseId, action: 'kembalikan_ke_petugas' as const, reason: 'Uji', version };
    await lurah.cases.takeStep.mutate(back);
    const { lines } = await lurah.spotCheck.read.query({ checkId: check.id });
    expect(lines).toEqual([]);
    const entry = { ...check.entry, checkedOn: '2026-11-10', checker: 'Pak Pengawas', rating: '1' as const };
    expect(
      await codeOf(lurah.spotCheck.save.mutate({ checkId: check.id, version: 1, entry, done: true })),
    ).toBe('spot_check_incomplete');
  });
});
