import type { Page } from '@playwright/test';
import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, Office, test } from './office.ts';
import { login } from './steps/people.ts';

/** One office in training; the desk, its privacy and its evidence. */
let office: Office;
test.beforeAll(async () => {
  office = await Office.start('--latihan');
});
test.afterAll(() => office.remove());

async function enter(page: Page, username: string): Promise<Keyboard> {
  const me = new Keyboard(page);
  await page.goto(office.address);
  await login(me, page, username, 'latihan-jakarta');
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
  return me;
}

async function begin(me: Keyboard, page: Page, street: string, head: string): Promise<void> {
  await me.press('F2');
  await expect(page.getByLabel('Alamat', { exact: true })).toBeFocused();
  await me.answer({ Alamat: street, RT: '2', RW: '3', Telepon: '', 'No KK': '' });
  await me.answer({ NIK: '', 'Sebab belum ber-NIK': '', 'Nama lengkap': head, 'Jenis kelamin': '1' });
  await expect(page.getByText(/^Tersimpan /)).toBeVisible();
}

test('two clerks at one draft: one types, the other waits, takes over, and nothing is lost', async ({
  page,
  browser,
}) => {
  const siti = await enter(page, 'loket');
  await begin(siti, page, 'Gg. Sewa No. 1', 'Tarmizi Sewa');
  const other = await (await browser.newContext()).newPage();
  const budi = await enter(other, 'verifikasi');
  await budi.palette('Pendaftaran');
  await expect(other.getByText(/Sedang diketik/).first()).toBeVisible();
  await budi.choose(other.getByRole('button', { name: 'Lanjutkan Tarmizi Sewa' }));
  await expect(other.getByText(/belum dapat disimpan selama/)).toBeVisible();
  await budi.choose(other.getByRole('button', { name: 'Ambil alih …' }));
  await expect(other.getByRole('dialog').getByLabel('Alasan')).toBeFocused();
  await budi.type('Rekan meninggalkan loket');
  await budi.press('Control+Enter');
  await expect(other.getByText(/belum dapat disimpan selama/)).toBeHidden();
  await siti.tabTo(page.getByLabel('Telepon'));
  await siti.type('0812 3456');
  await siti.press('Enter');
  await expect(page.getByText('Tersimpan sebagai cabang.')).toBeVisible();
  await siti.choose(page.getByRole('button', { name: 'Buka cabang' }));
  await expect(page.getByText('Ini cabang, diketik sebelum draf atau berkasnya berubah')).toBeVisible();
  await expect(page.getByLabel('Telepon')).toHaveValue('0812 3456');
  await other.context().close();
});

test('F7 shows the family what was typed, and nothing of the office', async ({ page }) => {
  const me = await enter(page, 'loket');
  await begin(me, page, 'Gg. Baca No. 7', 'Sumarni Baca');
  await me.press('F7');
  const shown = page.getByRole('dialog', { name: 'Apakah sudah benar?' });
  await expect(shown).toContainText('Gg. Baca No. 7, RT 2 / RW 3');
  await expect(shown).toContainText('Sumarni Baca');
  // It lies over the whole screen: where the menu stands, the family sees the dialog.
  const covered = await page.evaluate(
    () => document.elementFromPoint(60, 300)?.closest('[role=dialog]') instanceof HTMLElement,
  );
  expect(covered).toBe(true);
  await me.press('Escape');
  await expect(shown).toBeHidden();
  await expect(page.getByLabel('Alamat', { exact: true })).toHaveValue('Gg. Baca No. 7');
});

test('F9 draws the curtain over a half-typed form, and gives it back', async ({ page }) => {
  const me = await enter(page, 'loket');
  await begin(me, page, 'Gg. Tirai No. 9', 'Wasis Tirai');
  await me.press('F9');
  await expect(page.getByRole('dialog', { name: 'Layar ditutup tirai' })).toBeVisible();
  await expect(page.getByLabel('Alamat', { exact: true })).toBeHidden();
  await me.type('x');
  await me.press('F9');
  await expect(page.getByLabel('Alamat', { exact: true })).toHaveValue('Gg. Tirai No. 9');
  await expect(page.getByLabel('Nama lengkap').first()).toHaveValue('Wasis Tirai');
});

test('a file that is no picture and one that is too large are refused in words, a picture is kept', async ({
  page,
}) => {
  const me = await enter(page, 'loket');
  await begin(me, page, 'Gg. Lampiran No. 4', 'Parto Lampiran');
  const attach = async (file: { name: string; mimeType: string; buffer: Buffer }) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Pilih berkas' }).focus();
    await me.press('Enter');
    await (await chooser).setFiles(file);
  };
  await attach({ name: 'catatan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('bukan pdf') });
  await expect(page.getByText(/Jenis berkas ini tidak diterima/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Lihat catatan.pdf' })).toHaveCount(0);
  // Nothing stays chosen: the browser tells of the same file again.
  await expect(page.locator('input[type=file]').first()).toHaveValue('');
  const large = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(9 * 1024 * 1024, 32)]);
  await attach({ name: 'tebal.pdf', mimeType: 'application/pdf', buffer: large });
  await expect(page.getByText(/terlalu besar/i).first()).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Pilih berkas' }).focus();
  await me.press('Enter');
  await (await chooser).setFiles('resources/training/surat-rt.png');
  await expect(page.getByRole('button', { name: 'Lihat surat-rt.png' })).toBeVisible();
  await expect(page.getByText(/terlalu besar/i)).toHaveCount(0);
  // A file that is added does not begin the form anew: what was typed before stands.
  await expect(page.getByLabel('Alamat', { exact: true })).toHaveValue('Gg. Lampiran No. 4');
  await expect(page.getByLabel('Nama lengkap').first()).toHaveValue('Parto Lampiran');
});

test('an export of contents that are no choice is refused, and what was typed stands', async ({ page }) => {
  const me = await enter(page, 'verifikasi');
  await me.palette('Berkas');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await me.press('Alt+x');
  const dialog = page.getByRole('dialog', { name: 'Ekspor ke Excel' });
  await me.typeInto(dialog.getByLabel('Isi', { exact: true }), '9');
  await me.typeInto(dialog.getByLabel('Keperluan'), 'Padan ulang triwulan IV');
  await me.typeInto(dialog.getByLabel('Penerima'), 'Pusdatin Dinas Sosial');
  await me.press('Control+Enter');
  await expect(dialog.getByText(/^Pilihannya 1 sampai \d\.$/)).toBeVisible();
  await expect(dialog.getByLabel('Keperluan')).toHaveValue('Padan ulang triwulan IV');
  await me.typeInto(dialog.getByLabel('Isi', { exact: true }), '2');
  await me.press('Control+Enter');
  await expect(dialog.getByText(/baris, terkunci/)).toBeVisible();
});

test('filters of the cases are saved under a name and chosen again', async ({ page }) => {
  const me = await enter(page, 'verifikasi');
  await me.palette('Berkas');
  const count = page.getByText(/^\d+ berkas$/);
  const rw = page.getByLabel('RW', { exact: true });
  await expect(count).toBeVisible();
  const all = (await count.textContent()) ?? '';
  await me.typeInto(rw, '3');
  await expect(count).not.toHaveText(all);
  const some = (await count.textContent()) ?? '';
  await me.press('Alt+s');
  const dialog = page.getByRole('dialog', { name: 'Simpan saringan' });
  await expect(dialog.getByLabel('Nama saringan')).toBeFocused();
  await me.press('Control+Enter');
  await expect(dialog.getByText('Beri nama', { exact: false })).toBeVisible();
  await me.type('RW tiga');
  await me.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expectNoComplaints(page, 'a saved filter');
  await me.choose(page.getByRole('button', { name: 'Tampilkan semua', exact: true }));
  await expect(count).toHaveText(all);
  await me.press('Alt+g', 'ArrowDown');
  await me.pick(page.getByRole('option', { name: 'RW tiga' }));
  await expect(rw).toHaveValue('3');
  await expect(count).toHaveText(some);
});

test('the lurah opens the drawn sample before a batch is approved', async ({ page }) => {
  const me = await enter(page, 'lurah');
  await me.palette('Perlu saya tindak');
  await page.getByRole('checkbox', { name: 'Pilih semua' }).focus();
  await me.press(' ');
  await me.press('Control+Shift+Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/dipilih acak oleh program/)).toBeVisible();
  const next = dialog.getByRole('button', { name: /^Buka / }).first();
  const confirm = dialog.getByRole('button', { name: 'Setujui yang dipilih', disabled: false });
  for (let opened = 0; opened < 10; opened += 1) {
    await expect(next.or(confirm)).toBeVisible();
    if (await confirm.isVisible()) break;
    await next.focus();
    await me.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
    await page.waitForLoadState('networkidle');
    await me.press('Control+Shift+Enter');
    await expect(dialog).toBeVisible();
  }
  await expect(confirm).toBeFocused();
  await expect(dialog.getByText(/dipilih acak oleh program/)).toBeHidden();
  await me.press('Control+Enter');
  await expect(dialog.getByText(/\d+ dari \d+ berhasil/)).toBeVisible();
});
