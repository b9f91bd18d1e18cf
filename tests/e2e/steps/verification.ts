import { expect, type Page } from '@playwright/test';
import { expectNoComplaints } from '../axe.ts';
import type { Keyboard } from '../keyboard.ts';

/** Opens a case by its number through the palette's search. */
export async function openCase(me: Keyboard, page: Page, number: string): Promise<void> {
  const palette = page.getByRole('dialog', { name: /^Cari nama/ });
  await me.press('Control+k');
  await expect(palette.getByRole('textbox')).toBeFocused();
  await me.type(number.split('/').slice(-2).join('/'));
  await expect(palette.getByText(number)).toBeVisible();
  await me.press('Enter');
  await expect(palette).toBeHidden();
  await expect(page.getByText(number).first()).toBeVisible();
}

/** Judges every pair the program asks about as the same person and fixes the result. */
export async function identify(me: Keyboard, page: Page, number: string, result: string): Promise<void> {
  await me.palette('Pemadanan');
  await expect(page.getByRole('row', { name: new RegExp(number) })).toBeVisible();
  await me.press('F8');
  await expect(page.getByText('Hasil identifikasi')).toBeVisible();
  await expectNoComplaints(page, 'identification');
  const finish = page.getByRole('button', { name: /Tetapkan hasil/ });
  // A verdict on a pair that only just came up is not taken: the key is pressed again.
  await expect(async () => {
    if (await finish.isDisabled()) await me.press('j');
    await expect(finish).toBeEnabled({ timeout: 600 });
  }).toPass();
  await expect(page.getByText(result).first()).toBeVisible();
  await me.press('Control+Enter');
  await expect(page.getByText(`: ${result}`)).toBeVisible();
}

/** Takes a step of the open case; the reason where the step asks for one. */
export async function takeStep(me: Keyboard, page: Page, step: string, reason: string | null): Promise<void> {
  await me.choose(page.getByRole('button', { name: step, exact: true }));
  const question = page.getByRole('dialog');
  await expect(question).toBeVisible();
  if (reason !== null) await me.typeInto(question.getByRole('textbox'), reason);
  await me.press('Control+Enter');
  await expect(question).toBeHidden();
}

/** Prints the form of the only case that is ready, and gives the code of its sheet. */
export async function printForm(me: Keyboard, page: Page): Promise<string> {
  await me.palette('Verifikasi');
  await expect(page.getByText('Siap dicetak 1')).toBeVisible();
  await me.press('Alt+s', 'F4');
  await me.typeInto(page.getByRole('dialog').getByLabel('Petugas lapangan'), 'Rina Wulandari');
  const paper = page.waitForResponse('**/files/document');
  await me.press('Control+Enter');
  expect((await paper).headers()['content-type']).toBe('application/pdf');
  await expect(page.getByRole('dialog').getByRole('button', { name: /Cetak/ })).toBeVisible();
  await me.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByText('Di lapangan 1')).toBeVisible();
  await me.tabTo(page.getByRole('radio', { name: /Siap dicetak/ }));
  await me.press('ArrowRight');
  await expect(page.getByText(/^\d{4} \d{4} \d{4}$/)).toBeVisible();
  return (await page.evaluate(() => document.body.textContent?.match(/\d{4} \d{4} \d{4}/)?.[0])) ?? '';
}

/** Answers by question; members in the order of the paper. */
export interface VisitAnswers {
  household: Readonly<Record<string, string>>;
  process: Readonly<Record<string, string>>;
  members: readonly Readonly<Record<string, string>>[];
}

/** Scans a sheet and types it in, field by field as the cursor goes, then finishes. */
export async function enterSheet(
  me: Keyboard,
  page: Page,
  code: string,
  visitedOn: string,
  answers: VisitAnswers,
): Promise<void> {
  await me.scan(code.replaceAll(' ', ''));
  await expect(page.locator('#isian-visitedOn')).toBeFocused();
  const seen: string[] = [];
  await me.answerEach(({ id }) => {
    if (id.startsWith('alasan-')) return 'Sesuai keterangan keluarga';
    // The note is the last of it, and Enter a new line there.
    if (!id.startsWith('isian-') || id === 'isian-note') return undefined;
    return answerTo(id.slice('isian-'.length), seen, visitedOn, answers);
  });
  await me.press('Control+Enter');
  // What only shows once the members are typed in: the cursor goes there by itself.
  const done = page.getByText(/Formulir .* selesai/);
  const odd = page.locator('[id^="alasan-"]:focus');
  await expect(done.or(odd).first()).toBeVisible();
  while (await odd.isVisible()) {
    const answered = page.locator(`[id="${await odd.getAttribute('id')}"]:focus`);
    await me.type('Sesuai keterangan keluarga');
    await me.press('Control+Enter');
    await expect(answered).toBeHidden();
    await expect(done.or(odd).first()).toBeVisible();
  }
}

/** `household-lantai` and `members-<id>-Hub_KRT` are the ids of fields; members are met in paper order. */
function answerTo(id: string, seen: string[], visitedOn: string, answers: VisitAnswers): string {
  if (id === 'visitedOn') return visitedOn;
  if (id === 'enumerator') return 'Rina Wulandari';
  if (id === 'result') return '1';
  const household = /^household-(.+)$/.exec(id)?.[1];
  if (household !== undefined) return answers.household[household] ?? '';
  const check = /^process-(.+)$/.exec(id)?.[1];
  if (check !== undefined) return answers.process[check] ?? '';
  const [, member = '', question = ''] = /^members-([0-9a-f-]{36})-(.+)$/.exec(id) ?? [];
  if (member === '') return '';
  if (!seen.includes(member)) seen.push(member);
  return answers.members[seen.indexOf(member)]?.[question] ?? '';
}
