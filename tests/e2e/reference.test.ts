import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { bdtRow, bdtWorkbook } from '../fixtures/read-list.ts';
import { Keyboard } from './keyboard.ts';
import { expect, Office, test } from './office.ts';
import { login } from './steps/people.ts';

let office: Office;
test.beforeAll(async () => {
  office = await Office.start('--latihan');
});
test.afterAll(() => office.remove());

const trainingPassword = 'latihan-jakarta';

async function expectNoComplaints(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
  expect(told, screen).toEqual([]);
}

/** The dialog for files belongs to the system; everything else is done with the keyboard. */
async function chooseFile(me: Keyboard, page: Page, name: string, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await me.choose(page.getByRole('button', { name: /Pilih berkas/ }));
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer });
  await expect(page.getByText(name)).toBeVisible();
}

async function openImport(me: Keyboard, page: Page): Promise<void> {
  await me.palette('Daftar acuan');
  await expect(page.getByRole('heading', { name: 'Daftar acuan', level: 1 })).toBeVisible();
  await me.press('i');
  await expect(page.getByRole('heading', { name: 'Impor daftar acuan' })).toBeVisible();
}

test('a list is checked, stored and found again, with the keyboard alone', async ({ page }) => {
  const me = new Keyboard(page);
  await page.goto(office.address);
  await login(me, page, 'verifikasi', trainingPassword);
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
  await openImport(me, page);
  await expectNoComplaints(page, 'choose');

  const good = Array.from({ length: 40 }, (_, index) =>
    bdtRow({ 'ID rumah tangga': `R${index >> 1}`, 'Nama ART': `ORANG KE-${index}`, NIK: null, Catatan: 'x' }),
  );
  const list = await bdtWorkbook(...good, bdtRow({ NIK: '3.17E+15' }), bdtRow({ NIK: 3171014101800010 }));
  await chooseFile(me, page, 'BDT Gambir.xlsx', list);
  await me.press('Control+Enter');
  await expect(page.getByText('program tidak menebak')).toBeVisible();
  await me.tabTo(page.getByLabel(/Kode BPS/));
  await me.press('Space', 'Control+Enter');

  await expect(page.getByRole('heading', { name: 'Simpan sebagai' })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Baris yang ditolak' }).getByRole('row')).toHaveCount(3);
  await expect(page.getByText('notasi ilmiah')).toBeVisible();
  await expect(page.getByText('Catatan.', { exact: true })).toBeVisible();
  await expectNoComplaints(page, 'checked');
  await page.screenshot({ path: 'tests/.output/reference-checked.png', fullPage: true });

  await expect(page.getByLabel(/Nama daftar/)).toHaveValue('BDT 2015 Gambir');
  await me.typeInto(page.getByLabel(/Keadaan per tanggal/), '31052024');
  await me.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Daftar tersimpan' })).toBeVisible();
  await expect(page.getByText('20 rumah tangga, 40 orang')).toBeVisible();
  await expectNoComplaints(page, 'saved');
  await me.choose(page.getByRole('button', { name: 'Lihat daftar acuan' }));

  const row = page.getByRole('row', { name: /BDT 2015 Gambir/ });
  await expect(row).toContainText('31 Mei 2024');
  await expectNoComplaints(page, 'lists');
  await page.screenshot({ path: 'tests/.output/reference-lists.png' });
  await me.tabTo(page.getByRole('grid', { name: /Daftar acuan/ }));
  await me.press('Home', 'Enter');
  await expect(page.getByRole('dialog').getByText('notasi ilmiah')).toBeVisible();
});

test('a file that cannot be read says why, and what was chosen stays', async ({ page }) => {
  const me = new Keyboard(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(office.address);
  await login(me, page, 'verifikasi', trainingPassword);
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
  await openImport(me, page);
  const { NIK: _nik, ...withoutNik } = bdtRow();
  await chooseFile(me, page, 'tanpa-nik.xlsx', await bdtWorkbook(withoutNik));
  await me.tabTo(page.getByLabel(/Kode BPS/));
  await me.press('Space', 'Control+Enter');
  await expect(page.getByText('Kolom wajib tidak ada: NIK.')).toBeVisible();
  await expectNoComplaints(page, 'refused, dark');
  await page.screenshot({ path: 'tests/.output/reference-refused.png' });
  await me.palette('Beranda');
  await me.palette('Daftar acuan');
  await me.press('i');
  await expect(page.getByText('tanpa-nik.xlsx')).toBeVisible();
});
