import { expect, type Page } from '@playwright/test';
import type { Keyboard } from '../keyboard.ts';

/** The administrator enrols the office with the province. */
export async function enrolOffice(me: Keyboard, page: Page, address: string, code: string): Promise<void> {
  await me.palette('Kiriman');
  await me.palette('Daftarkan kantor');
  const form = page.getByRole('dialog');
  await me.typeInto(form.getByLabel('Alamat server provinsi'), address);
  await me.typeInto(form.getByLabel('Kode pendaftaran'), code);
  await me.press('Control+Enter');
  await expect(form).toBeHidden();
  await expectConnected(page);
}

/** The foot says so within seconds. */
export async function expectConnected(page: Page): Promise<void> {
  await expect(page.getByRole('contentinfo').getByText(/ · tersambung/)).toBeVisible({ timeout: 20_000 });
}

export async function expectDisconnected(page: Page): Promise<void> {
  await expect(page.getByRole('contentinfo').getByText(/terputus/)).toBeVisible({ timeout: 20_000 });
}
