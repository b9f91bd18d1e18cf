import type { Locator, Page } from '@playwright/test';
import { questionsOf } from '../../shared/domain/instrument.ts';
import { encodeAnswer } from '../../shared/domain/instrument-exchange.ts';
import { atAnotherDesk } from './api.ts';
import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, Office, test } from './office.ts';
import { login } from './steps/people.ts';

/** One training office for the ways of paper: the ledger, a sheet that has grown old. */
let office: Office;
test.beforeAll(async () => {
  office = await Office.start('--latihan');
});
test.afterAll(() => office.remove());

async function enter(page: Page): Promise<Keyboard> {
  const me = new Keyboard(page);
  await page.goto(office.address);
  await login(me, page, 'verifikasi', 'latihan-jakarta');
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
  return me;
}

const desk = () => atAnotherDesk(office.address, 'verifikasi', 'latihan-jakarta');

/** Prints the form of the first case that is ready, at another desk; its sheet. */
async function printed() {
  const officer = await desk();
  const [first] = (await officer.verification.work.query({ stage: 'siap', offset: 0, limit: 1 })).rows;
  const caseId = first?.caseId ?? '';
  await officer.verification.startPrint.mutate({
    caseIds: [caseId],
    enumerator: 'Rina Wulandari',
    paper: 'F4',
  });
  const { rows } = await officer.ledger.list.query({ state: 'dicetak', offset: 0, limit: 200 });
  const sheet = rows.find((entry) => entry.caseId === caseId);
  if (sheet === undefined) throw new Error('Nothing was printed.');
  return sheet;
}

test('a sheet goes out with somebody and comes back by its code', async ({ page }) => {
  const sheet = await printed();
  const me = await enter(page);
  await me.palette('Verifikasi');
  await me.press('Alt+b');
  const all = page.getByRole('grid', { name: 'Lembar: Semua' });
  await expect(all).toBeFocused();
  await expectNoComplaints(page, 'ledger of sheets');
  const row = all.getByRole('row', { name: new RegExp(sheet.headName) });
  await expect(row).toBeVisible();
  for (let step = 0; (await row.getAttribute('data-cursor')) === null && step < 40; step += 1)
    await me.press('ArrowDown');
  await me.press('Space', 'Alt+k');
  const out = page.getByRole('dialog', { name: 'Siapa yang membawa lembar ini?' });
  await me.typeInto(out.getByLabel('Petugas lapangan'), 'Budi Hartono');
  await me.press('Control+Enter');
  await expect(out).toBeHidden();
  await expect(row).toContainText('Di luar');
  await expect(row).toContainText('Budi Hartono');
  await me.press('Alt+t');
  await expect(page.getByLabel('Kode lembar')).toBeFocused();
  await me.scan(sheet.code);
  await expect(page.getByText('1 lembar diterima')).toBeVisible();
  await expect(row).toContainText('Kembali, belum dientri');
});

test('a stale sheet says at its scan what changed since, before anything is typed', async ({ page }) => {
  const sheet = await printed();
  const officer = await desk();
  const open = await officer.verification.openSheet.query({ code: sheet.code });
  const { address, members } = open.household;
  const clerk = await atAnotherDesk(office.address, 'loket', 'latihan-jakarta');
  const moved = await clerk.lifeEvent.propose.mutate({
    caseId: sheet.caseId,
    event: {
      kind: 'pindah',
      on: '2026-11-01',
      memberIds: members.map(({ id }) => id),
      newHeadId: null,
      to: { ...address, street: 'Gg. Pindahan No. 9' },
      place: '',
    },
    reason: 'Pindah kontrakan',
    letter: '',
  });
  const lurah = await atAnotherDesk(office.address, 'lurah', 'latihan-jakarta');
  await lurah.period.decide.mutate({ correctionId: moved.id, approve: true, answer: '' });

  const me = await enter(page);
  await me.scan(sheet.code);
  const note = page.getByRole('alert').filter({ hasText: 'Data pelapor berubah sesudah lembar ini dicetak' });
  await expect(note.getByRole('insertion')).toHaveText('Gg. Pindahan No. 9');
  await expect(note.getByRole('deletion')).toHaveText(sheet.street);
  await expectNoComplaints(page, 'a stale sheet');
});

test('an answer that is not the printed one goes back to it, or says why it differs', async ({ page }) => {
  const { code, question, printed: before } = await printedWithAnswers();
  const me = await enter(page);
  await me.scan(code);
  await expect(page.locator('#isian-visitedOn')).toBeFocused();
  await me.type('01112026');
  await me.press('Enter', 'Enter');
  await me.type('1');
  await me.press('Alt+t');
  const field = page.locator(`#isian-household-${question}`);
  await expect(field).toHaveValue(before);
  const other = before === '1' ? '2' : '1';
  await answerWith(me, field, other);

  await me.press('Alt+b');
  const dialog = page.getByRole('dialog', { name: 'Berbeda dari yang tercetak' });
  await expect(dialog.getByText('1 belum beralasan')).toBeVisible();
  await expectNoComplaints(page, 'printed against visited');
  const done = dialog.locator('[data-primary]');
  await expect(done).toBeDisabled();
  await me.type('0');
  await expect(dialog.getByText('Tidak ada yang berbeda.')).toBeVisible();
  await me.press('Escape');
  await expect(field).toHaveValue(before);

  await answerWith(me, field, other);
  await me.press('Alt+b');
  await expect(dialog.getByText('1 belum beralasan')).toBeVisible();
  await me.type('1');
  await expect(dialog.getByText('Semua beralasan')).toBeVisible();
  await me.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(field).toHaveValue(other);
});

async function answerWith(me: Keyboard, field: Locator, code: string): Promise<void> {
  await field.focus();
  await me.press('Control+a');
  await me.type(code);
  await expect(field).toHaveValue(code);
}

/** Prints what is ready until a sheet comes with an answer on record that is chosen from a list. */
async function printedWithAnswers(): Promise<{ code: string; question: string; printed: string }> {
  const officer = await desk();
  const { rows } = await officer.verification.work.query({ stage: 'lapangan', offset: 0, limit: 200 });
  const codes = rows.flatMap(({ sheet }) => sheet?.code ?? []);
  for (const code of [...codes, (await printed()).code, (await printed()).code]) {
    const sheet = await officer.verification.openSheet.query({ code });
    const found = questionsOf(sheet.instrument.household).find(
      ({ id, kind, when }) =>
        kind === 'choice' && when.length === 0 && sheet.recorded.household[id] !== undefined,
    );
    const recorded = found === undefined ? undefined : sheet.recorded.household[found.id];
    if (found !== undefined && recorded !== undefined && sheet.version === 0 && sheet.changes.length === 0)
      return { code, question: found.id, printed: encodeAnswer(found, recorded) };
  }
  throw new Error('No sheet has answers on record.');
}
