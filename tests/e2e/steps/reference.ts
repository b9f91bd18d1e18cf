import { expect, type Page } from '@playwright/test';
import type { Keyboard } from '../keyboard.ts';

/** Imports a BDT 2015 workbook: chosen, checked, saved under a name. */
export async function importBdt(me: Keyboard, page: Page, file: string, listDate: string): Promise<void> {
  await me.palette('Daftar acuan');
  await me.palette('Impor daftar');
  const chooser = page.waitForEvent('filechooser');
  await me.choose(page.getByRole('button', { name: 'Pilih berkas' }));
  await (await chooser).setFiles(file);
  await expect(page.getByText('bdt-2015.xlsx')).toBeVisible();
  await me.tabTo(page.getByRole('radio', { name: /Kode BPS/ }));
  await me.press('Space');
  await me.press('Control+Enter');
  await expect(page.getByText('Semua baris dapat masuk').or(page.getByText('Catatan')).first()).toBeVisible();
  await me.typeInto(page.getByLabel('Nama daftar'), 'BDT 2015 Gambir');
  await me.typeInto(page.getByLabel('Keadaan per'), listDate);
  await me.press('Control+Enter');
  await expect(page.getByText(/versi 1/).first()).toBeVisible();
}
