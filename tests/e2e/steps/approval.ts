import { expect, type Page } from '@playwright/test';
import type { Keyboard } from '../keyboard.ts';

/** The lurah approves what lies open in the inbox, and confirms it. */
export async function approveFirst(me: Keyboard, page: Page, head: string): Promise<void> {
  await expect(page.getByRole('heading', { name: head })).toBeVisible();
  await me.press('s');
  const question = page.getByRole('dialog');
  await expect(question.getByRole('button', { name: /setujui|sahkan/i })).toBeFocused();
  await me.press('Enter');
  await expect(question).toBeHidden();
}

/** Opens the results of visits; the inbox shows them by itself where no registration waits. */
export async function toResults(me: Keyboard, page: Page): Promise<void> {
  await me.palette('Perlu saya tindak');
  await expect(page.getByText('Hasil verifikasi 1')).toBeVisible();
  const results = page.getByRole('radio', { name: /Hasil verifikasi/ });
  if (!(await results.isChecked())) await me.press('Alt+b');
  await expect(results).toBeChecked();
}
